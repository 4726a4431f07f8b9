/** Where the provider finds this register, for whoever has given it an address that can be reached from outside. */

/** What the provider is told, all under the configured address. Each register of a sales unit has its own. */
export interface OwnAddresses {
  /** Webhooks about payments. */
  readonly payments: string;
  /** Webhooks about customers at the register's sign. */
  readonly checkIns: string;
  /** eCom's `callbackPrefix`; the provider adds `/v2/payments/{orderId}`. */
  readonly callbackPrefix: string;
}

/** The addresses of one register under `publicUrl`, which has neither query nor fragment. */
export function ownAddresses(publicUrl: string, storeId: string, registerId: string): OwnAddresses {
  const own = `${publicUrl.replace(/\/+$/, '')}/vipps/${storeId}-${registerId}`;
  return { payments: `${own}/payments`, checkIns: `${own}/check-ins`, callbackPrefix: `${own}/ecom` };
}

/** What a request is about, by its path alone. */
export type Place =
  | { readonly kind: 'payments' }
  | { readonly kind: 'check-ins' }
  | { readonly kind: 'callback'; readonly reference: string };

/**
 * The place of a request's raw path; `null` where there is none. Compared as it stands, without decoding or tidying. A
 * proxy may pass on the whole path of the public address or leave out the public address's own part of it.
 */
export function placeOf(rawPath: string, publicUrl: string, addresses: OwnAddresses): Place | null {
  const own = pathOf(publicUrl.replace(/\/+$/, ''));
  const isPath = (path: string, known: string) => path === known || path === known.slice(own.length);
  if (isPath(rawPath, pathOf(addresses.payments))) return { kind: 'payments' };
  if (isPath(rawPath, pathOf(addresses.checkIns))) return { kind: 'check-ins' };
  const [, before = '', reference = ''] = /^(.*)\/([A-Za-z0-9-]{1,64})$/.exec(rawPath) ?? [];
  const prefix = pathOf(`${addresses.callbackPrefix}/v2/payments`);
  return before !== '' && isPath(before, prefix) ? { kind: 'callback', reference } : null;
}

const pathOf = (address: string): string => /^https?:\/\/[^/]+(.*)$/i.exec(address)?.[1] ?? '';
