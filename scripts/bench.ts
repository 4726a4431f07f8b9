/**
 * `npm run bench`: what the register adds to its disk and its provider, and what the desktop program weighs. Every figure is a ratio or a difference within
 * one run; figures of different machines or runs do not compare. `--only NAME` runs one, `--sales N` sets the size of the
 * large journal, `--keep DIR` keeps (and uses again) what was filled, `--json` prints one object on the last line.
 * `npm run bench -- head-office` is about a chain's head office (`bench-head-office.ts`).
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { commits } from '../test/bench/commits.ts';
import { desktop } from '../test/bench/desktop.ts';
import { importStall } from '../test/bench/import-stall.ts';
import type { BenchResult } from '../test/bench/measure.ts';
import { paymentSpeed } from '../test/bench/payment-speed.ts';
import { printing } from '../test/bench/printing.ts';
import { relay } from '../test/bench/relay.ts';
import { start } from '../test/bench/start.ts';
import { benchHeadOffice, HEAD_OFFICE_USAGE } from './bench-head-office.ts';

const USAGE = 'npm run bench -- [--only NAME] [--sales N] [--payments N] [--keep DIR] [--json]';
const [first, ...others] = process.argv.slice(2);
const say = (text: string) => process.stderr.write(`${text}\n`);

/** The command line cannot be followed. */
function nonsense(why: string): never {
  say(`${why} Usage: ${USAGE}`);
  process.exit(2);
}

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        only: { type: 'string' },
        sales: { type: 'string', default: '20000' },
        payments: { type: 'string', default: '10' },
        keep: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    return nonsense(error instanceof Error ? `${error.message.split('. ')[0]}.` : '');
  }
}

if (first === 'head-office' && !others.some((other) => other === '--help' || other === '-h')) {
  await benchHeadOffice(others);
  process.exit(0);
}
const values = readArguments(first === 'head-office' ? others : process.argv.slice(2));
if (values.help) {
  process.stdout.write(`${USAGE}\n${HEAD_OFFICE_USAGE}\n`);
  process.exit(0);
}
for (const name of ['sales', 'payments'] as const) {
  if (!/^[1-9]\d{0,7}$/.test(values[name])) nonsense(`--${name} must be a whole number from 1.`);
}

/** A relayed payment is a matter of milliseconds, one on real screens of seconds. */
const RELAYED_EACH = 30;

let directory = '';
const benchmarks: Readonly<Record<string, () => Promise<readonly BenchResult[]>>> = {
  commits: async () => [await commits(mkdtempSync(join(directory, 'commits-')))],
  payment: () => paymentSpeed(mkdtempSync(join(directory, 'payment-')), Number(values.payments)),
  import: async () => [await importStall(mkdtempSync(join(directory, 'import-')))],
  desktop: () => desktop(directory),
  printer: () => printing(say),
  relay: () => relay(mkdtempSync(join(directory, 'relay-')), Number(values.payments) * RELAYED_EACH),
  start: async () => [await start(directory, Number(values.sales), say)],
};

const chosen = Object.entries(benchmarks).filter(([name]) => values.only === undefined || values.only === name);
if (chosen.length === 0) nonsense(`There is no benchmark "${values.only}". There are: ${Object.keys(benchmarks).join(', ')}.`);
directory = values.keep ?? mkdtempSync(join(tmpdir(), 'tillit-bench-'));
mkdirSync(directory, { recursive: true });
try {
  const results: BenchResult[] = [];
  for (const [name, run] of chosen) {
    say(`${name} …`);
    for (const result of await run()) {
      results.push(result);
      const facts = Object.entries(result.facts).map(([fact, value]) => `${fact} ${value}`);
      const ratio = result.ratio === null ? '' : `ratio ${result.ratio.toFixed(2)}, `;
      process.stdout.write(`${result.met ? 'met    ' : 'MISSED '} ${result.name} (aim ${result.aim}): ${ratio}${facts.join(', ')}\n`);
    }
  }
  if (values.json) process.stdout.write(`${JSON.stringify({ results })}\n`);
} finally {
  if (values.keep === undefined) rmSync(directory, { recursive: true, force: true });
}
