/**
 * The desktop program on the double: how long until it sells, what the till adds to the memory of the process that holds it,
 * and what both windows load. Times and memory are the double's and no Electron's; what counts is how they change.
 */
import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RunningDesktop } from '../electron/running-desktop.ts';
import { gzipBytes, MOST_BYTES } from '../support/bundle-sizes.ts';
import { DEMO_CONFIGURATION } from '../support/running-register.ts';
import { root } from '../support/source-files.ts';
import { type BenchResult, median } from './measure.ts';

const ROUNDS = 5;
/** A small program with one window, a protocol and a preload: what the host is without a till. */
const EMPTY = join(root, 'test', 'electron', 'fixtures', 'main.mjs');

export async function desktop(directory: string): Promise<readonly BenchResult[]> {
  const full: Measured[] = [];
  const empty: Measured[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const data = mkdtempSync(join(directory, 'desktop-'));
    const args = ['--config', DEMO_CONFIGURATION, '--data', data, '--ready'];
    const both = [
      await measure(() => RunningDesktop.start({ args, waitForOwnLine: true })),
      await measure(() => RunningDesktop.start({ main: EMPTY, choices: { userData: mkdtempSync(join(directory, 'empty-')) } })),
    ] as const;
    if (round === 0) continue; // files are read into the machine's cache
    full.push(both[0]);
    empty.push(both[1]);
  }
  const kB = (measured: readonly Measured[]) => Math.round(median(measured.map(({ pssKb }) => pssKb)));
  const ms = (measured: readonly Measured[]) => Math.round(median(measured.map(({ readyMs }) => readyMs)));
  const sizes = (['cashier', 'customer'] as const).map((page): BenchResult => {
    const bytes = gzipBytes(page);
    return {
      name: `${page}’s window, compressed`,
      aim: `≤ ${MOST_BYTES[page] / 1000} kB`,
      ratio: bytes / MOST_BYTES[page],
      met: bytes <= MOST_BYTES[page],
      facts: { kB: Math.round(bytes / 100) / 10 },
    };
  });
  return [
    {
      name: 'desktop program on the double, start to ready to sell',
      aim: 'measured against an empty program',
      ratio: ms(full) / ms(empty),
      met: true,
      facts: { readyMs: ms(full), emptyMs: ms(empty) },
    },
    {
      name: 'its host process’ memory (PSS) with the till',
      aim: 'measured against an empty program',
      ratio: kB(full) / kB(empty),
      met: true,
      facts: { withTillKb: kB(full), emptyKb: kB(empty), addsKb: kB(full) - kB(empty) },
    },
    ...sizes,
  ];
}

interface Measured {
  readonly readyMs: number;
  readonly pssKb: number;
}

async function measure(start: () => Promise<RunningDesktop>): Promise<Measured> {
  const before = performance.now();
  const running = await start();
  const readyMs = performance.now() - before;
  try {
    return { readyMs, pssKb: pssKbOf(running.pid) };
  } finally {
    await running.kill();
  }
}

/** The process' share of the memory that it uses, in kB as Linux counts; NaN elsewhere. */
function pssKbOf(pid: number): number {
  if (process.platform !== 'linux') return Number.NaN;
  return Number(/^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? Number.NaN);
}
