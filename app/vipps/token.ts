/**
 * The access token: fetched before it is needed, shared by all calls, never fetched per request.
 *
 * - One request at a time: whoever needs a token while one is on its way waits for that one.
 * - Refreshed early: in the last part of its life a call still uses the old one while the new one is fetched beside it.
 * - A 401 may replace it once; if the new one is refused too, the keys are wrong, and asking more would not mend them.
 *
 * Asking for a token has no effect on any payment. So every failure here leaves the call that needed it unsent, and a
 * lost answer is `retryable`, not `unknown`.
 */
import { z } from 'zod';
import type { Answer } from '../payment/provider.ts';
import type { Clock, HttpSend, Log } from '../till/ports.ts';
import { answerFromResponse, answerFromSilence, badAnswer, logIfUnknown } from './errors.ts';
import { type CallingSystem, type SalesUnitKeys, tokenHeaders } from './headers.ts';
import type { Redact } from './secrets.ts';
import { readBody } from './wire.ts';

/** Seconds as a string, as the provider sends them; a number does no harm. */
const seconds = z
  .union([z.string().regex(/^\d{1,9}$/), z.number().int()])
  .transform(Number)
  .pipe(z.number().int().min(1).max(10_000_000));
const tokenAnswer = z.object({
  // It becomes a header: printable, without spaces.
  access_token: z.string().regex(/^[\x21-\x7e]{1,16000}$/),
  expires_in: seconds,
});

/** The last tenth of its life, at most ten minutes: then a new one is fetched beside the old. */
const EARLY_SHARE = 0.1;
const EARLY_AT_MOST_MS = 600_000;
/** So close to its end that it could expire on the way. */
const TOO_LATE_MS = 5_000;
/** After a failed early refresh: the old token still serves, so there is no hurry. */
const EARLY_RETRY_MS = 15_000;
/** When whoever needed a token that could not be had may ask for it again, if the provider says nothing else. */
const RETRY_MS = 2_000;
/** After a refusal the same answer is given for a while: a poll each second must not become a token request each second. */
const REFUSAL_HOLDS_MS = 5_000;
/** A token that replaced a refused one, and is refused at once itself, is not replaced again within this. */
const REPLACED_HOLDS_MS = 60_000;
const MAX_BODY_BYTES = 65_536;

export interface TokenSource {
  /** A token that is good for a call now. */
  get(): Promise<Answer<string>>;
  /** Another token than this one, which an API has just answered 401 to. `null`: there is no point in trying another. */
  replace(refused: string): Promise<Answer<string> | null>;
  /** An API has taken this token: should it be refused later, that is news, and it may be replaced. */
  accepted(token: string): void;
}

interface Held {
  readonly value: string;
  readonly lifeMs: number;
  readonly sinceNowMs: number;
  readonly sinceMonotonicMs: number;
  /** Fetched because the one before it was answered with a 401, and not accepted by any API yet. */
  readonly onTrial: boolean;
}

