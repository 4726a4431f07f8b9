/** The headers that every call to the provider carries, and the keys they are made of. */

/** One sales unit's keys, or a partner's keys with the sales unit's number (the number then says on whose behalf). */
export interface SalesUnitKeys {
  /** Without a slash at the end. `https://`, or `http://` on loopback: the configuration has checked it. */
  readonly baseUrl: string;
  /** A string, always: the provider answers 500 to a number. */
  readonly merchantSerialNumber: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly subscriptionKey: string;
}

/** What a register without keys has: its own key at head office, which adds the keys and the sales unit's number by itself. */
export interface RelayAccess {
  /** Head office's address of the relay, without a slash at the end: the provider's own paths come after it. */
  readonly baseUrl: string;
  /** As it is now: it may be changed while the register runs. `null`: the register is not enrolled. */
  readonly registerKey: () => string | null;
  /** What the register's screens say of the money: head office refuses where its sales unit is in another one. */
  readonly environment: 'sandbox' | 'test' | 'production';
}

/** How a register reaches its sales unit. */
export type Access = SalesUnitKeys | RelayAccess;

export const isRelayed = (access: Access): access is RelayAccess => 'registerKey' in access;

/** Who is calling, for the provider's support. At most 30 characters each; longer ones are cut. */
export interface CallingSystem {
  readonly systemName: string;
  readonly systemVersion: string;
  readonly pluginName?: string;
  readonly pluginVersion?: string;
}

const LONGEST_NAME = 30;

/** Headers of the token request. `POST /accesstoken/get`, with an empty body. */
export function tokenHeaders(keys: SalesUnitKeys, system: CallingSystem): Record<string, string> {
  return { client_id: keys.clientId, client_secret: keys.clientSecret, ...unitHeaders(keys, system) };
}

/** Headers of every other call. The capital letters of `Authorization` and `Bearer` matter to the gateway. */
export function apiHeaders(access: Access, system: CallingSystem, token: string): Record<string, string> {
  const authorization = { Authorization: `Bearer ${token}` };
  if (isRelayed(access)) return { ...authorization, 'X-Tillit-Environment': access.environment, ...systemHeaders(system) };
  return { ...authorization, ...unitHeaders(access, system) };
}

function unitHeaders(keys: SalesUnitKeys, system: CallingSystem): Record<string, string> {
  return {
    'Ocp-Apim-Subscription-Key': keys.subscriptionKey,
    'Merchant-Serial-Number': keys.merchantSerialNumber,
    ...systemHeaders(system),
  };
}

function systemHeaders(system: CallingSystem): Record<string, string> {
  return {
    'Vipps-System-Name': headerName(system.systemName),
    'Vipps-System-Version': headerName(system.systemVersion),
    'Vipps-System-Plugin-Name': headerName(system.pluginName ?? `${system.systemName}-register`),
    'Vipps-System-Plugin-Version': headerName(system.pluginVersion ?? system.systemVersion),
  };
}

/** A header holds printable ASCII only; anything else would make the request impossible to send. */
function headerName(text: string): string {
  return text
    .replace(/[^\x20-\x7e]/g, '')
    .trim()
    .slice(0, LONGEST_NAME);
}
