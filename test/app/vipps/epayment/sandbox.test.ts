/** The ePayment adapter against the practice provider: what every adapter does, and what ePayment alone does. */
import { describe, expect, it } from 'vitest';
import { NO_EXTRAS } from '../../../../app/payment/provider.ts';
import { anOrder, behavesAsTheRegisterNeeds, endEach, startAt } from '../behaviour.ts';
import { EPAYMENT } from './dialect.ts';

endEach();

behavesAsTheRegisterNeeds(EPAYMENT);

describe('ePayment alone', () => {
  it('spares what is approved when only an open payment was to be ended', async () => {
    const { sandbox, provider, view, create } = await startAt('epayment');
    const order = anOrder();
    await create(order);
    sandbox.control.customer('approve', order.reference);
    expect(await provider.cancel(order, 'if-not-approved', 'x1')).toMatchObject({ kind: 'refused', error: { code: 'epayment:6060' } });
    expect(await view(order)).toMatchObject({ state: 'authorised', authorisedOre: 49_900, releasedOre: 0 });
    expect(await provider.cancel(order, 'all', 'x2')).toEqual({ kind: 'ok', value: null });
    expect(await view(order)).toMatchObject({ state: 'terminated', releasedOre: 49_900 });
  });

  it.each(['cut-after', 'cut-before'] as const)('asks again for a payment whose answer was lost (%s), and has made one', async (kind) => {
    const { sandbox, provider, view } = await startAt('epayment');
    const order = anOrder();
    sandbox.control.addFault({ kind, route: 'initiate' });
    expect(await provider.create(order)).toMatchObject({ kind: 'ok' });
    expect(await view(order)).toMatchObject({ state: 'open' });
    expect(sandbox.control.requests({ route: 'initiate' }).map(({ requestId }) => requestId)).toEqual([order.reference, order.reference]);
    expect(sandbox.control.payments()).toHaveLength(1);
  });

  it('tells the customer with the payment what is bought, and only what adds up', async () => {
    const { sandbox, provider } = await startAt('epayment');
    const line = { lineId: '1', name: 'Kneipp', unit: 'stk', quantityMilli: 1_000, unitPriceOre: 49_900, amountOre: 49_900 };
    const receipt = [{ ...line, vatOre: 6_509, vatBasisPoints: 1_500, discountOre: 0 }];
    const [whole, part] = [anOrder(), anOrder(20_000)];
    expect(await provider.create(whole, { ...NO_EXTRAS, receipt })).toMatchObject({ kind: 'ok' });
    expect(sandbox.control.payment(whole.reference).receiptLines).toEqual([{ name: 'Kneipp', totalOre: 49_900 }]);
    expect(await provider.create(part, { ...NO_EXTRAS, receipt })).toMatchObject({ kind: 'ok' });
    expect(sandbox.control.payment(part.reference).receiptLines).toEqual([]);
    expect(await provider.addReceipt?.(whole, 49_900, { lines: receipt, paidByCardOre: 0, paidInCashOre: 0 })).toEqual({
      kind: 'ok',
      value: 'there-already',
    });
  });

  it('has no content to draw, and says so', async () => {
    const { provider, create } = await startAt('epayment');
    const order = anOrder();
    const url = await create(order);
    expect(provider.createdUrl).toBe('picture');
    expect(await provider.fetchQrText(order, { url })).toEqual({ kind: 'ok', value: null });
  });

  it.each(['html', 'broken-json', 'other-amount', 'wrong-type', 'missing-field'] as const)(
    'is not believed about the events with %s',
    async (kind) => {
      const { sandbox, provider, create } = await startAt('epayment');
      const order = anOrder();
      await create(order);
      sandbox.control.customer('approve', order.reference);
      const more = kind === 'html' ? { status: 200 } : kind === 'missing-field' ? { field: '0.amount' } : {};
      sandbox.control.addFault({ kind, route: 'events', ...more });
      expect(await provider.read(order)).toMatchObject({ kind: 'unknown', error: { code: 'bad-answer' } });
      expect((await provider.read(order)).kind).toBe('ok');
    },
  );

  it('asks for the events only when something has happened', async () => {
    const { sandbox, view, create } = await startAt('epayment');
    const order = anOrder();
    await create(order);
    await view(order);
    expect(sandbox.control.requests({ route: 'events' })).toHaveLength(0);
  });

  it.each([
    ['DK', 'DKK'],
    ['FI', 'EUR'],
  ] as const)('takes the money of %s', async (market, currency) => {
    const { sandbox, provider, view } = await startAt('epayment', '222333', { salesUnits: [{ msn: '222333', market }] });
    const order = { ...anOrder(), currency };
    expect((await provider.create(order)).kind).toBe('ok');
    sandbox.control.customer('approve', order.reference);
    expect(await provider.capture(order, 49_900, 'c')).toEqual({ kind: 'ok', value: null });
    expect(await view(order)).toMatchObject({ capturedOre: 49_900 });
    expect(await provider.read({ ...order, currency: 'NOK' })).toMatchObject({ kind: 'unknown', error: { code: 'bad-answer' } });
  });
});

describe('a payment begun in eCom', () => {
  it('is read, captured in part, released and refunded through ePayment once its sales unit has moved', async () => {
    const { sandbox, provider, view, beside } = await startAt('epayment');
    const order = anOrder();
    expect((await beside('ecom', '123456').create(order)).kind).toBe('ok');
    expect(await view(order)).toMatchObject({ state: 'open' });
    sandbox.control.customer('approve', order.reference);
    expect(await view(order)).toMatchObject({ state: 'authorised', authorisedOre: 49_900 });
    expect(await provider.capture(order, 30_000, 'c1')).toEqual({ kind: 'ok', value: null });
    expect(await provider.cancel(order, 'remainder', 'x1')).toEqual({ kind: 'ok', value: null });
    expect(await provider.refund(order, 10_000, 'r1')).toEqual({ kind: 'ok', value: null });
    const read = await view(order);
    expect(read).toMatchObject({ authorisedOre: 49_900, capturedOre: 30_000, releasedOre: 19_900, refundedOre: 10_000 });
    expect(read.operations.filter(({ key }) => key !== null).map(({ kind, key }) => `${kind} ${key}`)).toEqual([
      'refund r1',
      'void x1',
      'capture c1',
    ]);
  });

  it('and captured there is refunded through ePayment; one that waits is cancelled', async () => {
    const { sandbox, provider, view, beside } = await startAt('epayment');
    const ecom = beside('ecom', '123456');
    const [paid, waiting] = [anOrder(), anOrder()];
    await ecom.create(paid);
    sandbox.control.customer('approve', paid.reference);
    await ecom.capture(paid, 49_900, 'c1');
    expect(await provider.refund(paid, 49_900, 'r1')).toEqual({ kind: 'ok', value: null });
    expect(await view(paid)).toMatchObject({ capturedOre: 49_900, refundedOre: 49_900 });
    await ecom.create(waiting);
    expect(await provider.cancel(waiting, 'if-not-approved', 'x1')).toEqual({ kind: 'ok', value: null });
    expect(await view(waiting)).toMatchObject({ state: 'terminated', authorisedOre: 0 });
  });

  it('does not exist in ePayment while its sales unit has not moved', async () => {
    const { provider, beside } = await startAt('epayment', '654321');
    const order = anOrder();
    await beside('ecom', '654321').create(order);
    expect(await provider.read(order)).toMatchObject({ kind: 'ok', value: null });
  });
});
