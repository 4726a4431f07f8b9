import { createHash } from 'node:crypto';

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
  readonly currency: 'NOK' | 'DKK' | 'EUR';
}

/** What a caller must say about a sales unit; the rest has defaults, the keys too. */
export type SalesUnitOptions = Partial<SalesUnit> & { readonly msn: string };

/** One set of keys that speaks for several sales units; the MSN header says for which. */
export interface Partner extends Keys {
  readonly msns: readonly string[];
}

export type PartnerOptions = Partial<Keys> & { readonly msns: readonly string[] };

/** Two units, so that both capture types can be practised without any configuration. */
export const defaultSalesUnits: readonly SalesUnitOptions[] = [
  { msn: '123456', name: 'Kolonial på hjørnet', capture: 'reserve', skipLandingPage: true },
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
    return {
      ...makeKeys(unit.msn, unit),
      msn: unit.msn,
      name: unit.name ?? `Butikk ${unit.msn}`,
      currency: unit.currency ?? 'NOK',
      capture: unit.capture ?? 'reserve',
      skipLandingPage: unit.skipLandingPage ?? false,
      partialCapture: unit.partialCapture ?? true,
      expiry: unit.expiry ?? 'failed-reserve',
      standing: unit.standing ?? 'active',
    };
  });
}

export function makePartners(options: readonly PartnerOptions[]): Partner[] {
  return options.map((partner) => ({ ...makeKeys(`partner ${partner.msns.join(' ')}`, partner), msns: [...partner.msns] }));
}
