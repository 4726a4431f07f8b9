/** In what eCom differs from the other API, as far as a register sees it. */
import type { Dialect } from '../behaviour.ts';

export const ECOM: Dialect = {
  api: 'ecom',
  opened: [false, true],
  over: ['qr:400', 'qr:400'],
  codes: {
    notFound: 'ecom:Merchant/35',
    captureOpen: 'ecom:Payment/62',
    captureCancelled: 'ecom:VippsError/91',
    captureTooMuch: 'ecom:Payment/61',
    captureOfPart: 'ecom:InvalidRequest/transaction.amount',
    refundUncaptured: 'ecom:Payment/72',
    refundTooMuch: 'ecom:Payment/71',
    cancelCaptured: 'ecom:Payment/51',
    otherBody: 'ecom:Payment/93',
    tooSmall: /^ecom:/,
  },
};
