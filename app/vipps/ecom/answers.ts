/** The eCom API's answers, as far as a register reads them (`ecom.yaml`). What is not named here is dropped at the border. */
import { z } from 'zod';

/** Minor units. A number with decimals, a negative one or a string is not an amount. */
const amountOre = z.number().int().min(0).max(100_000_000_000);
/** Empty where there is none: the provider sends `""`, `null`, or leaves it out. */
const optionalText = z
  .string()
  .max(200)
  .nullish()
  // Half a character (`\ud800`) is no reason to lose a payment over an id: it is kept as U+FFFD.
  .transform((value) => (value === undefined || value === null || value === '' ? null : value.toWellFormed()));

export const OPERATIONS = ['INITIATE', 'RESERVE', 'SALE', 'CAPTURE', 'REFUND', 'CANCEL', 'VOID'] as const;

/** When it was, in milliseconds since 1970. A time that cannot be read is no reason to lose a payment over it. */
const moment = z
  .string()
  .max(60)
  .nullish()
  .catch(null)
  .transform((value) => {
    const atMs = Date.parse(value ?? '');
    return Number.isFinite(atMs) ? atMs : null;
  });

const historyRow = z.object({
  operation: z.enum(OPERATIONS),
  amount: amountOre,
  operationSuccess: z.boolean(),
  requestId: optionalText,
  transactionId: optionalText,
  timeStamp: moment,
});
export type HistoryRow = z.output<typeof historyRow>;

const summary = z.object({ capturedAmount: amountOre, refundedAmount: amountOre });

/** `GET …/details`. The history is sorted from newest to oldest; the summary is missing until the customer acts. */
export const detailsAnswer = z.object({
  orderId: z.string().max(100).nullish(),
  transactionLogHistory: z.array(historyRow).min(1).max(2_000),
  transactionSummary: summary.nullish(),
});
export type Details = z.output<typeof detailsAnswer>;

/** `POST /ecomm/v2/payments`. */
export const initiateAnswer = z.object({
  orderId: z.string(),
  url: z
    .string()
    .max(4_096)
    .nullish()
    .transform((value) => value || null),
});

const transaction = z.object({ amount: amountOre, status: z.string() });

/** `POST …/capture`. */
export const captureAnswer = z.object({ orderId: z.string(), transactionInfo: transaction });

/** `PUT …/cancel`. Its amount is the order's, whatever was released, so it is not read. */
export const cancelAnswer = z.object({ orderId: z.string(), transactionInfo: z.object({ status: z.string() }).nullish() });

/** `POST …/refund`. Here the field is called `transaction`. */
export const refundAnswer = z.object({ orderId: z.string(), transaction });
