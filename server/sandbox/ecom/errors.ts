import { randomUUID } from 'node:crypto';
import { Refusal } from '../gateway/refusal.ts';
import type { RefusedBecause } from '../payments/merchant.ts';

export const errorGroups = ['Authentication', 'Payment', 'InvalidRequest', 'VippsError', 'User', 'Merchant'] as const;
export type ErrorGroup = (typeof errorGroups)[number];

/** A refusal of the eCom API: an array with one error. */
export function ecomRefusal(status: number, errorGroup: ErrorGroup, errorCode: string, errorMessage: string): Refusal {
  return new Refusal(status, [{ errorGroup, errorCode, errorMessage, contextId: randomUUID() }]);
}

/** Fields that break a rule, each an error of its own whose code is the field's name. */
export function invalidFields(fields: readonly { readonly field: string; readonly message: string }[]): Refusal {
  return new Refusal(
    400,
    fields.map(({ field, message }) => ({
      errorGroup: 'InvalidRequest',
      errorCode: field,
      errorMessage: message,
      contextId: randomUUID(),
    })),
  );
}

/** What the API says to a body that its own validation does not catch: wrong types, wrong capitalisation. */
export function internalError(): Refusal {
  return ecomRefusal(500, 'VippsError', '99', 'Internal error. The request may be incorrect, please check it.');
}

export function orderNotFound(reference: string, msn: string): Refusal {
  return ecomRefusal(404, 'Merchant', '35', `The orderId '${reference}' does not exist for MSN ${msn}.`);
}

/** The same key with another body. Another captured amount and any other difference have a group each. */
export function notIdentical(operation: 'capture' | 'refund', otherAmount: boolean): Refusal {
  if (operation === 'capture' && otherAmount) {
    return ecomRefusal(400, 'Payment', '93', 'The captured amount must be the same in an idempotent retry.');
  }
  return ecomRefusal(400, 'VippsError', '93', `The ${operation} request must be identical to the previous one in an idempotent retry.`);
}

/** The eCom API's own code for what a payment's state does not allow. */
export function refusedOperation(because: RefusedBecause): Refusal {
  switch (because) {
    case 'not-reserved':
      return ecomRefusal(400, 'Payment', '62', 'The amount is not reserved. The user must accept the payment before it can be captured.');
    case 'capture-too-much':
      return ecomRefusal(400, 'Payment', '61', 'The total captured amount would exceed the reserved amount.');
    case 'partial-capture-not-allowed':
      return invalidFields([{ field: 'transaction.amount', message: 'The sales unit must capture the full amount.' }]);
    case 'capture-period-over':
      return ecomRefusal(400, 'Payment', '98', 'Payments can only be captured up to 180 days after reservation.');
    case 'already-cancelled':
      return ecomRefusal(400, 'VippsError', '91', 'The transaction is not allowed.');
    case 'already-processed':
      return ecomRefusal(400, 'VippsError', '92', 'The transaction has already been processed.');
    case 'processing':
      return ecomRefusal(409, 'VippsError', '94', 'The order is locked and is being processed.');
    case 'cancel-after-capture':
      return ecomRefusal(400, 'Payment', '51', 'Cannot cancel an order that has been captured.');
    case 'cancel-in-three-d-secure':
    case 'cancel-period-over':
      return ecomRefusal(400, 'Payment', '52', 'Cancellation failed, reason unknown.');
    case 'refund-too-much':
      return ecomRefusal(400, 'Payment', '71', 'Cannot refund more than the captured amount.');
    case 'refund-of-reserved':
      return ecomRefusal(400, 'Payment', '72', 'Cannot refund a reserved order. It can be cancelled instead.');
    case 'refund-of-cancelled':
      return ecomRefusal(400, 'Payment', '73', 'Cannot refund a cancelled order.');
    case 'refund-period-over':
      return ecomRefusal(400, 'Payment', '95', 'Payments can only be refunded up to 365 days after reservation.');
    case 'customer-unreachable':
      return ecomRefusal(400, 'VippsError', '91', 'The transaction is not allowed.');
  }
}
