import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoShop, ownConfiguration } from '../../server/web/own-configuration.ts';
import { root } from '../support/source-files.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { RunningDesktop } from './running-desktop.ts';
import { newData, removeData, Shop, shopArguments } from './shop.ts';

describe('the first start', () => {
  it('begins with the demo shop as the owner’s own configuration, and keeps what the owner made of it', () => {
    const userData = temporaryFolder();
    const path = ownConfiguration(userData, demoShop(root));
    const demo = JSON.parse(readFileSync(join(root, 'demo-shop', 'configuration.json'), 'utf8')) as object;
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ ...demo, setUp: false });
    expect(existsSync(join(path, '..', 'articles.csv'))).toBe(true);
    writeFileSync(path, '{"mine": true}');
    expect(readFileSync(ownConfiguration(userData, demoShop(root)), 'utf8')).toBe('{"mine": true}');
  });
});

describe('a program that nobody has set up', () => {
  it('opens the guided first start by itself, over a register that practises', { timeout: 60_000 }, async () => {
    const data = newData();
    const shop = await Shop.open({ data, configFile: ownConfiguration(data, demoShop(root)) });
    try {
      await (await shop.desktop.page('/settings')).getByRole('heading').first().waitFor();
      expect(shop.line.sandbox).not.toBeNull();
    } finally {
      await shop.desktop.kill();
      removeData(data);
    }
  });
});

