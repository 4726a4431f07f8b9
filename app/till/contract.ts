/**
 * The one contract between a register and whoever shows it: commands and queries in, views out. IPC and WebSocket both
 * speak it; every message is parsed against it at run time (`parseCommand`, `parseQuery`).
 * The customer's role can send nothing: it only receives `CustomerView`.
 */
import { z } from 'zod';
import { issueSentence, sayIssue } from './issue-text.ts';
import type { Attention, PaymentRow, PaymentStoryView } from './payment-contract.ts';
import { plainLine } from './plain-line.ts';
import {
  type GiveBackView,
  type ReturnAsideRow,
  type ReturnedView,
  type ReturnQueryAnswer,
  type ReturnStage,
  type ReturnWishRow,
  returnCommands,
  returnQueries,
} from './return-contract.ts';

export const LANGUAGES = ['nb', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];
const THEMES = ['light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** The ways to a customer; `away`: to one who is not at the counter. */
const VIPPS_WAYS = ['qr', 'phone', 'personal-qr', 'checked-in', 'away-phone', 'away-link', 'away-card'] as const;

// ── Commands ────────────────────────────────────────────────────────────────────────────────────────────────────────

const id = z.string().min(1).max(64);
const ore = z.number().int().min(0).max(100_000_000);
const hold = z.strictObject({ reserveOre: ore.min(1) }).optional();
const quantityMilli = z.number().int().min(1).max(9_999_999);
const reason = plainLine.trim().min(1).max(80);
const discount = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('amount'), amountOre: ore.min(1), reason }),
  z.strictObject({ kind: z.literal('percent'), basisPoints: z.number().int().min(1).max(10_000), reason }),
]);

