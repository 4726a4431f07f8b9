/** Days from end to end: a real journal, and the sandbox's ledger over real HTTP. */
import { describe, expect, it } from 'vitest';
import { dayBeside, isDate } from '../../../app/report/reconcile-day.ts';
import type { Settlement } from '../../../app/report/settlement.ts';
import { dataFolderPaths } from '../../../hardware/store/data-folder.ts';
import { readConfiguration } from '../../../server/web/configuration-file.ts';
import { settlementOf } from '../../../server/web/settlement.ts';
import { keptLog } from '../../support/scripted-provider.ts';
import { DATE, DAY_MS } from './days.ts';
import { openShopDay, type ShopDay } from './shop-day.ts';

const HOUR_MS = 3_600_000;
const reference = (number: number) => `gr-1-2611-ab12cd-${number}-1`;

async function settled(day: ShopDay, date = DATE): Promise<Settlement> {
  const { configuration, secrets } = readConfiguration(day.configFile, {});
  if (secrets === null) throw new Error('no provider');
  const { journal } = dataFolderPaths(day.folder);
  const found = await settlementOf({ configuration, secrets, journal, log: keptLog() }, date);
  if (found.kind !== 'settled') throw new Error(found.trouble);
  return found.settlement;
}

const short = ({ matched, differences, otherDay }: Settlement) => [matched.length, differences.length, otherDay.length];

describe('a settlement', () => {
  it('is the same, whatever the provider puts on a page', async () => {
    const sizes = [1, 2, 3, 1_000];
    const all = await Promise.all(
      sizes.map(async (reportPageSize) => {
        const day = await openShopDay({ reportPageSize });
        for (const number of [1, 2, 3]) await day.sale(reference(number), 1_000 * number);
        await day.refund(reference(2), 500);
        await day.sale(reference(4), 4_000, 4_001);
        day.advance(2 * DAY_MS);
        const { matched, differences, totals } = await settled(day);
        return [
          totals,
          matched.map(({ row }) => [row.reference, row.amountOre]),
          differences.map(({ kind, row }) => [kind, row?.reference]),
        ];
      }),
    );
    for (const one of all) expect(one).toEqual(all[0]);
    expect(all[0]?.[2]).toEqual([['amount', reference(4)]]);
  });

  it('has no difference around midnight, on neither day, whichever side was later', async () => {
    const day = await openShopDay();
    // The provider books at 23:59:59,9; the register reads it back after midnight.
    day.advance(12 * HOUR_MS - 100);
    day.clock.atMs += 300;
    await day.sale(reference(1), 1_000);
    day.clock.atMs -= 300;
    day.advance(HOUR_MS);
    await day.sale(reference(2), 2_000);
    day.advance(3 * DAY_MS);
    expect(short(await settled(day))).toEqual([1, 0, 0]);
    expect(short(await settled(day, dayBeside(DATE, 1)))).toEqual([1, 0, 1]);
  });

  it('matches a refund of an old sale on the day of the refund', async () => {
    const day = await openShopDay();
    await day.sale(reference(1), 9_900);
    day.advance(10 * DAY_MS);
    await day.refund(reference(1), 9_900);
    day.advance(2 * DAY_MS);
    const later = await settled(day, dayBeside(DATE, 10));
    expect(short(later)).toEqual([1, 0, 0]);
    expect(later.totals).toMatchObject({ capturedOre: 0, refundedOre: -9_900, netOre: -9_900 });
  });

  it('sums what another register of the same sales unit took, and blames nobody for it', async () => {
    const day = await openShopDay();
    await day.sale(reference(1), 1_000);
    await day.shop.create('gr-2-2611-zz99-1-1');
    day.shop.control.customer('approve', 'gr-2-2611-zz99-1-1');
    await day.shop.capture('gr-2-2611-zz99-1-1', 14_770, 'c1');
    day.advance(DAY_MS);
    const { elsewhere, totals, differences } = await settled(day);
    expect([elsewhere.length, totals.elsewhereOre, differences.length]).toEqual([1, 14_770, 0]);
  });
});

describe('a date', () => {
  it('is a day that the calendar has', () => {
    expect(['2026-11-20', '2028-02-29'].map(isDate)).toEqual([true, true]);
    expect(['2026-02-29', '2026-13-01', '2026-11-2', '20.11.2026', '', '2026-11-20T00:00'].map(isDate)).toEqual([
      false,
      false,
      false,
      false,
      false,
      false,
    ]);
  });

  it('has neighbours over the ends of months and years', () => {
    expect([dayBeside('2026-03-01', -1), dayBeside('2026-12-31', 1)]).toEqual(['2026-02-28', '2027-01-01']);
  });
});
