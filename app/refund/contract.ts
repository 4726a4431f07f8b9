/**
 * What registers and head office say to each other, over HTTP and JSON. Both sides parse with these schemas.
 *
 * | request | body → answer |
 * |---|---|
 * | `POST /v1/enrol` | `enrolRequest` → `enrolAnswer`; the one call without a key |
 * | `POST /v1/key` | nothing → `keyAnswer`: a new key. The old one serves until the new one is used |
 * | `GET /v1/register` | → `registerAnswer`: who the key says this is, and how far its journal has come |
 * | `POST /v1/journal` | `batchRequest` → `batchAnswer` |
 * | `POST /v1/journal/read` | `journalRequest` → `journalAnswer`: what a restored register has lost |
 * | `GET /v1/stores` | → `storesAnswer`: the chain's stores, to search in one |
 * | `POST /v1/orders/search` | `searchRequest` → `searchAnswer` |
 * | `POST /v1/orders/read` | `orderRequest` → `orderAnswer` |
 * | `POST /v1/refunds` | `refundAsk` → `refundAnswer`: goods and amount are reserved, or it is refused |
 * | `POST /v1/refunds/confirm` | `refundConfirm` → `refundAnswer`: the money goes back, less what of it pays for new goods |
 * | `POST /v1/refunds/withdraw` | `refundNamed` → `refundAnswer`, while nothing was sent |
 * | `POST /v1/refunds/state` | `refundNamed` → `refundAnswer` |
 * | `POST /v1/published` | `publishedRequest` → `publishedAnswer`: what is published for this store and new to the register |
 * | `POST /v1/published/read` | `pageRequest` → `pageAnswer`: one page of it |
 * | `POST /v1/events/wait` | → `eventsAnswer`, at once when something is there, else within half a minute |
 *
 * All but the first carry `Authorization: Bearer <key>`: the key says which register of which store is asking, so no
 * request has a field for it, and none has a field for a sales unit. What is refused is a `problemAnswer`.
 */
import { z } from 'zod';
import { publicationHead, publishedArticle, publishedOperator, publishedPrice } from '../catalog/publication.ts';
import { isSafeProviderAddress } from '../till/configuration.ts';
import { issueSentence, sayIssue } from '../till/issue-text.ts';
import { ORDER_ID, REFUND_ID, REGISTER_ID, STORE_ID } from './names.ts';
import { PROBLEM_CODES, RefusedByHeadOffice } from './problem.ts';

const isPlainObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);
const line = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), 'must be one line of whole characters');
const storeId = z.string().regex(STORE_ID, 'must be 2 to 12 small letters or digits, a letter first');
const registerId = z.string().regex(REGISTER_ID, 'must be 1 to 6 small letters or digits');
const orderId = z.string().regex(ORDER_ID, 'must be an order as head office names it');
const refundId = z.string().regex(REFUND_ID, 'must be <store>-<register>-<epoch>-<number>');
const date = z.iso.date();
/** The most that any amount may be, in minor units: a billion kroner. */
export const MOST_ORE = 100_000_000_000;
/** Minor units. */
const amountOre = z.int().min(0).max(MOST_ORE);
const hash = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits');
const atMs = z.int();

/** A clock may be wrong by decades, but a year has four digits and begins after 1970. */
export const LATEST_MS = Date.UTC(9999, 0, 1);

/** How many entries and bytes one batch may have. */
export const MOST_ENTRIES = 2_000;
export const MOST_BATCH_BYTES = 4 * 1024 * 1024;
export const MOST_FOUND = 50;
/** How many days a search by article may look back over. */
export const LONGEST_SEARCH_DAYS = 92;

/** An entry of a journal as it is hashed (`app/journal/entry-text.ts`). Its payload is read later, by its type. */
export const entrySchema = z.strictObject({
  seq: z.int().min(1),
  epoch: z.string().regex(/^[a-z][a-z0-9]{3,5}$/),
  atMs: z.int().min(0).max(LATEST_MS),
  offsetMinutes: z.int().min(-1_440).max(1_440),
  operator: z.string().min(1).max(100),
  type: z.string().regex(/^[\x21-\x7e]{1,100}$/, 'must be plain characters'),
  version: z.int().min(1),
  // Not copied: every name and value in it is read where it is hashed.
  payload: z.custom<Readonly<Record<string, unknown>>>(isPlainObject, 'must be an object'),
  document: z.strictObject({ series: z.string().min(1).max(20), number: z.int().min(1) }).nullable(),
  transaction: z
    .strictObject({
      number: z.int().min(1),
      date: z.string().max(20),
      time: z.string().max(20),
      amountIn: z.string().max(40),
      amountEx: z.string().max(40),
      signature: z.string().max(2_000),
      keyVersion: z.int().min(1),
    })
    .nullable(),
  prevHash: hash,
  hash,
});
export type WireEntry = z.output<typeof entrySchema>;

