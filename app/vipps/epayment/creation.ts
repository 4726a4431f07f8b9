/**
 * What a creation says for each way to a customer (`CreatePaymentRequest` in `epayment.yaml`).
 *
 * | way | `userFlow` | who | until |
 * |---|---|---|---|
 * | code | `QR` | whoever scans it | ten minutes |
 * | message | `PUSH_MESSAGE` | a phone number | ten minutes |
 * | message with a deadline | `PUSH_MESSAGE`, the customer not present | a phone number | `expiresAt`, which needs a receipt |
 * | their own code, or a sign that they scanned | `PUSH_MESSAGE` | as it was read, or told | ten minutes |
 * | link | `WEB_REDIRECT`, the customer not present; `CARD` without the app | whoever opens it | ten minutes: `expiresAt` is for messages and codes only |
 */
import { type Answer, type CreationExtras, isForLater, type Payer, type PaymentOrder } from '../../payment/provider.ts';
import { receiptAddsUp } from '../../receipt/app-receipt.ts';
import { local, nobodyToAsk, transactionText } from '../adapter.ts';
import { receiptBody } from '../order-management/receipt-body.ts';

/** The provider's limit (`epayment.yaml`). */
const SHORTEST_TEXT = 3;

type Refused = Extract<Answer<never>, { kind: 'refused' }>;

/** The body of a creation, or why there is none to send. `qrSize` in pixels; `returnUrl`: where the phone goes afterwards; `profileScope`: what the shop asks of its customer. */
export function creationBody(
  order: PaymentOrder,
  extras: CreationExtras,
  given: { readonly qrSize: number; readonly returnUrl: string; readonly profileScope: string | undefined },
): { readonly body: object } | Refused {
  const way = wayOf(order, extras.payer, given.qrSize);
  if ('kind' in way) return way;
  const receipt = receiptOf(order, extras);
  if (isForLater(order) && receipt === null) return local('no-receipt', 'a payment with a deadline needs a receipt that adds up');
  const description = transactionText(order);
  const body = {
    // Spelled exactly `reference`: under any other name all payments of the unit share one limit.
    reference: order.reference,
    amount: { currency: order.currency, value: order.amountOre },
    ...way.fields,
    returnUrl: given.returnUrl,
    ...(description.length < SHORTEST_TEXT ? {} : { paymentDescription: description }),
    ...(receipt === null ? {} : { receipt }),
    ...(Object.keys(extras.metadata).length === 0 ? {} : { metadata: extras.metadata }),
    ...(extras.minimumUserAge === null ? {} : { minimumUserAge: extras.minimumUserAge }),
    ...(given.profileScope === undefined ? {} : { profile: { scope: given.profileScope } }),
  };
  return { body };
}

function wayOf(order: PaymentOrder, payer: Payer | null, qrSize: number): { readonly fields: object } | Refused {
  const flow = order.flow ?? { kind: 'qr' };
  switch (flow.kind) {
    case 'qr':
      return { fields: { ...wallet('CUSTOMER_PRESENT'), userFlow: 'QR', qrFormat: qrFormatOf(order, qrSize) } };
    case 'push':
    case 'personal-qr':
    case 'checked-in': {
      if (payer === null) return nobodyToAsk();
      const isLater = flow.kind === 'push' && flow.expiresAtMs !== undefined;
      const fields = {
        ...wallet(isLater ? 'CUSTOMER_NOT_PRESENT' : 'CUSTOMER_PRESENT'),
        userFlow: 'PUSH_MESSAGE',
        customer: customerOf(payer),
      };
      // RFC 3339, in UTC.
      return { fields: isLater ? { ...fields, expiresAt: new Date(flow.expiresAtMs).toISOString() } : fields };
    }
    case 'link':
      return { fields: { ...wallet('CUSTOMER_NOT_PRESENT', flow.card ? 'CARD' : 'WALLET'), userFlow: 'WEB_REDIRECT' } };
  }
}

/** A size is for pixels alone. */
function qrFormatOf({ code }: PaymentOrder, size: number): object {
  switch (code ?? 'png') {
    case 'png':
      return { format: 'IMAGE/PNG', size };
    case 'svg':
      return { format: 'IMAGE/SVG+XML' };
    case 'target-url':
      return { format: 'TEXT/TARGETURL' };
  }
}

function wallet(customerInteraction: 'CUSTOMER_PRESENT' | 'CUSTOMER_NOT_PRESENT', type: 'WALLET' | 'CARD' = 'WALLET'): object {
  return { paymentMethod: { type }, customerInteraction };
}

/** Exactly one of them: two are an error. */
function customerOf(payer: Payer): object {
  switch (payer.kind) {
    case 'phone':
      return { phoneNumber: payer.msisdn };
    case 'personal-qr':
      return { personalQr: payer.content };
    case 'customer-token':
      return { customerToken: payer.token };
  }
}

/** One that does not add up would not be shown, and is left out. */
function receiptOf(order: PaymentOrder, extras: CreationExtras): object | null {
  const receipt = extras.receipt === null ? null : { lines: extras.receipt, paidByCardOre: 0, paidInCashOre: 0 };
  return receipt !== null && receiptAddsUp(receipt, order.amountOre) ? receiptBody(order, receipt) : null;
}
