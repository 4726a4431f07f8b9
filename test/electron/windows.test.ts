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
