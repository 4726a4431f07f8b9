/** Registers that hold no keys: the adapters that every register has, over a head office over real HTTP. */
import { onTestFinished } from 'vitest';
import type { PaymentProvider } from '../../../app/payment/provider.ts';
import { createEcomProvider } from '../../../app/vipps/ecom/provider.ts';
import { createEpaymentProvider } from '../../../app/vipps/epayment/provider.ts';
import type { RelayAccess } from '../../../app/vipps/headers.ts';
import { createHttpSend } from '../../../hardware/http/send.ts';
import { keptLog, movableClock } from '../../support/scripted-provider.ts';

export interface RelayedChoices {
  readonly registerKey?: RelayAccess['registerKey'];
  readonly environment?: RelayAccess['environment'];
  readonly certificateAuthorities?: string;
}

/** An adapter at this head office. It ends with the test. */
export function relayedAt(api: 'ecom' | 'epayment', url: string, key: string | null, choices: RelayedChoices = {}) {
  const { registerKey = () => key, environment = 'sandbox', ...trust } = choices;
  const send = createHttpSend(trust);
  onTestFinished(() => send.close());
  const log = keptLog();
  const configuration = {
    baseUrl: `${url}/relay`,
    registerKey,
    environment,
    fallBack: 'https://www.vipps.no/thankyoupage/',
    callbackPrefix: 'https://example.com/of-the-register',
    systemName: 'tillit',
    systemVersion: '0.1.0',
  };
  const options = { configuration, send, warm: send.warm, clock: movableClock(), log, qrSize: 720 };
  const provider: PaymentProvider = api === 'ecom' ? createEcomProvider(options) : createEpaymentProvider(options);
  return { provider, log, send };
}
