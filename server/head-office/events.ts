/**
 * What the provider tells, on its way to the register that waits. Only that something has happened to a payment goes through
 * here: the register reads the payment itself, and goes on polling when nothing comes. Lost and repeated ones do no harm.
 */
import type { Clock } from '../../app/till/ports.ts';
import type { Store } from './store/store.ts';

export interface Events {
  /** Something has happened to this payment. Heard in every process. */
  tell(reference: string): Promise<void>;
  /** What has happened at a register's payments, at once or as soon as it does; nothing after `withinMs`. */
  wait(register: { readonly storeId: string; readonly registerId: string }, withinMs: number): Promise<readonly string[]>;
  close(): Promise<void>;
}

interface Line {
  /** Not fetched yet: what, and since when. */
  readonly kept: Map<string, number>;
  readonly waiting: Set<(references: readonly string[]) => void>;
}

/** A register that waits asks again within a moment; one that does not has polled long ago. */
const KEPT_MS = 60_000;
const MOST_KEPT = 200;
const MOST_LINES = 10_000;
const OF_REGISTER = /^([a-z][a-z0-9]{1,11}-[a-z0-9]{1,6})-[A-Za-z0-9-]{1,44}$/;

export async function openEvents(store: Store, clock: Clock): Promise<Events> {
  const lines = new Map<string, Line>();
  const lineOf = (name: string): Line => {
    const line = lines.get(name) ?? { kept: new Map<string, number>(), waiting: new Set() };
    lines.set(name, line);
    return line;
  };

  function hear(reference: string): void {
    const name = OF_REGISTER.exec(reference)?.[1];
    if (name === undefined || (!lines.has(name) && lines.size >= MOST_LINES)) return;
    const { kept, waiting } = lineOf(name);
    if (waiting.size > 0) {
      for (const answer of [...waiting]) answer([reference]);
      return;
    }
    kept.set(reference, clock.monotonicMs());
    if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value ?? '');
  }

  const stopListening = await store.listen(hear);
  return {
    tell: (reference) => store.notify(reference),
    wait({ storeId, registerId }, withinMs) {
      const line = lineOf(`${storeId}-${registerId}`);
      const fresh = [...line.kept].filter(([, sinceMs]) => clock.monotonicMs() - sinceMs <= KEPT_MS).map(([reference]) => reference);
      line.kept.clear();
      if (fresh.length > 0) return Promise.resolve(fresh);
      return new Promise((resolve) => {
        const answer = (references: readonly string[]): void => {
          clearTimeout(timer);
          line.waiting.delete(answer);
          resolve(references);
        };
        const timer = setTimeout(() => answer([]), withinMs);
        line.waiting.add(answer);
      });
    },
    async close() {
      for (const { waiting } of lines.values()) for (const answer of [...waiting]) answer([]);
      await stopListening();
    },
  };
}