/** Where a journal stands at head office: the last entry of an unbroken row from the first. */
const position = z.object({ seq: z.int().min(0), hash, epoch: z.string() }).nullable();

export const enrolRequest = z.strictObject({ code: z.string().min(1).max(100), software: line(100) });
export const registerAnswer = z.object({
  storeId,
  registerId,
  storeName: z.string(),
  /** `null`: head office has no entry of it yet. */
  position,
  /** The most that one refund may be, in minor units; `null`: as much as was paid. */
  refundLimitOre: amountOre.nullable(),
});
export const enrolAnswer = registerAnswer.extend({ key: z.string() });
export const keyAnswer = z.object({ key: z.string() });

/** Entries in the order of the journal, without a hole among them. Those that head office has already are no trouble. */
export const batchRequest = z.strictObject({
  entries: z.array(entrySchema).min(1).max(MOST_ENTRIES),
  /** The journal's last entry when this was sent: people at head office see how far behind a register is. */
  newestSeq: z.int().min(1).optional(),
});
/** Everything up to here is safe at head office. */
export const batchAnswer = z.object({ confirmedSeq: z.int().min(0), hash });

/** A register's own entries, as it reported them. */
export const journalRequest = z.strictObject({ fromSeq: z.int().min(1), most: z.int().min(1).max(MOST_ENTRIES).default(MOST_ENTRIES) });
export const journalAnswer = z.object({ entries: z.array(entrySchema) });

/** Closed ones too: what was bought there can be looked up. */
export const storesAnswer = z.object({ stores: z.array(z.object({ storeId, storeName: z.string() })) });

export const searchRequest = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('reference'), reference: line(64) }),
  z.strictObject({
    by: z.literal('receipt'),
    receiptNumber: z.int().min(1).max(999_999_999_999_999),
    storeId: storeId.optional(),
    registerId: registerId.optional(),
    date: date.optional(),
  }),
  /** What was sold on a day, or was sold for that amount; in one store, or in all. */
  z.strictObject({ by: z.literal('date'), storeId: storeId.optional(), date, amountOre: amountOre.optional() }),
  /** Article number or EAN. */
  z.strictObject({ by: z.literal('article'), article: line(60), fromDate: date, toDate: date, storeId: storeId.optional() }),
]);
export type SearchRequest = z.output<typeof searchRequest>;

const soldBy = z.object({ storeId, storeName: z.string(), registerId });
const orderSummary = z.object({
  orderId,
  soldBy,
  receiptNumber: z.int(),
  completedAtMs: atMs,
  date: z.string(),
  totalOre: amountOre,
  currency: z.string(),
});
export type OrderSummary = z.output<typeof orderSummary>;
/** Newest first. `more`: there are others; ask more precisely. */
export const searchAnswer = z.object({ orders: z.array(orderSummary), more: z.boolean() });

export const orderRequest = z.strictObject({ orderId });
const tenderKind = z.enum(['vipps', 'card', 'cash']);
/** The order as it was sold, with the prices of then, and what of it has come back or is coming back right now. */
export const orderAnswer = orderSummary.extend({
  lines: z.array(
    z.object({
      lineNo: z.int(),
      articleNumber: z.string(),
      ean: z.string().nullable(),
      name: z.string(),
      unit: z.string(),
      quantityMilli: z.int(),
      unitPriceOre: amountOre,
      /** Of the whole line, after all discounts, VAT included. */
      netOre: z.int(),
      vatBasisPoints: z.int(),
      returnedMilli: z.int(),
      reservedMilli: z.int(),
      /** What both have taken of `netOre`. */
      takenOre: amountOre,
    }),
  ),
  tenders: z.array(
    z.object({
      tenderNo: z.int(),
      kind: tenderKind,
      amountOre,
      /** The payment's reference at the provider. */
      reference: z.string().nullable(),
      refundedOre: amountOre,
      reservedOre: amountOre,
    }),
  ),
});
export type OrderAsSold = z.output<typeof orderAnswer>;

