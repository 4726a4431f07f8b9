/**
 * Who may speak to the web shell at all: the rules that hold before anything is read from a body.
 * A page of another site cannot get in by DNS rebinding (the Host rule) or by a cross-site request (the Origin rule).
 */
import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import type { Role } from './tokens.ts';

/** A refusal: an HTTP status, a stable code for programs and a sentence for people. */
export interface Refusal {
  readonly status: number;
  readonly code: ShellCode;
  readonly message: string;
}

export type ShellCode =
  | 'bad-host'
  | 'bad-origin'
  | 'no-token'
  | 'wrong-role'
  | 'bad-command'
  | 'bad-query'
  | 'bad-condition'
  | 'bad-drawer'
  | 'bad-json'
  | 'not-json'
  | 'too-large'
  | 'not-found'
  | 'too-many'
  | 'bad-request'
  | 'internal';

/** `name:port`, `1.2.3.4:port`, `[::1]:port`; the port may be missing. */
const HOST_FORM = /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::\d{1,5})?$/i;

/**
 * A name can be pointed anywhere by whoever owns it; an address cannot. So a Host is let in when it is an IP address,
 * `localhost`, or the very name that the shell was told to listen on.
 */
export function refuseHost(headers: IncomingHttpHeaders, listeningOn: string): Refusal | null {
  const match = HOST_FORM.exec(headers.host ?? '');
  const name = (match?.[1] ?? '').toLowerCase();
  const bare = name.startsWith('[') ? name.slice(1, -1) : name;
  if (match !== null && (isIP(bare) !== 0 || name === 'localhost' || name === listeningOn.toLowerCase())) return null;
  return {
    status: 403,
    code: 'bad-host',
    message: 'This register does not answer to that name. Use its address, as it was printed when it started.',
  };
}

/** Browsers say which page a request comes from; only the shell's own pages may act. Programs send no Origin. */
export function refuseOrigin(headers: IncomingHttpHeaders): Refusal | null {
  const { origin } = headers;
  if (origin === undefined || origin.toLowerCase() === `http://${(headers.host ?? '').toLowerCase()}`) return null;
  return { status: 403, code: 'bad-origin', message: 'A page of another site may not speak to this register.' };
}

/** The token of an `Authorization: Bearer …` header, or `null`. */
export function bearerToken(headers: IncomingHttpHeaders): string | null {
  return /^bearer ([A-Za-z0-9_-]{1,128})$/i.exec(headers.authorization ?? '')?.[1] ?? null;
}

/** A browser's WebSocket cannot send headers, so its token is offered as a subprotocol: `tillit, token.<token>`. */
export function socketToken(headers: IncomingHttpHeaders): string | null {
  const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  return offered.find((name) => name.startsWith('token.'))?.slice('token.'.length) ?? bearerToken(headers);
}

/** `null` when `role` may do what only `allowed` may. */
export function refuseRole(role: Role | null, allowed: readonly Role[]): Refusal | null {
  if (role === null) {
    return {
      status: 401,
      code: 'no-token',
      message: 'A token is needed: send "Authorization: Bearer <token>" with the token that was printed when the register started.',
    };
  }
  if (allowed.includes(role)) return null;
  return {
    status: 403,
    code: 'wrong-role',
    message: `The ${role}'s token does not open this; it takes the ${allowed.join("'s or the ")}'s.`,
  };
}

/** On every answer. Pages load nothing from elsewhere, run no script but the built files, and sit in no frame. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};
