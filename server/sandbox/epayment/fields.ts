import { isObject, type JsonObject } from '../gateway/json-body.ts';
import { isLoopback } from '../gateway/loopback.ts';
import { type Currency, currencyOf } from '../sales-units.ts';
import { invalidField, refusedWith } from './problems.ts';

/** Reads fields the way ePayment does: what is missing, mistyped or too long is a problem that names the field. */

export function present(holder: JsonObject, name: string): boolean {
  return holder[name] !== undefined && holder[name] !== null;
}

export function missing(path: string): Error {
  return refusedWith(4140, `The parameter ${path} is required.`);
}

export function optionalText(holder: JsonObject, name: string, path: string): string | null {
  if (!present(holder, name)) return null;
  const value = holder[name];
  if (typeof value !== 'string') throw invalidField(path, 'The value must be a string.');
  return value;
}

export function requiredText(holder: JsonObject, name: string, path: string): string {
  const value = optionalText(holder, name, path);
  if (value === null || value === '') throw missing(path);
  return value;
}

export function optionalObject(holder: JsonObject, name: string, path: string): JsonObject | null {
  if (!present(holder, name)) return null;
  const value = holder[name];
  if (!isObject(value)) throw invalidField(path, 'The value must be an object.');
  return value;
}

export function optionalWhole(holder: JsonObject, name: string, path: string, least: number, most: number): number | null {
  if (!present(holder, name)) return null;
  const value = holder[name];
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most) {
    throw invalidField(path, `The value must be a whole number from ${least} to ${most}.`);
  }
  return value;
}

/** One of a list, spelled exactly so. */
export function oneOf<T extends string>(value: string, allowed: readonly T[], path: string): T {
  const found = allowed.find((each) => each === value);
  if (found === undefined) throw invalidField(path, `The value must be one of ${allowed.join(', ')}.`);
  return found;
}

/** The smallest payment, in minor units. */
export const leastAmount: Readonly<Record<Currency, number>> = { NOK: 100, DKK: 1, EUR: 1 };
const mostAmount = 65_000_000;

/** An amount in minor units, in the sales unit's own currency. */
export function readAmount(body: JsonObject, name: string, currency: Currency): number {
  const amount = optionalObject(body, name, name);
  if (amount === null) throw missing(name);
  if (!present(amount, 'value')) throw missing(`${name}.value`);
  const { value } = amount;
  const isWhole = typeof value === 'number' && Number.isSafeInteger(value);
  if (!isWhole || value < 0 || value > mostAmount) throw refusedWith(4040, `The amount ${String(value)} is invalid.`);
  const asked = requiredText(amount, 'currency', `${name}.currency`);
  oneOf(asked, Object.values(currencyOf), `${name}.currency`);
  if (asked !== currency) throw refusedWith(5040, `The currency ${asked} is not that of the sales unit, which is ${currency}.`);
  return value;
}

/** An address of https, of an app's own scheme, or of loopback for practice. */
export function readAddress(holder: JsonObject, name: string): string | null {
  const value = optionalText(holder, name, name);
  if (value === null) return null;
  const url = URL.parse(value);
  if (url === null || (url.protocol === 'http:' && !isLoopback(url))) throw refusedWith(4090, `The parameter ${value} is invalid.`);
  return value;
}
