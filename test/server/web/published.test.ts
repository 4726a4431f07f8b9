/** A whole register of a chain, in a process of its own, and what head office has published for it. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { settingsTexts } from '../../../app/text/settings.ts';
import type { SettingsAnswer } from '../../../app/till/settings.ts';
import { publish } from '../../../server/head-office/publications.ts';
import { type PublishedStatus, publishedLook } from '../../../server/web/settings-published.ts';
import { RunningRegister } from '../../support/running-register.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { until } from '../head-office/test-chain.ts';
import { chainConfiguration, codeFor, startEnrolled, startShopChain } from './chain-shop.ts';

/** What the settings' page about the chain says of it. */
async function pageOf({ ready }: RunningRegister) {
  const response = await fetch(`${ready.api}/api/settings`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ready.tokens.manager}`, 'content-type': 'application/json' },
    body: JSON.stringify({ type: 'chain' }),
  });
  const answer = (await response.json()) as SettingsAnswer;
  return answer.ok && answer.type === 'chain' ? answer.chain.published : null;
}

describe('a register of a chain', () => {
  it('that starts has the chain’s prices and people, and has them still when it starts without head office', async () => {
    const head = await startShopChain();
    const common = { stores: null, from: null, by: 'sjefen' };
    await publish(head.office, { ...common, kind: 'prices', name: 'uke-47.csv', rows: [{ ean: '7090000010010', unitPriceOre: 4_290 }] });
    await publish(head.office, { ...common, kind: 'operators', name: 'folk.json', rows: [{ operatorId: 'eva', name: 'Eva Berg' }] });
    const dataDir = temporaryFolder();
    const configFile = chainConfiguration(head);
    const register = await startEnrolled(configFile, dataDir, await codeFor(head));
    const view = await register.until(({ operators }) => operators[0]?.name === 'Eva Berg');
    expect(view.notice?.text).toBe('Nye priser fra hovedkontoret.');
    await register.must({ type: 'add-article', articleNumber: '1001' });
    expect((await register.until(({ basket }) => basket !== null)).basket?.totalOre).toBe(4_290);
    await register.must({ type: 'abort-sale' });
    await until(async () => (await pageOf(register))?.tone === 'good');
    expect((await pageOf(register))?.facts[0]?.value).toMatch(/^Versjon 2, folk\.json, /);
    await register.stop();

    await head.server.close();
    const again = await RunningRegister.start({ configFile, dataDir });
    onTestFinished(async () => void (await again.kill()));
    await again.must({ type: 'add-article', articleNumber: '1001' });
    const sold = await again.until(({ basket }) => basket !== null);
    expect([sold.basket?.totalOre, sold.operators.map(({ name }) => name)]).toEqual([4_290, ['Eva Berg']]);
  });
});

describe('what the manager reads', () => {
  const words = settingsTexts.nb.published;
  const well: PublishedStatus = { fetched: { askedAtMs: 5_000, trouble: null }, till: { standing: null, coming: [], trouble: null } };
  const standing = { version: 1, name: 'a.csv', atMs: 2_000 };
  const said = (status: PublishedStatus) => publishedLook(status, words, 10_000, (atMs) => `kl. ${atMs}`);

  it.each([
    [{ ...well, fetched: { askedAtMs: null, trouble: null } }, 'wait', words.asking],
    [well, 'wait', words.none],
    [{ ...well, till: { ...well.till, standing } }, 'good', words.standing],
    [{ ...well, till: { ...well.till, coming: [{ version: 2, name: 'b.csv', startMs: 9_000 }] } }, 'wait', words.waits],
    [{ ...well, till: { ...well.till, coming: [{ version: 2, name: 'b.csv', startMs: 11_000 }] } }, 'good', words.comes],
    [{ ...well, till: { ...well.till, trouble: 'storage' } }, 'bad', words.notKept],
    [{ ...well, fetched: { askedAtMs: 5_000, trouble: { why: 'storage', version: null } } }, 'bad', words.notKept],
  ] as const)('of %j is %s', (status, tone, text) => {
    expect(said(status)).toMatchObject({ tone, text });
  });

  it('names the version that arrived damaged, what stands, and when the next comes', () => {
    const look = said({
      fetched: { askedAtMs: 5_000, trouble: { why: 'damaged', version: 3 } },
      till: { standing, coming: [{ version: 2, name: 'b.csv', startMs: 11_000 }], trouble: null },
    });
    expect(look.text).toContain('Versjon 3 kom skadet frem');
    expect(look.facts.map(({ value }) => value)).toEqual(['Versjon 1, a.csv, kl. 2000', 'Versjon 2, b.csv, kl. 11000', 'kl. 5000']);
  });
});
