import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHANNELS } from '../../main/channels.ts';
import { logLines, newData, removeData, Shop } from './shop.ts';

const data = newData();
let shop: Shop;
beforeAll(async () => {
  shop = await Shop.open({ data });
}, 120_000);
afterAll(async () => {
  await shop?.desktop.stop();
  removeData(data);
});

const addBread = { type: 'add-article', articleNumber: '1001' };
const lineCount = async () => (await shop.view()).basket?.lines.length ?? 0;

describe('the cashier’s window', () => {
  it('sells: what it sends is done, and the customer’s window shows it', async () => {
    expect(await shop.send({ type: 'add-article', articleNumber: '1003' })).toEqual({ ok: true });
    await (await shop.customer()).getByText('Skolebolle').waitFor();
    await (await shop.cashier()).getByText('Skolebolle').first().waitFor();
  });

  it('asks, and gets its answer', async () => {
    const page = await shop.cashier();
    const answer = await page.evaluate('window.tillit.ask({type: "articles", text: "kneipp"})');
    expect(answer).toMatchObject({ type: 'articles', articles: [{ articleNumber: '1001' }] });
  });

  it('gets the till’s own refusal, with its sentence', async () => {
    const page = await shop.cashier();
    expect(await page.evaluate('window.tillit.send({type: "add-article", articleNumber: "9999"})')).toMatchObject({
      ok: false,
      code: 'unknown-article',
    });
  });
});

describe('a message that is no message of the contract', () => {
  it('is refused with the field’s name, and changes nothing', async () => {
    const before = await shop.view();
    for (const message of [
      null,
      undefined,
      'pay-cash',
      42,
      [],
      {},
      { type: 'open-drawer' },
      { ...addBread, extra: 1 },
      { type: 'add-article', articleNumber: { $gt: '' } },
      { type: 'pay-cash', receivedOre: -1 },
      { type: 'pay-cash', receivedOre: 1.5 },
      { type: 'pay-cash', receivedOre: '100' },
      { type: 'scan', code: 'x'.repeat(5_000) },
      { __proto__: { type: 'abort-sale' } },
    ]) {
      expect([message, (await shop.forge('/cashier', CHANNELS.command, message)).code]).toEqual([message, 'bad-command']);
    }
    for (const message of [null, {}, addBread, { type: 'articles', limit: 0 }]) {
      expect([message, (await shop.forge('/cashier', CHANNELS.query, message)).code]).toEqual([message, 'bad-query']);
    }
    const after = await shop.view();
    expect([after.basket, after.stage]).toEqual([before.basket, before.stage]);
  });

  it('finds no channel that is not in the list', async () => {
    await expect(shop.forge('/cashier', 'tillit:nothing', {})).rejects.toThrow('No handler registered');
    await expect(shop.forge('/cashier', 'ELECTRON_BROWSER_REQUIRE', 'fs')).rejects.toThrow('No handler registered');
  });
});

describe('the customer’s window', () => {
  it('has nothing to send with', async () => {
    const page = await shop.customer();
    expect(await page.evaluate('Object.keys(window.tillit).sort()')).toEqual(['onView', 'role']);
    expect(await page.evaluate('window.tillit.role')).toBe('customer');
    expect(await page.evaluate('try { window.tillit.role = "cashier" } catch {} window.tillit.role')).toBe('customer');
  });

  it('is refused whatever it forges, and the log says who asked what, without the message', async () => {
    const before = await lineCount();
    for (const channel of [CHANNELS.command, CHANNELS.query, CHANNELS.settings]) {
      expect(await shop.forge('/customer', channel, { ...addBread, note: 'forged-words' })).toMatchObject({ ok: false, code: 'forbidden' });
    }
    expect(await shop.forge('/customer', CHANNELS.command, addBread, { url: 'app://tillit/cashier' })).toMatchObject({ code: 'forbidden' });
    expect(await lineCount()).toBe(before);
    const refused = logLines(data).filter((line) => line.includes('desktop.message-refused'));
    expect(refused.length).toBeGreaterThanOrEqual(4);
    expect(refused.join('\n')).toContain("the customer's window");
    expect(refused.join('\n')).not.toContain('forged-words');
  });

  it('gets its own view from hello, never the cashier’s', async () => {
    const hello = await shop.forge('/customer', CHANNELS.hello, { role: 'cashier' });
    expect(hello).toMatchObject({ ok: true, role: 'customer' });
    expect(JSON.stringify(hello)).not.toContain('operators');
  });
});

describe('the right window with a wrong page', () => {
  it('is refused: another address, a frame inside, a frame that has gone', async () => {
    const before = await lineCount();
    for (const more of [
      { url: 'https://evil.example/' },
      { url: 'app://tillit/customer' },
      { url: 'file:///cashier' },
      { url: 'app://tillit/cashier', inside: true },
      { url: null },
    ]) {
      expect([more, (await shop.forge('/cashier', CHANNELS.command, addBread, more)).code]).toEqual([more, 'forbidden']);
    }
    expect(await lineCount()).toBe(before);
  });
});
