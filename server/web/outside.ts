/**
 * Whoever has an address that the provider can reach (`reachable` in the configuration) hears at once what happens to a
 * payment. Everything here may fail or stay silent: the register polls, and sells, as if it were not there.
 */
import { type Configuration, ownProviderOf } from '../../app/till/configuration.ts';
import type { Log, Timer } from '../../app/till/ports.ts';
import type { Till } from '../../app/till/till.ts';
import type { Adapter } from '../../app/vipps/adapter.ts';
import { type OwnAddresses, ownAddresses } from '../../app/vipps/webhooks/addresses.ts';
import { createWebhookClient } from '../../app/vipps/webhooks/client.ts';
import { CHECK_IN_EVENT, PAYMENT_EVENTS } from '../../app/vipps/webhooks/events.ts';
import { createInbox, type InboxCounts } from '../../app/vipps/webhooks/inbox.ts';
import { createWebhookKeeper, type WebhookState } from '../../app/vipps/webhooks/keeper.ts';
import type { WantedWebhook, WebhookKind } from '../../app/vipps/webhooks/plan.ts';
import { nodeClock, nodeTimers } from '../../hardware/clock/node-clock.ts';
import { nodeHasher } from '../../hardware/crypto/hasher.ts';
import { nodeHmac } from '../../hardware/crypto/hmac.ts';
import { nodeRandom } from '../../hardware/crypto/random.ts';
import type { DataFolder } from '../../hardware/store/data-folder.ts';
import { type OutsideListener, startOutsideListener } from './outside-listener.ts';
import { openOutsideMemory } from './outside-memory.ts';

/** How it stands with being reached from outside. No secret is in it. */
export interface OutsideState {
  /** What the provider was told. */
  readonly publicUrl: string;
  /** Where the register listens; `null` while it cannot. */
  readonly listeningAt: string | null;
  /** Why it cannot, in the system's own short word (`EADDRINUSE`). */
  readonly notListening: string | null;
  /** The provider's webhooks; none through eCom, which calls back by itself. */
  readonly webhooks: readonly (WebhookState & { readonly kind: WebhookKind })[];
  readonly counts: InboxCounts;
}

export interface Outside {
  readonly addresses: OwnAddresses;
  /** eCom's `authToken`. */
  readonly callbackToken: string;
  /** Every secret that is known here, to be left out of what leaves. */
  secrets(): readonly string[];
  /** Takes what comes in to this till, and has the provider send it. */
  serve(till: Pick<Till, 'heard' | 'checkedIn'>): void;
  state(): OutsideState;
  close(): Promise<void>;
}

export interface OutsideSurroundings {
  readonly configuration: Configuration;
  /** `null` where no provider is configured. */
  readonly office: Pick<Adapter, 'caller'> | null;
  readonly dataFolder: Pick<DataFolder, 'keys'>;
  readonly log: Log;
}

const LISTEN_AGAIN_MS = 60_000;

/** Begins to listen. `null` where nobody is to come in, or there is no provider. Errors of the disk are thrown as they come. */
export async function openOutside(surroundings: OutsideSurroundings): Promise<Outside | null> {
  const { configuration, log } = surroundings;
  const { reachable, store, register } = configuration;
  const provider = ownProviderOf(configuration);
  const { office } = surroundings;
  if (reachable === null || provider === null || office === null) return null;
  const memory = openOutsideMemory(surroundings.dataFolder.keys, `${provider.baseUrl} ${provider.merchantSerialNumber}`, nodeRandom);
  let listener: OutsideListener | null = null;
  let notListening: string | null = null;
  let again: Timer | null = null;
  let closed = false;

  async function listen(): Promise<void> {
    try {
      listener = await startOutsideListener({ port: reachable?.port ?? 0, host: reachable?.host ?? '127.0.0.1' });
      notListening = null;
      if (closed) await listener.close();
    } catch (error) {
      notListening = (error as NodeJS.ErrnoException).code ?? 'unknown';
      log.write('error', 'outside.not-listening', { code: notListening, port: reachable?.port ?? null });
      again = nodeTimers.after(LISTEN_AGAIN_MS, () => void listen().then(attach));
    }
  }

  await listen();
  const publicUrl = reachable.publicUrl ?? addressOf(listener) ?? `http://127.0.0.1:${reachable.port}`;
  const addresses = ownAddresses(publicUrl, store.id, register.id);
  const keeper = createWebhookKeeper({
    client: createWebhookClient(office.caller),
    wanted: wantedWebhooks(configuration, addresses),
    own: [addresses.payments, addresses.checkIns],
    memory,
    clock: nodeClock,
    timers: nodeTimers,
    log,
  });
  let serving: Pick<Till, 'heard' | 'checkedIn'> | null = null;
  const inbox = createInbox({
    publicUrl,
    addresses,
    callbackToken: memory.callbackToken,
    registered: (kind) => keeper.registered(kind),
    hasher: nodeHasher,
    hmac: nodeHmac,
    clock: nodeClock,
    log,
    heard: (reference) => serving?.heard(reference) ?? false,
    checkedIn: (checkIn) => serving?.checkedIn(checkIn) ?? false,
  });

  function attach(): void {
    if (serving !== null) listener?.open(inbox);
  }

  return {
    addresses,
    callbackToken: memory.callbackToken,
    secrets: () => memory.secrets(),
    serve(till) {
      serving = till;
      attach();
      void keeper.check();
    },
    state: () => ({
      publicUrl,
      listeningAt: addressOf(listener),
      notListening,
      webhooks: [...keeper.states()].map(([kind, state]) => ({ kind, ...state })),
      counts: inbox.counts(),
    }),
    async close() {
      closed = true;
      again?.cancel();
      keeper.stop();
      await listener?.close();
    },
  };
}

const addressOf = (listener: OutsideListener | null): string | null => listener?.address ?? null;

function wantedWebhooks({ provider, reachable }: Configuration, addresses: OwnAddresses): readonly WantedWebhook[] {
  if (provider?.api !== 'epayment') return [];
  return [
    { kind: 'payments', url: addresses.payments, events: PAYMENT_EVENTS },
    ...(reachable === null || reachable.checkIns === 'off'
      ? []
      : [{ kind: 'check-ins', url: addresses.checkIns, events: [CHECK_IN_EVENT] } as const]),
  ];
}
