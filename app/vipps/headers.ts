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
export function apiHeaders(keys: SalesUnitKeys, system: CallingSystem, token: string): Record<string, string> {
  return { Authorization: `Bearer ${token}`, ...unitHeaders(keys, system) };
}

function unitHeaders(keys: SalesUnitKeys, system: CallingSystem): Record<string, string> {
  return {
    'Ocp-Apim-Subscription-Key': keys.subscriptionKey,
    'Merchant-Serial-Number': keys.merchantSerialNumber,
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
