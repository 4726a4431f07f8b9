/** From what is known of a printer to what the register shows. Pure. */
import type { PrinterCause, PrinterStatus, PrinterTrouble } from '../../app/till/ports.ts';
import type { PrinterReading } from './status-bytes.ts';

/** What is at the other end of the line. */
export type Presence =
  /** Not asked yet. */
  | { readonly kind: 'unasked' }
  | { readonly kind: 'talks' }
  /** It has never answered anything: most likely a printer that cannot. */
  | { readonly kind: 'deaf' }
  /** It answered before, and does not now. */
  | { readonly kind: 'silent' }
  /** What comes back is no printer's status. */
  | { readonly kind: 'not-a-printer' }
  /** There is no line. */
  | { readonly kind: 'gone'; readonly cause: PrinterCause };

/** What the reading says is wrong, the plainest reason first: an open cover is also offline, and often without paper. */
export function troubleIn(reading: Partial<PrinterReading>): PrinterTrouble | null {
  if (reading.coverOpen === true) return 'cover-open';
  if (reading.paper === 'out' || reading.stoppedByPaper === true) return 'paper-out';
  if (reading.inError === true || (reading.fault !== undefined && reading.fault !== 'none')) return 'error';
  return reading.offline === true ? 'offline' : null;
}

/** Troubles that end a job under way. A printer that is only offline for a moment (its feed button was pressed) goes on. */
export function breaksJob(reading: Partial<PrinterReading>): PrinterTrouble | null {
  const trouble = troubleIn(reading);
  return trouble === 'offline' ? null : trouble;
}

export function statusOf(presence: Presence, reading: Partial<PrinterReading>): PrinterStatus {
  switch (presence.kind) {
    case 'unasked':
    case 'silent':
      return { state: 'offline' };
    case 'gone':
      return { state: 'gone', cause: presence.cause };
    case 'not-a-printer':
      return { state: 'error', cause: 'not-a-printer' };
    case 'deaf':
      return { state: 'ready', known: false };
    case 'talks': {
      const state = troubleIn(reading) ?? (reading.paper === 'near-end' ? 'paper-low' : 'ready');
      return reading.drawerLevel === undefined ? { state } : { state, drawerLevel: reading.drawerLevel };
    }
  }
}

export function sameStatus(one: PrinterStatus, other: PrinterStatus): boolean {
  return one.state === other.state && one.drawerLevel === other.drawerLevel && one.known === other.known && one.cause === other.cause;
}
