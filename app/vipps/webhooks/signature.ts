/**
 * Whether a webhook is the provider's: HMAC-SHA256 over `POST\n{path and query}\n{x-ms-date};{host};{x-ms-content-sha256}`,
 * with the secret that was shown once at the registration, path and host as they were registered there.
 *
 * Whatever stands between the provider and the register may have another name and another path, so neither is taken from
 * the request. The hash of the raw body comes first: nobody reads a body that is not the signed one.
 */
import { encodeBase64 } from '../../till/base64.ts';
import type { Hasher, Hmac } from '../../till/ports.ts';

/** A request as it came, before anything of its body was read. */
export interface ReceivedWebhook {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Uint8Array;
}

/** What the provider was told, and what it gave for it. */
export interface Registered {
  /** The whole address, as it was sent in the registration. */
  readonly url: string;
  readonly secret: string;
}

/** Why a request is not the provider's word of now. Each is a refusal, and none says more to the one who asked. */
export type Distrust =
  /** One of the three headers is missing, there twice, or not of the known form. */
  | 'no-proof'
  /** The body is not the one that was hashed. */
  | 'other-body'
  /** Signed with another secret, or for another address. */
  | 'other-signature'
  /** Rightly signed, and too long ago or in the future: a replay, or one of the two clocks is wrong. */
  | 'other-time';

export type Verdict = { readonly trusted: true } | { readonly trusted: false; readonly why: Distrust; readonly skewMs?: number };

/** How far the signed date may be from now, either way. Within it a replay does what the webhook did: nothing but a poll. */
export const REPLAY_WINDOW_MS = 300_000;

const PROOF = /^HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=([A-Za-z0-9+/]{43}=)$/;
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;
const ADDRESS = /^https?:\/\/([^/?#@\s]+)(\/[^#\s]*)?$/i;

/** Judges one request. `nowMs` is the register's own clock. Pure, and says the same of the same. */
export function judgeWebhook(
  received: ReceivedWebhook,
  registered: Registered,
  ports: { readonly hasher: Hasher; readonly hmac: Hmac },
  nowMs: number,
): Verdict {
  const date = single(received, 'x-ms-date');
  const hash = single(received, 'x-ms-content-sha256');
  const signature = PROOF.exec(single(received, 'authorization') ?? '')?.[1];
  const [, host, path = '/'] = ADDRESS.exec(registered.url) ?? [];
  if (date === null || hash === null || signature === undefined || host === undefined || !HTTP_DATE.test(date)) return distrust('no-proof');
  if (!sameText(encodeBase64(bytesOfHex(ports.hasher.sha256Hex(received.body))), hash)) return distrust('other-body');
  const expected = ports.hmac.sha256(registered.secret, `POST\n${path}\n${date};${host};${hash}`);
  if (registered.secret === '' || !sameText(encodeBase64(expected), signature)) return distrust('other-signature');
  const skewMs = nowMs - Date.parse(date);
  return Math.abs(skewMs) <= REPLAY_WINDOW_MS ? { trusted: true } : { trusted: false, why: 'other-time', skewMs };
}

const distrust = (why: Distrust): Verdict => ({ trusted: false, why });

function single({ headers }: ReceivedWebhook, name: string): string | null {
  const value = headers[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Compares in a time that depends on what was given, never on how much of it is right. */
export function sameText(expected: string, given: string): boolean {
  let difference = expected.length ^ given.length;
  for (let at = 0; at < given.length; at += 1) difference |= given.charCodeAt(at) ^ expected.charCodeAt(at % Math.max(expected.length, 1));
  return difference === 0;
}

function bytesOfHex(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, at) => Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16));
}
