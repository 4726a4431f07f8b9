import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RunningDesktop } from './running-desktop.ts';
import { ensureDesktopBuilt, logLines, newData, removeData, Shop, type ShopStart, shopArguments } from './shop.ts';

let data = '';
let opened: Shop[] = [];
beforeEach(() => {
  data = newData();
});
afterEach(async () => {
  for (const shop of opened) await shop.desktop.kill();
  opened = [];
  removeData(data);
});
async function open(more: Omit<ShopStart, 'data'> = {}): Promise<Shop> {
  const shop = await Shop.open({ data, ...more });
  opened.push(shop);
  return shop;
}
const closeCashier = async (shop: Shop) => {
  const { id } = await shop.windowAt('/cashier');
  await shop.desktop.control({ do: 'close-window', window: id }).catch(() => undefined);
};

describe('the end', { timeout: 120_000 }, () => {
  it('comes without a question when no payment is under way, and nothing is held awake before or after', async () => {
    const shop = await open();
    expect((await shop.desktop.state()).held).toEqual(['prevent-display-sleep']);
    await shop.send({ type: 'add-article', articleNumber: '1001' });
    await closeCashier(shop);
    expect(await shop.desktop.ended).toMatchObject({ code: 0 });
  });

  it('is asked about in the middle of a payment; staying keeps the QR, quitting leaves the payment to the next start', async () => {
    const shop = await open();
    const qr = await shop.showQr();
    await closeCashier(shop);
    const { dialogs } = await shop.desktop.until((state) => state.dialogs.length === 1);
    expect(dialogs[0]).toMatchObject({ message: 'En betaling pågår', buttons: ['Bli i kassen', 'Avslutt likevel'] });
    await shop.desktop.control({ do: 'answer-dialog', answer: { button: 'Bli i kassen' } });
    expect(await shop.qr()).toBe(qr);
    await shop.desktop.control({ do: 'answer-dialog', answer: { button: 'Avslutt likevel' } });
    await shop.desktop.control({ do: 'quit' }).catch(() => undefined);
    expect(await shop.desktop.ended).toMatchObject({ code: 0 });

    const next = await open();
    await expect.poll(async () => (await next.view()).stage, { timeout: 20_000 }).toMatchObject({ kind: 'payment', amountOre: 3_990 });
  });

  it('is not put to a question when the system ends the program', async () => {
    const shop = await open();
    await shop.showQr();
    expect(await shop.desktop.stop('SIGTERM')).toMatchObject({ code: 0 });
  });
});

describe('a page that dies in the middle of a payment', { timeout: 120_000 }, () => {
  it('is back where it was, the cashier’s and the customer’s, without the other noticing', async () => {
    const shop = await open();
    const qr = await shop.showQr();
    for (const ending of ['/customer', '/cashier'] as const) {
      const { id } = await shop.windowAt(ending);
      await shop.desktop.control({ do: 'crash', window: id });
      await expect
        .poll(() => logLines(data).filter((line) => line.includes('desktop.page-died') && line.includes(ending.slice(1))).length, {
          timeout: 20_000,
        })
        .toBe(1);
      await shop.desktop.until((state) => state.windows.every(({ crashed }) => !crashed));
    }
    expect(await shop.qr()).toBe(qr);
    await (await shop.cashier()).locator('text=Venter på').first().waitFor({ timeout: 20_000 });
    expect((await shop.view()).stage).toMatchObject({ kind: 'payment', phase: 'waiting-for-scan' });
  });

  it('is also back when it hangs', async () => {
    const shop = await open();
    const { id } = await shop.windowAt('/customer');
    await shop.desktop.control({ do: 'hang', window: id });
    await expect.poll(() => logLines(data).some((line) => line.includes('desktop.page-died')), { timeout: 20_000 }).toBe(true);
    await (await shop.customer()).getByText('Velkommen').waitFor({ timeout: 20_000 });
  });
});

describe('one register', { timeout: 120_000 }, () => {
  it('is open once: a second start ends with a sentence, and the first comes to the front', async () => {
    const shop = await open();
    const second = await RunningDesktop.runToTheEnd({ args: shopArguments({ data }) });
    expect(second).toMatchObject({ code: 0, stdout: '' });
    expect(second.stderr).toContain('Tillit is open already');
    expect((await shop.windowAt('/cashier')).focused).toBe(true);
  });

  it('that cannot start says so in one sentence, without a stack', async () => {
    ensureDesktopBuilt();
    const configFile = join(data, 'configuration.json');
    writeFileSync(configFile, '{"shop": ');
    const ended = await RunningDesktop.runToTheEnd({ args: shopArguments({ data, configFile }) });
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain('this is not JSON');
    expect(ended.stderr).not.toContain('    at ');
  });
});

