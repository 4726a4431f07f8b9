import type { Customer, Customers } from '../customers/customers.ts';
import type { JsonObject } from '../gateway/json-body.ts';
import type { Extras, Flow } from '../payments/payment.ts';
import { addsUp, receiptProblems } from '../receipts/receipt.ts';
import type { SalesUnit } from '../sales-units.ts';
import { customerToPush, readCustomer } from './create-customer.ts';
import {
  leastAmount,
  missing,
  oneOf,
  optionalObject,
  optionalText,
  optionalWhole,
  present,
  readAddress,
  readAmount,
  requiredText,
} from './fields.ts';
import { invalidField, refusedWith, unreadableBody } from './problems.ts';

const flows = { PUSH_MESSAGE: 'push', NATIVE_REDIRECT: 'app', WEB_REDIRECT: 'web', QR: 'qr' } as const satisfies Record<string, Flow>;
const flowNames = Object.keys(flows) as (keyof typeof flows)[];
const pictures = { 'TEXT/TARGETURL': 'target', 'IMAGE/SVG+XML': 'svg', 'IMAGE/PNG': 'png' } as const;
const knownScopes = ['name', 'address', 'email', 'phoneNumber', 'birthDate', 'nin', 'openid', 'delegatedConsents', 'promotions'];
const minuteMs = 60_000;
const longestLifeMs = 60 * 86_400_000;

export interface CreateRequest {
  readonly reference: string;
  readonly amountOre: number;
  readonly text: string;
  readonly flow: Flow;
  readonly method: 'wallet' | 'card';
  readonly customer: Customer | null;
  readonly minimumAge: number | null;
  readonly expiresAtMs: number | null;
  readonly extras: Extras;
}

/** The reference of a create request before anything else is looked at: limits are counted by it. Empty when it is missing. */
export function referenceIn(body: JsonObject | null): string {
  return typeof body?.reference === 'string' ? body.reference : '';
}

/** Reads a create request for a sales unit, or throws what the API would answer. */
export function readCreate(body: JsonObject | null, unit: SalesUnit, customers: Customers, nowMs: number): CreateRequest {
  if (body === null) throw unreadableBody();
  const reference = requiredText(body, 'reference', 'reference');
  // The written contract ends at 50, the newest guide at 64.
  if (!/^[a-zA-Z0-9-]{8,64}$/.test(reference)) throw invalidField('reference', "The value must match '^[a-zA-Z0-9-]{8,64}$'.");
  refuseExpress(body);
  const amountOre = readAmount(body, 'amount', unit.currency);
  if (amountOre < leastAmount[unit.currency]) throw refusedWith(6010, `The amount ${amountOre} is too small.`);
  const flowName = oneOf(requiredText(body, 'userFlow', 'userFlow'), flowNames, 'userFlow');
  const flow = flows[flowName];
  const method = readMethod(body, flow, unit);
  const interaction = optionalText(body, 'customerInteraction', 'customerInteraction');
  if (interaction !== null) oneOf(interaction, ['CUSTOMER_PRESENT', 'CUSTOMER_NOT_PRESENT'], 'customerInteraction');
  const text = optionalText(body, 'paymentDescription', 'paymentDescription') ?? '';
  if (text !== '' && (text.length < 3 || text.length > 100)) {
    throw invalidField('paymentDescription', 'The value must have from 3 to 100 characters.');
  }
  const returnUrl = readAddress(body, 'returnUrl');
  if (returnUrl === null && (flow === 'web' || flow === 'app')) throw missing('returnUrl');
  readAddress(body, 'receiptUrl');
  const receipt = readReceipt(body, amountOre);
  const minimumAge = optionalWhole(body, 'minimumUserAge', 'minimumUserAge', 0, 100);
  const named = readCustomer(body, customers, nowMs);
  const customer = flow === 'push' ? customerToPush(named, minimumAge, unit) : named.customer;
  const metadata = readMetadata(body);
  const scope = readScope(body, unit);
  const qr = flow === 'qr' ? readQr(body) : null;
  const expiresAtMs = readExpiry(body, flowName, unit, nowMs);
  return {
    reference,
    amountOre,
    text,
    flow,
    method,
    customer,
    minimumAge,
    expiresAtMs,
    extras: { metadata, scope, receipt, returnUrl, qr },
  };
}

/** What belongs to express checkout is refused as a whole: a register has no use for it, and no unit here has the right. */
function refuseExpress(body: JsonObject): void {
  if (['shipping', 'shippingOptions', 'expressCheckout'].some((name) => present(body, name))) {
    throw refusedWith(5020, 'Express payment is not allowed for this sales unit.');
  }
}

