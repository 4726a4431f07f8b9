import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../server/sandbox/sandbox.ts';
import { epaymentOf } from '../server/sandbox/epayment-merchant.ts';
import { type Merchant, merchantOf } from '../server/sandbox/merchant.ts';
import { startReceiver } from '../server/sandbox/receiver.ts';
import { Contract } from './contract.ts';
import type { ApiDocument } from './documents.ts';
import { amended, isGatewayAnswer } from './errata.ts';
import { playEcom, playEpayment, playGateway, playShopApis, through } from './play.ts';
import { type Recorder, startRecorder } from './recorder.ts';

/** Paths that are the provider's own pages and pictures, which no document describes. */
const undescribed = ['/qr/generate/', '/dwo-api-application/'];

/** What the documents describe and a register has no use for: other products, what is long deprecated, and ideas. */
const unused = [
  'access-token.yaml POST /miami/v1/token',
  'ecom.yaml GET /ecomm/v2/payments/{orderId}/status',
  'order-management.yaml PUT /order-management/v1/orders/{transactionId}',
  'order-management.yaml GET /order-management/v1/orders/{transactionId}',
  'order-management.yaml GET /order-management/v1/receipts/{transactionId}',
  'order-management.yaml POST /order-management/v1/receipts/{transactionId}',
  'order-management.yaml POST /order-management/v3/categories',
  'order-management.yaml GET /order-management/v3/categories',
  'order-management.yaml GET /order-management/v3/categories/{categoryId}',
  'order-management.yaml DELETE /order-management/v3/categories/{categoryId}',
  'qr.yaml PUT /qr/v1/merchant-callback/mobilepay/{beaconId}',
  'report.yaml GET /report/v1/ledgertransactions',
  'management.yaml GET /management/v1/partners/whoami',
  'management.yaml GET /management/v1/partners/price-packages',
  'management.yaml GET /management/v1/product-orders/{product-order-id}',
  'management.yaml DELETE /management/v1/product-orders/{product-order-id}',
  'management.yaml POST /management/v1/product-orders',
  'management.yaml GET /management/v1/merchants',
  'management.yaml GET /management/v1/merchants/{scheme}/{id}/contracts',
  'management.yaml PATCH /management/v1/sales-units/{msn}',
  'management.yaml GET /management/v1/api-quality/sales-units/{msn}',
];

/** Plays everything through the sandbox and holds every answer against the provider's documents. */
export function sandboxKeepsTheContract(documents: readonly ApiDocument[]): void {
  describe('the sandbox, held against the provider’s documents', () => {
    const contract = new Contract(amended(documents));
    let sandbox: Sandbox;
    let recorder: Recorder;
    let merchant: Merchant;

    beforeAll(async () => {
      sandbox = await startSandbox({
        rateLimits: false,
        tokenLifetimeMs: 10 * 86_400_000,
        salesUnits: [{ msn: '123456', skipLandingPage: true, longLiving: true }],
      });
      recorder = await startRecorder(
        sandbox.url,
        (path) => !path.startsWith('/sandbox') && !undescribed.some((prefix) => path.startsWith(prefix)),
      );
      merchant = await merchantOf(through(recorder.url, sandbox), '123456');
    });
    afterAll(async () => {
      await recorder.close();
      await sandbox.close();
    });

    /** What breaks the contract: any answer, and any request that was accepted. */
    const broken = (): string[] => {
      const exchanges = recorder.exchanges.splice(0);
      expect(exchanges.length).toBeGreaterThan(0);
      return exchanges.flatMap((exchange) => {
        const { operation, request, answer } = contract.check(exchange);
        const name = `${exchange.method} ${exchange.path} → ${exchange.status}`;
        if (operation === null) return [`${name}: no document has this path`];
        played.add(operation);
        return [...(exchange.status < 400 ? request : []), ...answer].map((what) => `${name}: ${what}`);
      });
    };
    const played = new Set<string>();

    it('answers eCom, its codes and its refusals as they are written', async () => {
      await playEcom(merchant);
      expect(broken()).toEqual([]);
    });

    it('answers ePayment and its refusals as they are written', async () => {
      await playEpayment(epaymentOf(merchant));
      expect(broken()).toEqual([]);
    });

    it('answers for receipts, webhooks, ledgers, units and codes as it is written', async () => {
      await playShopApis(merchant);
      expect(broken()).toEqual([]);
    });

    it('answers as its gateway does where no API has looked', async () => {
      const limited = await startSandbox({ salesUnits: [{ msn: '123456' }] });
      const around = await startRecorder(limited.url, () => true);
      try {
        await playGateway(await merchantOf(through(around.url, limited), '123456'));
        const unexplained = around.exchanges.filter(
          (exchange) => contract.check(exchange).answer.length > 0 && !isGatewayAnswer(exchange.status, exchange.answer),
        );
        expect(unexplained.map((exchange) => `${exchange.method} ${exchange.path} → ${exchange.status}: ${exchange.answer}`)).toEqual([]);
        expect(new Set(around.exchanges.map((exchange) => exchange.status))).toEqual(new Set([200, 400, 401, 404, 415, 429]));
      } finally {
        await around.close();
        await limited.close();
      }
    });

    it('has been asked for everything in the documents that a register can use', () => {
      expect(contract.operations().filter((operation) => !played.has(operation) && !unused.includes(operation))).toEqual([]);
    });

    it('sends webhooks and callbacks as they are written', async () => {
      const receiver = await startReceiver();
      try {
        const { msn, control } = { msn: merchant.msn, control: sandbox.control };
        const events = ['created', 'authorized', 'captured', 'aborted'].map((name) => `epayments.payment.${name}.v1`);
        await merchant.send('POST', '/webhooks/v1/webhooks', { url: `${receiver.url}/hook`, events });
        const shop = epaymentOf(merchant);
        await shop.create('contract-told');
        control.customer('approve', 'contract-told');
        await shop.capture('contract-told', 14_770, 'k');
        await expect.poll(() => receiver.received).toHaveLength(3);
        const webhooks = receiver.received.splice(0).flatMap((one) => contract.checkMessage('epayment.yaml', 'WebhookEvent', one.body));
        expect(webhooks).toEqual([]);

        const merchantInfo = { merchantSerialNumber: msn, callbackPrefix: receiver.url, fallBack: 'https://example.com' };
        for (const [action, orderId] of [
          ['approve', 'contract-told-1'],
          ['reject', 'contract-told-2'],
          ['no-cover', 'contract-told-3'],
        ] as const) {
          const transaction = { orderId, amount: 14_770, transactionText: 'Two loaves' };
          await merchant.send('POST', '/ecomm/v2/payments', { customerInfo: {}, merchantInfo, transaction });
          control.customer(action, orderId);
        }
        await expect.poll(() => receiver.received).toHaveLength(3);
        const callbacks = receiver.received.flatMap((one) => contract.checkMessage('ecom.yaml', 'RegularCheckOutPaymentRequest', one.body));
        expect(callbacks).toEqual([]);
      } finally {
        await receiver.close();
      }
    });
  });
}
