/** In what ePayment differs from the other API, as far as a register sees it. */
import type { Dialect } from '../behaviour.ts';

export const EPAYMENT: Dialect = {
  api: 'epayment',
  opened: [null, null],
  over: ['gateway:404', 'local:payment-over'],
  codes: {
    notFound: 'epayment:5090',
    captureOpen: 'epayment:6080',
    captureCancelled: 'epayment:6070',
    captureTooMuch: 'epayment:6090',
    captureOfPart: 'epayment:6140',
    refundUncaptured: 'epayment:6210',
    refundTooMuch: 'epayment:6150',
    cancelCaptured: 'epayment:6040',
    otherBody: 'epayment:4010',
    tooSmall: /^epayment:6010$/,
  },
};