export const commandSchema = z.discriminatedUnion('type', [
  // Basket
  /** An article was tapped or chosen. Without a quantity a weighed article asks for its weight. */
  z.strictObject({ type: z.literal('add-article'), articleNumber: z.string().min(1).max(40), quantityMilli: quantityMilli.optional() }),
  /** Anything a scanner read: EAN, weight or price label. `quantityMilli` when the cashier typed a number and × first. */
  z.strictObject({ type: z.literal('scan'), code: z.string().min(1).max(4_096), quantityMilli: quantityMilli.optional() }),
  /** The cashier typed a number and ×, or took it away: for the next scan of a scanner with a line of its own. */
  z.strictObject({ type: z.literal('hold-quantity'), quantityMilli: quantityMilli.nullable() }),
  z.strictObject({ type: z.literal('answer-weight'), quantityMilli }),
  z.strictObject({ type: z.literal('answer-age'), oldEnough: z.boolean() }),
  /** Closes a prompt (weight) and a notice without doing anything; with `noticeId` that notice alone. */
  z.strictObject({ type: z.literal('dismiss'), noticeId: id.optional() }),
  z.strictObject({ type: z.literal('set-quantity'), lineId: id, quantityMilli }),
  z.strictObject({ type: z.literal('remove-line'), lineId: id }),
  z.strictObject({ type: z.literal('discount-line'), lineId: id, discount: discount.nullable() }),
  z.strictObject({ type: z.literal('discount-sale'), discount: discount.nullable() }),
  /** Puts the sale aside; with what is held for it, where something is. */
  z.strictObject({ type: z.literal('park-sale') }),
  z.strictObject({ type: z.literal('resume-sale'), saleId: id }),
  z.strictObject({ type: z.literal('abort-sale') }),
  // Tenders
  /**
   * Without an amount: all that is left. Without a way the QR; the other ways ask for something first (`Prompt`). With `hold` so
   * much is reserved, at least what is left, and collected when the cashier says so (`collect-payment`).
   */
  z.strictObject({ type: z.literal('pay-vipps'), amountOre: ore.min(1).optional(), way: z.enum(VIPPS_WAYS).optional(), hold }),
  /** The customer's number as typed or pasted. Read by the market, and shown back in full: nothing is sent yet. */
  z.strictObject({ type: z.literal('answer-phone'), number: z.string().max(64) }),
  /** Which of the numbers that it may be (`Prompt` `phone-choice`). */
  z.strictObject({ type: z.literal('choose-phone'), msisdn: z.string().regex(/^\d{5,15}$/) }),
  /** Sends the message to the number that was shown back, or goes back to typing it. */
  z.strictObject({ type: z.literal('confirm-phone'), send: z.boolean(), deadlineHours: z.number().int().min(1).max(648).optional() }),
  z.strictObject({ type: z.literal('forget-check-in') }),
  z.strictObject({ type: z.literal('pay-cash'), receivedOre: ore }),
  z.strictObject({ type: z.literal('pay-card'), amountOre: ore.min(1).optional(), terminalReference: plainLine.trim().min(1).max(40) }),
  /** Cash handed back, or a card payment voided on its terminal. Vipps money goes back by `payment` commands only. */
  z.strictObject({ type: z.literal('return-tender'), tenderId: id }),
  ...returnCommands,
  // The living payment
  z.strictObject({ type: z.literal('check-payment') }),
  z.strictObject({ type: z.literal('cancel-payment') }),
  /** The code ran out before anybody scanned it: ends this payment first, then makes another one of the same amount. */
  z.strictObject({ type: z.literal('new-code') }),
  /** A payment of `attention` was paid back by hand, in the provider's portal. */
  z.strictObject({ type: z.literal('refunded-by-hand'), paymentId: id }),
  /** Takes of what is held what the basket comes to; the rest is given back. */
  z.strictObject({ type: z.literal('collect-payment') }),
  /** The rest of a reservation that could not be given back was read of (`attention`). */
  z.strictObject({ type: z.literal('rest-seen'), paymentId: id }),
  /** Somebody has looked after a payment of `attention` that the provider did not know. */
  z.strictObject({ type: z.literal('settled-by-hand'), paymentId: id }),
  /** Answers the payment's question (`PaymentStage.question`). */
  z.strictObject({ type: z.literal('answer-payment'), answer: z.enum(['keep', 'release', 'refund', 'retry', 'leave']) }),
  /** The declined payment was read; back to the sale, to try again or to take other means. */
  z.strictObject({ type: z.literal('close-payment') }),
  // Paper
  /** Answers a job whose printing was cut off: did the paper come? */
  z.strictObject({ type: z.literal('answer-print'), jobId: id, paperCame: z.boolean() }),
  z.strictObject({ type: z.literal('print-copy'), saleId: id }),
  /** The customer wants a receipt of a sale that was wholly paid by an integrated payment (cash and card print by themselves). */
  z.strictObject({ type: z.literal('print-receipt') }),
  z.strictObject({ type: z.literal('decline-receipt') }),
  /** From the finished sale to the next customer. */
  z.strictObject({ type: z.literal('next-customer') }),
  // The drawer
  /** Opens it without a sale. `other` says what for in `note`. */
  z
    .strictObject({
      type: z.literal('open-drawer'),
      reason: z.enum(['change-money', 'check', 'other']),
      note: reason.optional(),
    })
    .refine((command) => (command.reason === 'other') === (command.note !== undefined), {
      path: ['note'],
      message: 'says what for when the reason is "other", and only then',
    }),
  /** Finds out which level of its switch means open: first with the drawer shut, then with it open. */
  z.strictObject({ type: z.literal('calibrate-drawer'), step: z.enum(['shut', 'open']) }),
  // The register
  z.strictObject({ type: z.literal('sign-in'), operatorId: id }),
  z.strictObject({ type: z.literal('set-language'), screen: z.enum(['cashier', 'customer']), language: z.enum(LANGUAGES) }),
  z.strictObject({ type: z.literal('set-theme'), screen: z.enum(['cashier', 'customer']), theme: z.enum(THEMES) }),
  z.strictObject({ type: z.literal('import-catalogue'), fileName: plainLine.min(1).max(200), base64: z.base64().max(40_000_000) }),
]);
export type Command = z.infer<typeof commandSchema>;

/** What a command came to. `message` is a whole sentence in the cashier's language, with the way out. */
export type CommandAnswer =
  | { readonly ok: true; readonly report?: CatalogueReport }
  | { readonly ok: false; readonly code: RefusalCode; readonly message: string };

