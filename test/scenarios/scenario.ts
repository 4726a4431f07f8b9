/** What every scenario has in common: its shop, its record, and the questions that are asked at the end. */
import { setTimeout as pause } from 'node:timers/promises';
import type { ReadModel } from '../../app/journal/read-model.ts';
import type { Tender } from '../../app/sale/sale.ts';
import type { SalesUnitOptions } from '../../server/sandbox/sales-units.ts';
import type { ChainStore } from './chain.ts';
import type { CounterDevices, CounterPlan } from './counter-devices.ts';
import { type JournalAccount, readJournal, verifyJournal } from './journal-account.ts';
import { lastMark } from './marks.ts';
import type { Record, Who } from './record.ts';
import type { ApiName, Shop } from './shop.ts';

const PATIENCE_MS = 20_000;

export interface Scenario {
  readonly name: string;
  /** One sentence on what happens in it. */
  readonly story: string;
  /** What of the shop's configuration is different in it. */
  readonly configuration?: { readonly [field: string]: unknown };
  /** The provider's sales unit in it; without this the sandbox's own. */
  readonly unit?: SalesUnitOptions;
  /** It is noon at the provider when it begins, so that all of it is booked on one day. */
  readonly atNoon?: true;
  /** A second one, for customers who are not there; without this there is none. */
  readonly distanceUnit?: SalesUnitOptions;
  /** The stores of a chain, whose head office runs beside; the scenario's shop is the first. */
  readonly chain?: readonly ChainStore[];
  /** The API that the register begins with in it, whatever was asked for. */
  readonly api?: ApiName;
  /** The printer and the scanner stand at serial ports in it; without this the printer is the virtual one. */
  readonly counter?: CounterPlan;
  play(scene: Scene): Promise<void>;
}

/** What the scenario came to besides its checks. */
export interface Measures {
  timeToQrMs: number | null;
  approvedToPaidMs: number | null;
  receiptText: string | null;
  /** The drawn receipt. */
  receiptPng: Buffer | null;
}

export class Scene {
  readonly shop: Shop;
  readonly record: Record;
  readonly measures: Measures = { timeToQrMs: null, approvedToPaidMs: null, receiptText: null, receiptPng: null };

  readonly #counter: CounterDevices | null;

  constructor(shop: Shop, record: Record, counter: CounterDevices | null = null) {
    this.shop = shop;
    this.record = record;
    this.#counter = counter;
  }

  get counter(): CounterDevices {
    if (this.#counter === null) throw new RangeError('No devices stand at serial ports in this scenario.');
    return this.#counter;
  }

  /** Waits for what no screen shows. Fails with these words when it does not come. */
  async until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
    for (const beganAtMs = performance.now(); !(await isSo()); await pause(50)) {
      if (performance.now() - beganAtMs > PATIENCE_MS) throw new Error(`It did not happen: ${what}.`);
    }
  }

  /** Does one thing, and says so first. */
  async step<T>(who: Who, what: string, act: () => Promise<T>): Promise<T> {
    this.record.note(who, what);
    return act();
  }

  /** Bread and milk, and the code for it. */
  async ringUp(): Promise<void> {
    const { cashier } = this.shop;
    await this.step('cashier', 'scans bread and milk, and presses F9', async () => {
      await cashier.scanBreadAndMilk();
      await cashier.payBy('F9');
    });
  }

  photograph(name: string): Promise<Buffer> {
    return this.record.photograph(name, this.shop.pages);
  }

  /** The payment that was created last, as the provider has it. */
  newestPayment() {
    const [newest] = this.shop.sandbox.control.payments();
    if (newest === undefined) throw new Error('The provider has no payment.');
    return newest;
  }

  /** From the press on *pay* to the QR on the customer screen, both as the pages saw them. */
  async measureTimeToQr(): Promise<void> {
    const pressedAtMs = await lastMark(this.shop.cashier.page, 'pressed');
    const shownAtMs = await lastMark(this.shop.customer.page, 'qr');
    this.measures.timeToQrMs ??= Math.round(shownAtMs - pressedAtMs);
  }

