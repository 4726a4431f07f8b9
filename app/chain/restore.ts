/**
 * A register that was put back from a backup begins by asking head office, which may know more: what it lost comes back entry
 * by entry, as it was written, and it goes on in an epoch of its own. This has to come before its first new entry, so it is
 * asked at every start; where head office does not answer at once, the register sells without it.
 */

import { canonicalJson, NotCanonicalError } from '../journal/canonical.ts';
import type { Entry } from '../journal/entry.ts';
import type { Journal } from '../journal/journal.ts';
import { ForeignEntryError } from '../journal/journal-errors.ts';
import type { StoredEntry } from '../journal/rows.ts';
import type { WireEntry } from '../refund/contract.ts';
import type { Log } from '../till/ports.ts';
import type { ChainClient } from './client.ts';

export type Recovery =
  /** Head office knows nothing that the journal does not have, or cannot be asked now. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'taken-back'; readonly entries: number; readonly epoch: string }
  /** Head office has more, and it does not go on from this journal: the register has written since it was put back. */
  | { readonly kind: 'parted' };

/** At most this is added to a start. */
const PATIENCE = { connectTimeoutMs: 1_500, readTimeoutMs: 2_500 } as const;
const PAGE = 1_000;

/** @param journal between its opening and its first append. Errors of the disk are thrown as they come. */
export async function takeBackLost(parts: {
  readonly client: Pick<ChainClient, 'whoAmI' | 'readJournal'>;
  readonly journal: Pick<Journal, 'head' | 'takeBack'>;
  readonly log: Log;
}): Promise<Recovery> {
  const { client, journal, log } = parts;
  const head = journal.head();
  const known = await client.whoAmI(PATIENCE);
  const position = known.kind === 'ok' ? known.value.position : null;
  if (position === null || position.seq <= head.seq) return { kind: 'nothing' };
  log.write('warn', 'chain.behind', { seq: head.seq, headOffice: position.seq });
  const lost: StoredEntry[] = [];
  try {
    while (head.seq + lost.length < position.seq) {
      const page = await client.readJournal(head.seq + lost.length + 1, PAGE);
      if (page.kind !== 'ok' || page.value.entries.length === 0) return { kind: 'nothing' };
      lost.push(...page.value.entries.map(stored));
    }
    const epoch = journal.takeBack(lost);
    log.write('warn', 'chain.taken-back', { entries: lost.length, epoch });
    return { kind: 'taken-back', entries: lost.length, epoch };
  } catch (error) {
    if (!(error instanceof ForeignEntryError) && !(error instanceof NotCanonicalError)) throw error;
    log.write('error', 'chain.parted', { seq: head.seq, headOffice: position.seq });
    return { kind: 'parted' };
  }
}

/** As the journal holds it: whether it is what was written, its hash says. */
const stored = (wire: WireEntry): StoredEntry => ({ entry: wire as unknown as Entry, payloadText: canonicalJson(wire.payload) });