/** Why a register would not do what it was told. Stable, for automation; people read the sentence. */
export type RefusalCode =
  | 'bad-command'
  | 'unknown-article'
  | 'unknown-line'
  | 'unknown-sale'
  | 'unknown-operator'
  | 'nothing-to-pay'
  | 'nothing-to-answer'
  | 'empty-sale'
  | 'payment-alive'
  | 'no-payment'
  | 'amount-too-small'
  | 'amount-too-large'
  | 'over-payment'
  | 'not-whole-kroner'
  | 'holds-money'
  | 'sale-open'
  | 'sale-not-finished'
  | 'receipt-required'
  | 'copy-already-printed'
  | 'quantity-not-whole'
  | 'answer-first'
  | 'discount-too-large'
  | 'sale-too-large'
  | 'storage'
  | 'provider-not-configured'
  | 'way-not-possible'
  | 'no-sale-for-code'
  | 'not-a-personal-code'
  | 'nobody-checked-in'
  | 'drawer-open'
  | 'drawer-is-open'
  | 'no-drawer'
  | 'drawer-silent'
  | 'drawer-same'
  | 'drawer-shut-first'
  | 'bad-catalogue'
  | 'import-under-way'
  // Returns
  | 'return-under-way'
  | 'no-return'
  | 'unknown-order'
  | 'nothing-left'
  | 'return-too-old'
  | 'needs-approval'
  | 'wrong-pin'
  | 'pin-locked'
  | 'no-manager'
  | 'head-office-away'
  | 'head-office-refused'
  | 'reference-required';

export interface CatalogueReport {
  readonly imported: number;
  readonly refused: number;
  /** The first hundred refused rows, as sentences with line numbers. */
  readonly problems: readonly { readonly line: number; readonly message: string }[];
}

// ── Queries ─────────────────────────────────────────────────────────────────────────────────────────────────────────

export const querySchema = z.discriminatedUnion('type', [
  /** Articles of a group (for the tiles), or that match a text: part of a name, article number, EAN. */
  z.strictObject({
    type: z.literal('articles'),
    text: z.string().max(100).optional(),
    groupId: z.string().max(64).optional(),
    limit: z.number().int().min(1).max(500).optional(),
  }),
  /** The latest completed sales, newest first (to print a copy). */
  z.strictObject({ type: z.literal('recent-sales'), limit: z.number().int().min(1).max(200).optional() }),
  /** Sales with payments by the provider, newest first: the latest, or those of a receipt's number, a reference or an amount. */
  z.strictObject({ type: z.literal('payments'), text: z.string().max(100).optional(), limit: z.number().int().min(1).max(200).optional() }),
  /** What happened to a sale's payments. The provider is asked afresh, so the answer takes as long as that. */
  z.strictObject({ type: z.literal('payment-story'), saleId: id }),
  /** A receipt's paper as plain text, line by line. */
  z.strictObject({ type: z.literal('receipt-text'), saleId: id }),
  ...returnQueries,
]);
export type Query = z.infer<typeof querySchema>;

export interface ArticleTile {
  readonly articleNumber: string;
  readonly name: string;
  readonly groupId: string;
  readonly unitPriceOre: number;
  readonly unit: string;
  readonly weighed: boolean;
  readonly ageLimitYears: number | null;
}

export interface RecentSale {
  readonly saleId: string;
  /** Whose numbers it counts in. */
  readonly series: 'sale' | 'return';
  readonly receiptNumber: number;
  readonly completedAtMs: number;
  readonly totalOre: number;
  readonly means: readonly ('cash' | 'card' | 'vipps')[];
  readonly copyPrinted: boolean;
}

export type { CustomerLine, CustomerQr, CustomerScreen, CustomerView, DrawnAmount } from './customer-contract.ts';
export type { Attention, PaymentRow, PaymentStoryView } from './payment-contract.ts';
export type {
  OrderLineView,
  OrderRow,
  OrderSearch,
  OrderView,
  ReturnAsideRow,
  ReturnedView,
  ReturnStage,
  ReturnWishRow,
  SearchProblem,
} from './return-contract.ts';

export type QueryAnswer =
  | { readonly type: 'articles'; readonly articles: readonly ArticleTile[] }
  | { readonly type: 'recent-sales'; readonly sales: readonly RecentSale[] }
  | { readonly type: 'payments'; readonly payments: readonly PaymentRow[] }
  /** `null`: no such sale, or none that was paid by the provider. */
  | { readonly type: 'payment-story'; readonly story: PaymentStoryView | null }
  | { readonly type: 'receipt-text'; readonly text: string | null }
  | ReturnQueryAnswer;

