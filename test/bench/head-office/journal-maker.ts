/**
 * The journal of a register that has sold, entry by entry as a real one writes it and with a hash chain that holds, but
 * without its database: a chain's worth of them is made in minutes. The same register always comes to the same journal.
 */
import { canonicalJson } from '../../../app/journal/canonical.ts';
import type { Entry } from '../../../app/journal/entry.ts';
import { entryHash, FIRST_PREV_HASH, localDateAndTime } from '../../../app/journal/entry-text.ts';
import type { JournalEvent } from '../../../app/journal/events.ts';
import { oreToDecimalText } from '../../../app/money/format.ts';
import { makeReference, newKey } from '../../../app/payment/keys.ts';
import type { PaymentOrder } from '../../../app/payment/provider.ts';
import { monthOf } from '../../../app/refund/names.ts';
import type { SaleLine } from '../../../app/sale/sale.ts';
import { saleTotals } from '../../../app/sale/totals.ts';
import { nodeHasher } from '../../../hardware/crypto/hasher.ts';

export interface MadeRegister {
  readonly storeId: string;
  readonly registerId: string;
  /** The first sale's moment. */
  readonly fromMs: number;
  /** Between two sales. */
  readonly everyMs: number;
  readonly linesPerSale: number;
}

/** The length that a signature has in the real journal (RSA of 1024 bits, base64). Head office keeps it and does not check it. */
const SIGNATURE = `${'Ab3+'.repeat(42)}xyz=`;
const OFFSET_MINUTES = 60;
const EPOCH = 'a1b2';
const ARTICLES = 5_000;
/** Of ten sales, how many are paid with Vipps; the others are cash. */
const BY_VIPPS = 6;

export class JournalMaker {
  readonly #register: MadeRegister;
  #seq = 0;
  #hash = FIRST_PREV_HASH;
  #sales = 0;
  #transactions = 0;
  #atMs: number;

  constructor(register: MadeRegister) {
    this.#register = register;
    this.#atMs = register.fromMs;
  }

  /** The entries of the next sales, after the journal's beginning when there are none before them. */
  sell(sales: number): readonly Entry[] {
    const entries: Entry[] = [];
    if (this.#seq === 0) entries.push(this.#write(this.#installed()));
    for (let sale = 0; sale < sales; sale += 1) this.#sale(entries);
    return entries;
  }

  #installed(): JournalEvent {
    const { storeId, registerId } = this.#register;
    const payload = { epoch: EPOCH, storeId, registerId, software: 'tillit bench', publicKeyPem: 'none', keyVersion: 1 };
    return { type: 'register.installed', version: 1, payload };
  }