describe('sleep', { timeout: 120_000 }, () => {
  for (const [what, event] of [
    ['the machine wakes', 'resume'],
    ['its screen is unlocked', 'unlock-screen'],
  ] as const) {
    it(`is over: the provider is asked about the payment at once when ${what}`, async () => {
      const shop = await open();
      await shop.showQr();
      const asked = async () => {
        const answer = await fetch(`${shop.line.sandbox}/sandbox/requests?route=details`);
        return ((await answer.json()) as { readonly requests: readonly { readonly atMs: number }[] }).requests.map(({ atMs }) => atMs);
      };
      const known = (await asked()).length;
      // By its own schedule the till asks once a second; whatever comes sooner was asked for by the wake.
      const shortestMs = async () => {
        await shop.desktop.control({ do: 'power', event });
        const times = (await asked()).slice(known);
        return Math.min(...times.slice(1).map((atMs, index) => atMs - (times[index] ?? 0)));
      };
      await expect.poll(shortestMs, { timeout: 20_000 }).toBeLessThan(900);
    });
  }
});

describe('a program that hangs', { timeout: 120_000 }, () => {
  it('is noticed by both windows: no QR stays, and nothing can be pressed; when it goes on, both show what is so', async () => {
    const shop = await open();
    const qr = await shop.showQr();
    const [cashier, customer] = [await shop.cashier(), await shop.customer()];
    process.kill(shop.desktop.pid, 'SIGSTOP');
    try {
      await customer.locator('[data-screen="offline"]').waitFor({ timeout: 20_000 });
      await cashier.locator('[data-offline]').waitFor({ timeout: 20_000 });
      expect(await customer.locator('img[src^="data:image/png"], canvas').count()).toBe(0);
      await cashier.locator('fieldset.register-body:disabled').waitFor({ timeout: 20_000 });
    } finally {
      process.kill(shop.desktop.pid, 'SIGCONT');
    }
    expect(await shop.qr()).toBe(qr);
    await cashier.locator('[data-offline]').waitFor({ state: 'detached', timeout: 20_000 });
  });
});

describe('a locked register', { timeout: 120_000 }, () => {
  it('stays full screen and open until the manager’s code', async () => {
    mkdirSync(join(data, 'desktop'), { recursive: true });
    writeFileSync(join(data, 'desktop', 'desktop.json'), '{"kiosk": true, "managerCode": "4711"}');
    const shop = await open();
    const { id, kiosk } = await shop.windowAt('/cashier');
    expect(kiosk).toBe(true);
    const press = (key: string, more: object = {}) =>
      shop.desktop.control({ do: 'key', window: id, key: { key, code: /^[A-Z]$/.test(key) ? `Key${key}` : key, ...more } });
    const type = async (code: string) => {
      await press('M', { control: true, alt: true, shift: true });
      for (const digit of code) await press(digit);
      await press('Enter');
    };
    await closeCashier(shop);
    await shop.desktop.control({ do: 'quit' });
    await type('1234');
    const state = await shop.desktop.state();
    expect([state.windows.length, state.dialogs.length]).toEqual([2, 0]);

    await (await shop.cashier()).evaluate("void window.open('/settings')");
    const asked = await shop.desktop.until(({ dialogs }) => dialogs.length === 1);
    expect(asked.dialogs[0]?.detail).toContain('når lederen har låst opp');
    expect(asked.windows.length).toBe(2);
    await shop.desktop.control({ do: 'answer-dialog', answer: { button: 'Bli i kassen' } });

    await type('4711');
    await shop.desktop.until(({ dialogs }) => dialogs.length === 2);
    await shop.desktop.control({ do: 'answer-dialog', answer: { button: 'Lås opp' } });
    await shop.desktop.until(({ windows }) => windows.every((window) => !window.kiosk));
    await closeCashier(shop);
    expect(await shop.desktop.ended).toMatchObject({ code: 0 });
  });
});

describe('a tablet as the customer’s display', { timeout: 120_000 }, () => {
  it('shows the same till over the network’s address that was chosen, and can send nothing', async () => {
    const shop = await open({ args: ['--tablet', '127.0.0.1'] });
    await shop.send({ type: 'add-article', articleNumber: '1003' });
    const headers = { authorization: `Bearer ${shop.line.tokens.customer}`, 'content-type': 'application/json' };
    const view = (await (await fetch(`${shop.line.api}/api/views/customer`, { headers })).json()) as {
      screen: { lines: { name: string }[] };
    };
    expect(view.screen.lines.map(({ name }) => name)).toEqual(['Skolebolle']);
    const refused = await fetch(`${shop.line.api}/api/commands`, { method: 'POST', headers, body: '{"type":"abort-sale"}' });
    expect(refused.status).toBe(403);
  });
});
