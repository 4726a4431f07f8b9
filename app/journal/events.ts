/**
 * Every kind of entry a journal can hold. A kind is never changed: a new shape gets a new `version`, and the old one
 * is read as it was written, for ever. All numbers are integers.
 */
import type { DeclineReason, PaymentTrouble, ReleaseReason } from '../payment/payment.ts';
import type { PaymentOrder } from '../payment/provider.ts';
import type { MoneyPart, ReturnedGoods, ReturnThrough, ReturnWish, SoldOrder } from '../refund/goods-return.ts';
import type { Sending } from '../refund/refund.ts';
import type { Discount, SaleLine, Tender } from '../sale/sale.ts';

type Event<Type extends string, Payload> = {
  readonly type: Type;
  readonly version: 1;
  readonly payload: Readonly<Payload>;
};

export type RegisterEvent =
  | Event<
      'register.installed',
      { epoch: string; storeId: string; registerId: string; software: string; publicKeyPem: string; keyVersion: number }
    >
  | Event<'register.epoch-started', { epoch: string; why: 'restore' | 'moved' }>
  | Event<'register.started', { software: string }>
  | Event<'register.stopped', Record<string, never>>
  | Event<'register.clock-went-back', { fromMs: number; toMs: number }>
  | Event<'register.setting-changed', { name: string; value: string }>
  | Event<'operator.signed-in', { operatorId: string; name: string }>
  | Event<'operator.signed-out', { operatorId: string }>
  /** Head office's list of who may be chosen at the register, from then on. */
  | Event<'operator.list-published', { published: number; operatorIds: readonly string[]; sha256: string }>
  /** `published`: it is head office's version of that number; `withdrawn`: which is taken back; `dropped`: how many articles went with it. */
  | Event<
      'catalogue.imported',
      { fileName: string; imported: number; refused: number; sha256: string; published?: number; withdrawn?: boolean; dropped?: number }
    >
  /** The law wants price changes on record, each by itself. */
  | Event<'catalogue.price-changed', { articleNumber: string; fromOre: number; toOre: number }>
  | Event<'catalogue.looked-up', { articleNumber: string; groupId: string; unitPriceOre: number }>;

export type SaleEvent =
  | Event<'sale.opened', { saleId: string; saleNumber: number }>
  | Event<'sale.line-added', { saleId: string; line: SaleLine }>
  | Event<'sale.line-quantity-changed', { saleId: string; lineId: string; quantityMilli: number }>
  | Event<'sale.line-removed', { saleId: string; lineId: string }>
  | Event<'sale.line-discounted', { saleId: string; lineId: string; discount: Discount | null }>
  | Event<'sale.discounted', { saleId: string; discount: Discount | null }>
  | Event<'sale.age-confirmed', { saleId: string; years: number; articleNumber: string }>
  | Event<'sale.age-refused', { saleId: string; years: number; articleNumber: string }>
  | Event<'sale.parked', { saleId: string }>
  | Event<'sale.resumed', { saleId: string }>
  | Event<'sale.aborted', { saleId: string; totalOre: number }>
  | Event<'sale.tender-added', { saleId: string; tender: Tender }>
  /** Cash handed back, or a card payment voided on its terminal, before the sale was complete. */
  | Event<'sale.tender-returned', { saleId: string; tenderId: string }>
  /** Goods of an earlier sale came back and are reserved; one order's at a time. */
  | Event<'sale.return-added', { saleId: string; returned: ReturnedGoods }>
  | Event<'sale.return-removed', { saleId: string; returnId: string }>
  /** Carries the receipt's number (`document`) and the signed transaction. Negative amounts where more came back than was sold. */
  | Event<'sale.completed', { saleId: string; totalOre: number; vatOre: number; roundingOre: number }>;

