import type { Customer, Customers } from '../customers/customers.ts';
import type { JsonObject } from '../gateway/json-body.ts';
import type { SalesUnit } from '../sales-units.ts';
import { optionalObject, optionalText } from './fields.ts';
import { invalidField, refusedWith } from './problems.ts';

/** Who is to pay, as far as the request says. */
export interface NamedCustomer {
  readonly customer: Customer | null;
  readonly by: 'phoneNumber' | 'personalQr' | 'customerToken' | null;
}

const ways = ['phoneNumber', 'personalQr', 'customerToken'] as const;

/** Finds the customer of a create or force-approve request, or throws what the API would answer. `null` when none is named. */
export function readCustomer(body: JsonObject, customers: Customers, nowMs: number): NamedCustomer {
  const holder = optionalObject(body, 'customer', 'customer');
  if (holder === null) return { customer: null, by: null };
  const named = ways.filter((way) => holder[way] !== undefined && holder[way] !== null);
  const [by] = named;
  if (by === undefined) return { customer: null, by: null };
  if (named.length > 1) throw invalidField('customer', 'Only one of phoneNumber, personalQr and customerToken can be set.');
  const value = optionalText(holder, by, `customer.${by}`) ?? '';
  switch (by) {
    case 'phoneNumber':
      if (!/^\d{10,15}$/.test(value)) throw refusedWith(4070, 'The phone number is invalid. Phone numbers must be in MSISDN format.');
      return { customer: customers.find(value), by };
    case 'personalQr': {
      const customer = customers.byPersonalCode(value);
      if (customer === null) throw refusedWith(4060, 'The parameter PersonalQr is invalid.');
      return { customer, by };
    }
    case 'customerToken': {
      const customer = customers.byToken(value, nowMs);
      if (customer === null) throw refusedWith(4050, 'The parameter CustomerToken is invalid.');
      return { customer, by };
    }
  }
}

/** A push needs somebody who can pay, and the sales unit the right to ask by number. Whoever is too young is not told from nobody. */
export function customerToPush(named: NamedCustomer, minimumAge: number | null, unit: SalesUnit): Customer {
  if (named.by === null) throw refusedWith(4140, 'The parameter customer is required.');
  if (named.by === 'phoneNumber' && !unit.skipLandingPage) {
    throw refusedWith(5080, `The sales unit with MSN ${unit.msn} is not allowed to use PUSH_MESSAGE.`);
  }
  if (named.customer === null || (minimumAge !== null && named.customer.ageYears < minimumAge)) {
    throw refusedWith(7010, 'The phone number does not belong to a user, or the user cannot pay businesses. We cannot give more details.');
  }
  return named.customer;
}
