import { isObject } from '../gateway/json-body.ts';
import type { Fault } from './fault.ts';

/** The page that proxies put in the way of an API. */
export const htmlPage =
  '<!doctype html><html><head><title>Service unavailable</title></head><body><h1>Service unavailable</h1><p>Please try again later.</p></body></html>';

/** The field that a missing or mistyped field strikes when none is named: the first of these that the answer has. */
const mainFields = [
  'access_token',
  'transactionLogHistory',
  'transactionInfo',
  'transaction',
  'aggregate',
  'redirectUrl',
  'url',
  'items',
  '0',
];

function mainField(answer: unknown): string {
  return mainFields.find((name) => isHolder(answer) && name in answer) ?? 'url';
}

/**
 * A right answer made wrong: gives the new body, or `null` where the fault leaves the body alone.
 * A JSON fault on something that is not JSON leaves it alone too.
 */
export function spoil(fault: Fault, body: string | Buffer): string | Buffer | null {
  switch (fault.kind) {
    case 'broken-json':
      return body.toString('utf8').slice(0, -Math.ceil(body.length / 3));
    case 'not-a-png':
      return Buffer.from(htmlPage);
    case 'huge-body':
      return huge(body.toString('utf8'), fault.bytes);
    case 'missing-field':
      return changed(body, (answer) => atPath(answer, fault.field ?? mainField(answer), (holder, name) => delete holder[name]));
    case 'wrong-type':
      return changed(body, (answer) =>
        atPath(answer, fault.field ?? mainField(answer), (holder, name) => {
          holder[name] = otherType(holder[name]);
        }),
      );
    case 'other-amount':
      return changed(body, (answer) => {
        if (fault.field === undefined) shiftAmounts(answer, fault.byOre);
        else atPath(answer, fault.field, (holder, name) => shiftOne(holder, name, fault.byOre));
      });
    case 'refused':
    case 'duplicate':
    case 'reorder':
    case 'lost':
    case 'forged':
    case 'latency':
    case 'rate-limited':
    case 'unauthorized':
    case 'server-error':
    case 'html':
    case 'cut-before':
    case 'cut-after':
    case 'stale':
    case 'late':
      return null;
  }
}

function huge(body: string, bytes: number): string {
  const padding = 'x'.repeat(bytes);
  return body.startsWith('{') && body.length > 2 ? `{"padding":"${padding}",${body.slice(1)}` : `{"padding":"${padding}"}`;
}

type Holder = Record<string, unknown>;

function isHolder(value: unknown): value is Holder {
  return typeof value === 'object' && value !== null;
}

function changed(body: string | Buffer, change: (answer: unknown) => void): string | null {
  try {
    const answer: unknown = JSON.parse(body.toString('utf8'));
    change(answer);
    return JSON.stringify(answer);
  } catch {
    return null;
  }
}

/** Walks a dotted path (`transactionLogHistory.0.amount`); a path that leads nowhere changes nothing. */
function atPath(answer: unknown, path: string, change: (holder: Holder, name: string) => void): void {
  const names = path.split('.');
  const last = names.pop();
  let holder: unknown = answer;
  for (const name of names) holder = isHolder(holder) ? holder[name] : undefined;
  if (last === undefined || !isHolder(holder) || !(last in holder)) return;
  change(holder, last);
  // A row that is taken out of a list leaves no hole.
  if (Array.isArray(holder) && !(last in holder)) holder.splice(Number(last), 1);
}

function otherType(value: unknown): unknown {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  return 42;
}

function shiftOne(holder: Holder, name: string, byOre: number): void {
  const amount = holder[name];
  if (typeof amount === 'number') holder[name] = amount + byOre;
}

function shiftAmounts(value: unknown, byOre: number): void {
  if (Array.isArray(value)) {
    for (const each of value) shiftAmounts(each, byOre);
    return;
  }
  if (!isObject(value)) return;
  const holder: Holder = value;
  for (const [name, each] of Object.entries(holder)) {
    const isAmount = name === 'amount' || name === 'value' || name.endsWith('Amount');
    if (isAmount && typeof each === 'number' && each > 0) holder[name] = each + byOre;
    else shiftAmounts(each, byOre);
  }
}
