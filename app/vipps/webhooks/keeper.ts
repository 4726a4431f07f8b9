/**
 * Keeps a register's webhooks registered: looks at the start and every day, makes anew what is gone, deletes what of ours is
 * of no use. A register that cannot do that sells all the same: the webhooks only ever make the next poll happen sooner.
 */
import type { ProviderError } from '../../payment/provider.ts';
import type { Clock, Log, Timer, Timers } from '../../till/ports.ts';
import type { WebhookClient } from './client.ts';
import { type KeptWebhook, planWebhooks, type WantedWebhook, type WebhookKind } from './plan.ts';

const HOUR_MS = 3_600_000;
/** A registration that nobody answered for two weeks is deleted by the provider. */
const CHECK_EVERY_MS = 24 * HOUR_MS;
/** After a failure: soon at first, then every hour. */
const RETRY_AFTER_MS = [10_000, 60_000, 300_000, 900_000, HOUR_MS] as const;

/** Where the secrets are between two starts. */
export interface WebhookMemory {
  read(): readonly KeptWebhook[];
  /** Durably, before it returns. */
  write(kept: readonly KeptWebhook[]): void;
}

/** How it stands with one of the registrations. */
export type WebhookState =
  /** The provider has not been asked yet. */
  | { readonly state: 'asking' }
  | { readonly state: 'registered'; readonly checkedAtMs: number }
  /** The provider could not be asked, or said no. It is tried again. */
  | { readonly state: 'trouble'; readonly error: ProviderError };

export interface WebhookKeeper {
  /** How it stands; nothing for what is not wanted. */
  states(): ReadonlyMap<WebhookKind, WebhookState>;
  /** The secret that a webhook of this kind must be signed with; `null` while none is registered. */
  registered(kind: WebhookKind): KeptWebhook | null;
  /** Looks now, whatever the schedule. Two at a time are one. */
  check(): Promise<void>;
  stop(): void;
}

export function createWebhookKeeper(options: {
  readonly client: WebhookClient;
  readonly wanted: readonly WantedWebhook[];
  /** Every address of this register, wanted now or not: what leads there is ours. */
  readonly own: readonly string[];
  readonly memory: WebhookMemory;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
}): WebhookKeeper {
  const { client, wanted, memory, clock, log } = options;
  const states = new Map<WebhookKind, WebhookState>(wanted.map(({ kind }) => [kind, { state: 'asking' }]));
  let kept = memory.read();
  let running: Promise<void> | null = null;
  let timer: Timer | null = null;
  let failures = 0;
  let stopped = false;

  /** Not once it was stopped: whoever keeps them then would lose what it has. A registration that is not kept is made anew. */
  function keep(next: readonly KeptWebhook[]): void {
    kept = next;
    if (!stopped) memory.write(next);
  }

  /** `false` when something is to be tried again. */
  async function look(): Promise<boolean> {
    const listed = await client.list();
    if (stopped) return true;
    if (listed.kind !== 'ok') {
      for (const { kind } of wanted)
        if (states.get(kind)?.state !== 'registered') states.set(kind, { state: 'trouble', error: listed.error });
      return false;
    }
    const plan = planWebhooks(wanted, kept, listed.value, options.own);
    let well = true;
    for (const id of plan.remove) {
      const removed = await client.remove(id);
      // Refused is gone already; anything else stays in the memory, so that it is known as ours the next time.
      if (removed.kind === 'ok' || removed.kind === 'refused') keep(kept.filter((one) => one.id !== id));
      else well = false;
    }
    const gone = kept.filter(({ id }) => !listed.value.some((one) => one.id === id));
    if (gone.length > 0) keep(kept.filter((one) => !gone.includes(one)));
    for (const { kind } of plan.good) states.set(kind, { state: 'registered', checkedAtMs: clock.nowMs() });
    for (const wish of plan.register) if (!stopped) well = (await register(wish)) && well;
    return well;
  }

  async function register({ kind, url, events }: WantedWebhook): Promise<boolean> {
    const answer = await client.register(url, events);
    if (answer.kind !== 'ok') {
      states.set(kind, { state: 'trouble', error: answer.error });
      return false;
    }
    keep([...kept, { kind, url, ...answer.value }]);
    states.set(kind, { state: 'registered', checkedAtMs: clock.nowMs() });
    log.write('info', 'webhooks.registered', { kind, id: answer.value.id });
    return true;
  }

  async function run(): Promise<void> {
    let well = false;
    try {
      well = await look();
    } catch (error) {
      log.write('error', 'webhooks.keeper', { message: error instanceof Error ? `${error.name}: ${error.message}` : 'unknown' });
    }
    failures = well ? 0 : failures + 1;
    if (!well) log.write('warn', 'webhooks.not-registered', { failures });
    const waitMs = well ? CHECK_EVERY_MS : (RETRY_AFTER_MS[failures - 1] ?? HOUR_MS);
    if (!stopped) wait(clock.nowMs() + waitMs, clock.monotonicMs() + waitMs);
  }

  /** A machine that slept counts the hours it slept too: whichever clock is there first. */
  function wait(untilMs: number, untilMonotonicMs: number): void {
    const leftMs = Math.min(untilMs - clock.nowMs(), untilMonotonicMs - clock.monotonicMs());
    timer = options.timers.after(Math.min(Math.max(leftMs, 0), HOUR_MS), () => {
      if (clock.nowMs() >= untilMs || clock.monotonicMs() >= untilMonotonicMs) void check();
      else wait(untilMs, untilMonotonicMs);
    });
  }

  function check(): Promise<void> {
    timer?.cancel();
    running ??= run().finally(() => {
      running = null;
    });
    return running;
  }

  return {
    states: () => states,
    registered(kind) {
      const wish = wanted.find((one) => one.kind === kind);
      return kept.findLast((one) => one.kind === kind && one.url === wish?.url) ?? null;
    },
    check,
    stop() {
      stopped = true;
      timer?.cancel();
    },
  };
}
