/** A payment's rows of time on the cashier's screen. */
import { formatOre } from '../money/format.ts';
import type { Payment } from '../payment/payment.ts';
import { isSentToPhone } from '../payment/provider.ts';
import type { Texts } from '../text/index.ts';
import { fill } from '../text/screen.ts';
import type { Language, TimelineRow } from './contract.ts';
import type { Situation } from './situation.ts';

/** What has happened, what is happening, what comes next: each with its time. */
export function timeline(
  { payment, qrShownAtMs }: { readonly payment: Payment; readonly qrShownAtMs: number | null },
  now: Situation,
  words: Texts['payment']['timeline'],
  language: Language,
): readonly TimelineRow[] {
  const { createdAtMs, openedAtMs, approvedAtMs } = payment.moments;
  const rows: TimelineRow[] = [];
  const done = (text: string, atMs: number | null) => rows.push({ state: 'done', text, atMs });
  const toPhone = isSentToPhone(payment.order);
  if (createdAtMs !== null) done(toPhone ? words.sent : words.created, createdAtMs);
  if (qrShownAtMs !== null) done(words.shown, qrShownAtMs);
  if (openedAtMs !== null) done(toPhone ? words.openedInApp : words.scanned, openedAtMs);
  const reserved = fill(words.reserved, { amount: formatOre(payment.order.amountOre, language) });
  const isHeld = payment.order.collect === 'when-told';
  if (approvedAtMs !== null) done(isHeld ? reserved : words.approved, approvedAtMs);
  const here = (text: string) => rows.push({ state: 'now', text, atMs: null });
  const next = (...comes: string[]) => rows.push(...comes.map((text): TimelineRow => ({ state: 'next', text, atMs: null })));
  const filling = payment.order.unit === 'distance' ? words.delivering : words.filling;
  // What is held is collected when somebody says so, perhaps in days.
  const then = isHeld ? filling : words.collecting;
  switch (now) {
    case 'creating':
    case 'restarting':
    case 'unreachable':
      here(words.creating);
      next(words.shown, words.approved, words.paid);
      break;
    case 'sending':
    case 'sending-unknown':
      here(words.sending);
      next(words.approved, words.paid);
      break;
    case 'at-phone':
    case 'at-phone-later':
    case 'at-link':
      here(words.approving);
      next(then, words.paid);
      break;
    case 'payer-forgotten':
      break;
    case 'waiting-for-scan':
    case 'unreachable-waiting':
      here(payment.state === 'awaiting' && payment.opened ? words.approving : words.scanning);
      next(then, words.paid);
      break;
    case 'code-ended':
      here(words.codeEnded);
      break;
    case 'waiting-for-approval':
      here(words.approving);
      next(then, words.paid);
      break;
    case 'held':
    case 'held-for-delivery':
      here(filling);
      next(words.paid);
      break;
    case 'collecting':
      here(words.collecting);
      next(words.paid);
      break;
    case 'checking':
      here(payment.state === 'capturing' ? words.collecting : payment.state === 'awaiting' ? words.approving : words.cancelling);
      break;
    case 'cancelling':
    case 'replacing':
    case 'expiring':
    case 'refunding':
      here(words.cancelling);
      break;
    case 'ask-keep-or-release':
    case 'ask-keep-or-refund':
    case 'ask-retry-or-release':
    case 'refund-refused':
    case 'refund-by-hand':
    case 'not-known':
    case 'left-to-people':
      break;
    case 'paid':
      done(words.paid, payment.state === 'captured' ? payment.capturedAtMs : null);
      break;
    case 'refunded':
      done(words.refunded, null);
      break;
    case 'rejected':
    case 'no-cover':
    case 'expired':
    case 'refused':
    case 'number-refused':
    case 'code-refused':
    case 'cancelled':
    case 'given-back':
    case 'gone':
      done(words.ended, payment.state === 'declined' || payment.state === 'released' ? payment.endedAtMs : null);
  }
  return rows;
}
