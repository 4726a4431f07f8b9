/**
 * The provider that is practised against: the one that comes with a checkout, or another program's at an address. A
 * packaged register brings none (docs/decisions/0005-sandbox-outside-the-package.md).
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Configuration, ECOM_MARKET, NOBODY_TO_CALL, ownProviderOf, THANK_YOU_PAGE } from '../../app/till/configuration.ts';
import type { HttpSend } from '../../app/till/ports.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { ProviderSecrets } from './configuration-file.ts';

/** Whether this program brings a provider to practise against. */
export const bringsSandbox = (): boolean => existsSync(join(import.meta.dirname, '..', 'sandbox'));

export interface Practice {
  readonly url: string;
  /** The shop's own, with the sandbox in the provider's place. */
  readonly configuration: Configuration;
  readonly secrets: ProviderSecrets;
  readonly distanceSecrets: ProviderSecrets;
  close(): Promise<void>;
}

/** Starts the provider that comes with a checkout. It keeps its payments in `memoryFile`, so that a restart in the middle of one is practised too. */
export async function startPractice(memoryFile: string, configuration: Configuration): Promise<Practice> {
  // Its own bundle beside the desktop program's, which the package leaves out: see main/vite.config.ts.
  const { startSandbox } = await import('../sandbox/sandbox.ts');
  const start = (port: number): Promise<Sandbox> => startSandbox({ memoryFile, port, salesUnits: unitsOf(configuration.shop) });
  const sandbox = await onFirstFree(start);
  const [unit] = sandbox.salesUnits;
  const distance = sandbox.salesUnits.find(({ msn }) => msn === DISTANCE_MSN);
  if (unit === undefined || distance === undefined) throw new Error('The sandbox has no sales unit.');
  const fallBack = configuration.provider?.fallBack ?? THANK_YOU_PAGE;
  const callbackPrefix = ownProviderOf(configuration)?.callbackPrefix ?? NOBODY_TO_CALL;
  return {
    url: sandbox.url,
    configuration: {
      ...configuration,
      // Nobody outside is to hear of practice: the sandbox is on this machine.
      reachable: configuration.reachable === null ? null : { ...configuration.reachable, publicUrl: null },
      provider: {
        environment: 'sandbox',
        baseUrl: sandbox.url,
        api: configuration.provider?.api ?? (configuration.shop.market === ECOM_MARKET ? 'ecom' : 'epayment'),
        keys: 'merchant',
        merchantSerialNumber: unit.msn,
        clientId: unit.clientId,
        clientSecret: unit.clientSecret,
        subscriptionKey: unit.subscriptionKey,
        fallBack,
        callbackPrefix,
        phoneUrl: sandbox.phoneUrl,
      },
      distance: {
        merchantSerialNumber: distance.msn,
        clientId: distance.clientId,
        clientSecret: distance.clientSecret,
        subscriptionKey: distance.subscriptionKey,
        fallBack,
      },
    },
    secrets: { clientSecret: unit.clientSecret, subscriptionKey: unit.subscriptionKey },
    distanceSecrets: { clientSecret: distance.clientSecret, subscriptionKey: distance.subscriptionKey },
    close: () => sandbox.close(),
  };
}

/** The phone page is kept open, so its address stays the same from start to start where it can. */
const PREFERRED_PORTS = Array.from({ length: 10 }, (_, index) => 8430 + index);

/** The first of the preferred ports that nobody has, else any. */
async function onFirstFree<T>(start: (port: number) => Promise<T>): Promise<T> {
  for (const port of PREFERRED_PORTS) {
    try {
      return await start(port);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    }
  }
  return start(0);
}

const DISTANCE_MSN = '222333';

/** The phone shows the shop by its own name; one unit of each capture type, and one for customers who are not there. */
const unitsOf = ({ name, market }: Configuration['shop']) => [
  { msn: '123456', name, market, capture: 'reserve', skipLandingPage: true, migrated: true, longLiving: true } as const,
  { msn: '654321', name, market, capture: 'direct' } as const,
  { msn: DISTANCE_MSN, name, market, capture: 'reserve', skipLandingPage: true, longLiving: true } as const,
];

const ANSWER_WITHIN_MS = 5_000;

/**
 * What a configuration says of the sandbox at `address`, with the keys that it gives to everybody: they open nothing but
 * practice. `null` when no sandbox answers there.
 */
export async function askSandbox(address: string, send: HttpSend): Promise<object | null> {
  const baseUrl = address.replace(/\/+$/, '');
  const outcome = await send({
    method: 'GET',
    url: `${baseUrl}/sandbox/sales-units`,
    headers: {},
    readTimeoutMs: ANSWER_WITHIN_MS,
  });
  if (outcome.kind !== 'answered' || outcome.response.status !== 200) return null;
  const said = textsOf(new TextDecoder().decode(outcome.response.body));
  if (said === null) return null;
  const { msn: merchantSerialNumber, ...rest } = said;
  return { environment: 'sandbox', baseUrl, merchantSerialNumber, ...rest };
}

const TEXTS = ['msn', 'clientId', 'clientSecret', 'subscriptionKey', 'phoneUrl'] as const;

/** What counts of the answer: texts, of the first sales unit. What they must look like is the configuration's to say. */
function textsOf(json: string): Record<(typeof TEXTS)[number], string> | null {
  try {
    const { phoneUrl, salesUnits } = JSON.parse(json) as { phoneUrl: unknown; salesUnits: readonly object[] };
    const found: Readonly<Record<string, unknown>> = { ...salesUnits[0], phoneUrl };
    const pairs = TEXTS.map((name) => [name, found[name]] as const);
    if (!pairs.every(([, value]) => typeof value === 'string')) return null;
    return Object.fromEntries(pairs) as Record<(typeof TEXTS)[number], string>;
  } catch {
    return null;
  }
}
