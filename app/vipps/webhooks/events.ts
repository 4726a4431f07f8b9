/** What the provider tells by webhook, and the little of it that is read. */
import { z } from 'zod';
import type { HttpResponse } from '../../till/ports.ts';
import { readBody } from '../wire.ts';

/** Everything that can become of a payment, except that it was created: whoever created it knows. */
export const PAYMENT_EVENTS = ['aborted', 'expired', 'cancelled', 'captured', 'refunded', 'authorized', 'terminated'].map(
  (name) => `epayments.payment.${name}.v1`,
);
/** A customer has scanned the sign of a register. At most one registration of a sales unit may hear of it. */
export const CHECK_IN_EVENT = 'user.checked-in.v1';

/** The provider allows 64; what else stands in the event is not believed, so it is not read. */
const paymentEvent = z.object({ reference: z.string().min(1).max(64) });

const checkInEvent = z.object({
  customerToken: z.string().regex(/^[\x21-\x7e]{1,4000}$/),
  merchantQrId: z.string().min(1).max(128),
  msn: z.string(),
  initiatedAt: z.iso.datetime({ offset: true }),
});

/** A customer at a sign: the one event whose body is used, because nothing else carries the token. */
export interface CheckIn {
  /** Stands for the customer, and must never be written down. */
  readonly customerToken: string;
  readonly merchantQrId: string;
  readonly merchantSerialNumber: string;
  readonly initiatedAtMs: number;
}

const bodyOf = (body: Uint8Array): unknown => {
  const response: HttpResponse = { status: 200, headers: {}, body };
  const read = readBody(response);
  return read.kind === 'json' ? read.value : null;
};

/** Which payment something has happened to; `null` when the body is not an event. */
export function readPaymentEvent(body: Uint8Array): string | null {
  const parsed = paymentEvent.safeParse(bodyOf(body));
  return parsed.success ? parsed.data.reference : null;
}

/** `null` when the body is no check-in. */
export function readCheckIn(body: Uint8Array): CheckIn | null {
  const parsed = checkInEvent.safeParse(bodyOf(body));
  if (!parsed.success) return null;
  const { customerToken, merchantQrId, msn, initiatedAt } = parsed.data;
  return { customerToken, merchantQrId, merchantSerialNumber: msn, initiatedAtMs: Date.parse(initiatedAt) };
}
