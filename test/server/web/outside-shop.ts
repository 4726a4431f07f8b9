/** The outside of a register in this process, with a real provider to practise against: who was heard of, and what is on disk. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { parseConfiguration } from '../../../app/till/configuration.ts';
import type { CheckIn } from '../../../app/vipps/webhooks/events.ts';
import { createHttpSend } from '../../../hardware/http/send.ts';
import type { Sandbox, SandboxOptions } from '../../../server/sandbox/sandbox.ts';
import { openOffice } from '../../../server/web/office.ts';
import { type Outside, openOutside } from '../../../server/web/outside.ts';
import { sandboxConfiguration } from '../../support/sandbox-configuration.ts';
import { keptLog, type Line } from '../../support/scripted-provider.ts';
import { type EpaymentMerchant, epaymentOf } from '../sandbox/epayment-merchant.ts';
import { merchantOf } from '../sandbox/merchant.ts';
import { sandboxForTest } from './attacks/attacked-register.ts';

export interface OutsideShop {
  readonly sandbox: Sandbox;
  /** What the shop's keys can do beside the register. */
  readonly merchant: EpaymentMerchant;
  readonly outside: Outside;
  /** The references that were heard of, in order. */
  readonly heard: string[];
  readonly checkedIn: CheckIn[];
  readonly log: readonly Line[];
  readonly keysDirectory: string;
  /** The provider's list, as it is now. */
  listed(): Promise<readonly { readonly id: string; readonly url: string; readonly events: readonly string[] }[]>;
}

export interface OutsideChoices {
  readonly api?: 'ecom' | 'epayment';
  readonly reachable?: object;
  readonly keysDirectory?: string;
  readonly sandbox?: Sandbox;
  readonly options?: SandboxOptions;
  /** Whose payments live here; all when nothing is said. */
  readonly knows?: (reference: string) => boolean;
  readonly folder: string;
}

/** Opens it and waits until the provider has been asked about the webhooks. It ends with the test. */
export async function outsideForTest(choices: OutsideChoices): Promise<OutsideShop> {
  const sandbox = choices.sandbox ?? (await sandboxForTest(choices.options));
  const api = choices.api ?? 'epayment';
  const parsed = parseConfiguration({
    ...sandboxConfiguration(sandbox, api),
    reachable: { port: 0, checkIns: 'ask', ...choices.reachable },
  });
  if ('problems' in parsed) throw new Error(parsed.problems.join());
  const [unit] = sandbox.salesUnits;
  if (unit === undefined) throw new Error('The sandbox has no sales unit.');
  const keysDirectory = choices.keysDirectory ?? join(choices.folder, 'keys');
  mkdirSync(keysDirectory, { recursive: true });
  const log = keptLog();
  const send = createHttpSend();
  const { clientSecret, subscriptionKey } = unit;
  const { configuration } = parsed;
  const office = openOffice({ configuration, secrets: { clientSecret, subscriptionKey }, send, log });
  const outside = await openOutside({ configuration, office, dataFolder: { keys: keysDirectory }, log });
  if (outside === null) throw new Error('Nobody is to come in.');
  onTestFinished(async () => {
    await outside.close();
    send.close();
  });
  const heard: string[] = [];
  const checkedIn: CheckIn[] = [];
  outside.serve({
    checkedIn(checkIn) {
      checkedIn.push(checkIn);
      return true;
    },
    heard(reference) {
      heard.push(reference);
      return choices.knows?.(reference) ?? true;
    },
  });
  const merchant = epaymentOf(await merchantOf(sandbox, unit.msn));
  return {
    sandbox,
    merchant,
    outside,
    heard,
    checkedIn,
    log: log.lines,
    keysDirectory,
    async listed() {
      const { json } = await merchant.merchant.send('GET', '/webhooks/v1/webhooks');
      return json.webhooks as unknown as { id: string; url: string; events: string[] }[];
    },
  };
}

/** Waits until every webhook that is wanted is registered. */
export async function whenRegistered({ outside }: OutsideShop): Promise<void> {
  for (const wished = () => outside.state().webhooks.every(({ state }) => state === 'registered'); !wished(); ) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
