/**
 * What head office's page asks, and what it is told. Every question is `POST /page/<name>` with JSON; the answer is the type
 * of that name below, or a `PageProblem`. Who asks is said by the session's cookie and by nothing in a question.
 *
 * No answer holds a key, a secret, a merchant serial number or a customer. The one exception is the code that lets a
 * register in, which is shown once to the manager who has just made it.
 */
import { z } from 'zod';
import { type OrderAsSold, type OrderSummary, orderRequest, refundNamed, searchRequest } from '../refund/contract.ts';
import { REGISTER_ID, STORE_ID } from '../refund/names.ts';
import type { ProblemCode } from '../refund/problem.ts';

export type PageRole = 'reader' | 'manager';

const storeId = z.string().regex(STORE_ID, 'must be 2 to 12 small letters or digits, a letter first');
const registerId = z.string().regex(REGISTER_ID, 'must be 1 to 6 small letters or digits');
const date = z.iso.date();
const line = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), 'must be one line of whole characters');
/** Where a page of a list ended: the `next` of the answer before. */
const after = z.string().regex(/^\d{1,16}\.[a-z0-9-]{1,60}$/, 'must be as it was given');
const nothing = z.strictObject({});
const register = z.strictObject({ storeId, registerId });
const period = { fromDate: date, toDate: date };

export const REFUND_FILTERS = ['reserved', 'sending', 'done', 'refused', 'withdrawn'] as const;
export type RefundFilter = (typeof REFUND_FILTERS)[number];

/** Who may ask what. `nobody`: no session is needed. */
export const PAGE_ASKS = {
  'sign-in': { by: 'nobody', request: z.strictObject({ name: z.string().min(1).max(100), password: z.string().min(1).max(300) }) },
  'sign-out': { by: 'nobody', request: nothing },
  me: { by: 'reader', request: nothing },
  overview: { by: 'reader', request: nothing },
  stores: { by: 'reader', request: z.strictObject({ find: line(60).optional(), after: storeId.optional() }) },
  store: { by: 'reader', request: z.strictObject({ storeId }) },
  orders: { by: 'reader', request: searchRequest },
  order: { by: 'reader', request: orderRequest },
  refunds: {
    by: 'reader',
    request: z.strictObject({
      state: z.enum(REFUND_FILTERS).optional(),
      refundedBy: storeId.optional(),
      soldBy: storeId.optional(),
      fromDate: date.optional(),
      toDate: date.optional(),
      after: after.optional(),
    }),
  },
  refund: { by: 'reader', request: refundNamed },
  settlement: { by: 'reader', request: z.strictObject(period) },
  settled: {
    by: 'reader',
    request: z.strictObject({
      ...period,
      refundedBy: storeId,
      soldBy: storeId,
      currency: z.string().regex(/^[A-Z]{3}$/, 'must be three capital letters'),
      after: after.optional(),
    }),
  },
  open: { by: 'reader', request: z.strictObject({ after: after.optional() }) },
  alarms: { by: 'reader', request: z.strictObject({ closed: z.boolean(), after: z.int().min(1).optional() }) },
  published: { by: 'reader', request: z.strictObject({ after: z.int().min(1).optional() }) },
  publication: { by: 'reader', request: z.strictObject({ version: z.int().min(1), page: z.int().min(1).default(1) }) },
  'make-code': { by: 'manager', request: register },
  revoke: { by: 'manager', request: register },
  withdraw: { by: 'manager', request: refundNamed.extend({ why: line(200) }) },
  'close-alarm': { by: 'manager', request: z.strictObject({ alarmNo: z.int().min(1), note: line(300) }) },
} as const satisfies Record<string, { readonly by: 'nobody' | PageRole; readonly request: z.ZodType }>;

/** `GET /page/settlement.csv`, which a browser keeps as a file. */
export const settlementFileRequest = z.object({ from: date, to: date });

export type PageAsk = keyof typeof PAGE_ASKS;
/** What a question says. */
export type PageRequest<Ask extends PageAsk> = z.input<(typeof PAGE_ASKS)[Ask]['request']>;

export interface Me {
  readonly name: string;
  readonly role: PageRole;
}

export interface NamedStore {
  readonly storeId: string;
  readonly storeName: string;
}

/**
 * `none`: never enrolled. `waiting`: a code was made and not used yet. `active`: it has a key. `revoked`: the key was taken
 * back, or a new code waits after that.
 */
export type KeyState = 'none' | 'waiting' | 'active' | 'revoked';