export const refundNamed = z.strictObject({ refundId });
/** The goods come back whole; `creditOre` of their worth pays for new goods at the counter, and does not move. */
export const refundConfirm = refundNamed.extend({ creditOre: amountOre.default(0) });
/** The same id with the same contents is the same refund, however often and whenever it is asked for. */
export const refundAsk = z.strictObject({
  refundId,
  orderId,
  lines: z
    .array(z.strictObject({ lineNo: z.int().min(1), quantityMilli: z.int().min(1).max(1_000_000_000) }))
    .min(1)
    .max(1_000)
    .refine((lines) => new Set(lines.map(({ lineNo }) => lineNo)).size === lines.length, 'must name each line once'),
  reason: line(200),
  operator: line(100),
  /** The manager who approved it, where one had to. */
  approvedBy: line(100).nullable(),
  /** `cash`: what the provider does not send back any more, a manager has paid out from the drawer. */
  payOut: z.enum(['as-it-came', 'cash']).default('as-it-came'),
});
export type RefundAsk = z.output<typeof refundAsk>;

const REFUND_STATES = ['reserved', 'sending', 'unknown', 'done', 'refused', 'withdrawn'] as const;
export const refundAnswer = z.object({
  refundId,
  /** `refund.ts` has the diagram. `unknown` is not `refused`: the money may have gone. */
  state: z.enum(REFUND_STATES),
  orderId,
  soldBy,
  amountOre,
  /** What of it pays for new goods: the parts are the rest. */
  creditOre: amountOre.default(0),
  currency: z.string(),
  lines: z.array(z.object({ lineNo: z.int(), name: z.string(), quantityMilli: z.int(), amountOre })),
  /** The money the way it came. Head office sends the Vipps parts; the register hands out the others once it is `done`. */
  parts: z.array(
    z.object({
      partNo: z.int(),
      kind: tenderKind,
      amountOre,
      reference: z.string().nullable(),
      state: z.enum(['planned', 'sending', 'unknown', 'done', 'refused']),
    }),
  ),
  /** Why it was refused: a problem's code. */
  code: z.enum(PROBLEM_CODES).nullable(),
  /** What the provider called its refusal, for support: `ecom:Payment/63`. */
  providerCode: z.string().nullable(),
  message: z.string().nullable(),
  askedAtMs: atMs,
  endedAtMs: atMs.nullable(),
});
export type RefundAnswer = z.output<typeof refundAnswer>;

/** How many versions one answer names at most. */
export const MOST_NEWS = 200;
const version = z.int().min(1);
/** How many versions a register names at most. */
export const MOST_HAD = 2_500;
/**
 * The versions that the register has, or has begun to fetch: number, and when it was published. A head office that was restored
 * from a backup may give a number again.
 */
export const publishedRequest = z.strictObject({ have: z.array(z.tuple([version, atMs])).max(MOST_HAD) });
export const publishedAnswer = z.object({
  /** The lowest numbers first. A kind that a register does not know is nothing to it. */
  news: z.array(publicationHead.extend({ kind: z.string() })).max(MOST_NEWS),
  /** Of those that the register has: taken back, or said again by others that stand. */
  gone: z.array(version),
  /** There are others: ask again. */
  more: z.boolean(),
});
export const pageRequest = z.strictObject({ version, page: z.int().min(1) });
/** `text` is JSON: a list of what its kind has. `sha256` is the text's. */
export const pageAnswer = z.object({ text: z.string(), sha256: hash });
/** What the lists hold. */
export { publishedArticle, publishedOperator, publishedPrice };

/** Payments of this register that the provider has said something about: read them now. A hint, and never more than that. */
export const eventsAnswer = z.object({
  references: z.array(z.string()),
  /** Another number than before: something was published or taken back for some store of the chain. */
  published: z.int().min(0).optional(),
});

export const problemAnswer = z.object({
  code: z.enum(PROBLEM_CODES),
  message: z.string(),
  /** How far head office has the journal: go on after it. */
  confirmedSeq: z.int().min(0).optional(),
  retryAfterSeconds: z.int().min(0).optional(),
});

/** Reads a request. @throws RefusedByHeadOffice `bad-request`, with a sentence that names the field and never what stood in it. */
export function parseRequest<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value, { error: sayIssue });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new RefusedByHeadOffice('bad-request', {}, issue === undefined ? undefined : `${issueSentence(issue, 'The request', 'Field ')}.`);
}

/** A provider's address as both registers and head office take it. */
export { isSafeProviderAddress };