function readMethod(body: JsonObject, flow: Flow, unit: SalesUnit): 'wallet' | 'card' {
  const method = optionalObject(body, 'paymentMethod', 'paymentMethod');
  if (method === null) throw missing('paymentMethod');
  if (present(method, 'blockedSources') && unit.market === 'NO') {
    throw refusedWith(5010, 'Payment sources can be blocked in Denmark and Finland only.');
  }
  const type = requiredText(method, 'type', 'paymentMethod.type');
  if (type === 'WALLET') return 'wallet';
  if (type !== 'CARD') throw refusedWith(4160, `The payment method type ${type} is invalid.`);
  if (flow !== 'web') throw refusedWith(4160, 'The payment method type CARD can be used with WEB_REDIRECT only.');
  if (!unit.card) throw refusedWith(5070, `The sales unit with MSN ${unit.msn} is not allowed to take free-standing cards.`);
  return 'card';
}

function readReceipt(body: JsonObject, amountOre: number): JsonObject | null {
  const receipt = optionalObject(body, 'receipt', 'receipt');
  if (receipt === null) return null;
  const [first] = receiptProblems(receipt);
  if (first !== undefined) throw invalidField(`receipt.${first.name}`, first.reason);
  // One that does not add up never stops a payment: it is left out.
  return addsUp(receipt, amountOre) ? receipt : null;
}

function readMetadata(body: JsonObject): Readonly<Record<string, string>> | null {
  const metadata = optionalObject(body, 'metadata', 'metadata');
  if (metadata === null) return null;
  const entries = Object.entries(metadata);
  if (entries.length > 5) throw refusedWith(4100, 'The metadata can have at most 5 pairs.');
  for (const [key, value] of entries) {
    if (key.length > 100) throw refusedWith(4120, 'A key of the metadata can have at most 100 characters.');
    if (typeof value !== 'string') throw invalidField(`metadata.${key}`, 'The value must be a string.');
    if (value.length > 500) throw refusedWith(4130, 'A value of the metadata can have at most 500 characters.');
  }
  const folded = new Set(entries.map(([key]) => key.toLowerCase()));
  if (folded.size < entries.length) throw refusedWith(4110, 'The keys of the metadata must differ.');
  return metadata as Readonly<Record<string, string>>;
}

function readScope(body: JsonObject, unit: SalesUnit): string | null {
  const profile = optionalObject(body, 'profile', 'profile');
  const scope = profile === null ? null : optionalText(profile, 'scope', 'profile.scope');
  for (const each of scope === null ? [] : scope.split(' ').filter((part) => part !== '')) {
    if (!knownScopes.includes(each)) throw refusedWith(4080, `The scope ${each} is invalid.`);
    if (each !== 'openid' && !unit.scopes.includes(each)) throw refusedWith(5030, `The scope ${each} is illegal.`);
  }
  return scope;
}

function readQr(body: JsonObject): NonNullable<Extras['qr']> {
  const wanted = optionalObject(body, 'qrFormat', 'qrFormat');
  if (wanted === null) return { format: 'svg', sizePx: 1024 };
  const names = Object.keys(pictures) as (keyof typeof pictures)[];
  const format = oneOf(requiredText(wanted, 'format', 'qrFormat.format'), names, 'qrFormat.format');
  return { format: pictures[format], sizePx: optionalWhole(wanted, 'size', 'qrFormat.size', 100, 2000) ?? 1024 };
}

function readExpiry(body: JsonObject, flowName: keyof typeof flows, unit: SalesUnit, nowMs: number): number | null {
  const expiresAt = optionalText(body, 'expiresAt', 'expiresAt');
  if (expiresAt === null) return null;
  const isDate = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/.test(expiresAt);
  const atMs = isDate ? Date.parse(expiresAt) : Number.NaN;
  if (Number.isNaN(atMs)) throw invalidField('expiresAt', `The expiration date ${expiresAt} is invalid.`);
  if (flowName !== 'PUSH_MESSAGE' && flowName !== 'QR') throw refusedWith(5050, `Cannot set ExpiresAt for flow ${flowName}.`);
  if (!unit.longLiving) throw refusedWith(5050, `The sales unit with MSN ${unit.msn} is not allowed to make long-living payments.`);
  if (atMs < nowMs + 10 * minuteMs) throw refusedWith(6120, 'The expiration date must be at least 10 minutes away.');
  if (atMs > nowMs + longestLifeMs) throw refusedWith(6110, 'The expiration date must be at most 60 days away.');
  if (!present(body, 'receipt')) throw refusedWith(6130, 'A long-living payment requires a receipt.');
  return atMs;
}