  /** From the approval at the provider to *paid* on the later of both screens. The sandbox's clock must not have been moved. */
  async measureApprovedToPaid(): Promise<void> {
    const approval = this.newestPayment().entries.find((entry) => (entry.kind === 'reserve' || entry.kind === 'sale') && entry.ok);
    const shown = await Promise.all(Object.values(this.shop.pages).map((page) => lastMark(page, 'paid')));
    if (approval !== undefined) this.measures.approvedToPaidMs = Math.round(Math.max(...shown) - approval.atMs);
  }

  /** The customer scans the code that stands on the screen, and nothing else. */
  async scanFromScreen(): Promise<void> {
    const { customer, phone } = this.shop;
    const url = await customer.readQr();
    await this.step('phone', 'scans the code on the customer screen', () => phone.scan(url));
  }

  /** Both screens say that the customer has scanned, where the API tells it. Where it does not, the code stays until the approval. */
  async showsScanned(): Promise<void> {
    const { api, cashier, customer } = this.shop;
    if (api === 'epayment') {
      this.record.check('customer screen: the QR stays, as nobody tells that it was scanned', await customer.hasQr());
      return;
    }
    await customer.shows('Fullfør i appen din');
    await cashier.shows('Kunden godkjenner i appen');
    this.record.check('customer screen: the QR is gone once it was scanned', await customer.losesQr());
  }

  /** The newest paper: its text and its picture are kept. */
  async takeReceipt(): Promise<string> {
    if (this.#counter !== null) return this.#takePaper(this.#counter);
    const { ready } = this.shop.register;
    const [paper] = (await this.shop.register.papers()).papers;
    if (paper === undefined) return '';
    const answer = await fetch(`${ready.api}/api/printer/papers/${paper.id}.png`, {
      headers: { authorization: `Bearer ${ready.tokens.printer}` },
    });
    this.measures.receiptText = paper.text;
    this.measures.receiptPng = answer.ok ? Buffer.from(await answer.arrayBuffer()) : null;
    this.record.note('printer', `the receipt came out: ${paper.text.split('\n').length} lines`);
    return paper.text;
  }

  #takePaper(counter: CounterDevices): string {
    const paper = counter.newest();
    if (paper === null) return '';
    this.measures.receiptText = paper.text;
    this.measures.receiptPng = paper.png;
    this.record.note('printer', `the receipt came out: ${paper.text.split('\n').length} lines`);
    return paper.text;
  }

  /** The printer got, byte for byte, what the journal intended for these of its receipts, counted from 0; copies differ from their digest. */
  checkBytes(receipts: readonly number[]): void {
    const intended = this.readJournal((_, journal) => journal.of('receipt.print-intended').map(({ payload }) => payload.sha256));
    const came = this.counter.digests;
    for (const index of receipts) {
      this.record.check(
        `printer: the bytes of receipt job ${index + 1} are those that the journal intended`,
        came.includes(intended[index] ?? ''),
        came,
      );
    }
    this.record.check('printer: every paper is in the Nordic code page', this.counter.nordicPagesOnTheWire >= came.length);
    this.counter.drawPapers(this.record.folder);
  }

  /** The provider's own books, in one line each. */
  providerTotals(): {
    readonly authorisedOre: number;
    readonly capturedOre: number;
    readonly releasedOre: number;
    readonly refundedOre: number;
  } {
    const { authorisedOre, capturedOre, releasedOre, refundedOre } = this.shop.sandbox.control.ledger().total;
    return { authorisedOre, capturedOre, releasedOre, refundedOre };
  }

  /** How many requests of a kind reached the provider. */
  asked(route: string, reference?: string): number {
    return this.shop.sandbox.control.requests({ route, reference }).length;
  }

  readJournal<T>(ask: (model: ReadModel, account: JournalAccount) => T): T {
    return readJournal(this.shop.dataDir, ask);
  }

