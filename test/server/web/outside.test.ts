/** Being reached from outside, over real HTTP: what the provider sends, what becomes of it, and what is kept. */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { merchantOf } from '../sandbox/merchant.ts';
import { type OutsideChoices, type OutsideShop, outsideForTest, whenRegistered } from './outside-shop.ts';

async function open(choices: Omit<OutsideChoices, 'folder'> = {}): Promise<OutsideShop> {
  const shop = await outsideForTest({ folder: temporaryFolder(), ...choices });
  await whenRegistered(shop);
  return shop;
}

const urls = async (shop: OutsideShop) => (await shop.listed()).map(({ url }) => url);
const counts = (shop: OutsideShop) => shop.outside.state().counts;

describe('the registration', () => {
  it('is made at the start: for payments, and for customers at the sign', async () => {
    const shop = await open();
    const { addresses } = shop.outside;
    expect(await urls(shop)).toEqual([addresses.payments, addresses.checkIns]);
    expect(addresses.payments).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/vipps\/[a-z0-9]+-[a-z0-9]+\/payments$/);
    expect((await shop.listed())[0]?.events).toContain('epayments.payment.authorized.v1');
  });

  it('is not made through eCom, which calls back by itself', async () => {
    const shop = await open({ api: 'ecom' });
    expect(shop.outside.state().webhooks).toEqual([]);
    expect(await shop.listed()).toEqual([]);
  });

  it('keeps its secrets for the owner alone, and finds them again at the next start', async () => {
    const first = await open({ reachable: { publicUrl: 'https://kasse.example.no' } });
    const file = join(first.keysDirectory, 'outside.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const before = await first.listed();
    await first.outside.close();
    const { keysDirectory, sandbox } = first;
    const second = await open({ reachable: { publicUrl: 'https://kasse.example.no' }, keysDirectory, sandbox });
    expect(await second.listed()).toEqual(before);
    expect(second.outside.callbackToken).toBe(first.outside.callbackToken);
    expect(sandbox.control.requests({ route: 'webhooks' }).filter(({ method }) => method === 'POST')).toHaveLength(2);
  });

  it('is made anew when the provider has deleted it, and when its secret is lost', async () => {
    const reachable = { publicUrl: 'https://kasse.example.no' };
    const first = await open({ reachable });
    const [gone, lost] = await first.listed();
    await first.merchant.merchant.send('DELETE', `/webhooks/v1/webhooks/${gone?.id}`);
    await first.outside.close();
    const file = join(first.keysDirectory, 'outside.json');
    const kept = JSON.parse(readFileSync(file, 'utf8')) as { webhooks: { id: string }[] };
    writeFileSync(file, JSON.stringify({ ...kept, webhooks: kept.webhooks.filter(({ id }) => id !== lost?.id) }));
    const { keysDirectory, sandbox } = first;
    const second = await open({ reachable, keysDirectory, sandbox });
    const after = await second.listed();
    expect(after.map(({ url }) => url)).toEqual([first.outside.addresses.payments, first.outside.addresses.checkIns]);
    expect(after.map(({ id }) => id)).not.toContain(gone?.id);
    expect(after.map(({ id }) => id)).not.toContain(lost?.id);
  });

  it('follows the address, and never touches somebody else’s', async () => {
    const first = await open({ reachable: { publicUrl: 'https://kasse.example.no' } });
    const others = { url: 'https://kasse.example.no/vipps/other-2/payments', events: ['epayments.payment.captured.v1'] };
    await first.merchant.merchant.send('POST', '/webhooks/v1/webhooks', others);
    await first.outside.close();
    const { keysDirectory, sandbox } = first;
    const second = await open({ reachable: { publicUrl: 'https://ny.example.no/kasse' }, keysDirectory, sandbox });
    const { addresses } = second.outside;
    expect(await urls(second)).toEqual([others.url, addresses.payments, addresses.checkIns]);
  });

  it('leaves the sign to whoever has it, and says so', async () => {
    const sandbox = (await open({ api: 'ecom' })).sandbox;
    const other = await merchantOf(sandbox, sandbox.salesUnits[0]?.msn ?? '');
    await other.send('POST', '/webhooks/v1/webhooks', { url: 'https://other.example', events: ['user.checked-in.v1'] });
    const shop = await outsideForTest({ folder: temporaryFolder(), sandbox });
    await expect
      .poll(() => shop.outside.state().webhooks.map(({ kind, state }) => `${kind} ${state}`))
      .toEqual(['payments registered', 'check-ins trouble']);
    expect(await urls(shop)).toEqual(['https://other.example', shop.outside.addresses.payments]);
  });

  it('does not stop a register whose port is taken', async () => {
    const first = await open();
    const port = Number(new URL(first.outside.state().listeningAt ?? '').port);
    const second = await outsideForTest({ folder: temporaryFolder(), sandbox: first.sandbox, reachable: { port } });
    expect(second.outside.state()).toMatchObject({ listeningAt: null, notListening: 'EADDRINUSE' });
  });
});

