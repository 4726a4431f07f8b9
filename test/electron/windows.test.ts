import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DoubleState } from './double/control.ts';
import { newData, removeData, Shop } from './shop.ts';

const SECOND = 1_002;
const THIRD = 1_003;
const customerOf = ({ windows }: DoubleState) => windows.find(({ url }) => url.endsWith('/customer'));

describe('displays that come and go in the middle of a payment', () => {
  const data = newData();
  let shop: Shop;
  let qr = '';
  beforeAll(async () => {
    shop = await Shop.open({ data, choices: { displays: 2 } });
    qr = await shop.showQr();
  }, 120_000);
  afterAll(async () => {
    await shop?.desktop.kill();
    removeData(data);
  });

  it('begin with the customer’s window alone on the second display, and the cashier’s with the focus', async () => {
    const [cashier, customer] = [await shop.windowAt('/cashier'), await shop.windowAt('/customer')];
    expect(customer).toMatchObject({ fullScreen: true, visible: true, focused: false, bounds: { x: 1280, width: 1280, height: 800 } });
    expect(cashier).toMatchObject({ fullScreen: false, visible: true, focused: true, bounds: { x: 0 } });
  });

  it('keep the QR when the display changes its resolution', async () => {
    await shop.desktop.control({ do: 'resize', id: SECOND, width: 1920, height: 1080 });
    await shop.desktop.until((state) => customerOf(state)?.bounds.width === 1920);
    expect(await shop.qr()).toBe(qr);
    expect(await (await shop.customer()).evaluate('[innerWidth, innerHeight]')).toEqual([1920, 1080]);
  });

  it('leave a movable window with a hint and the same QR when the display is pulled out', async () => {
    await shop.desktop.control({ do: 'unplug', id: SECOND });
    const customer = customerOf(await shop.desktop.until((state) => customerOf(state)?.fullScreen === false));
    expect(customer).toMatchObject({ visible: true, title: expect.stringContaining('koble til en skjerm til') });
    expect(customer?.bounds).toEqual({ x: 0, y: 240, width: 420, height: 560 });
    expect(await shop.qr()).toBe(qr);
    expect((await shop.view()).stage).toMatchObject({ kind: 'payment', phase: 'waiting-for-scan' });
  });

  it('take the customer’s window back, with the same QR, when the display is plugged in again', async () => {
    await shop.desktop.control({ do: 'plug', number: 2 });
    const customer = customerOf(await shop.desktop.until((state) => customerOf(state)?.fullScreen === true));
    expect(customer).toMatchObject({ title: 'Kundeskjerm', bounds: { x: 1280 } });
    expect(await shop.qr()).toBe(qr);
  });

  it('let nobody close the customer’s window', async () => {
    const { id } = await shop.windowAt('/customer');
    await shop.desktop.control({ do: 'close-window', window: id });
    expect((await shop.desktop.state()).windows.length).toBe(2);
    expect(await shop.qr()).toBe(qr);
  });
});

describe('the display that was chosen', () => {
  it('is the customer’s again at the next start, and while it is away another one stands in', { timeout: 120_000 }, async () => {
    const data = newData();
    try {
      const first = await Shop.open({ data, choices: { displays: 3 } });
      await first.desktop.until((state) => customerOf(state)?.bounds.x === 1280);
      await first.desktop.control({ do: 'menu', path: ['Kasse', 'Kundens skjerm', 'Skjerm 3: External 3'] });
      await first.desktop.until((state) => customerOf(state)?.bounds.x === 2560);
      await first.desktop.stop();
      const second = await Shop.open({ data, choices: { displays: 3 } });
      await second.desktop.until((state) => customerOf(state)?.bounds.x === 2560);
      await second.desktop.control({ do: 'unplug', id: THIRD });
      await second.desktop.until((state) => customerOf(state)?.bounds.x === 1280);
      await second.desktop.control({ do: 'plug', number: 3 });
      await second.desktop.until((state) => customerOf(state)?.bounds.x === 2560);
      await second.desktop.stop();
    } finally {
      removeData(data);
    }
  });
});

