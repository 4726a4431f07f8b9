/** What is to be done about a sales unit's webhooks, decided from what is wanted, what is kept and what the provider lists. */
import type { ListedWebhook } from './client.ts';

export type WebhookKind = 'payments' | 'check-ins';

/** What this register wants to hear, and where. */
export interface WantedWebhook {
  readonly kind: WebhookKind;
  readonly url: string;
  readonly events: readonly string[];
}

/** A registration of this register's, with the secret that was shown once. */
export interface KeptWebhook {
  readonly kind: WebhookKind;
  readonly id: string;
  readonly url: string;
  readonly secret: string;
}

export interface WebhookPlan {
  /** Ours, and of no use any more: under an old address, for other events, or with a secret that is lost. */
  readonly remove: readonly string[];
  readonly register: readonly WantedWebhook[];
  /** In order: the provider has it, and its secret is here. */
  readonly good: readonly KeptWebhook[];
}

/**
 * Ours is what is kept here, and what leads to one of our own addresses (`own`, which name the register). Everything else
 * belongs to somebody else and is never touched.
 */
export function planWebhooks(
  wanted: readonly WantedWebhook[],
  kept: readonly KeptWebhook[],
  listed: readonly ListedWebhook[],
  own: readonly string[],
): WebhookPlan {
  const good = wanted.flatMap((wish) => {
    const found = kept.find(({ id, kind, url }) => {
      const there = listed.find((one) => one.id === id);
      return kind === wish.kind && url === wish.url && there?.url === wish.url && sameEvents(there.events, wish.events);
    });
    return found === undefined ? [] : [found];
  });
  const isGood = (id: string) => good.some((one) => one.id === id);
  const isOurs = ({ id, url }: ListedWebhook) => own.includes(url) || kept.some((one) => one.id === id);
  return {
    remove: listed.filter((one) => isOurs(one) && !isGood(one.id)).map(({ id }) => id),
    register: wanted.filter(({ kind }) => !good.some((one) => one.kind === kind)),
    good,
  };
}

function sameEvents(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && others.every((event) => some.includes(event));
}
