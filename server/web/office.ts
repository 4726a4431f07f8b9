/** What is asked of the provider beside the payments: webhooks, printed codes. One sales unit's keys, with a token of its own. */
import { type Configuration, ownProviderOf } from '../../app/till/configuration.ts';
import type { HttpSend, Log } from '../../app/till/ports.ts';
import { type Adapter, createAdapter } from '../../app/vipps/adapter.ts';
import { nodeClock } from '../../hardware/clock/node-clock.ts';
import type { ProviderSecrets } from './configuration-file.ts';
import { CALLING_SYSTEM } from './software.ts';

/** `null` where the register has no keys for that. Nothing is sent before something is asked. */
export function openOffice(options: {
  readonly configuration: Configuration;
  readonly secrets: ProviderSecrets | null;
  readonly send: HttpSend;
  readonly log: Log;
}): Adapter | null {
  const provider = ownProviderOf(options.configuration);
  const { secrets, send, log } = options;
  if (provider === null || secrets === null) return null;
  return createAdapter({
    configuration: {
      baseUrl: provider.baseUrl,
      merchantSerialNumber: provider.merchantSerialNumber,
      clientId: provider.clientId,
      ...secrets,
      ...CALLING_SYSTEM,
    },
    send,
    clock: nodeClock,
    log,
  });
}
