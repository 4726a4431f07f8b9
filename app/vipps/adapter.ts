/**
 * What both adapters have in common: one sales unit's keys, its token, its caller, what is sent only when it makes sense,
 * and what is made of an answer that is about something else.
 */
import type { z } from 'zod';
import type { Answer, Payer, PaymentOrder, ProviderView } from '../payment/provider.ts';
import type { Clock, HttpSend, HttpWarm, Log } from '../till/ports.ts';
import { type ApiCaller, type ApiRequest, createApiCaller } from './call.ts';
import { badAnswer } from './errors.ts';
import { type Access, type CallingSystem, isRelayed } from './headers.ts';
import { createRelayKeySource } from './relay-key.ts';
import { createRedact, type Redact } from './secrets.ts';
import { createTokenSource } from './token.ts';

export interface AdapterOptions<Configuration extends Access & CallingSystem> {
  readonly configuration: Configuration;
  readonly send: HttpSend;
  /** Has connections ready before they are needed; without it each is made when it is. */
  readonly warm?: HttpWarm;
  readonly clock: Clock;
  readonly log: Log;
  /** The picture's width in pixels, 100 to 2 000. */
  readonly qrSize: number;
}

export interface Adapter {
  /** The provider's address, or the relay's, without a slash at the end. */
  readonly baseUrl: string;
  /** `null`: head office knows it. */
  readonly merchantSerialNumber: string | null;
  readonly redact: Redact;
  readonly caller: ApiCaller;
  /** Runs a creation with its customer left out of every message and the log: an answer may repeat whom it was asked about. */
  about<T>(payer: Payer | null, run: () => Promise<T>): Promise<T>;
  /** An effect: sent, then its answer compared with what was asked. What does not agree is unknown, and the machine reads. */
  effect<Schema extends z.ZodType>(
    request: Omit<ApiRequest, 'readTimeoutMs'>,
    schema: Schema,
    disagrees: (answer: z.output<Schema>) => string | null,
  ): Promise<Answer<z.output<Schema>>>;
  /** The view as it may be kept; where it contradicts itself, the whole answer (no customer may be in it) is logged. */
  view(operation: string, order: PaymentOrder, view: Answer<ProviderView>, answer: unknown): Answer<ProviderView>;
  /** Fetches the token, which leaves a connection behind; where it is held already, one is made. Also to the pictures' host. */
  warm(pictures: string | null): Promise<Answer<null>>;
  /** A defect of our own must not end a register in the middle of a payment: the outcome is unknown, and is read. */
  guard<Arguments extends readonly unknown[], T>(
    operation: string,
    run: (...given: Arguments) => Promise<Answer<T>>,
  ): (...given: Arguments) => Promise<Answer<T>>;
}

const READ_TIMEOUT_MS = 10_000;
/** How much of an answer that makes no sense is logged. */
const LONGEST_ANSWER = 4_000;
const LONGEST_TEXT = 100;

