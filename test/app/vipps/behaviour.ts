/**
 * What every adapter does against the practice provider, over real HTTP. The sandbox is written from the provider's documents
 * alone, so where the two agree, two readings of the documents agree. The codes are each API's own.
 */
import { PNG } from 'pngjs';
import { afterEach, describe, expect, it } from 'vitest';
import type { PaymentOrder, PaymentProvider, ProviderView } from '../../../app/payment/provider.ts';
import { inspectSvg } from '../../../app/vipps/svg.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../server/sandbox/sandbox.ts';
import { readQr } from '../../support/read-qr.ts';
import { ecomAt, epaymentAt } from '../../support/scripted-provider.ts';

/** In what the APIs differ, as far as a register sees it. */
export interface Dialect {
  readonly api: 'ecom' | 'epayment';
  /** What the view says of a code that nobody has opened, and of one that somebody has. */
  readonly opened: readonly [false, true] | readonly [null, null];
  /** What the provider says of a picture whose payment is over, and why nothing may be drawn then. */
  readonly over: readonly [string, string];
  readonly codes: {
    readonly notFound: string;
    readonly captureOpen: string;
    readonly captureCancelled: string;
    readonly captureTooMuch: string;
    readonly captureOfPart: string;
    readonly refundUncaptured: string;
    readonly refundTooMuch: string;
    readonly cancelCaptured: string;
    readonly otherBody: string;
    readonly tooSmall: RegExp;
  };
}

const endings: (() => Promise<void> | void)[] = [];
let numbers = 0;

/** An order that nobody has used before. */
export function anOrder(amountOre = 49_900): PaymentOrder {
  numbers += 1;
  return { reference: `kiosk-1-2611-ab12cd-${numbers}-1`, amountOre, currency: 'NOK', text: `Kvittering ${numbers}, blåbær` };
}

export interface Started {
  readonly sandbox: Sandbox;
  readonly provider: PaymentProvider;
  view(order: PaymentOrder): Promise<ProviderView>;
  /** Gives the payment's address. */
  create(order: PaymentOrder): Promise<string>;
  /** Another adapter for a unit of the same sandbox. */
  beside(api: Dialect['api'], msn: string, keys?: { readonly clientSecret?: string; readonly subscriptionKey?: string }): PaymentProvider;
}

/** A sandbox, and the adapter of one of its sales units. Both end with the test. */
export async function startAt(api: Dialect['api'], msn = '123456', options: SandboxOptions = {}): Promise<Started> {
  const sandbox = await startSandbox({ port: 0, ...options });
  endings.push(() => sandbox.close());
  const beside: Started['beside'] = (asked, unitMsn, keys = {}) => {
    const unit = sandbox.salesUnits.find((each) => each.msn === unitMsn);
    if (unit === undefined) throw new Error(`the sandbox has no sales unit ${unitMsn}`);
    const { clientId, clientSecret, subscriptionKey } = unit;
    const at = asked === 'ecom' ? ecomAt : epaymentAt;
    const made = at(sandbox.url, { keys: { merchantSerialNumber: unitMsn, clientId, clientSecret, subscriptionKey, ...keys } });
    endings.push(made.close);
    return made.provider;
  };
  const provider = beside(api, msn);
  return { sandbox, provider, beside, ...inShort(provider) };
}

/** What is asked over and over, without what it might say otherwise. */
export function inShort(provider: PaymentProvider): Pick<Started, 'view' | 'create'> {
  return {
    async view(order) {
      const answer = await provider.read(order);
      if (answer.kind !== 'ok' || answer.value === null) throw new Error(`not read: ${JSON.stringify(answer)}`);
      return answer.value;
    },
    async create(order) {
      const answer = await provider.create(order);
      if (answer.kind !== 'ok' || answer.value.url === null) throw new Error(`not created: ${JSON.stringify(answer)}`);
      return answer.value.url;
    },
  };
}

/** Call at the top of a file that starts sandboxes by `startAt`. */
export function endEach(): void {
  afterEach(async () => {
    for (const end of endings.splice(0).reverse()) await end();
  });
}

const refused = (code: unknown) => ({ kind: 'refused', error: { code } });
/** What makes no sense, whoever was the first to see it. */
const NO_ANSWER = /^(?:bad-answer|head-office:provider-odd)$/;

