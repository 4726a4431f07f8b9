/**
 * The longest time that a register gives nobody an answer while it takes in 50 000 articles, all with new prices: against
 * the whole import, which is what it would be if it did not give way. Reported, with no aim: a stall is the machine's too.
 */
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { parseConfiguration } from '../../app/till/configuration.ts';
import { openDataFolder } from '../../hardware/store/data-folder.ts';
import { composeTill } from '../../server/web/compose.ts';
import type { BenchResult } from './measure.ts';

const ARTICLES = 50_000;
const RESOLUTION_MS = 5;

function command(kroner: number) {
  const rows = Array.from({ length: ARTICLES }, (_, index) => `${index + 1};Vare nummer ${index};Gruppe ${index % 12};${kroner},90;15`);
  const text = ['Varenummer;Navn;Gruppe;Pris;Mva', ...rows].join('\n');
  return { type: 'import-catalogue', fileName: 'priser.csv', base64: Buffer.from(text).toString('base64') } as const;
}

export async function importStall(directory: string): Promise<BenchResult> {
  const read = parseConfiguration({
    shop: { name: 'Bench', orgNumber: '999888777', address: ['Gate 1'] },
    store: { id: 'bench' },
    register: { id: '1', name: 'Kasse 1' },
    operators: [{ id: '12', name: 'Kari' }],
  });
  if ('problems' in read) throw new RangeError(read.problems.join('; '));
  const { till, close } = await composeTill({
    configuration: read.configuration,
    secrets: null,
    configurationFolder: directory,
    dataFolder: openDataFolder(join(directory, 'data')),
    log: { write: () => {} },
    phoneUrl: null,
    printerUrl: null,
  });
  try {
    await till.dispatch(command(10));
    const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
    const last = command(20);
    delay.enable();
    await wait(RESOLUTION_MS * 4); // so that the first stall is seen too
    const before = performance.now();
    const answer = await till.dispatch(last);
    const tookMs = performance.now() - before;
    await wait(RESOLUTION_MS * 4);
    delay.disable();
    if (!answer.ok) throw new RangeError(answer.message);
    const stallMs = Math.max(0, delay.max / 1e6 - RESOLUTION_MS);
    return {
      name: `longest stall in an import of ${ARTICLES} articles`,
      aim: 'none: reported',
      ratio: stallMs / tookMs,
      met: true,
      facts: { longestStallMs: Math.round(stallMs), importMs: Math.round(tookMs), articles: ARTICLES },
    };
  } finally {
    await close();
  }
}
