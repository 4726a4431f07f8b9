/** The exact characters of an entry that are hashed, and those of a transaction that are signed. */
import type { Hasher } from '../till/ports.ts';
import { canonicalJson } from './canonical.ts';
import type { Entry, SignedTransaction } from './entry.ts';

/** What stands before the first entry. */
export const FIRST_PREV_HASH = '0'.repeat(64);

/** What stands before the first transaction (SAF-T Cash Register: the first previous signature is `0`). */
export const FIRST_PREVIOUS_SIGNATURE = '0';

/** Everything of an entry but its place in the chain. */
export type EntryFacts = Omit<Entry, 'payload' | 'prevHash' | 'hash'>;

/**
 * Canonical JSON of an entry without its two hashes. The payload comes as the text that is stored, so that a changed
 * character shows even where its meaning would be the same. Names are in canonical order by hand, for speed: a test
 * compares this with `canonicalJson` of the whole.
 */
export function entryText(facts: EntryFacts, payloadText: string): string {
  return `{"atMs":${canonicalJson(facts.atMs)},"document":${canonicalJson(facts.document)},"epoch":${canonicalJson(
    facts.epoch,
  )},"offsetMinutes":${canonicalJson(facts.offsetMinutes)},"operator":${canonicalJson(
    facts.operator,
  )},"payload":${payloadText},"seq":${canonicalJson(facts.seq)},"transaction":${canonicalJson(
    facts.transaction,
  )},"type":${canonicalJson(facts.type)},"version":${canonicalJson(facts.version)}}`;
}

/** SHA-256 over the previous hash (as its 64 hex characters) and the entry's canonical bytes. */
export function entryHash(hasher: Hasher, prevHash: string, facts: EntryFacts, payloadText: string): string {
  return hasher.sha256Hex(prevHash + entryText(facts, payloadText));
}

/** `previousSignature;transDate;transTime;nr;transAmntIn;transAmntEx`, as SAF-T Cash Register has it. */
export function signedText(previousSignature: string, transaction: Omit<SignedTransaction, 'signature' | 'keyVersion'>): string {
  const { date, time, number, amountIn, amountEx } = transaction;
  return `${previousSignature};${date};${time};${number};${amountIn};${amountEx}`;
}

/** Local date (`YYYY-MM-DD`) and time (`HH:MM:SS`) of a moment. */
export function localDateAndTime(atMs: number, offsetMinutes: number): { readonly date: string; readonly time: string } {
  const text = new Date(atMs + offsetMinutes * 60_000).toISOString();
  return { date: text.slice(0, 10), time: text.slice(11, 19) };
}