// ── The cashier's view ──────────────────────────────────────────────────────────────────────────────────────────────

/** The provider's name and colours in this market: data, because the brands are changing. */
export interface Brand {
  readonly name: string;
  readonly background: string;
  readonly ink: string;
}

export type DeviceState = 'ok' | 'care' | 'down' | 'unknown';

export interface DeviceLight {
  readonly device: 'printer' | 'drawer' | 'scanner' | 'provider' | 'reservations' | 'head-office';
  readonly state: DeviceState;
  /** A short sentence in the cashier's language: "Skriver: tom for papir". */
  readonly text: string;
}

/** The cash drawer. While it is `open`, nothing of a sale is registered. */
export interface DrawerView {
  readonly state: 'open' | 'closed' | 'unknown';
  /** What to do about it; null while there is nothing to do. */
  readonly text: string | null;
  /** It has been open for longer than it may; goes away by itself when it is shut. */
  readonly alarm: boolean;
  /** The shop wants a tone with the alarm. */
  readonly sound: boolean;
}

export interface BasketLine {
  readonly lineId: string;
  readonly name: string;
  readonly quantityMilli: number;
  readonly unit: string;
  readonly weighed: boolean;
  readonly unitPriceOre: number;
  /** After its own discount, before a discount on the whole sale. */
  readonly amountOre: number;
  readonly discountText: string | null;
  readonly isDeposit: boolean;
  readonly vatBasisPoints: number;
}

export interface TenderRow {
  readonly tenderId: string;
  readonly kind: 'cash' | 'card' | 'vipps';
  /** "Kontant", "Kort", the brand's name. */
  readonly label: string;
  readonly amountOre: number;
  readonly detail: string | null;
  /** Whether `return-tender` takes it back. */
  readonly returnable: boolean;
  /** What was reserved or taken beyond it, and where that went; missing where nothing was. */
  readonly note?: string;
}

export interface BasketView {
  readonly saleId: string;
  readonly saleNumber: number;
  readonly lines: readonly BasketLine[];
  /** The line that came or changed last, to be shown; null when none did. */
  readonly newestLineId: string | null;
  readonly saleDiscountOre: number;
  readonly saleDiscountText: string | null;
  readonly vat: readonly { readonly vatBasisPoints: number; readonly vatOre: number }[];
  readonly totalOre: number;
  readonly tenders: readonly TenderRow[];
  readonly paidOre: number;
  readonly dueOre: number;
  readonly dueInCashOre: number;
  /** Sensible amounts to hand over for what is due in cash, smallest first; the first is exact. */
  readonly quickCashOre: readonly number[];
  readonly canAbort: boolean;
  /** Goods of an earlier sale that came back; missing where none did. */
  readonly returned?: ReturnedView;
  /** The till owes the customer, or both are even; missing while the customer owes. */
  readonly giveBack?: GiveBackView;
}

/** A question the register asks before it goes on. */
export type Prompt =
  | { readonly kind: 'weight'; readonly articleNumber: string; readonly name: string; readonly unit: string; readonly unitPriceOre: number }
  | { readonly kind: 'age'; readonly years: number; readonly name: string; readonly bornOnOrBefore: string }
  /** Printing was cut off: did the paper come? */
  | { readonly kind: 'paper'; readonly jobId: string; readonly title: string }
  /** The customer's number. `typed`: what stood there before; `problem`: why it is none. */
  | { readonly kind: 'phone'; readonly amountOre: number; readonly typed: string; readonly problem: string | null }
  /** It may be one of these. */
  | { readonly kind: 'phone-choice'; readonly amountOre: number; readonly typed: string; readonly numbers: readonly PromptNumber[] }
  /** Shown back in full: one more tap sends. With `deadlines` one of them is chosen with it (`deadlineHours`). */
  | { readonly kind: 'phone-confirm'; readonly amountOre: number; readonly number: PromptNumber; readonly deadlines?: Deadlines }
  /** The customer shows their own code, and the cashier scans it. */
  | { readonly kind: 'personal-code'; readonly amountOre: number };

export type Deadlines = readonly { readonly hours: number; readonly label: string }[];

export interface PromptNumber {
  readonly msisdn: string;
  /** "+47 912 34 567" */
  readonly text: string;
  /** "Norge" */
  readonly country: string;
}

