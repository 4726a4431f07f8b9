/** The ways to a customer through eCom, against the practice provider: a message to a number, and whoever showed a code or checked in. */
import { describe, expect, it } from 'vitest';
import { type CreationExtras, NO_EXTRAS, type Payer, type PaymentFlow, type PaymentOrder } from '../../../../app/payment/provider.ts';
import { anOrder, endEach, startAt } from '../behaviour.ts';

endEach();

const MAY_PUSH = { salesUnits: [{ msn: '222333', skipLandingPage: true }] };
const by = (flow: PaymentFlow): PaymentOrder => ({ ...anOrder(), flow });
const push = () => by({ kind: 'push', shown: '+47 ••••••67' });
const says = (payer: Payer): CreationExtras => ({ ...NO_EXTRAS, payer });
const kari = says({ kind: 'phone', msisdn: '4791234567' });

describe('a message to a phone number', () => {
  it('goes to the eight digits, and there is nothing to show', async () => {
    const { sandbox, provider, view } = await startAt('ecom', '222333', MAY_PUSH);
    const order = push();
    expect(await provider.create(order, kari)).toEqual({ kind: 'ok', value: { url: null } });
    expect(sandbox.control.payment(order.reference)).toMatchObject({ flow: 'push', pushedTo: '91234567' });
    sandbox.control.customer('approve', order.reference);
    expect(await view(order)).toMatchObject({ state: 'authorised', authorisedOre: order.amountOre });
  });
  it('sent again is refused as its own, and is one payment', async () => {
    const { sandbox, provider } = await startAt('ecom', '222333', MAY_PUSH);
    const order = push();
    await provider.create(order, kari);
    expect(await provider.create(order, kari)).toMatchObject({ kind: 'refused', error: { code: 'ecom:Merchant/34' } });
    expect(sandbox.control.payments()).toHaveLength(1);
  });
  it('is refused by name where the sales unit may not', async () => {
    const { provider } = await startAt('ecom', '222333', { salesUnits: [{ msn: '222333' }] });
    expect(await provider.create(push(), kari)).toMatchObject({ kind: 'refused', error: { code: 'ecom:Merchant/38' } });
  });
  it('to a number that nobody pays with is refused, and nobody is told why', async () => {
    const { provider } = await startAt('ecom', '222333', MAY_PUSH);
    const answer = await provider.create(push(), says({ kind: 'phone', msisdn: '4791200000' }));
    expect(answer).toMatchObject({ kind: 'refused', error: { code: 'ecom:User/81' } });
  });
  it('to a Danish number does not leave the register: its eight digits are a Norwegian’s here', async () => {
    const { sandbox, provider } = await startAt('ecom', '222333', MAY_PUSH);
    const answer = await provider.create(push(), says({ kind: 'phone', msisdn: '4591234567' }));
    expect(answer).toMatchObject({ kind: 'refused', error: { code: 'local:foreign-number' } });
    expect(await provider.create(push())).toMatchObject({ kind: 'refused', error: { code: 'local:no-payer' } });
    expect(sandbox.control.requests({ route: 'initiate' })).toEqual([]);
  });
});

describe('whoever has shown their own code', () => {
  it('gets the message', async () => {
    const { sandbox, provider } = await startAt('ecom', '222333', MAY_PUSH);
    const { content } = sandbox.control.personalCode();
    const order = by({ kind: 'personal-qr' });
    expect(await provider.create(order, says({ kind: 'personal-qr', content }))).toEqual({ kind: 'ok', value: { url: null } });
    expect(sandbox.control.payment(order.reference).pushedTo).toBe('91234567');
  });
  it('is asked for once: what is sent again is the same', async () => {
    const { sandbox, provider } = await startAt('ecom', '222333', MAY_PUSH);
    const { content } = sandbox.control.personalCode();
    const order = by({ kind: 'personal-qr' });
    await provider.create(order, says({ kind: 'personal-qr', content }));
    await provider.create(order, says({ kind: 'personal-qr', content }));
    expect(sandbox.control.requests({ route: 'qr-exchange' })).toHaveLength(1);
  });
  it('is nobody when it is no such code: nothing of the payment is sent', async () => {
    const { sandbox, provider } = await startAt('ecom', '222333', MAY_PUSH);
    const answer = await provider.create(
      by({ kind: 'personal-qr' }),
      says({ kind: 'personal-qr', content: 'https://qr.vipps.no/p/nobody' }),
    );
    expect(answer).toMatchObject({ kind: 'refused', error: { code: 'local:not-a-personal-code' } });
    expect(sandbox.control.requests({ route: 'initiate' })).toEqual([]);
  });
  it('is asked for again when the answer was lost: no payment was begun', async () => {
    const { sandbox, provider } = await startAt('ecom', '222333', MAY_PUSH);
    const { content } = sandbox.control.personalCode();
    sandbox.control.addFault({ kind: 'cut-after', route: 'qr-exchange' });
    const answer = await provider.create(by({ kind: 'personal-qr' }), says({ kind: 'personal-qr', content }));
    expect(answer).toMatchObject({ kind: 'retryable', unsent: true });
  });
});