describe('settings that a program cannot start with', () => {
  it('are given up: the register is back with those of before, and says so and why', { timeout: 120_000 }, async () => {
    const data = newData();
    const folder = join(data, 'shop');
    mkdirSync(folder);
    for (const name of ['configuration.json', 'articles.csv']) copyFileSync(join(root, 'demo-shop', name), join(folder, name));
    const configFile = join(folder, 'configuration.json');
    const before = readFileSync(configFile, 'utf8');
    const first = await Shop.open({ data, configFile });
    const ask = async (request: object) => (await first.cashier()).evaluate(`window.tillit.settings(${JSON.stringify(request)})`);
    for (const name of ['clientSecret', 'subscriptionKey'])
      expect(await ask({ type: 'set-secret', name, value: 'a-key-of-the-shop' })).toMatchObject({ ok: true });
    const chosen = { api: 'epayment', keys: 'merchant' };
    const unit = { baseUrl: 'https://apitest.vipps.no', merchantSerialNumber: '123456', clientId: 'shop', ...chosen };
    expect(await ask({ type: 'save', section: 'provider', value: { environment: 'test', ...unit } })).toMatchObject({ ok: true });
    const { code, stdout } = await first.desktop.ended;
    const [, ...args] = (JSON.parse(/^{"relaunch".*$/m.exec(stdout)?.[0] ?? '') as { relaunch: string[] }).relaunch;
    expect([code, args.at(-1)]).toEqual([0, '--after-settings']);

    // The program starts itself anew, and the machine's key store does not give the keys out any more.
    const second = await RunningDesktop.start({ args, choices: { keyStore: 'refuses' }, waitForOwnLine: true });
    try {
      expect(readFileSync(configFile, 'utf8')).toBe(before);
      const said = (await second.page('/settings')).getByRole('alert');
      await said.getByText('De nye innstillingene ble ikke tatt i bruk.').waitFor();
      expect(await said.textContent()).toContain('is to come from the key store');
      const cashier = await second.page('/cashier');
      await cashier.getByRole('button', { name: 'Mer', exact: true }).waitFor();
      expect(await cashier.evaluate("window.tillit.send({ type: 'add-article', articleNumber: '1001' })")).toMatchObject({ ok: true });
    } finally {
      await second.kill();
      removeData(data);
    }
  });

  it('that nobody saved a moment ago are refused as ever', async () => {
    const data = newData();
    const configFile = join(data, 'configuration.json');
    writeFileSync(configFile, '{}');
    writeFileSync(`${configFile}.previous`, readFileSync(join(root, 'demo-shop', 'configuration.json')));
    const ended = await RunningDesktop.runToTheEnd({ args: shopArguments({ data, configFile }) });
    expect([ended.code, readFileSync(configFile, 'utf8')]).toEqual([2, '{}']);
    removeData(data);
  });
});

describe('the settings in the desktop program', () => {
  const data = newData();
  const folder = join(data, 'shop');
  let shop: Shop;
  beforeAll(async () => {
    mkdirSync(folder);
    for (const name of ['configuration.json', 'articles.csv']) copyFileSync(join(root, 'demo-shop', name), join(folder, name));
    shop = await Shop.open({ data, configFile: join(folder, 'configuration.json') });
  }, 120_000);
  afterAll(async () => {
    await shop?.desktop.kill();
    removeData(data);
  });
  const ask = async (request: object) => (await shop.cashier()).evaluate(`window.tillit.settings(${JSON.stringify(request)})`);

  it('open from the menu in a window of their own, once, and have the bridge', async () => {
    for (let times = 0; times < 2; times += 1) await shop.desktop.control({ do: 'menu', path: ['Kasse', 'Innstillinger'] });
    const page = await shop.desktop.page('/settings');
    await page.getByRole('heading').first().waitFor();
    expect((await shop.desktop.state()).windows.length).toBe(3);
    expect(await page.evaluate('window.tillit.role')).toBe('cashier');
  });

  it('open from the cashier’s own menu too', async () => {
    await shop.desktop.control({ do: 'close-window', window: (await shop.desktop.window('/settings')).id });
    const cashier = await shop.cashier();
    await cashier.getByRole('button', { name: 'Mer', exact: true }).click();
    await cashier.getByRole('link', { name: 'Innstillinger' }).click();
    await (await shop.desktop.page('/settings')).getByRole('heading').first().waitFor();
    expect((await shop.desktop.state()).windows.length).toBe(3);
  });

  it('lead back to the register and close', async () => {
    const page = await shop.desktop.page('/settings');
    // The page goes while it is still answering.
    await page.evaluate("void window.open('app://tillit/cashier')").catch(() => undefined);
    const { windows } = await shop.desktop.until((state) => state.windows.length === 2);
    expect(windows.find(({ url }) => url.endsWith('/cashier'))?.focused).toBe(true);
  });

  it('refuse what is no request of theirs', async () => {
    expect(await ask({ type: 'everything' })).toMatchObject({ ok: false });
  });

  it('answer without any key, and say which key store the machine has', async () => {
    const answer = await ask({ type: 'read' });
    expect(answer).toMatchObject({ ok: true, settings: { keyStore: { kind: 'system' } } });
  });

  it('try the printer and look at the devices over the bridge, as they do in a browser', async () => {
    const printer = { kind: 'virtual', columns: 42 };
    expect(await ask({ type: 'check', what: 'printer', printer })).toMatchObject({ ok: true, type: 'checked' });
    expect(await ask({ type: 'look', printer })).toMatchObject({ ok: true, type: 'devices', devices: { printer: { tone: 'good' } } });
  });

  it('keep the support bundle as a file where the owner says, and say where', async () => {
    await shop.desktop.control({ do: 'menu', path: ['Kasse', 'Innstillinger'] });
    const page = await shop.desktop.page('/settings');
    await page.getByRole('button', { name: 'Hjelp' }).click();
    const path = join(data, 'for-support.zip');
    await shop.desktop.control({ do: 'answer-dialog', answer: { paths: [path] } });
    await page.getByRole('main').getByRole('button').click();
    await page.getByText(`Filen ligger her: ${path}`).waitFor();
    const files = unzipSync(readFileSync(path));
    expect(Object.keys(files)).toEqual(expect.arrayContaining(['versions.json', 'configuration.json', 'failures.json', 'log/tillit.log']));

    await shop.desktop.control({ do: 'answer-dialog', answer: { paths: [join(data, 'no-such-folder', 'x.zip')] } });
    await page.getByRole('main').getByRole('button').click();
    await page.getByText('Filen kunne ikke lagres her').waitFor();
    await page.evaluate("void window.open('app://tillit/cashier')").catch(() => undefined);
  });

  it('are taken up by a new start of the program, between sales', async () => {
    const answer = await ask({ type: 'save', section: 'languages', value: { cashier: 'en', customer: 'en' } });
    expect(answer).toMatchObject({ ok: true });
    expect(await shop.desktop.ended).toMatchObject({ code: 0 });
    expect(readFileSync(join(folder, 'configuration.json'), 'utf8')).toContain('"en"');
  });
});
