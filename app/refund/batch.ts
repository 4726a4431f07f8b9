/** Whether a batch of a register's journal can be what its register wrote. Nothing of a batch is taken unless all of it can. */
import { canonicalJson, NotCanonicalError } from '../journal/canonical.ts';
import type { Entry } from '../journal/entry.ts';
import { entryText } from '../journal/entry-text.ts';
import type { Hasher } from '../till/ports.ts';
import type { WireEntry } from './contract.ts';
import { RefusedByHeadOffice } from './problem.ts';

/** Where a journal stands: its last entry that is known. */
export interface JournalPosition {
  readonly seq: number;
  readonly hash: string;
  readonly epoch: string;
}

export interface CheckedEntry {
  readonly entry: Entry;
  /** The very characters that its hash was made of: the hash before it, then all of it but its two hashes. */
  readonly hashedText: string;
}

/**
 * Checks what can be told from the batch alone: no hole in it, each hash fits its entry, each entry names the one before it.
 * @throws RefusedByHeadOffice `bad-entry` or `gap`, with the entry's number.
 */
export function checkBatch(entries: readonly WireEntry[], hasher: Hasher): readonly CheckedEntry[] {
  let before: WireEntry | null = null;
  return entries.map((wire) => {
    if (before !== null && wire.seq !== before.seq + 1) throw new RefusedByHeadOffice('gap', { seq: before.seq + 1 });
    const bad = (what: string) => new RefusedByHeadOffice('bad-entry', { seq: wire.seq }, `Entry ${wire.seq} ${what}. Nothing was taken.`);
    if (before !== null && wire.prevHash !== before.hash) throw bad('does not follow the one before it');
    before = wire;
    // A kind that this program does not know yet is kept as it came.
    const entry = wire as unknown as Entry;
    let hashedText: string;
    try {
      hashedText = wire.prevHash + entryText(entry, canonicalJson(wire.payload));
    } catch (error) {
      if (error instanceof NotCanonicalError) throw bad('holds what a journal cannot hold');
      throw error;
    }
    if (hasher.sha256Hex(hashedText) !== wire.hash) throw bad('is not what its hash says');
    return { entry, hashedText };
  });
}

/**
 * The entries of a checked batch that go on from a position; those before it are left to compare with what is kept.
 * @throws RefusedByHeadOffice `gap`, `broken-chain`, `not-this-register`, `bad-entry`.
 */
export function newEntries(
  checked: readonly CheckedEntry[],
  position: JournalPosition,
  register: { readonly storeId: string; readonly registerId: string },
): readonly CheckedEntry[] {
  const first = checked[0]?.entry.seq ?? 1;
  if (first > position.seq + 1) throw new RefusedByHeadOffice('gap', { confirmedSeq: position.seq });
  const fresh = checked.filter(({ entry }) => entry.seq > position.seq);
  let { epoch } = position;
  if (fresh[0] !== undefined && fresh[0].entry.prevHash !== position.hash) {
    throw new RefusedByHeadOffice('broken-chain', { confirmedSeq: position.seq });
  }
  for (const { entry } of fresh) {
    const installs = entry.type === 'register.installed';
    if (installs !== (entry.seq === 1)) throw new RefusedByHeadOffice('bad-entry', { seq: entry.seq });
    if (installs && (entry.payload.storeId !== register.storeId || entry.payload.registerId !== register.registerId)) {
      throw new RefusedByHeadOffice('not-this-register');
    }
    if (installs || entry.type === 'register.epoch-started') epoch = entry.epoch;
    if (entry.epoch !== epoch)
      throw new RefusedByHeadOffice(
        'bad-entry',
        { seq: entry.seq },
        `Entry ${entry.seq} is of an epoch that never began. Nothing was taken.`,
      );
  }
  return fresh;
}

/**
 * The entry of a batch with which a register goes on after a restore: it begins an epoch that nobody has heard of, earlier in
 * the journal than head office has come. `null` without one. Whether it follows what stood there is the caller's to check.
 */
export function restoredAt(checked: readonly CheckedEntry[], position: JournalPosition, knownEpochs: ReadonlySet<string>): Entry | null {
  const found = checked.find(
    ({ entry }) => entry.type === 'register.epoch-started' && entry.seq <= position.seq && !knownEpochs.has(entry.epoch),
  );
  return found?.entry ?? null;
}
