/**
 * One request to head office, as the register's own key proves it, and what can become of it:
 *
 * | outcome | what it means |
 * |---|---|
 * | `ok` | the answer, of the form that the contract promises |
 * | `refused` | head office's own "no": nothing was done, unless its code says otherwise (`app/refund/problem.ts`) |
 * | `unreachable` | no answer of head office's. `sent: 'no'`: it never left. `perhaps`: whether it arrived is not known |
 *
 * What is asked again with the same id is the same to head office, so whoever gets `unreachable` asks again.
 */
import type { z } from 'zod';
import { problemAnswer } from '../refund/contract.ts';
import { type ProblemCode, problemSentence } from '../refund/problem.ts';
import type { Clock, GivenUp, HttpResponse, HttpSend } from '../till/ports.ts';
import { readRetryAfterMs } from '../vipps/retry-after.ts';
import { readBody } from '../vipps/wire.ts';

export type ChainOutcome<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | {
      readonly kind: 'refused';
      readonly code: ProblemCode;
      /** English, for a log and for support; people's sentence is chosen by the code. */
      readonly message: string;
      /** How far head office has the journal, where it says so. */
      readonly confirmedSeq: number | null;
      readonly retryAfterMs: number | null;
    }
  | { readonly kind: 'unreachable'; readonly sent: 'no' | 'perhaps'; readonly reason: string };

export interface ChainRequest<Schema extends z.ZodType> {
  readonly method?: 'GET' | 'POST';
  /** As the contract has it: `/v1/journal`. */
  readonly path: string;
  readonly body?: unknown;
  readonly answer: Schema;
  readonly connectTimeoutMs?: number;
  readonly readTimeoutMs?: number;
  readonly maxBodyBytes?: number;
  readonly givenUp?: GivenUp;
}

export interface ChainCaller {
  /** Never throws. Without a key the answer is `refused` with `no-key`, and nothing is sent. */
  call<Schema extends z.ZodType>(request: ChainRequest<Schema>): Promise<ChainOutcome<z.output<Schema>>>;
}

export interface ChainCallerOptions {
  /** Where head office is: `https://…`, or `http://` on this machine. */
  readonly address: string;
  /** The register's key; `null` before it is enrolled. Asked for at every request, since it changes. */
  readonly key: () => string | null;
  readonly send: HttpSend;
  readonly clock: Pick<Clock, 'nowMs'>;
}

const READ_TIMEOUT_MS = 10_000;

export function createChainCaller({ address, key, send, clock }: ChainCallerOptions): ChainCaller {
  const base = address.replace(/\/+$/, '');

  async function once<Schema extends z.ZodType>(request: ChainRequest<Schema>, ownKey: string): Promise<ChainOutcome<z.output<Schema>>> {
    const { connectTimeoutMs, readTimeoutMs = READ_TIMEOUT_MS, maxBodyBytes, givenUp } = request;
    const outcome = await send({
      method: request.method ?? 'POST',
      url: base + request.path,
      headers: {
        authorization: `Bearer ${ownKey}`,
        accept: 'application/json',
        ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      readTimeoutMs,
      ...(connectTimeoutMs === undefined ? {} : { connectTimeoutMs }),
      ...(maxBodyBytes === undefined ? {} : { maxBodyBytes }),
      ...(givenUp === undefined ? {} : { givenUp }),
    });
    switch (outcome.kind) {
      case 'answered':
        return readAnswer(outcome.response, request.answer, clock.nowMs());
      case 'not-sent':
        return { kind: 'unreachable', sent: 'no', reason: outcome.reason };
      case 'lost':
        return { kind: 'unreachable', sent: 'perhaps', reason: outcome.reason };
    }
  }

  return {
    async call(request) {
      const ownKey = key();
      if (ownKey === null) return refusedHere('no-key');
      const outcome = await once(request, ownKey);
      if (outcome.kind !== 'refused' || !KEY_ENDED.has(outcome.code)) return outcome;
      // The key was changed while this one was on its way: refused for its key, it has done nothing.
      const newer = key();
      return newer === null || newer === ownKey ? outcome : once(request, newer);
    },
  };
}

const KEY_ENDED: ReadonlySet<ProblemCode> = new Set(['no-key', 'key-revoked']);

/** A "no" of the register's own, in head office's words. */
const refusedHere = (code: ProblemCode) =>
  ({ kind: 'refused', code, message: problemSentence(code), confirmedSeq: null, retryAfterMs: null }) as const;

/** What an answer says. What is not head office's own (a proxy's page, a form of another version) is no answer at all. */
export function readAnswer<Schema extends z.ZodType>(
  response: HttpResponse,
  schema: Schema,
  nowMs: number,
): ChainOutcome<z.output<Schema>> {
  const body = readBody(response);
  const value = body.kind === 'json' ? body.value : undefined;
  if (response.status >= 200 && response.status < 300) {
    const parsed = schema.safeParse(value);
    if (parsed.success) return { kind: 'ok', value: parsed.data };
  } else {
    const parsed = problemAnswer.safeParse(value);
    if (parsed.success) {
      const { code, message, confirmedSeq = null, retryAfterSeconds } = parsed.data;
      const retryAfterMs = retryAfterSeconds === undefined ? readRetryAfterMs(response.headers, nowMs) : retryAfterSeconds * 1_000;
      return { kind: 'refused', code, message, confirmedSeq, retryAfterMs };
    }
  }
  return { kind: 'unreachable', sent: 'perhaps', reason: `an answer that is not head office's (${response.status})` };
}
