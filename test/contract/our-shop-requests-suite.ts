import { describe, expect, it } from 'vitest';
import { createAdapter } from '../../app/vipps/adapter.ts';
import { createMerchantQrApi } from '../../app/vipps/merchant-qr.ts';
import { createWebhookClient } from '../../app/vipps/webhooks/client.ts';
import { CHECK_IN_EVENT, PAYMENT_EVENTS } from '../../app/vipps/webhooks/events.ts';
import { createHttpSend } from '../../hardware/http/send.ts';
import { startSandbox } from '../../server/sandbox/sandbox.ts';
import { keptLog, movableClock } from '../support/scripted-provider.ts';
import { Contract } from './contract.ts';
import type { ApiDocument } from './documents.ts';
import { amended } from './errata.ts';
import { startRecorder } from './recorder.ts';

/** Holds what our clients ask beside payments (webhooks, printed codes) against the provider's documents. */
export function ourShopRequestsKeepTheContract(documents: readonly ApiDocument[]): void {
  describe('our requests beside payments, held against the provider’s documents', () => {
    it('register, list and delete webhooks, and make, change, show and delete printed codes, as it is written', async () => {
      const contract = new Contract(amended(documents));
      const sandbox = await startSandbox({ rateLimits: false });
      const recorder = await startRecorder(sandbox.url, (path) => !path.startsWith('/qr/generate/'));
      const send = createHttpSend();
      try {
        const [unit] = sandbox.salesUnits;
        if (unit === undefined) throw new Error('the sandbox has no sales unit');
        const { clientId, clientSecret, subscriptionKey, msn: merchantSerialNumber } = unit;
        const keys = { baseUrl: recorder.url, merchantSerialNumber, clientId, clientSecret, subscriptionKey };
        const clock = movableClock();
        const configuration = { ...keys, systemName: 'tillit', systemVersion: '0.1.0' };
        const { caller, redact } = createAdapter({ configuration, send, clock, log: keptLog() });

        const webhooks = createWebhookClient(caller);
        const made = await webhooks.register('https://kasse.example.no/vipps/torg-1/payments', PAYMENT_EVENTS);
        if (made.kind !== 'ok') throw new Error(made.error.message);
        await webhooks.register('https://kasse.example.no/vipps/torg-1/check-ins', [CHECK_IN_EVENT]);
        expect(await webhooks.list()).toMatchObject({ kind: 'ok', value: [{ id: made.value.id }, { events: [CHECK_IN_EVENT] }] });
        expect(await webhooks.remove(made.value.id)).toEqual({ kind: 'ok', value: null });

        const codes = createMerchantQrApi({ caller, redact, send, clock, baseUrl: recorder.url });
        await codes.putSign({ merchantQrId: 'torg-1', location: 'Kasse 1, den som står lengst inne ved vinduet' });
        expect(await codes.sign('torg-1')).toMatchObject({ kind: 'ok', value: { location: 'Kasse 1, den som står lengst inne ve' } });
        expect(await codes.signPicture('torg-1', 400)).toMatchObject({ kind: 'ok' });
        await codes.createRedirect({ id: 'bord 4 blå', redirectUrl: 'https://example.com/a' });
        await codes.updateRedirect({ id: 'bord 4 blå', redirectUrl: 'https://example.com/b' });
        expect(await codes.redirects()).toEqual({ kind: 'ok', value: [{ id: 'bord 4 blå', redirectUrl: 'https://example.com/b' }] });
        expect(await codes.redirectPicture('bord 4 blå', 400)).toMatchObject({ kind: 'ok' });
        expect(await codes.deleteRedirect('bord 4 blå')).toEqual({ kind: 'ok', value: null });
        expect(await codes.deleteSign('torg-1')).toEqual({ kind: 'ok', value: null });
        expect(await codes.sign('torg-1')).toEqual({ kind: 'ok', value: null });
        expect(await codes.redirectPicture('borte', 400)).toEqual({ kind: 'ok', value: null });

        const verdicts = recorder.exchanges.map((exchange) => ({ exchange, verdict: contract.check(exchange) }));
        expect(
          verdicts.flatMap(({ exchange, verdict }) => [
            ...(verdict.operation === null ? [`${exchange.path}: no document has this path`] : []),
            ...verdict.request.map((what) => `${exchange.method} ${exchange.path}: ${what}`),
          ]),
        ).toEqual([]);
      } finally {
        send.close();
        await recorder.close();
        await sandbox.close();
      }
    });
  });
}