  /** Money was captured once for this payment, with the key that the journal had intended. */
  checkCapturedOnce(reference: string, amountOre: number): void {
    const { record } = this;
    const captures = this.shop.sandbox.control.requests({ route: 'capture', reference });
    const intents = this.readJournal((model, journal) => {
      const payment = model.paymentByReference(reference);
      return journal.of('payment.capture-intended').filter(({ payload }) => payload.paymentId === payment?.paymentId);
    });
    record.equal('provider: the payment was initiated exactly once', this.asked('initiate', reference), 1);
    record.equal('provider: exactly one capture was asked for', captures.length, 1);
    record.check('provider: the capture carried its own key', (captures[0]?.requestId ?? '') !== '', captures[0]);
    record.equal(
      'journal: the capture’s intent has the same key as the request',
      intents.map(({ payload }) => payload.key),
      captures.map(({ requestId }) => requestId),
    );
    const payment = this.shop.sandbox.control.payment(reference);
    record.equal(`provider: ${amountOre} øre were captured`, payment.capturedOre, amountOre);
    record.equal('provider: nothing of it was refunded or released', [payment.refundedOre, payment.releasedOre], [0, 0]);
  }

  /** The sale with this receipt number is complete, paid by these tenders, and signed. */
  checkCompletedSale(receiptNumber: number, totalOre: number, tenders: readonly Readonly<Partial<Tender>>[]): void {
    const { record } = this;
    const { sale, completed } = this.readJournal((model, journal) => ({
      sale: model.saleByReceipt(receiptNumber),
      completed: journal.of('sale.completed').find(({ document }) => document?.number === receiptNumber),
    }));
    record.equal(`journal: sale with receipt ${receiptNumber} is completed`, sale?.status, 'completed');
    record.equal('journal: the sale’s total', completed?.payload.totalOre, totalOre);
    const found = (sale?.tenders ?? []).map((tender, index) => pick(tender, tenders[index] ?? {}));
    record.equal('journal: the sale’s tenders', found, tenders);
    record.equal('journal: the signed transaction’s amount', completed?.transaction?.amountIn, decimal(totalOre));
    record.check('journal: the transaction is signed', (completed?.transaction?.signature.length ?? 0) > 100);
  }

  /** Nothing is left half done, and the record verifies. Payments that a bank refused are watched for a while: that is all. */
  async checkJournal(): Promise<void> {
    const { record } = this;
    const { open, watched, refused, alive } = this.readJournal((model, journal) => {
      const intents = model.openIntents();
      const ended = new Set(journal.of('payment.released').map(({ payload }) => payload.paymentId));
      return {
        open: intents.filter(({ kind }) => kind !== 'payment.watch'),
        watched: intents.filter(({ kind }) => kind === 'payment.watch').map(({ id }) => id),
        refused: journal
          .of('payment.declined')
          .filter(({ payload }) => payload.reason === 'no-cover' && payload.watchUntilMs !== null)
          .map(({ payload }) => payload.paymentId)
          .filter((paymentId) => !ended.has(paymentId)),
        alive: model.alivePayments().map(({ state }) => state),
      };
    });
    record.equal('journal: no intent is open', open, []);
    record.equal('journal: watched is what a bank refused and nobody has ended since, in case another card is tried', watched, refused);
    record.equal('journal: no payment is alive', alive, []);
    const { code, said } = await verifyJournal(this.shop.dataDir);
    record.check('journal: verifies (chain, numbers, signatures)', code === 0, said);
    record.note('journal', said.split('\n')[0] ?? '');
  }

  /** Whatever the scenario was about: the pages had nothing to complain of, and the customer's sent nothing. */
  checkPages(): void {
    this.record.equal('screens: no page complained', this.shop.complaints, []);
    this.record.equal('customer screen: sent nothing', this.shop.customer.sent, []);
  }
}

/** The fields of `wanted`, as `from` has them. */
function pick(from: Tender, wanted: Readonly<Partial<Tender>>): unknown {
  return Object.fromEntries(Object.entries(from).filter(([name]) => name in wanted));
}

/** Whole øre as the decimal text of a signed transaction. */
function decimal(amountOre: number): string {
  const digits = String(amountOre).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