export type PaymentEvent =
  /** `collectOre`: what the sale takes of it at most, where more than that is to be reserved. */
  | Event<'payment.planned', { paymentId: string; saleId: string; attempt: number; order: PaymentOrder; collectOre?: number }>
  | Event<'payment.create-intended', { paymentId: string }>
  | Event<'payment.create-unknown', { paymentId: string; trouble: PaymentTrouble }>
  | Event<'payment.created', { paymentId: string; url: string | null }>
  | Event<'payment.opened', { paymentId: string }>
  | Event<'payment.cancel-requested', { paymentId: string }>
  /** The cashier wants a new code: this payment is ended first, and another one of that amount follows. */
  | Event<'payment.replace-requested', { paymentId: string; amountOre: number; collect?: 'when-told' }>
  | Event<'payment.approved', { paymentId: string; authorisedOre: number; transactionId: string | null; ask: boolean }>
  /** The basket has changed under it: so much of it the sale takes now; 0: nothing. */
  | Event<'payment.collect-changed', { paymentId: string; collectOre: number }>
  /** Approved, and left reserved until it is collected; again when the provider tells another deadline. */
  | Event<'payment.held', { paymentId: string; captureUntilMs: number | null }>
  /** The cashier collects what is held, or less. */
  | Event<'payment.collect-requested', { paymentId: string; collectOre: number }>
  | Event<'payment.capture-intended', { paymentId: string; key: string; captureOre: number }>
  | Event<'payment.capture-unknown', { paymentId: string; trouble: PaymentTrouble }>
  | Event<'payment.capture-refused', { paymentId: string; trouble: PaymentTrouble }>
  | Event<'payment.captured', { paymentId: string; capturedOre: number; transactionId: string | null; ask: boolean }>
  /** The cashier keeps what was captured; `payment.kept` follows when it is read that it is still there. */
  | Event<'payment.keep-requested', { paymentId: string }>
  /** While a person was asked, some of it was given back in the provider's portal: so much is left, in minor units. */
  | Event<'payment.partly-given-back', { paymentId: string; leftOre: number }>
  /** What was reserved and is not captured is let go of. */
  | Event<'payment.rest-release-intended', { paymentId: string; key: string; amountOre: number }>
  | Event<'payment.rest-unknown', { paymentId: string; trouble: PaymentTrouble }>
  | Event<'payment.rest-released', { paymentId: string; amountOre: number }>
  /** Refused for good: it goes by itself when the bank lets go of it, and the customer must be told. */
  | Event<'payment.rest-left', { paymentId: string; trouble: PaymentTrouble }>
  | Event<'payment.rest-seen', { paymentId: string }>
  | Event<'payment.release-intended', { paymentId: string; key: string; why: ReleaseReason; evenIfApproved: boolean }>
  | Event<'payment.release-unknown', { paymentId: string; trouble: PaymentTrouble }>
  | Event<'payment.released', { paymentId: string; wasApproved: boolean }>
  /** The provider does not know it any more: somebody must look at the sales unit that took it. */
  | Event<'payment.left-to-people', { paymentId: string }>
  /** Somebody has, and has put right what there was to put right. */
  | Event<'payment.settled-by-hand', { paymentId: string }>
  | Event<'payment.declined', { paymentId: string; reason: DeclineReason; errorCode: string | null; watchUntilMs: number | null }>
  | Event<'payment.kept', { paymentId: string }>
  | Event<'payment.refund-intended', { paymentId: string; key: string; amountOre: number }>
  | Event<'payment.refund-unknown', { paymentId: string; trouble: PaymentTrouble }>
  | Event<'payment.refunded', { paymentId: string; key: string; amountOre: number }>
  | Event<'payment.refund-refused', { paymentId: string; key: string; trouble: PaymentTrouble }>
  /** Its sale has gone on and its refund was refused for good: people must pay it back in the provider's portal, and say so. */
  | Event<'payment.refund-left-to-people', { paymentId: string }>
  | Event<'payment.refunded-by-hand', { paymentId: string }>
  /** A reference whose creation was never answered: watched until it cannot appear any more. A declined payment is watched too. */
  | Event<'payment.watch-started', { paymentId: string; untilMs: number }>
  | Event<'payment.watch-ended', { paymentId: string; appeared: boolean }>;

