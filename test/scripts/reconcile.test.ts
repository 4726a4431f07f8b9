import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import type { FaultWish } from '../../server/sandbox/faults/fault.ts';
import { DATE, DAY_MS } from '../app/report/days.ts';
import { openShopDay, type ShopDay } from '../app/report/shop-day.ts';
import { root } from '../support/source-files.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const ONE = 'gr-1-2611-ab12cd-1-1';
const TWO = 'gr-1-2611-ab12cd-2-1';

/** Beside this process, which plays the provider meanwhile. */
function run(...words: readonly string[]): Promise<{ readonly code: number | null; readonly out: string; readonly said: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [join(root, 'scripts', 'reconcile.ts'), ...words], (_error, out, said) =>
      resolve({ code: child.exitCode, out, said }),
    );
  });
}

const on = (day: ShopDay, ...more: readonly string[]) => run('--config', day.configFile, '--data', day.folder, '--date', DATE, ...more);

/** Two sales and a refund, and the day is over. */
async function closedDay(): Promise<ShopDay> {
  const day = await openShopDay({ reportPageSize: 2 });
  await day.sale(ONE, 13_870);
  await day.sale(TWO, 4_000);
  await day.refund(ONE, 1_000);
  day.advance(2 * DAY_MS);
  return day;
}

/** The first question is for the ledger itself; the second, for the day's funds, is struck. */
const strike = (day: ShopDay, wish: FaultWish) => day.shop.control.addFault({ ...wish, route: 'report', skip: 1 });

describe('npm run reconcile', () => {
  it('ends with 0 when all matches, while the register runs and when it does not', async () => {
    const day = await closedDay();
    const running = await on(day);
    expect(running.out).toContain('2026-11-20: Everything matches. All 3 movements are the same');
    expect(running.out).toMatch(/Net {2,}NOK\s165\.57/u);
    expect([running.code, running.said]).toEqual([0, '']);
    day.closeJournal();
    expect(await on(day)).toEqual(running);
  });

  it('names the row that the ledger lacks, and ends with 1', async () => {
    const day = await closedDay();
    strike(day, { kind: 'missing-field', field: 'items.0' });
    const { code, out } = await on(day);
    expect(out).toContain('One difference');
    expect(out).toContain(`Missing at Vipps: ${ONE}`);
    expect(out.replace(/\s/gu, ' ')).toContain('At Vipps nothing, in the register NOK 138.70');
    expect(code).toBe(1);
  });

  it('names the amount that differs by one øre, and ends with 1', async () => {
    const day = await closedDay();
    strike(day, { kind: 'other-amount', byOre: 1, field: 'items.1.amount' });
    const { code, out } = await on(day);
    expect(out).toContain(`The amounts differ: ${TWO}`);
    expect(out.replace(/\s/gu, ' ')).toContain('They are NOK 0.01 apart');
    expect(code).toBe(1);
  });

  it('with --json is one object of whole øre', async () => {
    const day = await closedDay();
    strike(day, { kind: 'missing-field', field: 'items.0' });
    const { code, out } = await on(day, '--json');
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      date: DATE,
      closed: true,
      differences: [{ kind: 'missing-there', movement: { reference: ONE, amountOre: 13_870 } }],
      totals: { recordOre: 16_870 },
    });
    expect(code).toBe(1);
  });

  it('with --csv leaves a file that Excel opens: byte order mark, semicolons, decimal commas', async () => {
    const day = await closedDay();
    const file = join(temporaryFolder(), 'day.csv');
    expect((await on(day, '--csv', file)).code).toBe(0);
    const text = readFileSync(file, 'utf8');
    expect(text.startsWith('\ufeffDato;Klokkeslett;Status;')).toBe(true);
    const { data, errors } = Papa.parse<Record<string, string>>(text.slice(1), { header: true, skipEmptyLines: true });
    expect(errors).toEqual([]);
    expect(data.map((line) => [line.Type, line.Referanse, line['Beløp hos Vipps'], line['Beløp i kassen'], line.Gebyr])).toEqual([
      ['Betaling', ONE, '138,70', '138,70', '2,43'],
      ['Betaling', TWO, '40,00', '40,00', '0,70'],
      ['Tilbakebetaling', ONE, '-10,00', '-10,00', ''],
      ['Gebyr trukket fra oppgjøret', '', '-3,13', '', ''],
      ['På vei til bankkontoen', '123456-20261120', '-165,57', '', ''],
    ]);
  });

  it('ends with 2 and a sentence when there is no answer', async () => {
    const day = await closedDay();
    const { control } = day.shop;
    const notReady = await run('--config', day.configFile, '--data', day.folder, '--date', '2026-12-24');
    expect([notReady.code, notReady.said]).toEqual([2, expect.stringContaining('Vipps has no settlement of this day yet')]);
    control.addFault({ kind: 'rate-limited', route: 'report', retryAfterSeconds: 55 });
    const often = await on(day);
    expect([often.code, often.said]).toEqual([2, expect.stringMatching(/asked too often.*55 seconds are enough/)]);
    control.addFault({ kind: 'broken-json', route: 'report' });
    const garbled = await on(day);
    expect([garbled.code, garbled.said]).toEqual([2, expect.stringContaining('something that cannot be used')]);
    await day.shop.merchant.sandbox.close();
    const silent = await on(day);
    expect([silent.code, silent.said]).toEqual([2, expect.stringContaining('Cannot reach Vipps')]);
  });

  it('ends with 2 while the day is not over, and shows what there is', async () => {
    const day = await openShopDay();
    await day.sale(ONE, 13_870);
    const { code, out } = await on(day);
    expect([code, out]).toEqual([2, expect.stringContaining('The day is not over yet')]);
    expect(out).toContain('138.70');
  });

  it('ends with 2 and a sentence when the keys have no ledger, and when they are wrong', async () => {
    const day = await closedDay();
    const { provider } = day.configuration as { provider: Record<string, unknown> };
    const keep = (changes: object) =>
      writeFileSync(day.configFile, JSON.stringify({ ...day.configuration, provider: { ...provider, ...changes } }));
    keep({ clientSecret: 'not-the-secret' });
    const wrong = await on(day);
    expect([wrong.code, wrong.said]).toEqual([2, expect.stringContaining('does not accept the keys')]);
    expect(wrong.said).not.toContain('not-the-secret');
    keep({});
    day.shop.control.addFault({ kind: 'missing-field', route: 'report', field: 'items.0' });
    const none = await on(day);
    expect([none.code, none.said]).toEqual([2, expect.stringContaining('may not read the settlement')]);
  });

  it('ends with 2 and a sentence when told nonsense', async () => {
    const day = await openShopDay();
    const { configFile, folder } = day;
    for (const [words, said] of [
      [['--config', configFile, '--data', folder], '--date is missing'],
      [['--config', configFile, '--data', folder, '--date', '2026-02-30'], '--date must be a day'],
      [['--config', configFile, '--data', temporaryFolder(), '--date', DATE], 'There is no journal in'],
      [['--config', join(folder, 'none.json'), '--data', folder, '--date', DATE], 'There is no such file'],
      [['--config', join(root, 'demo-shop', 'configuration.json'), '--data', folder, '--date', DATE], 'the register practises'],
    ] as const) {
      const answer = await run(...words);
      expect([words, answer.code, answer.out]).toEqual([words, 2, '']);
      expect(answer.said).toContain(said);
      expect(answer.said).not.toMatch(/\n\s+at /);
    }
  });
});
