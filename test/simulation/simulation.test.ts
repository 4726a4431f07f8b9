import { expect, it } from 'vitest';
import { type DayReport, simulateDay } from './day.ts';
import { makeScratchFolder, removeScratchFolder } from './scratch-folder.ts';

/** Days per test: short enough to fail early, and all of them well inside the time that a test has. */
const DAYS_A_TEST = 25;
const DAYS = Number(process.env.TILLIT_SEEDS ?? '150');
const FIRST = Number(process.env.TILLIT_FIRST_SEED ?? '1');
const ONLY = process.env.TILLIT_SEED;

const seeds = ONLY === undefined ? Array.from({ length: DAYS }, (_, index) => FIRST + index) : [Number(ONLY)];
const groups = Array.from({ length: Math.ceil(seeds.length / DAYS_A_TEST) }, (_, index) =>
  seeds.slice(index * DAYS_A_TEST, (index + 1) * DAYS_A_TEST),
);

/** Every kind of entry that any day has written. */
const seen = new Set<string>();

async function dayOf(seed: number): Promise<DayReport> {
  const folder = makeScratchFolder();
  try {
    return await simulateDay(seed, folder);
  } finally {
    removeScratchFolder(folder);
  }
}

const EVERYTHING = [
  'drawer.not-opened',
  'drawer.open-intended',
  'drawer.open-sent',
  'drawer.open-unknown',
  'drawer.opened',
  'drawer.shut',
  'payment.approved',
  'payment.cancel-requested',
  'payment.capture-intended',
  'payment.capture-refused',
  'payment.capture-unknown',
  'payment.captured',
  'payment.collect-changed',
  'payment.collect-requested',
  'payment.create-intended',
  'payment.create-unknown',
  'payment.created',
  'payment.declined',
  'payment.held',
  'payment.keep-requested',
  'payment.kept',
  'payment.opened',
  'payment.partly-given-back',
  'payment.planned',
  'payment.refund-intended',
  'payment.refund-left-to-people',
  'payment.refund-refused',
  'payment.refund-unknown',
  'payment.refunded',
  'payment.refunded-by-hand',
  'payment.release-intended',
  'payment.release-unknown',
  'payment.released',
  'payment.replace-requested',
  'payment.rest-left',
  'payment.rest-release-intended',
  'payment.rest-released',
  'payment.rest-seen',
  'payment.rest-unknown',
  'payment.watch-ended',
  'payment.watch-started',
  'receipt.declined',
  'receipt.not-printed',
  'receipt.print-answered',
  'receipt.print-intended',
  'receipt.print-started',
  'receipt.print-unknown',
  'receipt.printed',
];

it.each(groups.map((group) => [group[0] ?? 0, group.at(-1) ?? 0, group] as const))(
  'nobody loses a krone on the days of seeds %i to %i',
  { timeout: 120_000 },
  async (_first, _last, group) => {
    const reports: DayReport[] = [];
    for (const seed of group) reports.push(await dayOf(seed));
    for (const { kinds } of reports) for (const kind of kinds) seen.add(kind);
    expect(reports).toHaveLength(group.length);
  },
);

it('the days have seen everything that can become of a payment, a receipt and the drawer', () => {
  if (seeds.length < 150) return; // a few days need not have
  expect([...seen].filter((kind) => /^(drawer|payment|receipt)\./.test(kind)).sort()).toEqual(EVERYTHING);
});
