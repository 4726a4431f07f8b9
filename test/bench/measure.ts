/** What every benchmark gives: a ratio within one run, its aim, and the numbers behind it. */
export interface BenchResult {
  readonly name: string;
  readonly aim: string;
  /** Only ratios within one run are compared; `null` where the aim is a bound on a difference. */
  readonly ratio: number | null;
  readonly met: boolean;
  readonly facts: Readonly<Record<string, number>>;
}

export function microseconds(run: () => void): number {
  const before = process.hrtime.bigint();
  run();
  return Number(process.hrtime.bigint() - before) / 1000;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** @param share 0 to 1. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
