/**
 * The time from starting the program to a register that answers, with few and with very many sales in its journal.
 * Opening reads derived tables and open intents, never the whole journal, so both should take the same.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DEMO_CONFIGURATION, RunningRegister } from '../support/running-register.ts';
import { BENCH_STORE, fill } from './bench-register.ts';
import { type BenchResult, median } from './measure.ts';

const FEW = 10;
const STARTS = 7;
const AIM_MS = 1_500;

/** @param many how many sales the large journal has; one that an earlier run left in the folder is used again. */
export async function start(directory: string, many: number, tell: (text: string) => void): Promise<BenchResult> {
  const configFile = join(directory, 'configuration.json');
  const demo = JSON.parse(readFileSync(DEMO_CONFIGURATION, 'utf8')) as { catalogue: { file: string } };
  const catalogue = { file: join(dirname(DEMO_CONFIGURATION), demo.catalogue.file) };
  writeFileSync(configFile, JSON.stringify({ ...demo, store: { id: BENCH_STORE }, catalogue }));
  const small = filled(directory, FEW, tell);
  const large = filled(directory, many, tell);
  const smallMs: number[] = [];
  const largeMs: number[] = [];
  for (let round = 0; round <= STARTS; round++) {
    const [few, lots] = [await timeStart(small, configFile), await timeStart(large, configFile)];
    if (round === 0) continue; // files are read into the machine's cache
    smallMs.push(few);
    largeMs.push(lots);
  }
  const [few, lots] = [median(smallMs), median(largeMs)];
  return {
    name: `register start with ${FEW} and with ${many} sales`,
    aim: '≤ 1.1, and ≤ 1,500 ms',
    ratio: lots / few,
    met: lots / few <= 1.1 && lots <= AIM_MS,
    facts: { fewMs: Math.round(few), manyMs: Math.round(lots), manySales: many },
  };
}

function filled(directory: string, sales: number, tell: (text: string) => void): string {
  const folder = join(directory, `sales-${sales}`);
  if (!existsSync(join(folder, 'journal.db'))) {
    let told = 0;
    fill(folder, sales, (done) => {
      if (done - told < 50_000) return;
      told = done;
      tell(`${done} of ${sales} sales written`);
    });
  }
  return folder;
}

async function timeStart(dataDir: string, configFile: string): Promise<number> {
  const before = performance.now();
  const register = await RunningRegister.start({ dataDir, configFile });
  const took = performance.now() - before;
  await register.stop();
  return took;
}