/** One of the ways to pay by phone beside the QR, as a row to tap. */
export interface VippsWayRow {
  readonly command: Command;
  readonly label: string;
  readonly hint: string;
  /** Why it is not possible here; null while it is. */
  readonly problem: string | null;
}

/** Somebody has scanned the sign at this register, and waits. The button sends what is to be paid; `null` while there is nothing. */
export interface CheckedInView {
  readonly text: string;
  readonly button: { readonly label: string; readonly command: Command } | null;
  readonly dismissLabel: string;
}

/** A band of colour with a sentence; it goes away by itself or with `dismiss`. */
export interface Notice {
  readonly id: string;
  readonly tone: 'info' | 'care' | 'bad';
  readonly text: string;
  /** One tap away, for support: a code, a trace id. */
  readonly support: string | null;
}

export type PaymentPhase =
  | 'creating'
  | 'waiting-for-scan'
  | 'code-ended'
  | 'waiting-for-approval'
  | 'held'
  | 'collecting'
  | 'cancelling'
  | 'checking'
  | 'asking'
  | 'paid'
  | 'not-paid'
  | 'given-back';

export interface TimelineRow {
  readonly state: 'done' | 'now' | 'next';
  readonly text: string;
  readonly atMs: number | null;
}

export type PaymentButton = {
  readonly command: Command;
  readonly label: string;
  /** The safe one, the first, is `primary`: Enter presses it. The way out is `plain`; what gives money back is `care`. */
  readonly weight: 'primary' | 'plain' | 'care';
};

/** While a payment lives, the right side is this; while it is held (`phase`), the basket with it. */
export interface PaymentStage {
  readonly kind: 'payment';
  readonly phase: PaymentPhase;
  readonly tone: 'waiting' | 'good' | 'care' | 'bad';
  /** The customer scans a code here; else they are asked on their own phone. */
  readonly byQr: boolean;
  /** What is taken in the end. */
  readonly amountOre: number;
  /** What the customer is asked for, or has reserved, where that is more, also in words. */
  readonly reserved?: { readonly amountOre: number; readonly text: string };
  /** What may be done to the basket meanwhile; missing: nothing. */
  readonly basket?: 'goods' | 'corrections';
  /** What a customer who is not there opens, with what the provider forbids. */
  readonly link?: { readonly url: string; readonly warning: string; readonly copy: string; readonly copied: string };
  /** One line in plain words for what is happening now. */
  readonly title: string;
  readonly detail: string;
  readonly timeline: readonly TimelineRow[];
  /** When the provider gives up waiting, on the till's clock; null when nothing counts down. */
  readonly expiresAtMs: number | null;
  readonly totalMs: number | null;
  /** At most two; the first is the safe one. */
  readonly buttons: readonly PaymentButton[];
  /** Code and trace id for support; null when all is well. */
  readonly support: string | null;
  readonly reference: string;
}

export interface FinishedStage {
  readonly kind: 'finished';
  readonly saleId: string;
  /** Whose numbers its receipt counts in. */
  readonly series: 'sale' | 'return';
  readonly receiptNumber: number;
  readonly totalOre: number;
  /** What the customer really paid: the total, with the rounding of cash. Negative where they got money back. */
  readonly paidOre: number;
  readonly means: readonly TenderRow[];
  readonly changeOre: number;
  readonly completedAtMs: number;
  readonly receipt: { readonly state: 'printing' | 'waiting' | 'printed' | 'unknown' | 'declined' | 'not-asked'; readonly text: string };
  /** `receipt.state` is `not-asked`: print it (`print-receipt`, the primary button then) or decline it. */
  readonly canPrint: boolean;
  /** A wholly integrated payment: the customer may do without paper. */
  readonly canDecline: boolean;
  readonly canCopy: boolean;
  readonly canContinue: boolean;
  /** Why not, where something is to be done about it; null while it goes on by itself. */
  readonly cannotContinueText: string | null;
}