  #sale(entries: Entry[]): void {
    this.#sales += 1;
    this.#atMs += this.#register.everyMs;
    const saleNumber = this.#sales;
    const saleId = `${EPOCH}-sale-${saleNumber}`;
    const lines = Array.from({ length: this.#register.linesPerSale }, (_, index) => lineOf(saleNumber, index));
    const { totalOre, vatOre } = saleTotals({ lines, discount: null, tenders: [] });
    const write = (event: JournalEvent): void => void entries.push(this.#write(event));
    write({ type: 'sale.opened', version: 1, payload: { saleId, saleNumber } });
    for (const line of lines) write({ type: 'sale.line-added', version: 1, payload: { saleId, line } });
    if (saleNumber % 10 < BY_VIPPS) this.#payWithVipps(write, saleId, saleNumber, totalOre);
    else {
      const tender = {
        kind: 'cash',
        tenderId: `c-${saleId}`,
        amountOre: totalOre,
        roundingOre: 0,
        receivedOre: totalOre,
        changeOre: 0,
      } as const;
      write({ type: 'sale.tender-added', version: 1, payload: { saleId, tender } });
    }
    const completed: JournalEvent = { type: 'sale.completed', version: 1, payload: { saleId, totalOre, vatOre, roundingOre: 0 } };
    entries.push(this.#write(completed, { receiptNumber: saleNumber, totalOre, vatOre }));
    const jobId = `job-${EPOCH}-${saleNumber}`;
    write({ type: 'receipt.print-intended', version: 1, payload: { jobId, saleId, what: 'receipt', sha256: this.#hash } });
    write({ type: 'receipt.print-started', version: 1, payload: { jobId } });
    write({ type: 'receipt.printed', version: 1, payload: { jobId } });
  }

  #payWithVipps(write: (event: JournalEvent) => void, saleId: string, saleNumber: number, amountOre: number): void {
    const { storeId, registerId } = this.#register;
    const month = String(monthOf(this.#atMs, OFFSET_MINUTES)).padStart(4, '0');
    const reference = makeReference({ storeId, registerId, month, epoch: EPOCH, saleNumber, attempt: 1 });
    const order: PaymentOrder = { reference, amountOre, currency: 'NOK', text: `Kvittering ${saleNumber}` };
    const paymentId = `p-${reference}`;
    const transactionId = String(5_000_000_000 + saleNumber);
    write({ type: 'payment.planned', version: 1, payload: { paymentId, saleId, attempt: 1, order } });
    write({ type: 'payment.create-intended', version: 1, payload: { paymentId } });
    write({ type: 'payment.created', version: 1, payload: { paymentId, url: null } });
    write({ type: 'payment.approved', version: 1, payload: { paymentId, authorisedOre: amountOre, transactionId, ask: false } });
    const key = newKey(reference, 'c', 1);
    write({ type: 'payment.capture-intended', version: 1, payload: { paymentId, key, captureOre: amountOre } });
    write({ type: 'payment.captured', version: 1, payload: { paymentId, capturedOre: amountOre, transactionId, ask: false } });
    const tender = { kind: 'vipps', tenderId: `t-${reference}`, amountOre, reference, transactionId } as const;
    write({ type: 'sale.tender-added', version: 1, payload: { saleId, tender } });
  }

  #write(event: JournalEvent, sold?: { readonly receiptNumber: number; readonly totalOre: number; readonly vatOre: number }): Entry {
    this.#seq += 1;
    const facts = {
      seq: this.#seq,
      epoch: EPOCH,
      atMs: this.#atMs,
      offsetMinutes: OFFSET_MINUTES,
      operator: '12',
      document: sold === undefined ? null : ({ series: 'sale', number: sold.receiptNumber } as const),
      transaction: sold === undefined ? null : this.#transaction(sold.totalOre, sold.vatOre),
      type: event.type,
      version: event.version,
    };
    const prevHash = this.#hash;
    const payloadText = canonicalJson(event.payload);
    this.#hash = entryHash(nodeHasher, prevHash, facts, payloadText);
    // As a journal gives it back: with its names in the order of the text that was hashed.
    return { ...facts, payload: JSON.parse(payloadText), prevHash, hash: this.#hash } as Entry;
  }

  #transaction(totalOre: number, vatOre: number): Entry['transaction'] {
    this.#transactions += 1;
    const amounts = { amountIn: oreToDecimalText(totalOre), amountEx: oreToDecimalText(totalOre - vatOre) };
    return { number: this.#transactions, ...localDateAndTime(this.#atMs, OFFSET_MINUTES), ...amounts, signature: SIGNATURE, keyVersion: 1 };
  }
}

function lineOf(saleNumber: number, index: number): SaleLine {
  const article = (saleNumber * 7_919 + index * 104_729) % ARTICLES;
  return {
    lineId: `l${index + 1}`,
    articleNumber: String(10_000 + article),
    ean: `70${String(10_000_000_000 + article)}`,
    name: `Vare nr. ${10_000 + article}`,
    groupId: 'dagligvare',
    groupName: 'Dagligvare',
    unit: 'stk',
    weighed: false,
    quantityMilli: 1_000 * (1 + ((saleNumber + index) % 3)),
    unitPriceOre: 1_990 + ((saleNumber * 13 + index * 500) % 90_000),
    vatBasisPoints: index % 2 === 0 ? 1_500 : 2_500,
    discount: null,
    depositForLineId: null,
    fixedGrossOre: null,
  };
}
