/** One call to one of the provider's APIs: token, headers, the request itself, a second try after a 401, and a named outcome. */
import { z } from 'zod';
import type { Answer } from '../payment/provider.ts';
import { sayIssue } from '../till/issue-text.ts';
import type { Clock, GivenUp, HttpRequest, HttpResponse, HttpSend, Log } from '../till/ports.ts';
import { type ApiName, answerFromResponse, answerFromSilence, badAnswer, logIfUnknown } from './errors.ts';
import { type Access, apiHeaders, type CallingSystem, isRelayed } from './headers.ts';
import type { Redact } from './secrets.ts';
import type { TokenSource } from './token.ts';
import { readBody } from './wire.ts';

/** A JSON answer is a few kilobytes; a history of a hundred partial refunds is still far below this. */
const MAX_JSON_BYTES = 524_288;
const CONNECT_TIMEOUT_MS = 3_000;

export interface ApiRequest {
  readonly api: Exclude<ApiName, 'token'>;
  /** For the log: `create`, `details`, `capture`. */
  readonly operation: string;
  readonly method: HttpRequest['method'];
  /** From the root of the provider's address, with every part encoded. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly readTimeoutMs: number;
  /** Default 3 000 ms. The provider asks for at least 1 s to connect and 5 s to read where there is an effect. */
  readonly connectTimeoutMs?: number;
  /** Default 512 KiB. */
  readonly maxBodyBytes?: number;
  /** For a read that somebody may stop waiting for. */
  readonly givenUp?: GivenUp | undefined;
  /** For the log. */
  readonly reference: string;
  /** A success may have no body; the schema then sees `null`. */
  readonly mayBeEmpty?: boolean;
}

export interface ApiCaller {
  /** Sends, and gives the JSON of a success parsed by the schema. A success that does not parse is `unknown`, code `bad-answer`. */
  call<Schema extends z.ZodType>(request: ApiRequest, schema: Schema): Promise<Answer<z.output<Schema>>>;
  /** Fetches the token before it is needed. */
  warm(): Promise<Answer<null>>;
}

/** Whether head office could sell for this register now. */
const READY: ApiRequest = { api: 'relay', operation: 'ready', method: 'GET', path: '/ready', readTimeoutMs: 5_000, reference: '' };

/** Builds the caller that all APIs of one sales unit share. */
export function createApiCaller(options: {
  readonly keys: Access;
  readonly system: CallingSystem;
  readonly tokens: TokenSource;
  readonly send: HttpSend;
  readonly clock: Clock;
  readonly log: Log;
  readonly redact: Redact;
}): ApiCaller {
  const { keys, system, tokens, clock, log, redact } = options;

  async function exchange(request: ApiRequest): Promise<Answer<HttpResponse>> {
    const token = await tokens.get();
    if (token.kind !== 'ok') return token;
    const first = await sendOnce(request, token.value);
    if (first.kind === 'ok') tokens.accepted(token.value);
    if (first.kind === 'ok' || first.error.httpStatus !== 401) return first;
    // A 401 is the gateway's: the request has not been looked at, so it may go again under another token. Once.
    const other = await tokens.replace(token.value);
    if (other === null) return first;
    if (other.kind !== 'ok') return other;
    const second = await sendOnce(request, other.value);
    if (second.kind === 'ok') tokens.accepted(other.value);
    return second;
  }

  async function sendOnce(request: ApiRequest, token: string): Promise<Answer<HttpResponse>> {
    const body = request.body === undefined ? null : JSON.stringify(request.body);
    const outcome = await options.send({
      method: request.method,
      url: `${keys.baseUrl}${request.path}`,
      headers: {
        ...apiHeaders(keys, system, token),
        ...(body === null ? {} : { 'Content-Type': 'application/json' }),
        ...request.headers,
      },
      ...(body === null ? {} : { body }),
      connectTimeoutMs: request.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
      readTimeoutMs: request.readTimeoutMs,
      maxBodyBytes: request.maxBodyBytes ?? MAX_JSON_BYTES,
      ...(request.givenUp === undefined ? {} : { givenUp: request.givenUp }),
    });
    if (outcome.kind !== 'answered') return answerFromSilence(outcome, redact);
    const { response } = outcome;
    if (response.status >= 200 && response.status <= 299) return { kind: 'ok', value: response };
    const answer = answerFromResponse(request.api, response, redact, clock.nowMs());
    logIfUnknown(log, { operation: request.operation, reference: request.reference }, response, answer, redact);
    return answer;
  }

  async function call<Schema extends z.ZodType>(request: ApiRequest, schema: Schema): Promise<Answer<z.output<Schema>>> {
    const startedMs = clock.monotonicMs();
    const answered = await exchange(request);
    const answer = answered.kind === 'ok' ? parse(answered.value, schema, redact, request.mayBeEmpty ?? false) : answered;
    const facts = { operation: request.operation, reference: request.reference, elapsedMs: Math.round(clock.monotonicMs() - startedMs) };
    if (answer.kind !== 'ok') {
      const { code, message, httpStatus, traceId } = answer.error;
      // A reference that is not there yet is an ordinary answer to a read.
      const isAbsent = answer.kind === 'refused' && (code === 'ecom:Merchant/35' || code === 'epayment:5090');
      const level = isAbsent && request.method === 'GET' ? 'info' : 'warn';
      log.write(level, 'vipps.trouble', { ...facts, kind: answer.kind, code, message, httpStatus, traceId });
    } else if (request.method !== 'GET') {
      log.write('info', 'vipps.done', facts);
    }
    return answer;
  }

  return {
    call,
    async warm() {
      // The token is head office's to have.
      if (isRelayed(keys))
        return call(
          READY,
          z.unknown().transform(() => null),
        );
      const token = await tokens.get();
      return token.kind === 'ok' ? { kind: 'ok', value: null } : token;
    },
  };
}

function parse<Schema extends z.ZodType>(
  response: HttpResponse,
  schema: Schema,
  redact: Redact,
  mayBeEmpty: boolean,
): Answer<z.output<Schema>> {
  const body = readBody(response);
  const kind = response.headers['content-type'] ?? 'no content type';
  const isEmptyAsItMayBe = body.kind === 'empty' && mayBeEmpty;
  if (body.kind !== 'json' && !isEmptyAsItMayBe) {
    const what = body.kind === 'empty' ? 'an empty answer' : `not JSON (${kind}, ${response.body.length} bytes)`;
    return badAnswer(redact(`HTTP ${response.status}: ${what}`), response.status);
  }
  const parsed = schema.safeParse(body.kind === 'json' ? body.value : null, { error: sayIssue });
  if (parsed.success) return { kind: 'ok', value: parsed.data };
  // Where and what, never the values: an answer may hold a customer.
  const problems = parsed.error.issues.slice(0, 5).map((issue) => `${issue.path.join('.') || 'the answer'} ${issue.message}`);
  return badAnswer(redact(`HTTP ${response.status}: ${problems.join('; ')}`), response.status);
}
