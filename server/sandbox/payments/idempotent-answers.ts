export type StoredAnswers = readonly (readonly [string, { readonly body: string; readonly answer: string }])[];

/** What an idempotent retry is compared by: the body's content, whatever the order of its members. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([left], [right]) => (left < right ? -1 : 1)))
      : each,
  );
}

/** What was asked with a key and what was answered. Only operations that took effect are remembered. */
export class IdempotentAnswers {
  readonly #byKey: Map<string, { readonly body: string; readonly answer: string }>;

  constructor(stored: StoredAnswers = []) {
    this.#byKey = new Map(stored);
  }

  /** What was remembered for an operation on a payment with this key, or `null`. Both texts are JSON. */
  find(operation: string, msn: string, reference: string, key: string): { readonly body: string; readonly answer: string } | null {
    return this.#byKey.get(JSON.stringify([operation, msn, reference, key])) ?? null;
  }

  remember(operation: string, msn: string, reference: string, key: string, body: string, answer: string): void {
    this.#byKey.set(JSON.stringify([operation, msn, reference, key]), { body, answer });
  }

  stored(): StoredAnswers {
    return [...this.#byKey];
  }
}
