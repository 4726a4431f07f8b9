/** A register of a chain with a real journal, real keys, and a real adapter to the practice provider; it sells and reports. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Entry, NewEntry } from '../../../app/journal/entry.ts';
import type { JournalEvent } from '../../../app/journal/events.ts';
import { type Journal, openJournal } from '../../../app/journal/journal.ts';
import { makeReference } from '../../../app/payment/keys.ts';
import type { PaymentOrder, PaymentProvider } from '../../../app/payment/provider.ts';
import type { ReturnedGoods } from '../../../app/refund/goods-return.ts';
import { monthOf, orderIdOf } from '../../../app/refund/names.ts';
import type { SaleLine, Tender } from '../../../app/sale/sale.ts';
import { saleTotals } from '../../../app/sale/totals.ts';
import type { Clock, Database } from '../../../app/till/ports.ts';
import { nodeHasher } from '../../../hardware/crypto/hasher.ts';
import { nodeRandom } from '../../../hardware/crypto/random.ts';
import { openSigningKey } from '../../../hardware/crypto/signing-key.ts';
import { openDatabase } from '../../../hardware/store/database.ts';

export interface SoldLine {
  readonly articleNumber: string;
  readonly priceOre: number;
  readonly quantityMilli?: number;
  readonly ean?: string;
}

export interface Sold {
  readonly orderId: string;
  readonly reference: string | null;
  readonly receiptNumber: number;
  readonly totalOre: number;
}

export interface Answer<T> {
  readonly status: number;
  readonly body: T;
}

/** Making a key takes long, and no test here is about whose it is. */
let signer: ReturnType<typeof openSigningKey> | null = null;
export function signingKey(): ReturnType<typeof openSigningKey> {
  if (signer !== null) return signer;
  const folder = mkdtempSync(join(tmpdir(), 'tillit-signing-'));
  signer = openSigningKey(folder);
  rmSync(folder, { recursive: true, force: true });
  return signer;
}

interface RegisterOptions {
  readonly folder: string;
  readonly storeId: string;
  readonly registerId: string;
  readonly clock: Clock;
  readonly provider: PaymentProvider | null;
  readonly approve: (reference: string) => void;
}

export class TestRegister {
  readonly storeId: string;
  readonly registerId: string;
  readonly journal: Journal;
  /** The journal's own connection. */
  readonly database: Database;
  readonly #provider: PaymentProvider | null;
  readonly #approve: (reference: string) => void;
  readonly #clock: Clock;
  readonly #options: RegisterOptions;
  #sales = 0;
  #refunds = 0;
  key = '';
  url = '';

  constructor(options: RegisterOptions) {
    this.#options = options;
    this.storeId = options.storeId;
    this.registerId = options.registerId;
    this.#provider = options.provider;
    this.#approve = options.approve;
    this.#clock = options.clock;
    const signer = signingKey();
    this.database = openDatabase(this.file);
    this.journal = openJournal({
      database: this.database,
      hasher: nodeHasher,
      signer,
      clock: options.clock,
      random: nodeRandom,
      // What head office makes of the entries is its own affair, so they may be odd.
      projections: [],
      software: 'tillit-test',
      storeId: this.storeId,
      registerId: this.registerId,
      publicKeyPem: signer.publicKeyPem,
    });
  }