/** The life of goods that come back (`app/refund/goods-return.ts`). */
export type ReturnEvent =
  /** The wish: on disk before anything leaves the register. */
  | Event<
      'return.asked',
      {
        returnId: string;
        saleId: string;
        order: SoldOrder;
        wish: readonly ReturnWish[];
        reason: string;
        approvedBy: string | null;
        payOut: 'as-it-came' | 'cash';
        through: ReturnThrough;
      }
    >
  /** Goods and money are held; `sale.return-added` is written with it. `parts`: how the money would go back if all of it did. */
  | Event<'return.reserved', { returnId: string; goods: ReturnedGoods; parts: readonly MoneyPart[] }>
  | Event<'return.refused', { returnId: string; code: string; providerCode: string | null }>
  | Event<'return.withdraw-intended', { returnId: string }>
  | Event<'return.withdrawn', { returnId: string }>
  /** The money is about to move: so much pays for new goods, the rest goes back in these parts. */
  | Event<'return.confirm-intended', { returnId: string; creditOre: number; parts: readonly MoneyPart[] }>
  /** Head office has done what is its own: the parts that are left are handed out here. */
  | Event<'return.cleared', { returnId: string }>
  /** How a part stands that this register sends by itself; before each request leaves, and after each answer. */
  | Event<'return.part-sending', { returnId: string; partNo: number; sending: Sending }>
  | Event<'return.part-done', { returnId: string; partNo: number }>
  | Event<'return.part-refused', { returnId: string; partNo: number; code: string }>
  /** People paid a refused part out of the drawer, with a manager's word. */
  | Event<'return.part-paid-out', { returnId: string; partNo: number; approvedBy: string }>
  | Event<'return.done', { returnId: string }>
  /** Head office cannot be reached: what the cashier wrote down to be offered again. `text`: what was searched for. */
  | Event<'return.wish-kept', { wishId: string; text: string; note: string | null }>
  | Event<'return.wish-dropped', { wishId: string; why: 'taken' | 'given-up' }>;

export type ReceiptEvent =
  /** `sha256` of the receipt's very bytes, for a copy too; they can be made again from the sale. A copy carries its number (`document`). */
  | Event<'receipt.print-intended', { jobId: string; saleId: string; what: 'receipt' | 'copy'; sha256: string }>
  /** The bytes are about to leave for the printer: found open after a restart, a person must look at the paper. */
  | Event<'receipt.print-started', { jobId: string }>
  | Event<'receipt.printed', { jobId: string }>
  /** Known: no paper came out. The job waits for the printer. */
  | Event<'receipt.not-printed', { jobId: string; reason: string }>
  /** The cable went in the middle: a person is asked. */
  | Event<'receipt.print-unknown', { jobId: string; reason: string }>
  /** A receipt that did not come out is printed once more, as the one copy (`replacedBy`); a copy is simply sent again. */
  | Event<'receipt.print-answered', { jobId: string; paperCame: boolean; replacedBy: string | null }>
  /** Only after a wholly integrated payment (the law; event code 13030). */
  | Event<'receipt.declined', { saleId: string }>;

/** The receipt in the customer's app, sent after the sale was complete (`app/till/app-receipts.ts`). What it says is the sale's. */
export type AppReceiptEvent =
  | Event<'app-receipt.intended', { paymentId: string; saleId: string }>
  /** `alreadyThere`: the provider had one, and keeps it. */
  | Event<'app-receipt.sent', { paymentId: string; alreadyThere: boolean }>
  /** Refused for good, or not taken for days: nobody tries it again. */
  | Event<'app-receipt.left', { paymentId: string; code: string }>;

/** Event codes of SAF-T's list: an opening is 13005, a closing 13006. Openings without a sale are counted on the Z-report. */
export type DrawerEvent =
  /** The pulse is about to leave: for cash of a sale, or without one, which takes a reason (`note` when it is another). */
  | Event<
      'drawer.open-intended',
      {
        openingId: string;
        why: 'sale' | 'no-sale';
        saleId: string | null;
        reason: 'change-money' | 'check' | 'other' | null;
        note: string | null;
      }
    >
  /** The pulse was sent. Whether the drawer moved is seen, where its switch tells. */
  | Event<'drawer.open-sent', { openingId: string }>
  /** Known: no pulse reached it. */
  | Event<'drawer.not-opened', { openingId: string; reason: string }>
  /** The line or the power (`restart`) went in the middle. It is over all the same: nobody repeats it unasked. */
  | Event<'drawer.open-unknown', { openingId: string; reason: string }>
  /** Its switch says open. `found`: it was, when the register began to look. */
  | Event<'drawer.opened', { how: 'by-register' | 'by-hand' | 'found'; openingId: string | null }>
  | Event<'drawer.shut', { openMs: number }>;

export type JournalEvent = RegisterEvent | SaleEvent | PaymentEvent | ReturnEvent | ReceiptEvent | AppReceiptEvent | DrawerEvent;
