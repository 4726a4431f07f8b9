/** What every part of head office is given. */
import type { Clock, HttpSend, Log } from '../../app/till/ports.ts';
import type { Store } from './store/store.ts';
import type { Vault } from './vault.ts';

export interface Office {
  readonly store: Store;
  readonly vault: () => Vault;
  readonly clock: Clock;
  readonly log: Log;
  readonly send: HttpSend;
  /** Tells this process from the others on the same database. */
  readonly processId: string;
}

/** A register, as its key proves it. */
export interface Register {
  readonly registerNo: number;
  readonly storeId: string;
  readonly registerId: string;
  readonly storeName: string;
  readonly refundLimitOre: number | null;
  readonly refundDayLimitOre: number | null;
}
