/** A register's journal and a real sandbox that have lived through the same day, for whoever compares them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { JournalEvent, PaymentEvent } from '../../../app/journal/events.ts';
import { type EpaymentMerchant, startEpayment } from '../../server/sandbox/epayment-merchant.ts';
import { sandboxConfiguration } from '../../support/sandbox-configuration.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { type MovableClock, openJournalIn } from '../journal/journal-in-folder.ts';
import { DAY_MS, NOON_MS } from './days.ts';

export interface ShopDay {
  readonly shop: EpaymentMerchant;
  readonly folder: string;
  readonly configFile: string;
  /** As it stands for `npm run reconcile`. */
  readonly configuration: object;
  readonly clock: MovableClock;
  /** Lets time pass on both sides. */
  advance(ms: number): void;
  /** Taken by the register and the provider; `recordedOre` is what the register believes. */
  sale(reference: string, amountOre: number, recordedOre?: number): Promise<void>;
  refund(reference: string, amountOre: number): Promise<void>;
  append(...events: readonly JournalEvent[]): void;
  /** Ends the register's run. */
  closeJournal(): void;
}

/** Noon on 20 November 2026 in Oslo; the register is number 1 of store `gr`, its sales unit 123456. */
export async function openShopDay(options: { readonly reportPageSize?: number } = {}): Promise<ShopDay> {
  const folder = temporaryFolder();
  let aheadMs = 0;
  const shop = await startEpayment({
    nowMs: () => NOON_MS + aheadMs,
    tokenLifetimeMs: 30 * DAY_MS,
    salesUnits: [{ msn: '123456' }, { msn: '654321' }],
    ...options,
  });
  onTestFinished(() => shop.merchant.sandbox.close());
  const { journal, clock } = openJournalIn(folder);
  clock.atMs = NOON_MS;
  const configuration = {
    ...sandboxConfiguration(shop.merchant.sandbox, 'epayment'),
    store: { id: 'gr' },
    register: { id: '1', name: 'Kasse 1' },
  };
  const configFile = join(folder, 'configuration.json');
  writeFileSync(configFile, JSON.stringify(configuration), { mode: 0o600 });
  const append = (...events: readonly JournalEvent[]) => {
    journal.append(events.map((event) => ({ operator: 'system', ...event })));
  };
  const named = <Type extends PaymentEvent['type']>(type: Type, payload: Extract<PaymentEvent, { type: Type }>['payload']) =>
    ({ type, version: 1, payload }) as Extract<PaymentEvent, { type: Type }>;
  let number = 0;
  return {
    shop,
    folder,
    configFile,
    configuration,
    clock,
    advance(ms) {
      aheadMs += ms;
      clock.atMs += ms;
    },
    async sale(reference, amountOre, recordedOre = amountOre) {
      await shop.create(reference, { amount: { currency: 'NOK', value: amountOre } });
      shop.control.customer('approve', reference);
      await shop.capture(reference, amountOre, 'c1');
      number += 1;
      const paymentId = `pay-${reference}`;
      const order = { reference, amountOre: recordedOre, currency: 'NOK', text: 'Salg' } as const;
      append(
        { type: 'sale.opened', version: 1, payload: { saleId: `sale-${number}`, saleNumber: number } },
        named('payment.planned', { paymentId, saleId: `sale-${number}`, attempt: 1, order }),
        named('payment.create-intended', { paymentId }),
        named('payment.created', { paymentId, url: 'https://example.com' }),
        named('payment.approved', { paymentId, authorisedOre: recordedOre, transactionId: null, ask: false }),
        named('payment.capture-intended', { paymentId, key: 'c1', captureOre: recordedOre }),
        named('payment.captured', { paymentId, capturedOre: recordedOre, transactionId: null, ask: false }),
      );
    },
    async refund(reference, amountOre) {
      await shop.refund(reference, amountOre, 'r1');
      const about = { paymentId: `pay-${reference}`, key: 'r1', amountOre };
      append(named('payment.refund-intended', about), named('payment.refunded', about));
    },
    append,
    closeJournal: () => journal.close(),
  };
}
