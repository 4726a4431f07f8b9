/** What a person at the till may say about a payment, and what follows. Pure, like `decide.ts`. */
import type { PaymentEvent } from '../journal/events.ts';
import { captureIntent, released, releaseIntent } from './events.ts';
import { newKey, nextKey } from './keys.ts';
import { refundIntent } from './money-back.ts';
import type { Payment } from './payment.ts';

/** Cancelling is a race with the customer: nothing is ended here, it is only asked for; the next read decides. */
export function onCancelRequested(payment: Payment): readonly PaymentEvent[] {
  const asked: PaymentEvent = { type: 'payment.cancel-requested', version: 1, payload: { paymentId: payment.paymentId } };
  switch (payment.state) {
    case 'planned':
      return [released(payment, false)]; // nothing has left yet
    case 'creating':
    case 'awaiting':
      return payment.cancelRequested ? [] : [asked];
    case 'releasing':
      // It is being ended anyway; now no other one follows it.
      return payment.why === 'url-lost' || payment.replaceByOre !== null ? [asked] : [];
    case 'declined':
      // It was about to be ended for another one: it is ended all the same, and no other one follows.
      return payment.replaceByOre === null ? [] : [asked, releaseIntent(payment, 'cashier', false, 3)];
    case 'held':
      // Nobody else can act on it now: what is given back is given back.
      return [releaseIntent(payment, 'cashier', true, 2)];
    case 'watched':
    case 'approved':
    case 'capturing':
    case 'captured':
    case 'released':
      return [];
  }
}

/**
 * Another attempt is wanted in the place of a payment that a customer could still pay: nothing is ended here, the next read
 * decides. Two payable payments of one sale would be one too many.
 * @param amountOre what the next attempt asks for, in minor units.
 * @param collect when that one is collected; as this one, where nobody says.
 * @returns `null` when nobody can pay it any more, or it is being cancelled: then nothing stands in the way, or nothing may follow.
 */
export function onReplaceRequested(
  payment: Payment,
  amountOre: number,
  collect = payment.order.collect ?? 'at-once',
): readonly PaymentEvent[] | null {
  const payload = { paymentId: payment.paymentId, amountOre, ...(collect === 'when-told' ? { collect } : {}) };
  const asked: PaymentEvent = { type: 'payment.replace-requested', version: 1, payload };
  switch (payment.state) {
    case 'awaiting':
      return payment.cancelRequested ? null : payment.replaceByOre === null ? [asked] : [];
    case 'declined':
      return payment.watchUntilMs === null ? null : [asked];
    case 'releasing':
      // What a customer has never seen the code of cannot be paid: nothing waits for its end.
      return payment.why === 'appeared-late' && payment.moments.createdAtMs !== null ? [asked] : null;
    default:
      return null;
  }
}

/** The sale has gone on without a payment that a bank refused: it is ended, so that nobody pays it beside another. */
export function onLeftBehind(payment: Payment): readonly PaymentEvent[] {
  const isPayable = payment.state === 'declined' && payment.watchUntilMs !== null;
  return isPayable ? [releaseIntent(payment, 'appeared-late', true, 1)] : [];
}

/** What a person's answer to the payment's question leads to; `null` when that is not what was asked. */
export function onAnswered(payment: Payment, answer: 'keep' | 'release' | 'refund' | 'retry'): readonly PaymentEvent[] | null {
  const { paymentId, order } = payment;
  if (payment.state === 'approved' && payment.question === 'keep-or-release') {
    if (answer === 'keep') return [{ type: 'payment.kept', version: 1, payload: { paymentId } }];
    if (answer === 'release') return [releaseIntent(payment, 'cashier', true, 2)];
  }
  if (payment.state === 'capturing' && payment.question === 'retry-or-release') {
    // A final refusal would be repeated for the same key: a new try is a new intent.
    if (answer === 'retry') return [captureIntent(payment, payment.captureOre, nextKey(payment.key, order.reference, 'c'))];
    if (answer === 'release') return [releaseIntent(payment, 'cashier', true, 2)];
  }
  if (payment.state === 'captured' && payment.question === 'keep-or-refund') {
    // Somebody may have given it back in the provider's portal since it was last read: the next read decides.
    if (answer === 'keep') return payment.keepRequested ? [] : [{ type: 'payment.keep-requested', version: 1, payload: { paymentId } }];
    if (answer === 'refund') return [refundIntent(payment, payment.capturedOre)];
  }
  return null;
}

/**
 * The provider has said for long that it does not know what it created: somebody who can see the sales unit that took it must
 * look. The sale goes on without it, and should it be found after all, whatever is in it goes back.
 * @returns `null` where that is no way out: nothing has left yet, its money is on record, or its refund is under way.
 */
export function onLeftToPeople(payment: Payment): readonly PaymentEvent[] | null {
  const left: PaymentEvent = { type: 'payment.left-to-people', version: 1, payload: { paymentId: payment.paymentId } };
  switch (payment.state) {
    case 'awaiting':
    case 'held':
    case 'capturing':
    case 'releasing':
      return [left];
    case 'captured':
      return payment.question !== null && payment.refund === null ? [left] : null;
    default:
      return null;
  }
}

/**
 * The basket under a payment came to another sum.
 * @param collectOre what the sale takes of it now, in minor units; 0 ends it. At most what was asked for.
 * @returns `null` when the payment is past that: its capture is on its way, or it is being ended.
 */
export function onBasketChanged(payment: Payment, collectOre: number): readonly PaymentEvent[] | null {
  if (!followsBasket(payment)) return null;
  if (collectOre === payment.collectOre) return [];
  const changed: PaymentEvent = { type: 'payment.collect-changed', version: 1, payload: { paymentId: payment.paymentId, collectOre } };
  return collectOre > 0 ? [changed] : [changed, ...onCancelRequested(payment)];
}

/** Whether what will be taken of it still follows the basket. */
export function followsBasket(payment: Payment): boolean {
  switch (payment.state) {
    case 'planned':
    case 'held':
      return true;
    case 'creating':
    case 'awaiting':
      return !payment.cancelRequested && payment.replaceByOre === null;
    default:
      return false;
  }
}

/** The cashier collects what is held: as much as the sale takes of it. `null`: nothing is held. */
export function onCollectRequested(payment: Payment, collectOre: number): readonly PaymentEvent[] | null {
  if (payment.state !== 'held') return null;
  const { paymentId, order } = payment;
  return [
    { type: 'payment.collect-requested', version: 1, payload: { paymentId, collectOre } },
    captureIntent(payment, collectOre, newKey(order.reference, 'c', 1)),
  ];
}
