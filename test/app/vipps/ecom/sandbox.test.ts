/** The eCom adapter against the practice provider: what every adapter does, and what eCom alone does. */
import { describe, expect, it } from 'vitest';
import { anOrder, behavesAsTheRegisterNeeds, endEach, startAt } from '../behaviour.ts';
import { ECOM } from './dialect.ts';

endEach();

behavesAsTheRegisterNeeds(ECOM);

describe('eCom alone', () => {
  it('refuses a reference that exists, whoever made it', async () => {
    const { provider, create } = await startAt('ecom');
    const order = anOrder();
    await create(order);
    expect(await provider.create(order)).toMatchObject({ kind: 'refused', error: { code: 'ecom:Merchant/34' } });
  });

  it('tells too many tries to wait, and does not refuse them', async () => {
    const { provider, create } = await startAt('ecom');
    const order = anOrder();
    await create(order);
    await provider.create(order);
    expect(await provider.create(order)).toMatchObject({ kind: 'retryable', retryAfterMs: expect.any(Number) });
  });

  it('has created the payment though its answer is lost, and a read finds it', async () => {
    const { sandbox, provider, view } = await startAt('ecom');
    const order = anOrder();
    sandbox.control.addFault({ kind: 'cut-after', route: 'initiate' });
    expect(await provider.create(order)).toMatchObject({ kind: 'unknown', error: { code: 'lost' } });
    expect(await view(order)).toMatchObject({ state: 'open' });
    expect(sandbox.control.requests({ route: 'initiate' })).toHaveLength(1);
  });

  it('refuses a cancel after a partial capture, unless the rest alone is meant', async () => {
    const { sandbox, provider, create } = await startAt('ecom');
    const order = anOrder();
    await create(order);
    sandbox.control.customer('approve', order.reference);
    await provider.capture(order, 30_000, 'key-c1');
    expect(await provider.cancel(order, 'all', 'x')).toMatchObject({ kind: 'refused', error: { code: 'ecom:Payment/51' } });
  });

  it('may keep silent about an expiry', async () => {
    const { sandbox, view, create } = await startAt('ecom', '222333', { salesUnits: [{ msn: '222333', expiry: 'silence' }] });
    const order = anOrder();
    await create(order);
    sandbox.control.advance(615_000);
    expect(await view(order)).toMatchObject({ state: 'open', authorisedOre: 0 });
  });

  it('leaves something to draw without a picture, which leads to the payment', async () => {
    const { provider, create } = await startAt('ecom');
    const order = anOrder();
    const url = await create(order);
    expect(await provider.fetchQrText(order, { url })).toMatchObject({ kind: 'ok', value: { text: url } });
  });
});
