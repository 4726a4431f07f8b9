/** The Report API's answers, as far as a register reads them (`report.yaml`). What is not named here is dropped at the border. */
import { z } from 'zod';

/** Minor units; a refund, a fee and a payout are negative. A number with decimals or a string is not an amount. */
const amountOre = z.number().int().min(-100_000_000_000).max(100_000_000_000);
const text = z
  .string()
  .max(200)
  .transform((value) => value.toWellFormed());
/** Rows about no payment may leave it out. */
const optionalText = text.nullish().transform((value) => value ?? '');

/** `GET /settlement/v1/ledgers`. The cursor is empty on the last page. */
export const ledgersAnswer = z.object({
  cursor: z.string().max(2_000).nullish(),
  items: z
    .array(z.object({ ledgerId: z.string().regex(/^[\w.-]{1,60}$/), currency: text, settlesForRecipientHandles: z.array(text).max(1_000) }))
    .max(10_000),
});

const transaction = z.object({
  pspReference: optionalText,
  time: z.iso.datetime({ offset: true }),
  ledgerDate: z.iso.date(),
  entryType: z.string().min(1).max(200),
  reference: optionalText,
  currency: text,
  amount: amountOre,
  balanceAfter: amountOre.nullish().transform((value) => value ?? null),
  recipientHandle: optionalText,
});
export type Transaction = z.output<typeof transaction>;

/** `GET /report/v2/ledgers/{ledgerId}/{topic}/dates/{ledgerDate}`, one page. */
export const datesAnswer = z.object({
  cursor: z.string().max(2_000).nullish(),
  hasMore: z.boolean(),
  tryLater: z.boolean().nullish(),
  items: z.array(transaction).max(100_000),
});
