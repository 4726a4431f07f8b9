/**
 * `npm run bench -- head-office`: look-ups at sizes given by flags, journals taken in, both at once, and a chain whose line
 * comes back, and a payment's approval on its way. Numbers of different machines or runs do not compare; the machine's load stands beside them.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type HeadOfficeSizes, headOffice } from '../test/bench/head-office/head-office.ts';
import { tableText } from '../test/bench/head-office/table.ts';

export const HEAD_OFFICE_USAGE =
  'npm run bench -- head-office [--database postgres|sqlite] [--orders N,N] [--lines N] [--stores N] [--months N] [--look-ups N] [--rows N] [--senders N] [--registers N] [--sales N] [--approvals N] [--json]';

/** Half a minute on a machine that has nothing else to do; the sizes of a large chain are given by flags. */
const DEFAULTS = {
  orders: '100000,500000',
  lines: '3',
  stores: '50',
  months: '24',
  'look-ups': '200',
  rows: '200000',
  senders: '4',
  registers: '50',
  sales: '96',
  approvals: '20',
} as const;

const say = (text: string) => process.stderr.write(`${text}\n`);

function nonsense(why: string): never {
  say(`${why} Usage: ${HEAD_OFFICE_USAGE}`);
  process.exit(2);
}

function readSizes(args: readonly string[]): HeadOfficeSizes & { readonly json: boolean } {
  let values: Record<string, string | boolean | undefined>;
  try {
    values = parseArgs({
      args: [...args],
      options: {
        ...Object.fromEntries(Object.entries(DEFAULTS).map(([name, size]) => [name, { type: 'string', default: size } as const])),
        database: { type: 'string', default: 'postgres' },
        json: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    return nonsense(error instanceof Error ? `${error.message.split('. ')[0]}.` : '');
  }
  const whole = (name: string, said: unknown): number =>
    /^[1-9]\d{0,8}$/.test(String(said)) ? Number(said) : nonsense(`--${name} must be a whole number from 1.`);
  const kind = values.database;
  if (kind !== 'postgres' && kind !== 'sqlite') return nonsense('--database must be postgres or sqlite.');
  return {
    kind,
    orders: String(values.orders)
      .split(',')
      .map((size) => whole('orders', size)),
    linesPerOrder: whole('lines', values.lines),
    stores: whole('stores', values.stores),
    months: whole('months', values.months),
    lookUps: whole('look-ups', values['look-ups']),
    rows: whole('rows', values.rows),
    senders: whole('senders', values.senders),
    registers: whole('registers', values.registers),
    sales: whole('sales', values.sales),
    approvals: whole('approvals', values.approvals),
    json: values.json === true,
  };
}

/** Runs it with what stands after `head-office` on the command line. */
export async function benchHeadOffice(args: readonly string[]): Promise<void> {
  const { json, ...sizes } = readSizes(args);
  const folder = mkdtempSync(join(tmpdir(), 'tillit-bench-'));
  try {
    const tables = await headOffice(sizes, folder, (table) => process.stdout.write(`${tableText(table)}\n\n`), say);
    if (json) process.stdout.write(`${JSON.stringify({ tables })}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
