/** How long to wait before the same is tried again. Chance spreads those that lost their line in the same moment. */
import type { Random } from '../till/ports.ts';

const FIRST_MS = 1_000;

/** Doubles from a second up to `mostMs`, of which chance takes up to a half; never sooner than what was told. */
export function backoffMs(failures: number, mostMs: number, random: Random, toldMs: number | null = null): number {
  const fullMs = Math.min(FIRST_MS * 2 ** Math.min(Math.max(failures - 1, 0), 20), mostMs);
  const chance = (random.bytes(1)[0] ?? 0) / 256;
  return Math.max(Math.round(fullMs * (1 - chance / 2)), toldMs === null ? 0 : Math.round(toldMs * (1 + chance / 4)));
}
