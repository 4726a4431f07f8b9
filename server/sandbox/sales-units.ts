import { createHash } from 'node:crypto';

export type Currency = 'NOK' | 'DKK' | 'EUR';
export type Market = 'NO' | 'DK' | 'FI';

/** A sales unit takes its own market's money and nothing else. */
export const currencyOf: Readonly<Record<Market, Currency>> = { NO: 'NOK', DK: 'DKK', FI: 'EUR' };

/** What one sales unit may do. */
export interface Capabilities {
  /** `reserve`: approved money waits for a capture. `direct`: it is captured at once (SALE). */
  readonly capture: 'reserve' | 'direct';
  /** Whether a payment request may be pushed to a phone number without a QR. */
  readonly skipLandingPage: boolean;
  /** Whether less than everything reserved may be captured. */
  readonly partialCapture: boolean;
  /** What the history shows of a payment nobody acted on: a failed RESERVE, or nothing at all. Both happen. */
  readonly expiry: 'failed-reserve' | 'silence';
  /** A unit that is only approved for login may not take payments (97). A deactivated one answers 37. */
  readonly standing: 'active' | 'deactivated' | 'no-payments';
  /** Whether what was begun in eCom can be read, captured, cancelled and refunded through ePayment. */
  readonly migrated: boolean;
  /** Whether ePayment's event log has the request ids under which eCom was asked: no document says. */
  readonly showsEcomKeys: boolean;
  /** Whether a payment may live longer than the usual minutes (`expiresAt`). */
  readonly longLiving: boolean;
  /** Whether a card outside the app may pay (`CARD`). */
  readonly card: boolean;
  /** The customer's data that may be asked for in `profile.scope`. */
  readonly scopes: readonly string[];
  /** How long a reservation can be captured: 180 days in Norway, 14 elsewhere. */
  readonly capturePeriodDays: number;
  /** What the provider keeps of each capture, in hundredths of a percent. */
  readonly feeBasisPoints: number;
}

export interface Keys {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly subscriptionKey: string;
}

export interface SalesUnit extends Keys, Capabilities {
  /** What the customer reads as the shop's name. */
  readonly name: string;
  /** Merchant serial number: 5 or 6 digits, always a string. */
  readonly msn: string;
  readonly market: Market;
  readonly currency: Currency;
  /** The organisation number of the merchant it belongs to. Units of one number are one merchant's. */
  readonly organisation: string;
}

/** What a caller must say about a sales unit; the rest has defaults, the keys too. The currency follows from the market. */
export type SalesUnitOptions = Partial<Omit<SalesUnit, 'currency'>> & { readonly msn: string };

/** One set of keys that speaks for several sales units; the MSN header says for which. */
export interface Partner extends Keys {
  readonly msns: readonly string[];
}

export type PartnerOptions = Partial<Keys> & { readonly msns: readonly string[] };

/** Two units, so that both capture types can be practised without any configuration. */
export const defaultSalesUnits: readonly SalesUnitOptions[] = [
  { msn: '123456', name: 'Kolonial på hjørnet', capture: 'reserve', skipLandingPage: true, migrated: true, longLiving: true },
  { msn: '654321', name: 'Kiosken', capture: 'direct' },
];

/** Keys that are the same at every start, so that a register's configuration outlives the sandbox it was made for. */
function makeKeys(owner: string, given: Partial<Keys>): Keys {
  const made = (purpose: string): Buffer => createHash('sha256').update(`practice ${purpose} ${owner}`).digest();
  const id = made('id').toString('hex');
  return {
    clientId: given.clientId ?? [id.slice(0, 8), id.slice(8, 12), id.slice(12, 16), id.slice(16, 20), id.slice(20, 32)].join('-'),
    clientSecret: given.clientSecret ?? made('secret').subarray(0, 16).toString('base64'),
    subscriptionKey: given.subscriptionKey ?? made('subscription').subarray(0, 16).toString('hex'),
  };
}

/** Fills in what was not said. A wrong MSN or one that comes twice is an `Error` that names it. */
export function makeSalesUnits(options: readonly SalesUnitOptions[]): SalesUnit[] {
  const seen = new Set<string>();
  return options.map((unit) => {
    if (!/^\d{5,6}$/.test(unit.msn)) throw new Error(`salesUnits: the msn "${unit.msn}" is not 5 or 6 digits`);
    if (seen.has(unit.msn)) throw new Error(`salesUnits: the msn "${unit.msn}" is there twice`);
    seen.add(unit.msn);
    const market = unit.market ?? 'NO';
    return {
      ...makeKeys(unit.msn, unit),
      msn: unit.msn,
      name: unit.name ?? `Butikk ${unit.msn}`,
      market,
      currency: currencyOf[market],
      organisation: unit.organisation ?? '987654321',
      capture: unit.capture ?? 'reserve',
      skipLandingPage: unit.skipLandingPage ?? false,
      partialCapture: unit.partialCapture ?? true,
      expiry: unit.expiry ?? 'failed-reserve',
      standing: unit.standing ?? 'active',
      migrated: unit.migrated ?? false,
      showsEcomKeys: unit.showsEcomKeys ?? true,
      longLiving: unit.longLiving ?? false,
      card: unit.card ?? true,
      scopes: unit.scopes ?? ['name', 'address', 'email', 'phoneNumber', 'birthDate'],
      capturePeriodDays: unit.capturePeriodDays ?? (market === 'NO' ? 180 : 14),
      feeBasisPoints: unit.feeBasisPoints ?? 175,
    };
  });
}

export function makePartners(options: readonly PartnerOptions[]): Partner[] {
  return options.map((partner) => ({ ...makeKeys(`partner ${partner.msns.join(' ')}`, partner), msns: [...partner.msns] }));
}