/** Reserved and not collected yet, its sale set aside. Taken up again with `resume-sale`. */
export interface ReservationRow {
  readonly paymentId: string;
  readonly saleId: string;
  readonly saleNumber: number;
  readonly reference: string;
  readonly reservedOre: number;
  readonly totalOre: number;
  /** What of it would be collected now. */
  readonly collectOre: number;
  /** When it was approved. */
  readonly sinceMs: number;
  /** Until when it can be collected, or approved; null where nobody can say. `deadline`: in words, for a customer who is not there. */
  readonly untilMs: number | null;
  readonly deadline: { readonly text: string; readonly soon: boolean } | null;
  /** `waits`: for the customer's approval. `asks`: something was done to it at the provider, and the cashier is asked once it is taken up. */
  readonly state: 'held' | 'waits' | 'asks';
}

export type Stage = { readonly kind: 'selling' } | PaymentStage | ReturnStage | FinishedStage;

export interface CashierView {
  /** Grows with every change; a lower one is late and is dropped. */
  readonly version: number;
  /** The till's clock when this was made, so that a screen on another machine counts down rightly. */
  readonly nowMs: number;
  readonly language: Language;
  readonly theme: Theme;
  readonly customerLanguage: Language;
  readonly customerTheme: Theme;
  readonly shopName: string;
  readonly registerName: string;
  readonly operator: { readonly operatorId: string; readonly name: string };
  /** `isManager`: may approve what a cashier may not do alone. */
  readonly operators: readonly { readonly operatorId: string; readonly name: string; readonly isManager?: boolean }[];
  readonly brand: Brand;
  readonly currency: 'NOK' | 'DKK' | 'EUR';
  /** Set while no real money moves: what to say, and where the practice phone is. */
  readonly practice: { readonly text: string; readonly phoneUrl: string | null; readonly printerUrl: string | null } | null;
  readonly lights: readonly DeviceLight[];
  /** `null` where none is connected. */
  readonly drawer: DrawerView | null;
  /** How many scans came over the scanner's own line, each with the held quantity; missing where no scanner has one. */
  readonly lineScans?: number;
  readonly groups: readonly { readonly groupId: string; readonly name: string }[];
  /** Changes when the catalogue does: tiles are asked for again. */
  readonly catalogueVersion: number;
  readonly basket: BasketView | null;
  /** The ways beside the QR; empty where no provider is configured. */
  readonly vippsWays: readonly VippsWayRow[];
  readonly checkedIn?: CheckedInView;
  readonly stage: Stage;
  readonly prompt: Prompt | null;
  readonly notice: Notice | null;
  /** Oldest first. */
  readonly attention: readonly Attention[];
  /** Oldest first; their sales are not among the parked ones. */
  readonly reservations: readonly ReservationRow[];
  readonly parked: readonly {
    readonly saleId: string;
    readonly saleNumber: number;
    readonly totalOre: number;
    readonly lineCount: number;
    readonly openedAtMs: number;
  }[];
  /** Returns that wait for head office to answer again, oldest first. */
  readonly returnWishes: readonly ReturnWishRow[];
  /** Returns that were set aside while their money was on its way, oldest first; their sales are not among the parked ones. */
  readonly returnsAside: readonly ReturnAsideRow[];
  /** One of them that is known by now: said between sales, missing meanwhile. */
  readonly returnTold?: ReturnAsideRow;
  /** A receipt was scanned: its code, to be searched for (`orders`), and which scan it was: the same one may be scanned again. */
  readonly foundReceipt?: { readonly code: string; readonly scan: number };
  /** Receipts that have not come out yet, of earlier sales. */
  readonly printQueue: readonly {
    readonly jobId: string;
    readonly title: string;
    readonly state: 'waiting' | 'sending' | 'unknown';
    readonly text: string;
  }[];
}

/** Parses what came over a border; a sentence that names the field where it is no command. */
export function parseCommand(value: unknown): { readonly command: Command } | { readonly problem: string } {
  const parsed = commandSchema.safeParse(value, { error: sayIssue });
  return parsed.success ? { command: parsed.data } : { problem: describe(parsed.error) };
}

export function parseQuery(value: unknown): { readonly query: Query } | { readonly problem: string } {
  const parsed = querySchema.safeParse(value, { error: sayIssue });
  return parsed.success ? { query: parsed.data } : { problem: describe(parsed.error) };
}

function describe(error: z.ZodError): string {
  const first = error.issues[0];
  return first === undefined ? 'The message is not of a known form.' : `${issueSentence(first, 'The message', 'Field ')}.`;
}
