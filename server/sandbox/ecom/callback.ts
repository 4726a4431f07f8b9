import type { Entry, Payment } from '../payments/payment.ts';

/** What eCom tells of an entry, or `null` where it says nothing: of what the merchant did itself. */
function statusOf(payment: Payment, entry: Entry): string | null {
  switch (entry.kind) {
    case 'reserve':
      return entry.ok ? 'RESERVED' : 'RESERVE_FAILED';
    case 'sale':
      return entry.ok ? 'SALE' : 'SALE_FAILED';
    case 'reject':
      return 'CANCELLED';
    case 'expire':
      return payment.expiry === 'failed-reserve' ? 'REJECTED' : null;
    case 'initiate':
    case 'attempt':
    case 'capture':
    case 'refund':
    case 'cancel':
    case 'void':
      return null;
  }
}

/** The one message that eCom sends about a payment's outcome: where it goes and what it says. */
export function callbackOf(
  payment: Payment,
  entry: Entry,
): { readonly url: string; readonly status: string; readonly body: string } | null {
  const status = statusOf(payment, entry);
  if (payment.callback === null || status === null) return null;
  const failed = status.endsWith('_FAILED');
  const body = {
    merchantSerialNumber: payment.msn,
    orderId: payment.reference,
    transactionInfo: {
      amount: entry.amountOre,
      status,
      timeStamp: new Date(entry.atMs).toISOString(),
      transactionId: entry.transactionId,
    },
    ...(failed
      ? { errorInfo: { errorGroup: 'Payment', errorCode: '45', errorMessage: 'Reservation failed for some unknown reason.' } }
      : {}),
  };
  const prefix = payment.callback.prefix.replace(/\/+$/, '');
  return { url: `${prefix}/v2/payments/${encodeURIComponent(payment.reference)}`, status, body: JSON.stringify(body) };
}