/** The tests that every adapter passes with a sales unit's keys. */
export function behavesAsTheRegisterNeeds(dialect: Dialect): void {
  paysAsTheRegisterNeeds(dialect, startAt);

  describe('keys', () => {
    it('of another unit do not show a payment', async () => {
      const { beside, create } = await startAt(dialect.api);
      const order = anOrder();
      await create(order);
      expect(await beside(dialect.api, '654321').read(order)).toMatchObject({ kind: 'ok', value: null });
    });

    it.each([{ clientSecret: 'wrong-secret-wrong' }, { subscriptionKey: 'wrong-key-wrong-key' }])(
      'that are wrong are refused before anything is created: %o',
      async (keys) => {
        const { sandbox, beside } = await startAt(dialect.api);
        const answer = await beside(dialect.api, '123456', keys).create(anOrder());
        expect(answer).toMatchObject(refused(expect.stringMatching(/^(gateway|http):/)));
        expect(sandbox.control.payments()).toHaveLength(0);
      },
    );
  });
}

/** The tests that every adapter passes, however it reaches its sales unit. */
export function paysAsTheRegisterNeeds(
  dialect: Dialect,
  begin: (api: Dialect['api'], msn?: string, options?: SandboxOptions) => Promise<Omit<Started, 'beside'>>,
): void {
  const { codes, opened } = dialect;
  const start = (msn?: string, options?: SandboxOptions) => begin(dialect.api, msn, options);

  describe('a payment', () => {
    it('goes from the QR to the captured money, and is read back with our key', async () => {
      const { sandbox, provider, view, create } = await start();
      const order = anOrder();
      expect(await provider.warm()).toEqual({ kind: 'ok', value: null });
      expect(await provider.read(order)).toMatchObject({ kind: 'ok', value: null });
      const url = await create(order);
      const qr = await provider.fetchQr(order, { url });
      if (qr.kind !== 'ok' || qr.value.kind !== 'png') throw new Error('no picture');
      expect(readQr(qr.value.bytes)).toBe(sandbox.control.payment(order.reference).url);
      expect(PNG.sync.read(Buffer.from(qr.value.bytes)).width).toBe(720);
      expect(qr.value.expiresInMs).toBeGreaterThan(240_000);

      expect(await view(order)).toMatchObject({ state: 'open', opened: opened[0], authorisedOre: 0 });
      sandbox.control.customer('open', order.reference);
      expect(await view(order)).toMatchObject({ state: 'open', opened: opened[1] });
      sandbox.control.customer('approve', order.reference);
      const approved = { state: 'authorised', authorisedOre: 49_900, capturedOre: 0, transactionId: expect.any(String) };
      expect(await view(order)).toMatchObject(approved);

      expect(await provider.capture(order, 49_900, '1-c1')).toEqual({ kind: 'ok', value: null });
      const read = await view(order);
      expect(read).toMatchObject({ state: 'authorised', authorisedOre: 49_900, capturedOre: 49_900, releasedOre: 0 });
      expect(read.operations[0]).toEqual({ kind: 'capture', key: '1-c1', amountOre: 49_900, ok: true });
    });

    it('has its code in vectors, or as the content that is to be drawn, where its order says so', async () => {
      const { sandbox, provider, create } = await start();
      const inVectors: PaymentOrder = { ...anOrder(), code: 'svg' };
      const picture = await provider.fetchQr(inVectors, { url: await create(inVectors) });
      if (picture.kind !== 'ok' || picture.value.kind !== 'svg') throw new Error('no picture in vectors');
      expect(inspectSvg(picture.value.bytes)).toHaveProperty('text');
      const toDraw: PaymentOrder = { ...anOrder(), code: 'target-url' };
      const content = await provider.fetchQr(toDraw, { url: await create(toDraw) });
      const { url } = sandbox.control.payment(toDraw.reference);
      expect(content).toMatchObject({ kind: 'ok', value: { kind: 'content', text: url } });
    });

    it('at a unit with direct capture is captured by the approval', async () => {
      const { sandbox, provider, view, create } = await start('654321');
      const order = anOrder();
      await create(order);
      sandbox.control.customer('approve', order.reference);
      expect(await view(order)).toMatchObject({ state: 'authorised', authorisedOre: 49_900, capturedOre: 49_900 });
      expect(await provider.cancel(order, 'all', '1-x')).toMatchObject(refused(codes.cancelCaptured));
      expect(await provider.refund(order, 49_900, '1-r1')).toEqual({ kind: 'ok', value: null });
      const read = await view(order);
      expect(read).toMatchObject({ capturedOre: 49_900, refundedOre: 49_900 });
      expect(read.operations[0]).toEqual({ kind: 'refund', key: '1-r1', amountOre: 49_900, ok: true });
    });

    it('cancelled before approval is terminated, with nothing charged', async () => {
      const { provider, view, create } = await start();
      const order = anOrder();
      await create(order);
      expect(await provider.cancel(order, 'if-not-approved', '1-x')).toEqual({ kind: 'ok', value: null });
      expect(await view(order)).toMatchObject({ state: 'terminated', authorisedOre: 0, releasedOre: 0 });
    });

    it('released a moment after approval is given back', async () => {
      const { sandbox, provider, view, create } = await start();
      const order = anOrder();
      await create(order);
      sandbox.control.customer('approve', order.reference);
      expect(await provider.cancel(order, 'all', '1-x')).toEqual({ kind: 'ok', value: null });
      expect(await view(order)).toMatchObject({ state: 'terminated', authorisedOre: 49_900, releasedOre: 49_900 });
      expect(await provider.capture(order, 49_900, '1-c1')).toMatchObject(refused(codes.captureCancelled));
    });

    it('captured in part keeps that part, and the rest is given back', async () => {
      const { sandbox, provider, view, create } = await start();
      const order = anOrder();
      await create(order);
      sandbox.control.customer('approve', order.reference);
      expect((await provider.capture(order, 30_000, '1-c1')).kind).toBe('ok');
      expect((await provider.cancel(order, 'remainder', '1-x')).kind).toBe('ok');
      expect(await view(order)).toMatchObject({ state: 'authorised', capturedOre: 30_000, releasedOre: 19_900 });
    });

    it('of a unit that captures no parts says so, and is captured whole and refunded in part', async () => {
      const { sandbox, provider, view, create } = await start();
      sandbox.control.changeUnit('123456', { partialCapture: false });
      const order = anOrder();
      await create(order);
      sandbox.control.customer('approve', order.reference);
      expect(await provider.capture(order, 30_000, '1-c1')).toMatchObject(refused(codes.captureOfPart));
      expect((await provider.capture(order, 49_900, '1-c2')).kind).toBe('ok');
      expect((await provider.refund(order, 19_900, '1-r1')).kind).toBe('ok');
      expect(await view(order)).toMatchObject({ capturedOre: 49_900, releasedOre: 0, refundedOre: 19_900 });
    });

    it.each([
      ['reject', 'terminated'],
      ['no-cover', 'declined'],
    ] as const)('that the customer ends with %s is %s', async (action, state) => {
      const { sandbox, view, create } = await start();
      const order = anOrder();
      await create(order);
      sandbox.control.customer(action, order.reference);
      expect(await view(order)).toMatchObject({ state, authorisedOre: 0, opened: opened[1] });
    });

    it('that nobody acts on is expired', async () => {
      const { sandbox, view, create } = await start();
      const order = anOrder();
      await create(order);
      sandbox.control.advance(615_000);
      expect(await view(order)).toMatchObject({ state: 'expired', authorisedOre: 0 });
    });
  });

  describe('what the provider refuses', () => {
    it('has its own name each', async () => {
      const { sandbox, provider, create } = await start();
      const order = anOrder();
      expect(await provider.capture(order, 49_900, '1-k0')).toMatchObject(refused(codes.notFound));
      await create(order);
      expect(await provider.capture(order, 49_900, '1-k1')).toMatchObject(refused(codes.captureOpen));
      sandbox.control.customer('approve', order.reference);
      expect(await provider.refund(order, 49_900, '1-k2')).toMatchObject(refused(codes.refundUncaptured));
      expect(await provider.capture(order, 49_901, '1-k3')).toMatchObject(refused(codes.captureTooMuch));
      expect((await provider.capture(order, 30_000, '1-k4')).kind).toBe('ok');
      expect(await provider.refund(order, 30_001, '1-k5')).toMatchObject(refused(codes.refundTooMuch));
    });

    it('a key with another body is refused, and with the same body has happened once', async () => {
      const { sandbox, provider, view, create } = await start();
      const order = anOrder();
      await create(order);
      sandbox.control.customer('approve', order.reference);
      expect((await provider.capture(order, 30_000, '1-k1')).kind).toBe('ok');
      expect((await provider.capture(order, 30_000, '1-k1')).kind).toBe('ok');
      expect(await provider.capture(order, 10_000, '1-k1')).toMatchObject(refused(codes.otherBody));
      expect((await view(order)).capturedOre).toBe(30_000);
    });

    it('an amount below one krone is refused by the name of its field or its rule', async () => {
      const { provider } = await start();
      expect(await provider.create(anOrder(99))).toMatchObject(refused(expect.stringMatching(codes.tooSmall)));
    });
  });

  describe('the receipt in the customer’s app', () => {
    const bread = { lineId: '1', name: 'Kneipp', unit: 'stk', quantityMilli: 1_000, unitPriceOre: 49_900, amountOre: 49_900 };
    const lines = [{ ...bread, vatOre: 6_509, vatBasisPoints: 1_500, discountOre: 0 }];
    const receipt = { lines, paidByCardOre: 0, paidInCashOre: 0 };
    const seen = (sandbox: Sandbox, order: PaymentOrder) => sandbox.control.payment(order.reference).receiptLines;

    it('is added afterwards, and asking again is harmless', async () => {
      const { sandbox, provider, create } = await start();
      const order = anOrder();
      await create(order);
      sandbox.control.customer('approve', order.reference);
      await provider.capture(order, 49_900, '1-c1');
      expect(await provider.addReceipt?.(order, 49_900, receipt)).toEqual({ kind: 'ok', value: 'added' });
      expect(seen(sandbox, order)).toEqual([{ name: 'Kneipp', totalOre: 49_900 }]);
      expect(await provider.addReceipt?.(order, 49_900, receipt)).toEqual({ kind: 'ok', value: 'there-already' });
    });

    it('that does not add up does not leave the register', async () => {
      const { sandbox, provider, create } = await start();
      const order = anOrder();
      await create(order);
      expect(await provider.addReceipt?.(order, 49_800, receipt)).toMatchObject(refused('local:receipt-does-not-add-up'));
      expect(sandbox.control.requests({ route: 'order-management' })).toHaveLength(0);
    });

    it('of a payment that is not there is refused, and of one whose answer was lost is unknown', async () => {
      const { sandbox, provider, create } = await start();
      const order = anOrder();
      expect(await provider.addReceipt?.(order, 49_900, receipt)).toMatchObject(refused('order-management:404'));
      await create(order);
      sandbox.control.addFault({ kind: 'cut-after', route: 'order-management' });
      expect(await provider.addReceipt?.(order, 49_900, receipt)).toMatchObject({ kind: 'unknown' });
      expect(await provider.addReceipt?.(order, 49_900, receipt)).toEqual({ kind: 'ok', value: 'there-already' });
    });
  });

  describe('a provider in trouble', () => {
    it('whose capture answer is lost has captured once, and our key is in its history', async () => {
      const { sandbox, provider, view, create } = await start();
      const order = anOrder();
      await create(order);
      sandbox.control.customer('approve', order.reference);
      sandbox.control.addFault({ kind: 'cut-after', route: 'capture' });
      expect((await provider.capture(order, 49_900, '1-k1')).kind).toBe('unknown');
      const read = await view(order);
      expect(read.capturedOre).toBe(49_900);
      expect(read.operations[0]).toMatchObject({ kind: 'capture', key: '1-k1', ok: true });
    });

    it('that forgets our token gets another one, without anybody noticing', async () => {
      const { sandbox, provider, view, create } = await start();
      await create(anOrder());
      sandbox.control.revokeTokens();
      const order = anOrder();
      await create(order);
      sandbox.control.customer('approve', order.reference);
      expect((await view(order)).state).toBe('authorised');
      sandbox.control.addFault({ kind: 'unauthorized', route: 'capture' });
      expect(await provider.capture(order, 49_900, '1-k1')).toEqual({ kind: 'ok', value: null });
    });

    it.each([
      { kind: 'html', status: 200 },
      { kind: 'huge-body' },
      { kind: 'broken-json' },
      { kind: 'wrong-type' },
      { kind: 'missing-field' },
      { kind: 'other-amount' },
    ] as const)('that answers a read with $kind is not believed', async (fault) => {
      const { sandbox, provider, create } = await start();
      const order = anOrder();
      await create(order);
      sandbox.control.customer('approve', order.reference);
      sandbox.control.addFault({ ...fault, route: 'details' });
      expect(await provider.read(order)).toMatchObject({ kind: 'unknown', error: { code: expect.stringMatching(NO_ANSWER) } });
      expect((await provider.read(order)).kind).toBe('ok');
    });

    it('that says slow down is heard', async () => {
      const { sandbox, provider, create } = await start();
      const order = anOrder();
      await create(order);
      sandbox.control.addFault({ kind: 'rate-limited', route: 'details', retryAfterSeconds: 3 });
      expect(await provider.read(order)).toMatchObject({ kind: 'retryable', retryAfterMs: 3_000 });
    });

    it('that sends no picture says so', async () => {
      const { sandbox, provider, create } = await start();
      const order = anOrder();
      const url = await create(order);
      sandbox.control.addFault({ kind: 'not-a-png' });
      const said = { code: 'bad-answer', message: expect.stringContaining('not a PNG') };
      expect(await provider.fetchQr(order, { url })).toMatchObject({ kind: 'unknown', error: said });
    });

    it('shows no QR for a payment whose time is over', async () => {
      const { sandbox, provider, create } = await start();
      const order = anOrder();
      const url = await create(order);
      sandbox.control.advance(600_000);
      expect(await provider.fetchQr(order, { url })).toMatchObject(refused(dialect.over[0]));
      expect(await provider.fetchQrText(order, { url })).toMatchObject(refused(dialect.over[1]));
    });
  });
}
