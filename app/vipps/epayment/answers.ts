/** The ePayment API's answers, as far as a register reads them (`epayment.yaml`). What is not named here is dropped at the border. */
import { z } from 'zod';

/** Minor units with their currency. A number with decimals, a negative one or a string is not an amount. */
const amount = z.object({ currency: z.enum(['NOK', 'DKK', 'EUR']), value: z.number().int().min(0).max(100_000_000_000) });

/** Half a character (`\ud800`) is no reason to lose a payment over an id: it is kept as U+FFFD. */
const id = z
  .string()
  .max(200)
  .transform((value) => value.toWellFormed());

const reference = z.string().min(1).max(64);

const state = z.enum(['CREATED', 'ABORTED', 'EXPIRED', 'AUTHORIZED', 'TERMINATED']);

const aggregate = z.object({
  authorizedAmount: amount,
  cancelledAmount: amount,
  capturedAmount: amount,
  refundedAmount: amount,
});

/** `POST /epayment/v1/payments`. For a QR the address of its picture, or of its content; nothing for a push. */
/** A push has no address: the message is on the phone. */
export const createAnswer = z.object({
  reference,
  redirectUrl: z
    .string()
    .min(1)
    .max(4_096)
    .nullish()
    .transform((value) => value ?? null),
});

/** `GET …/{reference}`, and the answer to a capture, a cancel and a refund: the payment as a whole. */
export const paymentAnswer = z.object({
  reference,
  pspReference: id,
  state,
  amount,
  aggregate,
  // In the guide alone, and not always there. What is not a time is not worth losing a payment over.
  captureGuaranteedUntil: z.iso.datetime({ offset: true }).optional().catch(undefined),
});
export type PaymentAnswer = z.output<typeof paymentAnswer>;

const event = z.object({
  reference,
  name: z.enum(['CREATED', 'ABORTED', 'EXPIRED', 'CANCELLED', 'CAPTURED', 'REFUNDED', 'AUTHORIZED', 'TERMINATED']),
  amount,
  timestamp: z.iso.datetime({ offset: true }),
  idempotencyKey: id.nullish().transform((value) => (value === undefined || value === null || value === '' ? null : value)),
  success: z.boolean(),
});
export type PaymentEvent = z.output<typeof event>;

/** `GET …/{reference}/events`. Nobody says in which order. */
export const eventsAnswer = z.array(event).min(1).max(2_000);