  /** The journal's file. */
  get file(): string {
    return join(this.#options.folder, 'journal.db');
  }

  write(events: readonly (JournalEvent & Pick<NewEntry, 'series' | 'amounts'>)[]): void {
    this.journal.append(events.map((event) => ({ ...event, operator: 'kari' })));
  }

  /** Sells for real: what is paid with Vipps is created, approved and captured at the provider. The rest is cash. */
  async sell(sold: readonly SoldLine[], vippsOre: number | 'all' | 'none' = 'all'): Promise<Sold> {
    this.#sales += 1;
    const saleNumber = this.#sales;
    const saleId = `${this.journal.epoch}-sale-${saleNumber}`;
    const lines = sold.map((line, index) => lineOf(line, `l${index + 1}`));
    const { totalOre, vatOre } = saleTotals({ lines, discount: null, tenders: [] });
    const opened: JournalEvent[] = [
      { type: 'sale.opened', version: 1, payload: { saleId, saleNumber } },
      ...lines.map((line): JournalEvent => ({ type: 'sale.line-added', version: 1, payload: { saleId, line } })),
    ];
    this.write(opened);
    const byVippsOre = vippsOre === 'all' ? totalOre : vippsOre === 'none' ? 0 : vippsOre;
    const reference = byVippsOre === 0 ? null : await this.#payWithVipps(saleId, saleNumber, byVippsOre);
    if (byVippsOre < totalOre) this.#payWithCash(saleId, totalOre - byVippsOre);
    this.write([
      {
        type: 'sale.completed',
        version: 1,
        series: 'sale',
        amounts: { inclVatOre: totalOre, exclVatOre: totalOre - vatOre },
        payload: { saleId, totalOre, vatOre, roundingOre: 0 },
      },
    ]);
    return this.#soldAs(saleNumber, reference, totalOre);
  }

  async #payWithVipps(saleId: string, saleNumber: number, amountOre: number): Promise<string> {
    const nowMs = this.#clock.nowMs();
    const month = String(monthOf(nowMs, this.#clock.offsetMinutes(nowMs)));
    const { storeId, registerId } = this;
    const reference = makeReference({ storeId, registerId, month, epoch: this.journal.epoch, saleNumber, attempt: 1 });
    const order: PaymentOrder = { reference, amountOre, currency: 'NOK', text: `Kvittering ${saleNumber}` };
    const paymentId = `p-${reference}`;
    if (this.#provider !== null) {
      must(await this.#provider.create(order));
      this.#approve(reference);
      must(await this.#provider.capture(order, amountOre, `${reference}-c1`));
    }
    const tender: Tender = { kind: 'vipps', tenderId: `t-${reference}`, amountOre, reference, transactionId: null };
    this.write([
      { type: 'payment.planned', version: 1, payload: { paymentId, saleId, attempt: 1, order } },
      { type: 'payment.create-intended', version: 1, payload: { paymentId } },
      { type: 'payment.created', version: 1, payload: { paymentId, url: null } },
      { type: 'payment.approved', version: 1, payload: { paymentId, authorisedOre: amountOre, transactionId: null, ask: false } },
      { type: 'payment.capture-intended', version: 1, payload: { paymentId, key: `${reference}-c1`, captureOre: amountOre } },
      { type: 'payment.captured', version: 1, payload: { paymentId, capturedOre: amountOre, transactionId: null, ask: false } },
      { type: 'sale.tender-added', version: 1, payload: { saleId, tender } },
    ]);
    return reference;
  }

  #payWithCash(saleId: string, amountOre: number): void {
    const tender: Tender = { kind: 'cash', tenderId: `c-${saleId}`, amountOre, roundingOre: 0, receivedOre: amountOre, changeOre: 0 };
    this.write([{ type: 'sale.tender-added', version: 1, payload: { saleId, tender } }]);
  }

  /**
   * The document of a return: goods of one line came back, for so much, and new goods beside them where there are any. What is
   * left of its worth goes back in cash.
   */
  takeBack(
    refundId: string,
    { orderId, receiptNumber }: Pick<Sold, 'orderId' | 'receiptNumber'>,
    back: { readonly lineNo?: number; readonly quantityMilli: number; readonly amountOre: number; readonly way?: 'vipps' | 'cash' },
    newGoods: readonly SoldLine[] = [],
  ): Sold {
    this.#sales += 1;
    const saleNumber = this.#sales;
    const saleId = `${this.journal.epoch}-sale-${saleNumber}`;
    const lines = newGoods.map((line, index) => lineOf(line, `l${index + 1}`));
    const { lineNo = 1, quantityMilli, amountOre, way = 'cash' } = back;
    const returned: ReturnedGoods = {
      returnId: refundId,
      order: {
        orderId,
        storeId: 'nord',
        storeName: 'Butikken nord',
        registerId: '1',
        receiptNumber,
        completedAtMs: 0,
        date: '2026-11-21',
        currency: 'NOK',
      },
      lines: [
        {
          lineNo,
          articleNumber: '1',
          ean: null,
          name: 'Vare 1',
          groupId: 'g',
          groupName: 'Gruppe',
          unit: 'stk',
          weighed: false,
          quantityMilli,
          unitPriceOre: amountOre,
          amountOre,
          vatBasisPoints: 2_500,
        },
      ],
      amountOre,
      reason: 'angrer',
      approvedBy: null,
    };
    const { totalOre, vatOre } = saleTotals({ lines, discount: null, tenders: [], returned });
    const tender: Tender =
      totalOre < 0
        ? { kind: 'refund', tenderId: `b-${saleId}`, way, amountOre: totalOre, roundingOre: 0, reference: null }
        : { kind: 'cash', tenderId: `c-${saleId}`, amountOre: totalOre, roundingOre: 0, receivedOre: totalOre, changeOre: 0 };
    this.write([
      { type: 'sale.opened', version: 1, payload: { saleId, saleNumber } },
      ...lines.map((line): JournalEvent => ({ type: 'sale.line-added', version: 1, payload: { saleId, line } })),
      { type: 'sale.return-added', version: 1, payload: { saleId, returned } },
      ...(totalOre === 0 ? [] : [{ type: 'sale.tender-added', version: 1, payload: { saleId, tender } } as const]),
      {
        type: 'sale.completed',
        version: 1,
        series: lines.length === 0 ? 'return' : 'sale',
        amounts: { inclVatOre: totalOre, exclVatOre: totalOre - vatOre },
        payload: { saleId, totalOre, vatOre, roundingOre: 0 },
      },
    ]);
    return this.#soldAs(saleNumber, null, totalOre);
  }

  #soldAs(saleNumber: number, reference: string | null, totalOre: number): Sold {
    const nowMs = this.#clock.nowMs();
    const month = monthOf(nowMs, this.#clock.offsetMinutes(nowMs));
    const orderId = orderIdOf({ storeId: this.storeId, registerId: this.registerId, month, epoch: this.journal.epoch, saleNumber });
    return { orderId, reference, receiptNumber: saleNumber, totalOre };
  }

  /** The journal as it is sent. */
  entries(fromSeq = 1, most = 10_000): readonly Entry[] {
    return this.journal.read(fromSeq, most);
  }

  /** The same register on another machine, from a backup of now. */
  async backup(): Promise<TestRegister> {
    const folder = mkdtempSync(join(tmpdir(), 'tillit-restored-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const database = openDatabase(this.file, { readOnly: true });
    await database.copyTo(join(folder, 'journal.db'));
    database.close();
    const restored = new TestRegister({ ...this.#options, folder });
    onTestFinished(() => restored.journal.close());
    [restored.key, restored.url, restored.#sales] = [this.key, this.url, this.#sales];
    return restored;
  }

  newRefundId(): string {
    this.#refunds += 1;
    return `${this.storeId}-${this.registerId}-${this.journal.epoch}-${this.#refunds}`;
  }

  /** Asks head office as this register. */
  async call<T>(path: string, body?: unknown, url = this.url): Promise<Answer<T>> {
    const response = await fetch(url + path, {
      method: path === '/v1/register' ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${this.key}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as T };
  }

  /** Reports everything that head office has not confirmed. */
  async report(): Promise<void> {
    const { body } = await this.call<{ position: { seq: number } | null }>('/v1/register');
    const answer = await this.call('/v1/journal', { entries: this.entries((body.position?.seq ?? 0) + 1) });
    if (answer.status !== 200) throw new Error(`not reported: ${JSON.stringify(answer.body)}`);
  }
}

function must(answer: { readonly kind: string }): void {
  if (answer.kind !== 'ok') throw new Error(`the provider said ${JSON.stringify(answer)}`);
}

function lineOf({ articleNumber, priceOre, quantityMilli = 1000, ean }: SoldLine, lineId: string): SaleLine {
  return {
    lineId,
    articleNumber,
    ean: ean ?? null,
    name: `Vare ${articleNumber}`,
    groupId: 'g',
    groupName: 'Gruppe',
    unit: 'stk',
    weighed: false,
    quantityMilli,
    unitPriceOre: priceOre,
    vatBasisPoints: 2500,
    discount: null,
    depositForLineId: null,
    fixedGrossOre: null,
  };
}
