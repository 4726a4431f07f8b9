import { createHash, randomBytes } from 'node:crypto';
import type { Market } from '../sales-units.ts';

/** Somebody with the app. */
export interface Customer {
  /** Country code and number, digits only: `4791234567`. */
  readonly msisdn: string;
  readonly name: string;
  readonly ageYears: number;
}

/** People to practise with. Every other mobile number belongs to a grown-up, except those in `isNobody`. */
export const practiceCustomers: readonly [Customer, ...Customer[]] = [
  { msisdn: '4791234567', name: 'Kari Nordmann', ageYears: 34 },
  { msisdn: '4748059528', name: 'Ola Nordmann', ageYears: 16 },
  { msisdn: '4521234567', name: 'Mette Hansen', ageYears: 41 },
  { msisdn: '358401234567', name: 'Aino Virtanen', ageYears: 28 },
];

const mobileNumbers: Readonly<Record<Market, RegExp>> = { NO: /^47[49]\d{7}$/, DK: /^45[2-9]\d{7}$/, FI: /^358(4|50)\d{5,9}$/ };

const tokenLifeMs = 15 * 60_000;

/** Numbers that end in five zeros belong to nobody who could pay: no user, too young to pay shops, blocked. Nobody says which. */
function isNobody(msisdn: string): boolean {
  return msisdn.endsWith('00000');
}

/** What the customers' apps can show and tell, and who holds the phone at hand. */
export class Customers {
  readonly #byCode = new Map<string, Customer>();
  readonly #byToken = new Map<string, { readonly customer: Customer; readonly goodUntilMs: number }>();
  /** Who holds the practice phone: pays what is scanned, and shows a personal code. */
  holder: Customer = practiceCustomers[0];

  /** Whoever has this number and can pay in a shop of any market, or `null`. */
  find(msisdn: string): Customer | null {
    const known = practiceCustomers.find((each) => each.msisdn === msisdn);
    if (known !== undefined) return known;
    if (isNobody(msisdn) || !Object.values(mobileNumbers).some((pattern) => pattern.test(msisdn))) return null;
    return { msisdn, name: `+${msisdn}`, ageYears: 40 };
  }

  /** A fresh personal code, as the app shows it. Earlier ones stay good until the sandbox ends. */
  personalCode(customer: Customer): string {
    const content = `https://qr.vipps.no/p/${randomBytes(24).toString('base64url')}`;
    this.#byCode.set(content, customer);
    return content;
  }

  /** Who showed this code: a fresh one in full, or one of the first kind, which has the number in it. Else `null`. */
  byPersonalCode(content: string): Customer | null {
    const firstKind = /^https:\/\/qr\.vipps\.no\/28\/2\/01\/031\/(\d{10,15})\?v=1$/.exec(content)?.[1];
    return firstKind === undefined ? (this.#byCode.get(content) ?? null) : this.find(firstKind);
  }

  /** What a merchant gets for a customer who checked in. Good for 15 minutes. */
  tokenFor(customer: Customer, nowMs: number): string {
    const token = createHash('sha256').update(randomBytes(16)).update(customer.msisdn).digest('base64url');
    this.#byToken.set(token, { customer, goodUntilMs: nowMs + tokenLifeMs });
    return token;
  }

  byToken(token: string, nowMs: number): Customer | null {
    const found = this.#byToken.get(token);
    return found !== undefined && nowMs < found.goodUntilMs ? found.customer : null;
  }
}
