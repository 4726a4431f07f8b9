/**
 * The form of a batch, said yes to at a quarter of what the contract costs and without a copy: a chain's registers send hundreds
 * of thousands of entries after a day. It only ever says yes; what it does not, the contract reads, and says what is wrong. A
 * test holds the two together: what this takes, `batchRequest` takes.
 */
import type { z } from 'zod';
import { batchRequest, LATEST_MS, MOST_ENTRIES, parseRequest } from './contract.ts';

type Batch = z.output<typeof batchRequest>;
type Fields = Readonly<Record<string, unknown>>;

/** @throws RefusedByHeadOffice `bad-request`, naming the field. */
export function readBatch(value: unknown): Batch {
  return isBatch(value) ? value : parseRequest(batchRequest, value);
}

/** `false` decides nothing. */
export function isBatch(value: unknown): value is Batch {
  if (!isObject(value)) return false;
  const { entries, newestSeq } = value;
  const fields = 'newestSeq' in value ? 2 : 1;
  if (fields === 2 && !isCount(newestSeq)) return false;
  if (!hasNoMore(value, fields) || !Array.isArray(entries)) return false;
  return entries.length >= 1 && entries.length <= MOST_ENTRIES && entries.every(isEntry);
}

const ENTRY_FIELDS = 12;

function isEntry(value: unknown): boolean {
  if (!isObject(value) || !hasNoMore(value, ENTRY_FIELDS)) return false;
  const { seq, epoch, atMs, offsetMinutes, operator, type, version, payload, document, transaction, prevHash, hash } = value;
  return (
    isCount(seq) &&
    isWithin(atMs, 0, LATEST_MS) &&
    isWithin(offsetMinutes, -1_440, 1_440) &&
    isCount(version) &&
    isText(operator, 1, 100) &&
    isMatch(type, /^[\x21-\x7e]{1,100}$/) &&
    isMatch(epoch, /^[a-z][a-z0-9]{3,5}$/) &&
    isObject(payload) &&
    isMatch(prevHash, /^[0-9a-f]{64}$/) &&
    isMatch(hash, /^[0-9a-f]{64}$/) &&
    (document === null || isDocument(document)) &&
    (transaction === null || isTransaction(transaction))
  );
}

function isDocument(value: unknown): boolean {
  if (!isObject(value) || !hasNoMore(value, 2)) return false;
  const { series, number } = value;
  return isText(series, 1, 20) && isCount(number);
}

const TRANSACTION_FIELDS = 7;

function isTransaction(value: unknown): boolean {
  if (!isObject(value) || !hasNoMore(value, TRANSACTION_FIELDS)) return false;
  const { number, date, time, amountIn, amountEx, signature, keyVersion } = value;
  return (
    isCount(number) &&
    isText(date, 0, 20) &&
    isText(time, 0, 20) &&
    isText(amountIn, 0, 40) &&
    isText(amountEx, 0, 40) &&
    isText(signature, 0, 2_000) &&
    isCount(keyVersion)
  );
}

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const isCount = (value: unknown): boolean => isWithin(value, 1, Number.MAX_SAFE_INTEGER);
const isWithin = (value: unknown, least: number, most: number): boolean =>
  Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most;
const isText = (value: unknown, shortest: number, longest: number): boolean =>
  typeof value === 'string' && value.length >= shortest && value.length <= longest;
const isMatch = (value: unknown, form: RegExp): boolean => typeof value === 'string' && form.test(value);

/** Each of its fields was read, so as many names as there are fields are those names. */
function hasNoMore(value: Fields, fields: number): boolean {
  let count = 0;
  for (const _name in value) count += 1;
  return count === fields;
}