/** Builds a source of tokens for one set of keys. */
export function createTokenSource(options: {
  readonly keys: SalesUnitKeys;
  readonly system: CallingSystem;
  readonly send: HttpSend;
  readonly clock: Clock;
  readonly log: Log;
  readonly redact: Redact;
  /** Told of each new token: from then on it is a secret. */
  readonly onToken?: (token: string) => void;
}): TokenSource {
  const { clock, log } = options;
  let held: Held | null = null;
  let flight: Promise<Answer<string>> | null = null;
  let hold: { readonly untilMs: number; readonly answer: Answer<string> } | null = null;
  let earlyAgainAtMs = 0;

  /** A register sleeps: then one clock stands still while the other goes on, and the longer of the two is the age. */
  function ageMs(token: Held): number {
    return Math.max(clock.monotonicMs() - token.sinceMonotonicMs, clock.nowMs() - token.sinceNowMs);
  }

  function fetchToken(onTrial: boolean): Promise<Answer<string>> {
    if (flight !== null) return flight;
    if (hold !== null && clock.monotonicMs() < hold.untilMs) return Promise.resolve(hold.answer);
    const started = request(onTrial).finally(() => {
      flight = null;
    });
    flight = started;
    return started;
  }

  async function request(onTrial: boolean): Promise<Answer<string>> {
    const { keys, system, send, redact } = options;
    const startedMs = clock.monotonicMs();
    const since = { sinceNowMs: clock.nowMs(), sinceMonotonicMs: startedMs };
    const outcome = await send({
      method: 'POST',
      url: `${keys.baseUrl}/accesstoken/get`,
      headers: tokenHeaders(keys, system),
      connectTimeoutMs: 3_000,
      readTimeoutMs: 10_000,
      maxBodyBytes: MAX_BODY_BYTES,
    });
    const answer = outcome.kind === 'answered' ? read(outcome.response) : answerFromSilence(outcome, redact);
    const elapsedMs = Math.round(clock.monotonicMs() - startedMs);
    if (answer.kind === 'ok') {
      options.onToken?.(answer.value.value);
      held = { ...answer.value, ...since, onTrial };
      hold = null;
      log.write('info', 'vipps.token', { elapsedMs, lifeMs: answer.value.lifeMs });
      return { kind: 'ok', value: answer.value.value };
    }
    const error = { ...answer.error, message: `the access token: ${answer.error.message}` };
    log.write('warn', 'vipps.token-trouble', { elapsedMs, code: error.code, message: error.message, traceId: error.traceId });
    const toldMs = answer.kind === 'refused' ? null : (answer.retryAfterMs ?? null);
    // The call that needed it was never sent and used up nothing of what a payment may be asked for a minute.
    const failed: Answer<string> =
      answer.kind === 'refused' ? { kind: 'refused', error } : { kind: 'retryable', error, retryAfterMs: toldMs ?? RETRY_MS, unsent: true };
    const holdMs = answer.kind === 'refused' ? REFUSAL_HOLDS_MS : (toldMs ?? 0);
    if (holdMs > 0) hold = { untilMs: clock.monotonicMs() + holdMs, answer: failed };
    return failed;
  }

  function read(response: Parameters<typeof readBody>[0]): Answer<{ readonly value: string; readonly lifeMs: number }> {
    if (response.status !== 200) {
      const answer = answerFromResponse('token', response, options.redact, clock.nowMs());
      logIfUnknown(log, { operation: 'token', reference: null }, response, answer, options.redact);
      return answer;
    }
    const body = readBody(response);
    if (body.kind !== 'json') return badAnswer(body.kind === 'text' ? 'not JSON' : 'an empty answer', response.status);
    const parsed = tokenAnswer.safeParse(body.value);
    // Only the fields' names: the value is the secret itself.
    if (!parsed.success)
      return badAnswer(`${parsed.error.issues.map((issue) => issue.path.join('.')).join(', ')} is not as it must be`, response.status);
    return { kind: 'ok', value: { value: parsed.data.access_token, lifeMs: parsed.data.expires_in * 1_000 } };
  }

  async function get(): Promise<Answer<string>> {
    if (held === null) return fetchToken(false);
    const leftMs = held.lifeMs - ageMs(held);
    if (leftMs <= Math.min(TOO_LATE_MS, held.lifeMs * EARLY_SHARE)) return fetchToken(false);
    if (leftMs <= Math.min(EARLY_AT_MOST_MS, held.lifeMs * EARLY_SHARE) && clock.monotonicMs() >= earlyAgainAtMs) {
      earlyAgainAtMs = clock.monotonicMs() + EARLY_RETRY_MS;
      void fetchToken(false); // beside; it never rejects, and the old one still serves
    }
    return { kind: 'ok', value: held.value };
  }

  async function replace(refused: string): Promise<Answer<string> | null> {
    if (held !== null && held.value === refused) {
      if (held.onTrial && ageMs(held) < REPLACED_HOLDS_MS) return null;
      held = null;
      return fetchToken(true);
    }
    return get(); // somebody else has replaced it meanwhile
  }

  function accepted(token: string): void {
    if (held?.onTrial === true && held.value === token) held = { ...held, onTrial: false };
  }

  return { get, replace, accepted };
}
