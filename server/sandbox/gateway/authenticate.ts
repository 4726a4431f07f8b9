import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Keys, SalesUnit } from '../sales-units.ts';
import type { World } from '../world.ts';
import { gatewayRefusal, invalidSubscriptionKey, keysDoNotMatch, missingSubscriptionKey, unauthorized } from './refusal.ts';

/** One header as one string; absent or empty is `null`. */
export function header(headers: IncomingHttpHeaders, name: string): string | null {
  const value = headers[name];
  const text = Array.isArray(value) ? value[0] : value;
  return text === undefined || text === '' ? null : text;
}

export interface KeyOwner extends Keys {
  /** The sales units that these keys may speak for. */
  readonly msns: readonly string[];
  readonly isPartner: boolean;
}

/** Whose subscription key this is, or the gateway's own 401. */
export function ownerOfSubscriptionKey(world: World, headers: IncomingHttpHeaders): KeyOwner {
  const key = header(headers, 'ocp-apim-subscription-key');
  if (key === null) throw missingSubscriptionKey();
  const unit = world.salesUnits.find((each) => each.subscriptionKey === key);
  if (unit !== undefined) return { ...unit, msns: [unit.msn], isPartner: false };
  const partner = world.partners.find((each) => each.subscriptionKey === key);
  if (partner !== undefined) return { ...partner, isPartner: true };
  throw invalidSubscriptionKey();
}

/** The four headers that name the calling system are at most 30 characters each. */
export function checkSystemHeaders(headers: IncomingHttpHeaders): void {
  for (const name of ['Vipps-System-Name', 'Vipps-System-Version', 'Vipps-System-Plugin-Name', 'Vipps-System-Plugin-Version']) {
    const value = header(headers, name.toLowerCase());
    if (value !== null && value.length > 30) throw gatewayRefusal(400, `${name} may have at most 30 characters.`);
  }
}

export function invalidMsn(msn: string): Error {
  return keysDoNotMatch(`Invalid MSN: ${msn}. Check your API keys on portal.vipps.no and see the eCom FAQ for tips.`, randomUUID());
}

/** Whose keys a call comes with: subscription key and token must belong together. Throws the refusal that the provider would send. */
export function authenticateKeys(world: World, headers: IncomingHttpHeaders): KeyOwner {
  const owner = ownerOfSubscriptionKey(world, headers);
  const authorization = header(headers, 'authorization');
  if (authorization === null) throw unauthorized('The Authorization header is missing.');
  if (!authorization.startsWith('Bearer ')) throw unauthorized('The Authorization header is not a bearer token.');
  const tokenOwner = world.tokens.ownerOf(authorization.slice('Bearer '.length));
  if (tokenOwner === null) throw unauthorized('The access token is not valid, or has expired.');
  if (tokenOwner !== owner.subscriptionKey) throw keysDoNotMatch('Subscription not found', randomUUID());
  checkSystemHeaders(headers);
  return owner;
}

/**
 * Which sales unit an API call is for: the MSN must be one that the keys may speak for.
 * Own keys may leave the MSN out; partner keys may not. Throws the refusal that the provider would send.
 */
export function authenticate(world: World, headers: IncomingHttpHeaders): SalesUnit {
  const owner = authenticateKeys(world, headers);
  return unitFor(world, owner, header(headers, 'merchant-serial-number'));
}

function unitFor(world: World, owner: KeyOwner, msn: string | null): SalesUnit {
  if (owner.isPartner && msn === null) throw gatewayRefusal(403, 'Merchant Not Allowed for Ecommerce Payment');
  const wanted = msn ?? owner.msns[0] ?? '';
  const unit = world.salesUnits.find((each) => each.msn === wanted && owner.msns.includes(wanted));
  if (unit === undefined) throw invalidMsn(wanted);
  return unit;
}