export interface RegisterRow {
  readonly registerId: string;
  readonly key: KeyState;
  readonly lastSeenMs: number | null;
  /** Everything up to here is safe at head office. */
  readonly confirmedSeq: number;
  /** How many entries it had more when it last reported; `null` where it has not said. */
  readonly behind: number | null;
  readonly software: string | null;
  /** Minor units; `null`: no limit. */
  readonly refundLimitOre: number | null;
  readonly refundDayLimitOre: number | null;
  readonly alarms: number;
}

export interface StoreRow extends NamedStore {
  readonly currency: string;
  readonly closedMs: number | null;
  /** Until when other stores refund for a closed one; `null`: nobody does. */
  readonly refundsUntilMs: number | null;
  /** Whose keys refund for it; `null`: none are set up. */
  readonly unit: { readonly name: string; readonly way: 'partner' | 'store' | 'shared' } | null;
  readonly registers: readonly RegisterRow[];
}

export interface AlarmRow {
  readonly alarmNo: number;
  /** `journal.gap` and the like; the page knows what they mean. */
  readonly what: string;
  readonly details: string;
  readonly register: (NamedStore & { readonly registerId: string }) | null;
  readonly firstMs: number;
  readonly lastMs: number;
  readonly times: number;
  readonly closed: { readonly atMs: number; readonly by: string; readonly note: string } | null;
}

export interface Overview {
  readonly nowMs: number;
  /** The newest, at most ten. */
  readonly alarms: readonly AlarmRow[];
  readonly openAlarms: number;
  readonly reserved: { readonly count: number; readonly oldestMs: number | null };
  readonly sending: { readonly count: number; readonly oldestMs: number | null };
  readonly stores: number;
  readonly registers: number;
  /** Registers with a key that have said nothing for a day, the longest silent first, at most twenty. */
  readonly silent: readonly (NamedStore & { readonly registerId: string; readonly lastSeenMs: number | null })[];
}

export interface RefundRowView {
  readonly refundId: string;
  /** `unknown`: sent, and no answer yet. */
  readonly state: RefundFilter | 'unknown';
  readonly orderId: string;
  readonly receiptNumber: number | null;
  readonly soldBy: NamedStore;
  readonly refundedBy: NamedStore & { readonly registerId: string };
  readonly amountOre: number;
  /** What was asked for, where it was refused at once and the order is known; nothing of it was held. */
  readonly askedOre: number | null;
  readonly currency: string;
  /** `12 Kari` where a published list names them. */
  readonly operator: string;
  readonly approvedBy: string | null;
  readonly reason: string;
  readonly code: ProblemCode | null;
  readonly askedMs: number;
  readonly endedMs: number | null;
}

export interface RefundPart {
  readonly partNo: number;
  readonly kind: 'vipps' | 'card' | 'cash';
  readonly amountOre: number;
  readonly reference: string | null;
  readonly state: 'planned' | 'sending' | 'unknown' | 'done' | 'refused';
  /** What the provider called its refusal: `ecom:Payment/63`. */
  readonly providerCode: string | null;
}

/** One step of a refund, as it was written down. */
export interface Deed {
  readonly atMs: number;
  /** `refund.reserved`, `refund.confirmed`, `refund.part-done` … */
  readonly what: string;
  /** `null`: head office's own program. */
  readonly operator: string | null;
  readonly register: (NamedStore & { readonly registerId: string }) | null;
  readonly part: number | null;
  readonly code: string | null;
  /** In the words of the person who did it. */
  readonly why: string | null;
}

export interface RefundStory extends RefundRowView {
  readonly soldAtRegister: string;
  readonly inCash: boolean;
  /** What of the goods' worth paid for new goods, and did not move. */
  readonly creditOre: number;
  /** Of a refund that was refused at once: what was asked for. */
  readonly lines: readonly { readonly lineNo: number; readonly name: string; readonly quantityMilli: number; readonly amountOre: number }[];
  readonly parts: readonly RefundPart[];
  readonly deeds: readonly Deed[];
}

export interface OrderStory extends OrderAsSold {
  readonly operator: string;
  /** The entry that completed the sale; `seq` is `null` where it was reported before that was written down. */
  readonly journal: { readonly epoch: string; readonly seq: number | null };
  readonly refunds: readonly RefundRowView[];
}

export interface SettledPair {
  readonly refundedBy: NamedStore;
  readonly soldBy: NamedStore;
  readonly currency: string;
  readonly refunds: number;
  readonly amountOre: number;
  /** Sent back from the sales unit of the store that sold: nobody owes anybody. */
  readonly vippsOre: number;
  /** Handed out by the store that refunded: the store that sold owes it. */
  readonly handedOutOre: number;
}

