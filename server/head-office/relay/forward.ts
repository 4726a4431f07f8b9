/**
 * One request of a register's on to the provider, and its answer back: head office adds the token, the keys and the sales
 * unit's number, and takes nothing else away. What a register cannot know by itself it is told: whether anything was sent.
 */
import { problemSentence, RefusedByHeadOffice } from '../../../app/refund/problem.ts';
import { BODY_TOO_LARGE, type GivenUp, type HttpOutcome, type HttpResponse } from '../../../app/till/ports.ts';
import type { Operation } from '../../../app/vipps/relay-operations.ts';
import type { Office } from '../office.ts';
import type { UnitRow } from '../providers.ts';
import type { KeySet } from './key-sets.ts';

export interface Forwarded {
  readonly operation: Operation;
  readonly unit: UnitRow;
  readonly keySet: KeySet;
  readonly path: string;
  /** Of the register's, those that go through; none of them says who is asking. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>> | null;
  /** Nobody waits for a read any more. */
  readonly givenUp: GivenUp;
}

/** A little less than a register waits itself, so that it hears of a silence rather than of nothing. */
const READ_TIMEOUT_MS = 4_500;
const EFFECT_TIMEOUT_MS = 9_500;
const MAX_BODY_BYTES = 524_288;
const UNAUTHORIZED = 401;

/** The provider's answer, whatever it is. @throws RefusedByHeadOffice where there is none: `provider-not-reached` and `keys-refused` when nothing was sent; else what was sent may have been done. */
export async function forward(office: Office, asked: Forwarded): Promise<HttpResponse> {
  const { tokens } = asked.keySet;
  const token = await tokens.get();
  if (token.kind !== 'ok') throw unsent(token);
  const first = answered(await sendOnce(office, asked, token.value));
  if (first.status !== UNAUTHORIZED) {
    tokens.accepted(token.value);
    return first;
  }
  // A 401 is the gateway's: the request has not been looked at, so it may go again under another token. Once.
  const other = await tokens.replace(token.value);
  if (other === null) return first;
  if (other.kind !== 'ok') throw unsent(other);
  const second = answered(await sendOnce(office, asked, other.value));
  if (second.status !== UNAUTHORIZED) tokens.accepted(other.value);
  return second;
}

function sendOnce(
  { send }: Office,
  { operation, unit, keySet, path, headers, body, givenUp }: Forwarded,
  token: string,
): Promise<HttpOutcome> {
  return send({
    method: operation.method,
    url: `${unit.base_url.replace(/\/+$/, '')}${path}`,
    headers: { ...keySet.headers(unit.msn, token), ...headers },
    ...(body === null ? {} : { body: JSON.stringify(body) }),
    readTimeoutMs: operation.isRead ? READ_TIMEOUT_MS : EFFECT_TIMEOUT_MS,
    maxBodyBytes: MAX_BODY_BYTES,
    ...(operation.isRead ? { givenUp } : {}),
  });
}

function answered(outcome: HttpOutcome): HttpResponse {
  switch (outcome.kind) {
    case 'answered':
      return outcome.response;
    case 'not-sent':
      throw new RefusedByHeadOffice('provider-not-reached', { retryAfterSeconds: 2 });
    case 'lost':
      throw new RefusedByHeadOffice(outcome.reason.startsWith(BODY_TOO_LARGE) ? 'provider-odd' : 'provider-silent');
  }
}

/** Without a token nothing was sent: it may be asked again, unless the keys themselves are refused. */
function unsent(token: Exclude<Awaited<ReturnType<KeySet['tokens']['get']>>, { kind: 'ok' }>): RefusedByHeadOffice {
  if (token.kind === 'refused') return new RefusedByHeadOffice('keys-refused', { providerCode: token.error.code });
  const waitMs = token.retryAfterMs ?? 2_000;
  return new RefusedByHeadOffice(
    'provider-not-reached',
    { retryAfterSeconds: Math.ceil(waitMs / 1_000) },
    problemSentence('provider-not-reached'),
  );
}
