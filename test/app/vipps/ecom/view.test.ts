import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PaymentOrder } from '../../../../app/payment/provider.ts';
import { detailsAnswer, OPERATIONS } from '../../../../app/vipps/ecom/answers.ts';
import { viewOfDetails } from '../../../../app/vipps/ecom/view.ts';

const order: PaymentOrder = { reference: 'acme-shop-123-order123abc', amountOre: 20_000, currency: 'NOK', text: 'Socks' };
type Row = Record<string, unknown>;

function row(operation: string, more: Row = {}): Row {
  return { operation, amount: 20_000, operationSuccess: true, transactionText: 'Socks', timeStamp: '2018-11-14T15:21:04.697Z', ...more };
}

/** The view of a history, newest first, as the machine would get it from these bytes. */
function view(rows: readonly Row[], more: Row = {}) {
  const parsed = detailsAnswer.safeParse({ orderId: order.reference, transactionLogHistory: rows, ...more });
  return parsed.success ? viewOfDetails(order, parsed.data) : { kind: 'unparsed' as const };
}

const initiated = row('INITIATE', { requestId: '' });
const opened = row('INITIATE', { requestId: '', transactionId: '5001420062' });
const reserved = row('RESERVE', { requestId: '', transactionId: '5001420062' });

describe('a payment', () => {
  it('that was only created is open, and has not been opened', () => {
    expect(view([initiated])).toMatchObject({ kind: 'ok', value: { state: 'open', opened: false, authorisedOre: 0, transactionId: null } });
  });

  it('whose QR was opened has a transaction on its first row', () => {
    expect(view([opened])).toMatchObject({ kind: 'ok', value: { state: 'open', opened: true, transactionId: '5001420062' } });
  });

  it('that the customer approved is authorised', () => {
    expect(view([reserved, opened])).toMatchObject({
      kind: 'ok',
      value: { state: 'authorised', authorisedOre: 20_000, capturedOre: 0, releasedOre: 0, refundedOre: 0, transactionId: '5001420062' },
    });
  });

  it('with direct capture is authorised and captured at once', () => {
    expect(view([row('SALE'), opened])).toMatchObject({
      kind: 'ok',
      value: { state: 'authorised', authorisedOre: 20_000, capturedOre: 20_000 },
    });
  });

  it('that the bank refused is declined', () => {
    expect(view([row('RESERVE', { operationSuccess: false }), opened])).toMatchObject({
      kind: 'ok',
      value: { state: 'declined', authorisedOre: 0 },
    });
  });

  it('that nobody opened, and that failed, is expired: no bank was asked', () => {
    expect(view([row('RESERVE', { operationSuccess: false }), initiated])).toMatchObject({ kind: 'ok', value: { state: 'expired' } });
  });

  it('that went through with another card is authorised after all', () => {
    expect(view([reserved, row('RESERVE', { operationSuccess: false }), opened])).toMatchObject({
      kind: 'ok',
      value: { state: 'authorised' },
    });
  });

  it('that was cancelled before approval is terminated, and nothing was approved', () => {
    expect(view([row('CANCEL'), initiated])).toMatchObject({
      kind: 'ok',
      value: { state: 'terminated', authorisedOre: 0, releasedOre: 0 },
    });
  });

  it('that was approved and then released is terminated, and all of it is released', () => {
    expect(view([row('VOID'), reserved, opened])).toMatchObject({
      kind: 'ok',
      value: { state: 'terminated', authorisedOre: 20_000, releasedOre: 20_000 },
    });
  });

  it('whose cancellation failed is where it was', () => {
    expect(view([row('CANCEL', { operationSuccess: false }), initiated])).toMatchObject({ kind: 'ok', value: { state: 'open' } });
    expect(view([row('VOID', { operationSuccess: false }), reserved, opened])).toMatchObject({
      kind: 'ok',
      value: { state: 'authorised', releasedOre: 0 },
    });
  });

  it('that was approved after a cancellation is authorised: the money is reserved, whatever was cancelled', () => {
    expect(view([reserved, row('CANCEL'), opened])).toMatchObject({ kind: 'ok', value: { state: 'authorised', releasedOre: 0 } });
  });

  it('captured in part and then released keeps what was captured', () => {
    for (const amount of [20_000, 12_500]) {
      expect(view([row('VOID', { amount }), row('CAPTURE', { amount: 7_500 }), reserved, opened])).toMatchObject({
        kind: 'ok',
        value: { state: 'authorised', authorisedOre: 20_000, capturedOre: 7_500, releasedOre: 12_500 },
      });
    }
  });

  it("in the guide's own example is captured and refunded in full, each with its key", () => {
    const rows = [
      row('REFUND', { transactionId: '5600727726', requestId: '1542208972' }),
      row('CAPTURE', { transactionId: '5001420058', requestId: '1542208966' }),
      reserved,
      opened,
    ];
    const transactionSummary = {
      capturedAmount: 20_000,
      remainingAmountToCapture: 0,
      refundedAmount: 20_000,
      remainingAmountToRefund: 0,
      bankIdentificationNumber: 492_560,
    };
    expect(view(rows, { transactionSummary })).toEqual({
      kind: 'ok',
      value: {
        opened: true,
        state: 'authorised',
        authorisedOre: 20_000,
        capturedOre: 20_000,
        releasedOre: 0,
        refundedOre: 20_000,
        transactionId: '5001420062',
        operations: [
          { kind: 'refund', key: '1542208972', amountOre: 20_000, ok: true },
          { kind: 'capture', key: '1542208966', amountOre: 20_000, ok: true },
          { kind: 'authorise', key: null, amountOre: 20_000, ok: true },
          { kind: 'initiate', key: null, amountOre: 20_000, ok: true },
        ],
      },
    });
  });

  it('counts only what succeeded', () => {
    expect(view([row('CAPTURE', { operationSuccess: false, requestId: 'k1' }), reserved, opened])).toMatchObject({
      kind: 'ok',
      value: { capturedOre: 0, operations: [{ kind: 'capture', key: 'k1', ok: false }, {}, {}] },
    });
  });
});

