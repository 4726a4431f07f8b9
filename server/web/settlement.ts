/** The settlement of this register's sales unit: the provider's ledger and the journal, each opened for one question. */
import { existsSync } from 'node:fs';
import { openMovements } from '../../app/journal/movements.ts';
import { holdsJournal } from '../../app/journal/schema.ts';
import type { Movements } from '../../app/report/movement.ts';
import { type Reconciled, reconcileDay } from '../../app/report/reconcile-day.ts';
import { currencyOf } from '../../app/till/brand.ts';
import { type Configuration, ownProviderOf } from '../../app/till/configuration.ts';
import type { Log } from '../../app/till/ports.ts';
import { createReportClient } from '../../app/vipps/report/client.ts';
import { nodeClock, nodeTimers } from '../../hardware/clock/node-clock.ts';
import { createHttpSend } from '../../hardware/http/send.ts';
import { openDatabase } from '../../hardware/store/database.ts';
import type { ProviderSecrets } from './configuration-file.ts';
import { CALLING_SYSTEM } from './software.ts';

export interface SettlementSurroundings {
  readonly configuration: Configuration;
  readonly secrets: ProviderSecrets;
  /** The journal's file. It is only read, so a register may write to it meanwhile; one without a file has no sales yet. */
  readonly journal: string;
  readonly log: Log;
}

/**
 * Compares a day, `YYYY-MM-DD`. What goes wrong at the provider is in the answer.
 * @throws StorageError, JournalNotTakenUpError for the journal
 */
export async function settlementOf({ configuration, secrets, journal, log }: SettlementSurroundings, date: string): Promise<Reconciled> {
  const { store, register, shop } = configuration;
  const provider = ownProviderOf(configuration);
  if (provider === null) throw new RangeError('A register without a sales unit of its own has no settlement.');
  const { baseUrl, merchantSerialNumber, clientId } = provider;
  const currency = currencyOf(shop.market);
  const send = createHttpSend();
  const database = existsSync(journal) ? openDatabase(journal, { readOnly: true }) : null;
  try {
    const movements = database === null || !holdsJournal(database) ? NONE : openMovements(database);
    const ledger = createReportClient({
      configuration: { baseUrl, merchantSerialNumber, clientId, ...secrets, ...CALLING_SYSTEM },
      send,
      clock: nodeClock,
      timers: nodeTimers,
      log,
      currency,
    });
    return await reconcileDay(date, { ledger, movements, merchantSerialNumber, storeId: store.id, registerId: register.id, currency });
  } finally {
    database?.close();
    send.close();
  }
}

const NONE: Movements = { ofDate: () => [], ofReferences: () => [] };
