/** Whether what a provider tells can be true of a payment. What cannot is not used: the payment stays where it is. */
import type { Payment } from './payment.ts';
import type { ProviderView } from './provider.ts';

/** A provider's answer that cannot be true of this payment. It is not used; the payment stays where it is. */
export class ContradictionError extends Error {
  override readonly name: string = 'ContradictionError';
}

/** The provider says that it does not know a payment that it has created. */
export class NotKnownError extends ContradictionError {
  override readonly name = 'NotKnownError';
}

/**
 * Sums that are not what was asked for, that do not add up, or that know less than the history beside them.
 * @throws ContradictionError
 */
export function assertPlausible(payment: Payment, view: ProviderView): void {
  const asked = payment.order.amountOre;
  if (view.authorisedOre !== 0 && view.authorisedOre !== asked) {
    throw new ContradictionError(`authorised ${view.authorisedOre} of the ${asked} asked for`);
  }
  if (view.capturedOre > view.authorisedOre)
    throw new ContradictionError(`captured ${view.capturedOre} with ${view.authorisedOre} authorised`);
  if (view.capturedOre + view.releasedOre > view.authorisedOre) {
    throw new ContradictionError(`captured ${view.capturedOre} and released ${view.releasedOre} of ${view.authorisedOre} authorised`);
  }
  if (view.refundedOre > view.capturedOre) throw new ContradictionError(`refunded ${view.refundedOre} of ${view.capturedOre} captured`);
  if (view.state === 'authorised' && view.authorisedOre === 0) throw new ContradictionError('authorised without an amount');
  const done = (kind: 'capture' | 'refund') => view.operations.filter((operation) => operation.kind === kind && operation.ok);
  const sumOre = (kind: 'capture' | 'refund') => done(kind).reduce((total, { amountOre }) => total + amountOre, 0);
  if (sumOre('capture') > view.capturedOre)
    throw new ContradictionError(`captured ${sumOre('capture')} one by one, ${view.capturedOre} in all`);
  if (sumOre('refund') > view.refundedOre)
    throw new ContradictionError(`refunded ${sumOre('refund')} one by one, ${view.refundedOre} in all`);
  const refund = payment.state === 'captured' ? payment.refund : null;
  const ours = refund === null ? undefined : done('refund').find(({ key }) => key === refund.key);
  if (refund !== null && ours !== undefined && ours.amountOre !== refund.amountOre)
    throw new ContradictionError(`our refund of ${refund.amountOre} is recorded as ${ours.amountOre}`);
}