describe('an answer that cannot be true', () => {
  it.each([
    ['another order', [initiated], { orderId: 'acme-shop-123-other' }],
    ['another amount created', [row('INITIATE', { amount: 20_001 })], {}],
    ['another amount approved', [row('RESERVE', { amount: 19_999 }), opened], {}],
    ['approved twice', [reserved, reserved, opened], {}],
    ['captured without approval', [row('CAPTURE'), opened], {}],
    ['captured more than approved', [row('CAPTURE'), row('CAPTURE', { amount: 1 }), reserved, opened], {}],
    ['refunded more than captured', [row('REFUND'), row('CAPTURE', { amount: 100 }), reserved, opened], {}],
    ['approved, of nothing', [row('RESERVE', { amount: 0 }), opened], {}],
    ['a summary that disagrees', [reserved, opened], { transactionSummary: { capturedAmount: 20_000, refundedAmount: 0 } }],
  ] as const)('is not used: %s', (_name, rows, more) => {
    expect(view(rows, more)).toMatchObject({ kind: 'unknown', error: { code: 'bad-answer' } });
  });

  it.each([
    ['no history', {}],
    ['an empty history', { transactionLogHistory: [] }],
    ['an amount as text', { transactionLogHistory: [row('INITIATE', { amount: '20000' })] }],
    ['an amount with decimals', { transactionLogHistory: [row('INITIATE', { amount: 200.5 })] }],
    ['a negative amount', { transactionLogHistory: [row('INITIATE', { amount: -20_000 })] }],
    ['a success that is not yes or no', { transactionLogHistory: [row('RESERVE', { operationSuccess: 'true' }), opened] }],
    ['an operation nobody has described', { transactionLogHistory: [row('SETTLE'), opened] }],
    ['a history that is one row', { transactionLogHistory: reserved }],
  ])('does not parse: %s', (_name, answer) => {
    expect(detailsAnswer.safeParse(answer).success).toBe(false);
  });
});

describe('any history at all', () => {
  const anyRow = fc.record(
    {
      operation: fc.oneof(fc.constantFrom(...OPERATIONS), fc.string()),
      amount: fc.oneof(fc.constantFrom(20_000, 0, 1, 10_000), fc.integer(), fc.double(), fc.string()),
      operationSuccess: fc.oneof({ weight: 9, arbitrary: fc.boolean() }, { weight: 1, arbitrary: fc.anything() }),
      requestId: fc.option(fc.string()),
      transactionId: fc.option(fc.string(), { nil: undefined }),
    },
    { requiredKeys: ['operation', 'amount', 'operationSuccess'] },
  );
  const saneRow = fc.record({
    operation: fc.constantFrom(...OPERATIONS),
    amount: fc.constantFrom(20_000, 20_000, 10_000, 5_000),
    operationSuccess: fc.boolean(),
    requestId: fc.constantFrom('k1', 'k2', ''),
  });

  it('never throws, and is approved or captured only if a successful row of exactly that says so', () => {
    fc.assert(
      fc.property(fc.oneof(fc.array(saneRow, { maxLength: 6 }), fc.array(anyRow, { maxLength: 6 }), fc.anything()), (history) => {
        const rows = Array.isArray(history) ? (history as Row[]) : [];
        const parsed = detailsAnswer.safeParse({ orderId: order.reference, transactionLogHistory: history });
        if (!parsed.success) return;
        const answer = viewOfDetails(order, parsed.data);
        if (answer.kind !== 'ok') {
          expect(answer).toMatchObject({ kind: 'unknown', error: { code: 'bad-answer' } });
          return;
        }
        const says = (...operations: string[]): boolean =>
          rows.some((each) => operations.includes(String(each.operation)) && each.operationSuccess === true && (each.amount as number) > 0);
        const { state, authorisedOre, capturedOre, releasedOre, refundedOre } = answer.value;
        if (state === 'authorised' || authorisedOre > 0) expect(says('RESERVE', 'SALE')).toBe(true);
        if (capturedOre > 0) expect(says('CAPTURE', 'SALE')).toBe(true);
        if (refundedOre > 0) expect(says('REFUND')).toBe(true);
        if (releasedOre > 0) expect(says('CANCEL', 'VOID')).toBe(true);
        expect([0, order.amountOre]).toContain(authorisedOre);
        expect(capturedOre + releasedOre).toBeLessThanOrEqual(authorisedOre);
        expect(refundedOre).toBeLessThanOrEqual(capturedOre);
      }),
      { numRuns: 3_000 },
    );
  });
});
