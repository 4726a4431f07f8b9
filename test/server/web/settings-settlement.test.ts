/** The manager's settlement over real HTTP: a register that runs, and the sandbox as the provider whose ledger is read. */
import { expect, it, onTestFinished } from 'vitest';
import type { SettingsAnswer } from '../../../app/till/settings.ts';
import { startRestartingRegister } from '../../../server/web/restarting.ts';
import { DATE, DAY_MS } from '../../app/report/days.ts';
import { openShopDay, type ShopDay } from '../../app/report/shop-day.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const ONE = 'gr-1-2611-ab12cd-1-1';
const plain = (text: string | undefined) => (text ?? '').replace(/\s/gu, ' ');

/** The register of a day that is over, opened again, and its manager. */
async function managerOf(day: ShopDay) {
  day.closeJournal();
  const register = await startRestartingRegister(
    { configFile: day.configFile, dataDir: day.folder, port: 0, host: '127.0.0.1', sandbox: false },
    { environment: {}, rendererDir: temporaryFolder(), show: () => {} },
  );
  onTestFinished(() => register.close());
  return async (request: unknown): Promise<SettingsAnswer> => {
    const response = await fetch(`${register.ready.api}/api/settings`, {
      method: 'POST',
      headers: { authorization: `Bearer ${register.ready.tokens.manager}`, 'content-type': 'application/json' },
      body: JSON.stringify(request),
    });
    return (await response.json()) as SettingsAnswer;
  };
}

it('is green for a day that matches, names what differs in one that does not, and keeps the file of what was shown', async () => {
  const day = await openShopDay();
  await day.sale(ONE, 13_870);
  day.advance(DAY_MS);
  const ask = await managerOf(day);
  expect(await ask({ type: 'settlement', date: DATE })).toMatchObject({
    ok: true,
    settlement: { tone: 'good', title: 'Alt stemmer', differences: [] },
  });

  day.shop.control.addFault({ kind: 'missing-field', route: 'report', field: 'items.0', skip: 1 });
  const answer = await ask({ type: 'settlement', date: DATE });
  if (!answer.ok || answer.type !== 'settlement') throw new Error('no settlement');
  const [difference] = answer.settlement.differences;
  expect([answer.settlement.tone, difference?.title, difference?.reference]).toEqual(['bad', 'Mangler hos Vipps', ONE]);
  expect(plain(difference?.recordText)).toBe('138,70 kr');

  const asked = day.shop.control.requests({ route: 'report' }).length;
  const file = await ask({ type: 'settlement-file', date: DATE });
  if (!file.ok || file.type !== 'bundle') throw new Error('no file');
  expect(file.fileName).toBe(`oppgjor-${DATE}.csv`);
  expect(Buffer.from(file.base64, 'base64').toString('utf8')).toContain(`Mangler hos Vipps;Betaling;;${ONE}`);
  expect(day.shop.control.requests({ route: 'report' })).toHaveLength(asked);
});

it('says in a sentence why there is no settlement, and names a day that the calendar has not', async () => {
  const day = await openShopDay();
  const ask = await managerOf(day);
  const later = await ask({ type: 'settlement', date: '2026-12-24' });
  expect(later).toMatchObject({ ok: false, code: 'no-settlement', message: expect.stringContaining('Vipps har ikke noe oppgjør') });
  expect(await ask({ type: 'settlement', date: '2026-02-30' })).toMatchObject({
    ok: false,
    code: 'bad-field',
    field: 'date',
    message: 'Velg en dag i kalenderen.',
  });
});

it('says so when nobody answers', async () => {
  const day = await openShopDay();
  await day.shop.merchant.sandbox.close();
  const ask = await managerOf(day);
  expect(await ask({ type: 'settlement', date: DATE })).toMatchObject({ ok: false, message: expect.stringContaining('Får ikke kontakt') });
});