/** Builds what the adapter of one sales unit stands on. */
export function createAdapter(options: Omit<AdapterOptions<Access & CallingSystem>, 'qrSize'>): Adapter {
  const { configuration, send, clock, log } = options;
  const keys: Access = { ...configuration, baseUrl: configuration.baseUrl.replace(/\/+$/, '') };
  const secrets = isRelayed(keys) ? [] : [keys.clientSecret, keys.subscriptionKey, keys.clientId];
  const fixed = secrets.length;
  /** Whom the creations under way are about. */
  const people: string[] = [];
  const withoutKeys = createRedact(secrets);
  const redact: Redact = (text, longest) =>
    withoutKeys(
      people.reduce((left, name) => left.replaceAll(name, '[hidden]'), text),
      longest,
    );
  const onToken = (token: string) => {
    // The newest and the one before it, which a late answer may still repeat.
    if (secrets.at(-1) === token) return;
    secrets.splice(fixed, Math.max(0, secrets.length - fixed - 1));
    secrets.push(token);
  };
  const tokens = isRelayed(keys)
    ? createRelayKeySource(keys, onToken)
    : createTokenSource({ keys, system: configuration, send, clock, log, redact, onToken });
  const caller = createApiCaller({ keys, system: configuration, tokens, send, clock, log, redact });

  return {
    baseUrl: keys.baseUrl,
    merchantSerialNumber: isRelayed(keys) ? null : keys.merchantSerialNumber,
    redact,
    caller,

    async about(payer, run) {
      const names = payer === null ? [] : namesOf(payer);
      people.push(...names);
      try {
        return await run();
      } finally {
        for (const name of names) people.splice(people.indexOf(name), 1);
      }
    },

    async effect(request, schema, disagrees) {
      const answer = await caller.call({ ...request, readTimeoutMs: READ_TIMEOUT_MS }, schema);
      if (answer.kind !== 'ok') return answer;
      const problem = disagrees(answer.value);
      if (problem === null) return answer;
      const { operation, reference } = request;
      const bad = badAnswer(redact(`the answer is about something else: ${problem}`), 200);
      log.write('warn', 'vipps.contradiction', { operation, reference, message: bad.error.message });
      return bad;
    },

    view(operation, order, view, answer) {
      if (view.kind === 'ok') return { kind: 'ok', value: withoutSecrets(view.value, redact) };
      const whole = redact(JSON.stringify(answer), LONGEST_ANSWER);
      log.write('warn', 'vipps.contradiction', { operation, reference: order.reference, message: view.error.message, answer: whole });
      return view;
    },

    async warm(pictures) {
      const answer = await caller.warm();
      if (answer.kind !== 'ok') return answer;
      options.warm?.(keys.baseUrl);
      if (pictures !== null) options.warm?.(pictures);
      return answer;
    },

    guard(operation, run) {
      return async (...given) => {
        try {
          return await run(...given);
        } catch (error) {
          const message = redact(error instanceof Error ? `${error.name}: ${error.message}` : 'something that is no error was thrown');
          log.write('error', 'vipps.defect', { operation, message });
          return badAnswer(message, null);
        }
      };
    },
  };
}

/** All that a customer may be called by in an answer; the number also without its country's code. */
function namesOf(payer: Payer): readonly string[] {
  switch (payer.kind) {
    case 'phone':
      return [payer.msisdn, payer.msisdn.slice(-8)];
    case 'personal-qr':
      return [payer.content];
    case 'customer-token':
      return [payer.token];
  }
}

/** Ids go into the journal, onto the receipt and into the log, and what the provider sends as one is its own affair. */
function withoutSecrets(view: ProviderView, redact: Redact): ProviderView {
  return {
    ...view,
    transactionId: view.transactionId === null ? null : redact(view.transactionId),
    operations: view.operations.map((operation) => ({ ...operation, key: operation.key === null ? null : redact(operation.key) })),
  };
}

/** That it was done, without what else the answer said. */
export function done(answer: Answer<unknown>): Answer<null> {
  return answer.kind === 'ok' ? { kind: 'ok', value: null } : answer;
}

/** What the customer reads in the app; cut to what the provider takes, never in the middle of a character. */
export function transactionText(order: PaymentOrder): string {
  let text = '';
  for (const character of order.text) {
    if (text.length + character.length > LONGEST_TEXT) break;
    text += character;
  }
  return text;
}

/** A request that this side will not send. Known to have had no effect. */
export function local(code: string, message: string): Extract<Answer<never>, { kind: 'refused' }> {
  return { kind: 'refused', error: { code: `local:${code}`, message, httpStatus: null, traceId: null } };
}

/** A message to a phone, and nobody remembers whose: it cannot be sent, and was not. */
export function nobodyToAsk(): Extract<Answer<never>, { kind: 'refused' }> {
  return local('no-payer', 'who is to pay is not in memory any more');
}

/** Why this amount, in minor units, is not sent; `null` when it may be. */
export function wrongAmount(amountOre: number): Extract<Answer<never>, { kind: 'refused' }> | null {
  return Number.isSafeInteger(amountOre) && amountOre > 0 ? null : local('bad-amount', `${amountOre} is not an amount in minor units`);
}

/** Why this idempotency key is not sent; `null` when it may be. */
export function wrongKey(key: string, longest: number): Extract<Answer<never>, { kind: 'refused' }> | null {
  return /^[\x21-\x7e]+$/.test(key) && key.length <= longest ? null : local('bad-key', `a key has 1 to ${longest} plain characters`);
}
