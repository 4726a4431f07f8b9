import { describe, expect, it } from 'vitest';
import { forceApproval } from '../../app/doctor/force-approve.ts';
import { type ExaminationOptions, examineProvider, examineQr, examineWebhooks } from '../../app/doctor/provider-examination.ts';
import type { PaymentOrder } from '../../app/payment/provider.ts';
import { createAdapter } from '../../app/vipps/adapter.ts';
import { nodeClock } from '../../hardware/clock/node-clock.ts';
import { createHttpSend } from '../../hardware/http/send.ts';
import { startSandbox } from '../../server/sandbox/sandbox.ts';
import { ecomAt, epaymentAt, keptLog } from '../support/scripted-provider.ts';
import { Contract } from './contract.ts';
import type { ApiDocument } from './documents.ts';
import { amended } from './errata.ts';
import { startRecorder } from './recorder.ts';

/** Holds what the check of the set-up asks (the sales unit, the lists, force approve) against the provider's documents. */
export function ourDoctorRequestsKeepTheContract(documents: readonly ApiDocument[]): void {
  describe('the requests of the check of the set-up, held against the provider’s documents', () => {
    it('read the sales unit, the printed codes and the webhooks, and approve by force, as it is written', async () => {
      const contract = new Contract(amended(documents));
      const sandbox = await startSandbox({ rateLimits: false });
      const recorder = await startRecorder(sandbox.url, () => true);
      const send = createHttpSend();
      const [unit] = sandbox.salesUnits;
      if (unit === undefined) throw new Error('the sandbox has no sales unit');
      const { clientId, clientSecret, subscriptionKey, msn: merchantSerialNumber } = unit;
      const keys = { merchantSerialNumber, clientId, clientSecret, subscriptionKey };
      const system = { systemName: 'tillit', systemVersion: '0.1.0' };
      const common = { send, clock: nodeClock, log: keptLog() };
      const options: ExaminationOptions = {
        ...common,
        provider: { environment: 'sandbox', baseUrl: recorder.url, keys: 'merchant', merchantSerialNumber, clientId },
        secrets: { clientSecret, subscriptionKey },
        system,
        proxy: null,
      };
      const apis = { ecom: ecomAt(recorder.url, { keys }), epayment: epaymentAt(recorder.url, { keys }) };
      const { caller } = createAdapter({ ...common, configuration: { ...keys, ...system, baseUrl: recorder.url } });
      try {
        expect((await examineProvider(options)).answers).toBe(true);
        expect((await examineQr(options)).code).toBe('qr-answers');
        expect((await examineWebhooks(options, false)).code).toBe('webhooks-none');
        for (const api of ['ecom', 'epayment'] as const) {
          const order: PaymentOrder = { reference: `kiosk-1-doctor-${api}`, amountOre: 200, currency: 'NOK', text: 'Kiosken: test' };
          const created = await apis[api].provider.create(order);
          const url = created.kind === 'ok' ? (created.value.url ?? '') : '';
          expect(await forceApproval(caller, api, '4791234567')(order, { url })).toEqual({ kind: 'ok', value: null });
        }
        const verdicts = recorder.exchanges.map((exchange) => ({ exchange, verdict: contract.check(exchange) }));
        const played = new Set(verdicts.map(({ verdict }) => verdict.operation));
        for (const operation of [
          'management.yaml GET /management/v1/sales-units/{msn}',
          'qr.yaml GET /qr/v1/merchant-redirect',
          'webhooks.yaml GET /webhooks/v1/webhooks',
          'ecom.yaml POST /ecomm/v2/integration-test/payments/{orderId}/approve',
          'epayment.yaml POST /epayment/v1/test/payments/{reference}/approve',
        ]) {
          expect(played).toContain(operation);
        }
        expect(
          verdicts.flatMap(({ exchange, verdict }) => [
            ...(verdict.operation === null ? [`${exchange.path}: no document has this path`] : []),
            ...verdict.request.map((what) => `${exchange.method} ${exchange.path}: ${what}`),
          ]),
        ).toEqual([]);
      } finally {
        for (const { close } of Object.values(apis)) close();
        send.close();
        await recorder.close();
        await sandbox.close();
      }
    });
  });
}
