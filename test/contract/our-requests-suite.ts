import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AppReceipt, type AppReceiptLine, NO_EXTRAS, type Payer, type PaymentOrder } from '../../app/payment/provider.ts';
import { createReportClient } from '../../app/vipps/report/client.ts';
import { nodeClock, nodeTimers } from '../../hardware/clock/node-clock.ts';
import { createHttpSend } from '../../hardware/http/send.ts';
import { type Sandbox, startSandbox } from '../../server/sandbox/sandbox.ts';
import { ecomAt, epaymentAt, keptLog } from '../support/scripted-provider.ts';
import { Contract } from './contract.ts';
import type { ApiDocument } from './documents.ts';
import { amended } from './errata.ts';
import { type Recorder, startRecorder } from './recorder.ts';

const RECEIPTS = 'order-management.yaml POST /order-management/v2/{paymentType}/receipts/{orderId}';

/** Goods in pieces, by weight and by the metre, all together `amountOre`. */
function linesOf(amountOre: number): readonly AppReceiptLine[] {
  const line = (lineId: string, unit: string, quantityMilli: number, lineOre: number): AppReceiptLine => ({
    lineId,
    name: `Vare ${lineId}`,
    quantityMilli,
    unit,
    unitPriceOre: 2_000,
    amountOre: lineOre,
    vatOre: 150,
    vatBasisPoints: 1_500,
    discountOre: 100,
  });
  return [line('1', 'stk', 2_000, 4_000), line('2', 'kg', 822, 1_644), line('3', 'm', 1_500, amountOre - 5_644)];
}

const splitReceipt = (amountOre: number): AppReceipt => ({ lines: linesOf(amountOre + 1_500), paidByCardOre: 1_000, paidInCashOre: 500 });

