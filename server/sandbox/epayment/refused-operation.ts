import type { RefusedBecause } from '../payments/merchant.ts';
import type { Payment } from '../payments/payment.ts';
import { type ProblemCode, refusedWith } from './problems.ts';

function captureCode(because: RefusedBecause, payment: Payment): ProblemCode {
  switch (because) {
    case 'not-reserved':
      return payment.phase === 'waiting' ? 6080 : 6200;
    case 'capture-too-much':
      return 6090;
    case 'partial-capture-not-allowed':
      return 6140;
    case 'capture-period-over':
      return 6100;
    case 'already-cancelled':
      return payment.phase === 'rejected' ? 6200 : 6070;
    case 'already-processed':
      return 6170;
    case 'processing':
      return 6160;
    default:
      return 6200;
  }
}

function cancelCode(because: RefusedBecause): ProblemCode {
  switch (because) {
    case 'processing':
    case 'cancel-in-three-d-secure':
      return 6250;
    case 'cancel-after-capture':
      return 6040;
    case 'cancel-period-over':
      return 6030;
    default:
      return 6190;
  }
}

function refundCode(because: RefusedBecause, payment: Payment): ProblemCode {
  switch (because) {
    case 'refund-too-much':
      return payment.phase === 'waiting' ? 6020 : 6150;
    case 'refund-period-over':
      return 6220;
    case 'customer-unreachable':
      return 5100;
    case 'processing':
      return 6160;
    default:
      return 6210;
  }
}

/** ePayment's own code for what a payment's state does not allow. */
export function refusedOperation(operation: 'capture' | 'cancel' | 'refund', because: RefusedBecause, payment: Payment): Error {
  const code =
    operation === 'capture' ? captureCode(because, payment) : operation === 'cancel' ? cancelCode(because) : refundCode(because, payment);
  return refusedWith(code, `The ${operation} of reference ${payment.reference} was refused. Check the payment event log.`);
}
