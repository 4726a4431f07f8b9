import { randomBytes, randomUUID } from 'node:crypto';
import type { SandboxClock } from '../clock.ts';

interface IssuedToken {
  readonly subscriptionKey: string;
  readonly expiresAtMs: number;
}

export interface IssuedAnswer {
  readonly accessToken: string;
  readonly notBeforeSeconds: number;
  readonly expiresOnSeconds: number;
  readonly lifetimeSeconds: number;
}

/** Makes access tokens that look like the real ones and remembers whose they are. */
export class Tokens {
  readonly #clock: SandboxClock;
  readonly #lifetimeMs: number;
  readonly #issued = new Map<string, IssuedToken>();

  constructor(clock: SandboxClock, lifetimeMs: number) {
    this.#clock = clock;
    this.#lifetimeMs = lifetimeMs;
  }

  issue(clientId: string, subscriptionKey: string): IssuedAnswer {
    const nowMs = this.#clock.nowMs();
    const notBeforeSeconds = Math.floor(nowMs / 1000);
    const lifetimeSeconds = Math.floor(this.#lifetimeMs / 1000);
    const expiresOnSeconds = notBeforeSeconds + lifetimeSeconds;
    const kid = randomBytes(20).toString('base64url');
    const claims = {
      aud: '00000002-0000-0000-c000-000000000000',
      iss: 'https://sts.windows.net/e5116926-51fd-40fb-8d00-7a2c1d2c6d53/',
      iat: notBeforeSeconds,
      nbf: notBeforeSeconds,
      exp: expiresOnSeconds,
      aio: randomBytes(48).toString('base64'),
      appid: clientId,
      appidacr: '1',
      idp: 'https://sts.windows.net/e5116926-51fd-40fb-8d00-7a2c1d2c6d53/',
      oid: randomUUID(),
      rh: randomBytes(32).toString('base64url'),
      sub: randomUUID(),
      tid: 'e5116926-51fd-40fb-8d00-7a2c1d2c6d53',
      uti: randomBytes(16).toString('base64url'),
      ver: '1.0',
    };
    const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
    const signature = randomBytes(256).toString('base64url');
    const accessToken = `${encode({ typ: 'JWT', alg: 'RS256', x5t: kid, kid })}.${encode(claims)}.${signature}`;
    for (const [token, issued] of this.#issued) if (issued.expiresAtMs <= nowMs) this.#issued.delete(token);
    this.#issued.set(accessToken, { subscriptionKey, expiresAtMs: nowMs + this.#lifetimeMs });
    return { accessToken, notBeforeSeconds, expiresOnSeconds, lifetimeSeconds };
  }

  /** The subscription key that the token was issued with, or `null` for one that is unknown or too old. */
  ownerOf(accessToken: string): string | null {
    const issued = this.#issued.get(accessToken);
    return issued !== undefined && this.#clock.nowMs() < issued.expiresAtMs ? issued.subscriptionKey : null;
  }

  /** Makes every token worthless at once, as a change of keys does. */
  revokeAll(): void {
    this.#issued.clear();
  }
}