/** Holds every request that our own clients make against the provider's documents. */
export function ourRequestsKeepTheContract(documents: readonly ApiDocument[]): void {
  describe('our requests, held against the provider’s documents', () => {
    const contract = new Contract(amended(documents));
    let sandbox: Sandbox;
    let recorder: Recorder;

    beforeAll(async () => {
      sandbox = await startSandbox({ rateLimits: false });
      recorder = await startRecorder(sandbox.url, () => true);
    });
    afterAll(async () => {
      await recorder.close();
      await sandbox.close();
    });

    it('of the eCom client, from the token to the refund, are all as they are written', async () => {
      const unit = sandbox.salesUnits.find((each) => each.msn === '123456');
      if (unit === undefined) throw new Error('the sandbox has no sales unit 123456');
      const { clientId, clientSecret, subscriptionKey } = unit;
      const { provider, close } = ecomAt(recorder.url, {
        keys: { merchantSerialNumber: unit.msn, clientId, clientSecret, subscriptionKey },
      });
      const order = (number: number): PaymentOrder => ({
        reference: `kiosk-1-2611-ab12cd-${number}-1`,
        amountOre: 49_900,
        currency: 'NOK',
        text: 'Kvittering 17, blåbær',
      });
      try {
        await provider.warm();
        const created = await provider.create(order(1));
        if (created.kind !== 'ok' || created.value.url === null) throw new Error('the payment was not created');
        await provider.fetchQr(order(1), { url: created.value.url });
        await provider.fetchQrText(order(1), { url: created.value.url });
        sandbox.control.customer('approve', order(1).reference);
        await provider.read(order(1));
        await provider.story(order(1));
        await provider.capture(order(1), 30_000, 'capture-key');
        await provider.cancel(order(1), 'remainder', 'release-key');
        await provider.refund(order(1), 10_000, 'refund-key');
        await provider.addReceipt?.(order(1), 30_000, splitReceipt(30_000));
        await provider.create(order(2));
        await provider.cancel(order(2), 'if-not-approved', 'cancel-key');
        const { content } = sandbox.control.personalCode();
        const says = (payer: Payer) => ({ ...NO_EXTRAS, payer });
        await provider.create(
          { ...order(3), flow: { kind: 'push', shown: '+47 ••••••67' } },
          says({ kind: 'phone', msisdn: '4791234567' }),
        );
        await provider.create({ ...order(4), flow: { kind: 'personal-qr' } }, says({ kind: 'personal-qr', content }));
        await provider.create({ ...order(5), flow: { kind: 'checked-in' } }, says({ kind: 'customer-token', token: 'a-token' }));
      } finally {
        close();
      }
      const verdicts = recorder.exchanges.map((exchange) => ({ exchange, verdict: contract.check(exchange) }));
      const played = new Set(verdicts.map(({ verdict }) => verdict.operation));
      const details = 'ecom.yaml GET /ecomm/v2/payments/{orderId}/details';
      expect(played).toContain('access-token.yaml POST /accesstoken/get');
      expect(played).toContain('ecom.yaml POST /ecomm/v2/payments');
      expect(played).toContain('qr.yaml POST /qr/v1/exchange');
      expect(played).toContain('qr.yaml POST /qr/v1/exchange/customer');
      expect(played).toContain('ecom.yaml POST /ecomm/v2/payments/{orderId}/capture');
      expect(played).toContain('ecom.yaml PUT /ecomm/v2/payments/{orderId}/cancel');
      expect(played).toContain('ecom.yaml POST /ecomm/v2/payments/{orderId}/refund');
      expect(played).toContain(details);
      expect(played).toContain('qr.yaml POST /qr/v1');
      expect(played).toContain(RECEIPTS);
      expect(
        verdicts.flatMap(({ exchange, verdict }) => verdict.request.map((what) => `${exchange.method} ${exchange.path}: ${what}`)),
      ).toEqual([]);
    });

    it('of the ePayment client, from the token to the refund, are all as they are written', async () => {
      const unit = sandbox.salesUnits.find((each) => each.msn === '123456');
      if (unit === undefined) throw new Error('the sandbox has no sales unit 123456');
      const { clientId, clientSecret, subscriptionKey } = unit;
      const keys = { merchantSerialNumber: unit.msn, clientId, clientSecret, subscriptionKey };
      const { provider, close } = epaymentAt(recorder.url, { keys });
      const order = (number: number): PaymentOrder => ({
        reference: `kiosk-1-2611-ef34gh-${number}-1`,
        amountOre: 49_900,
        currency: 'NOK',
        text: 'Kvittering 18, blåbær',
      });
      const before = recorder.exchanges.length;
      try {
        await provider.warm();
        const created = await provider.create(order(1));
        if (created.kind !== 'ok' || created.value.url === null) throw new Error('the payment was not created');
        await provider.fetchQr(order(1), { url: created.value.url });
        await provider.fetchQrText(order(1), { url: created.value.url });
        sandbox.control.customer('approve', order(1).reference);
        await provider.read(order(1));
        await provider.story(order(1));
        await provider.capture(order(1), 30_000, 'capture-key');
        await provider.cancel(order(1), 'remainder', 'release-key');
        await provider.refund(order(1), 10_000, 'refund-key');
        await provider.addReceipt?.(order(1), 30_000, splitReceipt(30_000));
        await provider.create({ ...order(2), receipt: 'at-creation' }, { ...NO_EXTRAS, receipt: linesOf(49_900) });
        await provider.cancel(order(2), 'if-not-approved', 'cancel-key');
        const phone = {
          ...NO_EXTRAS,
          payer: { kind: 'phone', msisdn: '4791234567' },
          metadata: { store: 'kolo', register: '1', sale: '1042' },
          minimumUserAge: 18,
          receipt: linesOf(49_900),
        } as const;
        const expiresAtMs = sandbox.control.nowMs() + 86_400_000;
        await provider.create({ ...order(3), flow: { kind: 'push', shown: '91 ** ** 67' } }, phone);
        await provider.create({ ...order(4), flow: { kind: 'push', shown: '91 ** ** 67', expiresAtMs } }, phone);
        await provider.create({ ...order(5), flow: { kind: 'link', card: true, expiresAtMs } });
        const { content } = sandbox.control.personalCode();
        await provider.create({ ...order(6), flow: { kind: 'personal-qr' } }, { ...NO_EXTRAS, payer: { kind: 'personal-qr', content } });
      } finally {
        close();
      }
      const verdicts = recorder.exchanges.slice(before).map((exchange) => ({ exchange, verdict: contract.check(exchange) }));
      const played = new Set(verdicts.map(({ verdict }) => verdict.operation));
      const payment = 'epayment.yaml GET /epayment/v1/payments/{reference}';
      const effects = ['/capture', '/cancel', '/refund'].map((path) => `epayment.yaml POST /epayment/v1/payments/{reference}${path}`);
      for (const operation of [payment, `${payment}/events`, 'epayment.yaml POST /epayment/v1/payments', RECEIPTS, ...effects]) {
        expect(played).toContain(operation);
      }
      expect(
        verdicts.flatMap(({ exchange, verdict }) => verdict.request.map((what) => `${exchange.method} ${exchange.path}: ${what}`)),
      ).toEqual([]);
    });

    it('of the report client, from the ledger to the fees, are all as they are written', async () => {
      const unit = sandbox.salesUnits.find((each) => each.msn === '123456');
      if (unit === undefined) throw new Error('the sandbox has no sales unit 123456');
      const { msn: merchantSerialNumber, clientId, clientSecret, subscriptionKey } = unit;
      const send = createHttpSend();
      const keys = { baseUrl: recorder.url, merchantSerialNumber, clientId, clientSecret, subscriptionKey };
      const client = createReportClient({
        configuration: { ...keys, systemName: 'tillit', systemVersion: '0.1.0' },
        send,
        clock: nodeClock,
        timers: nodeTimers,
        log: keptLog(),
        currency: 'NOK',
      });
      const before = recorder.exchanges.length;
      try {
        const ledger = await client.ledgerId();
        if (ledger.kind !== 'ok') throw new Error('there is no ledger');
        const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Oslo', dateStyle: 'short' }).format(nodeClock.nowMs());
        for (const topic of ['funds', 'fees'] as const) expect(await client.day(ledger.value, topic, today)).toMatchObject({ kind: 'ok' });
        expect(await client.day(ledger.value, 'funds', '2999-01-01')).toMatchObject({ kind: 'refused' });
      } finally {
        send.close();
      }
      const verdicts = recorder.exchanges.slice(before).map((exchange) => ({ exchange, verdict: contract.check(exchange) }));
      const played = new Set(verdicts.map(({ verdict }) => verdict.operation));
      expect(played).toContain('report.yaml GET /settlement/v1/ledgers');
      expect(played).toContain('report.yaml GET /report/v2/ledgers/{ledgerId}/{topic}/dates/{ledgerDate}');
      expect(
        verdicts.flatMap(({ exchange, verdict }) =>
          [...verdict.request, ...verdict.answer].map((what) => `${exchange.method} ${exchange.path}: ${what}`),
        ),
      ).toEqual([]);
    });
  });
}