describe('the settings’ page of displays, in the middle of a payment', () => {
  const data = newData();
  let shop: Shop;
  let qr = '';
  const customerAt = (x: number) => shop.desktop.until((state) => customerOf(state)?.bounds.x === x);
  const page = () => shop.desktop.page('/settings');
  const choice = async (name: RegExp) => (await page()).getByRole('radio', { name });
  beforeAll(async () => {
    shop = await Shop.open({ data, choices: { displays: 3 } });
    qr = await shop.showQr();
    await shop.desktop.control({ do: 'menu', path: ['Kasse', 'Innstillinger'] });
    await (await page()).getByRole('button', { name: 'Kundeskjerm' }).click();
  }, 120_000);
  afterAll(async () => {
    await shop?.desktop.kill();
    removeData(data);
  });

  it('lists each with its label and size, and says where the register is and where the customer looks', async () => {
    await (await choice(/Skjerm 1: .*, 1280 × 800 · Kassen står her/)).waitFor();
    await (await choice(/Skjerm 2: External 2, 1280 × 800 · Kunden ser hit/)).waitFor();
    await (await choice(/Skjerm 3: External 3, 1280 × 800$/)).waitFor();
  });

  it('shows each its number for a while, beside the QR and without the focus', async () => {
    await (await page()).getByRole('button', { name: 'Vis nummer på skjermene' }).click();
    const numbers = ({ windows }: DoubleState) => windows.filter(({ url, visible }) => visible && url.includes('/number/'));
    const { windows } = await shop.desktop.until((state) => numbers(state).length === 3);
    const shown = windows.filter(({ url }) => url.includes('/number/'));
    expect(shown.map(({ url, bounds, focused }) => [url.replace(/.*number/, ''), bounds.x, focused])).toEqual([
      ['/1.svg', 0, false],
      ['/2.svg', 1280, false],
      ['/3.svg', 2560, false],
    ]);
    expect(await (await shop.desktop.page('/number/2.svg')).evaluate('document.documentElement.textContent')).toBe('2');
    await (await page()).getByText('Numrene står på 3 skjermer nå.').waitFor();
    await shop.desktop.until((state) => state.windows.every(({ url }) => !url.includes('/number/')));
    expect(await shop.qr()).toBe(qr);
  });

  it('moves the customer’s window as soon as it is saved: same QR, no new start', async () => {
    await (await choice(/External 3/)).check();
    await (await page()).getByRole('button', { name: 'Lagre', exact: true }).click();
    await customerAt(2560);
    await (await choice(/External 3.*Kunden ser hit/)).waitFor();
    expect(await shop.qr()).toBe(qr);
    expect((await shop.desktop.state()).relaunches).toBe(0);
  });

  it('says that the chosen display has gone, while another one stands in with the same QR', async () => {
    await shop.desktop.control({ do: 'unplug', id: THIRD });
    await customerAt(1280);
    await (await choice(/External 3, ikke tilkoblet nå/)).waitFor();
    expect(await shop.qr()).toBe(qr);
  });

  it('gives it back to the customer when it is plugged in again', async () => {
    await shop.desktop.control({ do: 'plug', number: 3 });
    await customerAt(2560);
    await (await choice(/External 3.*Kunden ser hit/)).waitFor();
    expect(await shop.qr()).toBe(qr);
  });

  it('is the configuration’s word: a machine that has forgotten everything else starts with it', { timeout: 120_000 }, async () => {
    await shop.desktop.stop();
    rmSync(join(data, 'desktop', 'desktop.json'));
    shop = await Shop.open({ data, choices: { displays: 3 } });
    await customerAt(2560);
  });
});

describe('one display alone', () => {
  it('has the customer’s window beside the cashier’s, to be moved, until a second one comes', { timeout: 120_000 }, async () => {
    const data = newData();
    try {
      const shop = await Shop.open({ data, choices: { displays: 1 } });
      const alone = customerOf(await shop.desktop.until((state) => customerOf(state)?.visible === true));
      expect(alone).toMatchObject({ fullScreen: false, visible: true, focused: false, title: expect.stringContaining('Kundeskjerm –') });
      await shop.desktop.control({ do: 'plug', number: 2 });
      await shop.desktop.until((state) => customerOf(state)?.fullScreen === true);
      await shop.desktop.stop();
    } finally {
      removeData(data);
    }
  });
});
