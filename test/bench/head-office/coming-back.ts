/**
 * The line of a whole chain comes back after a day: every register sends what it has, as registers do (`app/chain/sender.ts`):
 * 250 entries at a time, a pause after each, ten seconds' patience, and later again when head office says so.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { BenchChain } from './bench-chain.ts';
import type { ReadyJournal } from './ingest-speed.ts';

export const ENTRIES_A_REQUEST = 250;
const PAUSE_MS = 50;
const PATIENCE_MS = 10_000;
const MEMORY_EVERY_MS = 100;

export interface ComingBack {
  readonly seconds: number;
  readonly memoryBeforeMb: number;
  readonly mostMemoryMb: number;
  /** Requests that were put off, and those that got no answer in time; both went again. */
  readonly putOff: number;
  readonly unanswered: number;
}

export async function comingBack(chain: BenchChain, journals: readonly ReadyJournal[]): Promise<ComingBack> {
  const counts = { putOff: 0, unanswered: 0 };
  const memoryBeforeMb = chain.memoryMb();
  let mostMemoryMb = memoryBeforeMb;
  const watching = setInterval(() => {
    mostMemoryMb = Math.max(mostMemoryMb, chain.memoryMb());
  }, MEMORY_EVERY_MS);
  const before = performance.now();
  await Promise.all(journals.map((journal, index) => drain(chain, journal, index / journals.length, counts)));
  clearInterval(watching);
  return { seconds: (performance.now() - before) / 1_000, memoryBeforeMb, mostMemoryMb, ...counts };
}

/** @param chance where the register stands among all, 0 to 1: spreads those that were put off at the same moment. */
async function drain(
  chain: BenchChain,
  { register, batches }: ReadyJournal,
  chance: number,
  counts: { putOff: number; unanswered: number },
): Promise<void> {
  let failures = 0;
  for (let next = 0; next < batches.length; ) {
    const batch = batches[next] ?? Buffer.alloc(0);
    const answer = await chain.ask(register, '/v1/journal', batch, PATIENCE_MS).catch(() => null);
    if (answer?.status === 200) {
      [next, failures] = [next + 1, 0];
      await pause(PAUSE_MS);
      continue;
    }
    if (answer !== null && answer.status !== 503) throw new Error(`head office answered ${answer.status}: ${answer.body}`);
    if (answer === null) counts.unanswered += 1;
    else counts.putOff += 1;
    failures += 1;
    const told = answer === null ? 0 : ((JSON.parse(answer.body) as { retryAfterSeconds?: number }).retryAfterSeconds ?? 0) * 1_000;
    await pause(Math.max(Math.min(60_000, 1_000 * 2 ** (failures - 1)) * (1 - chance / 2), told * (1 + chance / 4)));
  }
}
