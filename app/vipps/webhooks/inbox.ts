/**
 * What comes in from outside: webhooks, proven by their signature, and eCom's callbacks, proven by the token that was given
 * with the payment. Nothing in a body about a payment is believed: it only names what is to be asked about now.
 */
import type { Clock, Hasher, Hmac, Log } from '../../till/ports.ts';
import { type OwnAddresses, placeOf } from './addresses.ts';
import { type CheckIn, readCheckIn, readPaymentEvent } from './events.ts';
import type { KeptWebhook, WebhookKind } from './plan.ts';
import { judgeWebhook, type ReceivedWebhook, sameText } from './signature.ts';

/** What has come in since the start. */
export interface InboxCounts {
  /** Proven, about a living payment of this register or a customer at its sign. */
  readonly heard: number;
  /** Proven, about nothing that this register waits for: another register's, a duplicate of what is over, an unknown event. */
  readonly ignored: number;
  /** Not proven. */
  readonly refused: number;
  readonly lastHeardAtMs: number | null;
}

export interface Inbox {
  /** Whether anything is taken at this raw path at all: asked before a body is read. */
  knows(rawPath: string): boolean;
  /** Judges a request. `afterwards` is what to do about it, once it has been answered. */
  receive(rawPath: string, request: ReceivedWebhook): { readonly status: 200 | 401 | 404; readonly afterwards: () => void };
  counts(): InboxCounts;
}

/** A flood of refusals is one line a minute in the log. */
const LOG_EVERY_MS = 60_000;
const nothing = () => {};

export function createInbox(options: {
  readonly publicUrl: string;
  readonly addresses: OwnAddresses;
  /** eCom's `authToken`. */
  readonly callbackToken: string;
  readonly registered: (kind: WebhookKind) => KeptWebhook | null;
  readonly hasher: Hasher;
  readonly hmac: Hmac;
  readonly clock: Clock;
  readonly log: Log;
  /** Something has happened to this payment. `false`: nothing living here has that reference. */
  readonly heard: (reference: string) => boolean;
  /** A customer has scanned a sign. `false`: not this register's, or heard before. */
  readonly checkedIn: (checkIn: CheckIn) => boolean;
}): Inbox {
  const { clock, log } = options;
  let heard = 0;
  let ignored = 0;
  let refused = 0;
  let lastHeardAtMs: number | null = null;
  let refusedSinceLogged = 0;
  let mayLogAtMs = Number.MIN_SAFE_INTEGER;

  const place = (rawPath: string) => placeOf(rawPath, options.publicUrl, options.addresses);

  function refuse(why: string, skewMs: number | null = null) {
    refused += 1;
    refusedSinceLogged += 1;
    if (clock.monotonicMs() >= mayLogAtMs) {
      log.write('warn', 'webhooks.refused', { why, skewMs, count: refusedSinceLogged });
      refusedSinceLogged = 0;
      mayLogAtMs = clock.monotonicMs() + LOG_EVERY_MS;
    }
    return { status: 401, afterwards: nothing } as const;
  }

  function take(act: () => boolean) {
    const afterwards = () => {
      let isNews = false;
      try {
        isNews = act();
      } catch (error) {
        // A full disk, say. It is answered already, nobody waits for this, and polling goes on: the register must not end by it.
        log.write('error', 'webhooks.afterwards', { error: error instanceof Error ? error.name : 'not an error' });
      }
      if (isNews) {
        heard += 1;
        lastHeardAtMs = clock.nowMs();
      } else ignored += 1;
    };
    return { status: 200, afterwards } as const;
  }

  return {
    knows: (rawPath) => place(rawPath) !== null,
    counts: () => ({ heard, ignored, refused, lastHeardAtMs }),
    receive(rawPath, request) {
      const at = place(rawPath);
      if (at === null) return { status: 404, afterwards: nothing };
      if (at.kind === 'callback') {
        const given = request.headers.authorization;
        if (typeof given !== 'string' || !sameText(options.callbackToken, given)) return refuse('other-token');
        return take(() => options.heard(at.reference));
      }
      const registered = options.registered(at.kind);
      if (registered === null) return refuse('not-registered');
      const verdict = judgeWebhook(request, registered, options, clock.nowMs());
      if (!verdict.trusted) return refuse(verdict.why, verdict.skewMs ?? null);
      if (at.kind === 'payments') {
        return take(() => {
          const reference = readPaymentEvent(request.body);
          return reference !== null && options.heard(reference);
        });
      }
      return take(() => {
        const checkIn = readCheckIn(request.body);
        return checkIn !== null && options.checkedIn(checkIn);
      });
    },
  };
}