describe('a webhook', () => {
  it('names the payment that is to be asked about, and is answered at once', async () => {
    const shop = await open();
    await shop.merchant.create('torg-1-a');
    shop.sandbox.control.customer('approve', 'torg-1-a');
    await expect.poll(() => shop.heard).toEqual(['torg-1-a']);
    expect(shop.sandbox.control.deliveries().map(({ event, status }) => [event, status])).toEqual([
      ['epayments.payment.authorized.v1', 200],
    ]);
    expect(counts(shop)).toMatchObject({ heard: 1, ignored: 0, refused: 0 });
  });

  it('about a payment that nobody waits for here is answered, and counted', async () => {
    const shop = await open({ knows: () => false });
    await shop.merchant.create('torg-2-a');
    shop.sandbox.control.customer('approve', 'torg-2-a');
    await expect.poll(() => counts(shop)).toMatchObject({ heard: 0, ignored: 1, refused: 0 });
    expect(shop.sandbox.control.deliveries().map(({ status }) => status)).toEqual([200]);
  });

  it('may come twice', async () => {
    const shop = await open();
    shop.sandbox.control.addFault({ kind: 'duplicate' });
    await shop.merchant.create('torg-1-b');
    shop.sandbox.control.customer('approve', 'torg-1-b');
    await expect.poll(() => shop.heard).toEqual(['torg-1-b', 'torg-1-b']);
  });

  it('may be overtaken by the next', async () => {
    const shop = await open();
    shop.sandbox.control.addFault({ kind: 'reorder' });
    await shop.merchant.create('torg-1-c');
    shop.sandbox.control.customer('approve', 'torg-1-c');
    await shop.merchant.capture('torg-1-c', 14_770, 'k');
    await expect.poll(() => shop.heard).toEqual(['torg-1-c', 'torg-1-c']);
    expect(shop.sandbox.control.deliveries().map(({ event }) => event)).toEqual([
      'epayments.payment.captured.v1',
      'epayments.payment.authorized.v1',
    ]);
  });

  it('may never come, and the next one does', async () => {
    const shop = await open();
    shop.sandbox.control.addFault({ kind: 'lost' });
    await shop.merchant.create('torg-1-d');
    shop.sandbox.control.customer('approve', 'torg-1-d');
    await shop.merchant.capture('torg-1-d', 14_770, 'k');
    await expect.poll(() => shop.heard).toEqual(['torg-1-d']);
  });

  it('that somebody else has signed is refused, and nothing is asked because of it', async () => {
    const shop = await open();
    shop.sandbox.control.addFault({ kind: 'forged' });
    await shop.merchant.create('torg-1-e');
    shop.sandbox.control.customer('approve', 'torg-1-e');
    await expect.poll(() => shop.sandbox.control.deliveries().map(({ status }) => status)).toEqual([401]);
    expect(shop.heard).toEqual([]);
    expect(counts(shop)).toMatchObject({ heard: 0, refused: 1 });
    expect(shop.log.filter(({ event }) => event === 'webhooks.refused').map(({ facts }) => facts)).toEqual([
      { why: 'other-signature', skewMs: null, count: 1 },
    ]);
  });
});

describe('eCom’s callback', () => {
  const transaction = (orderId: string) => ({ orderId, amount: 14_770, transactionText: 'Two loaves' });
  const initiate = async (shop: OutsideShop, orderId: string, authToken = shop.outside.callbackToken) => {
    const { merchant } = shop.merchant;
    const merchantInfo = {
      merchantSerialNumber: merchant.msn,
      callbackPrefix: shop.outside.addresses.callbackPrefix,
      fallBack: 'https://example.com',
      authToken,
    };
    await merchant.send('POST', '/ecomm/v2/payments', { customerInfo: {}, merchantInfo, transaction: transaction(orderId) });
  };

  it('with the token names the payment that is to be asked about', async () => {
    const shop = await open({ api: 'ecom' });
    await initiate(shop, 'torg-1-f');
    shop.sandbox.control.customer('approve', 'torg-1-f');
    await expect.poll(() => shop.heard).toEqual(['torg-1-f']);
    expect(shop.sandbox.control.deliveries()).toMatchObject([{ kind: 'callback', event: 'RESERVED', status: 200 }]);
  });

  it('with another token is refused', async () => {
    const shop = await open({ api: 'ecom' });
    await initiate(shop, 'torg-1-g', 'a-token-that-somebody-made-up');
    shop.sandbox.control.customer('approve', 'torg-1-g');
    await expect.poll(() => shop.sandbox.control.deliveries()).toMatchObject([{ status: 401 }]);
    expect(shop.heard).toEqual([]);
  });
});