export interface Settlement {
  readonly pairs: readonly SettledPair[];
  /** What remains when two stores that handed out for each other are squared. */
  readonly owed: readonly { readonly from: NamedStore; readonly to: NamedStore; readonly currency: string; readonly amountOre: number }[];
  readonly sums: readonly Pick<SettledPair, 'currency' | 'refunds' | 'amountOre' | 'vippsOre' | 'handedOutOre'>[];
}

export interface SettledRow {
  readonly refundId: string;
  readonly orderId: string;
  readonly receiptNumber: number | null;
  readonly endedMs: number;
  readonly amountOre: number;
  readonly vippsOre: number;
  readonly handedOutOre: number;
}

/** A version of what is published. */
export interface PublishedRow {
  readonly version: number;
  readonly kind: 'catalogue' | 'prices' | 'operators' | 'dropped';
  /** The file's. */
  readonly name: string;
  /** `null`: all stores, those that come later too. */
  readonly stores: readonly NamedStore[] | null;
  /** The shops' own time from which it stands, `2026-12-01T06:00`; `null`: from when it was published. */
  readonly from: string | null;
  readonly publishedMs: number;
  readonly by: string;
  readonly rows: number;
  readonly withdrawn: { readonly atMs: number; readonly by: string } | null;
  /** The version that has taken its place, or will. */
  readonly coveredBy: number | null;
  /** Of the registers with a key that it is for: how many there are, and how many have all of it. */
  readonly registers: number;
  readonly fetched: number;
}

/** An article, a price, a person or the number of what is sold no more, as it is published. */
export interface PublishedItem {
  /** The article's number, the EAN of a price without one, or the person's. */
  readonly id: string;
  readonly name: string | null;
  readonly group: string | null;
  readonly ean: string | null;
  readonly priceOre: number | null;
  readonly role: 'cashier' | 'manager' | null;
}

export interface PublicationStory extends PublishedRow {
  readonly currency: string | null;
  readonly holders: readonly (NamedStore & { readonly registerId: string; readonly fetchedMs: number | null })[];
  /** Those of the page that was asked for. */
  readonly items: readonly PublishedItem[];
  /** The next page; `null` after the last. */
  readonly next: number | null;
}

/** What each question is answered with. */
export interface PageAnswers {
  readonly 'sign-in': Me;
  readonly 'sign-out': object;
  readonly me: Me;
  readonly overview: Overview;
  readonly stores: { readonly stores: readonly StoreRow[]; readonly next: string | null; readonly nowMs: number };
  readonly store: StoreRow & { readonly nowMs: number };
  /** Newest first; `more`: there are others, ask more precisely. */
  readonly orders: { readonly orders: readonly OrderSummary[]; readonly more: boolean };
  readonly order: OrderStory;
  readonly refunds: { readonly refunds: readonly RefundRowView[]; readonly next: string | null };
  readonly refund: RefundStory;
  readonly settlement: Settlement;
  readonly settled: { readonly refunds: readonly SettledRow[]; readonly next: string | null };
  readonly open: { readonly refunds: readonly RefundRowView[]; readonly next: string | null; readonly nowMs: number };
  readonly alarms: { readonly alarms: readonly AlarmRow[]; readonly next: number | null };
  readonly published: { readonly versions: readonly PublishedRow[]; readonly next: number | null };
  readonly publication: PublicationStory;
  /** Shown once, and kept nowhere as it stands. */
  readonly 'make-code': { readonly code: string; readonly expiresMs: number };
  readonly revoke: object;
  readonly withdraw: object;
  readonly 'close-alarm': object;
}

export const PAGE_PROBLEMS = {
  'not-signed-in': [401, 'Nobody is signed in here, or not any more.'],
  'wrong-password': [403, 'The name or the password is not right.'],
  'not-allowed': [403, 'Only a manager may do that.'],
  'other-site': [403, 'A page of another site may not speak to head office.'],
  'not-json': [415, 'Send JSON, with "Content-Type: application/json".'],
  'unknown-register': [404, 'The store has no such register.'],
  'unknown-version': [404, 'Nothing of that number was ever published.'],
  'unknown-alarm': [404, 'There is no such alarm.'],
  'closed-already': [409, 'Somebody has closed the alarm already.'],
} as const satisfies Record<string, readonly [number, string]>;

export type PageProblemCode = keyof typeof PAGE_PROBLEMS | ProblemCode;

/** A "no". The page chooses its words by the code. */
export interface PageProblem {
  readonly code: PageProblemCode;
  readonly message: string;
  readonly retryAfterSeconds?: number;
}
