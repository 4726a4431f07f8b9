/**
 * Whose code was shown, or who checked in, as a phone number (`qr.yaml`, QR Exchange). For the API that knows customers by
 * nothing else; the number goes from here into the one request that needs it.
 */
import { z } from 'zod';
import type { Answer, Payer } from '../payment/provider.ts';
import { local } from './adapter.ts';
import type { ApiCaller } from './call.ts';

const READ_TIMEOUT_MS = 5_000;

const exchangeAnswer = z.object({ msisdn: z.string().regex(/^\d{8,15}$/) });

export interface Exchange {
  /** Digits with the country's. It changes nothing, so it is never `unknown`: what got no answer may be asked again. */
  msisdnOf(reference: string, payer: Exclude<Payer, { kind: 'phone' }>): Promise<Answer<string>>;
}

/** Builds the exchange over a sales unit's caller. */
export function createExchange(caller: ApiCaller): Exchange {
  /** The last one: a creation that is sent again must be the same, and the code may have run out meanwhile. */
  let known: { readonly reference: string; readonly msisdn: string } | null = null;

  return {
    async msisdnOf(reference, payer) {
      if (known?.reference === reference) return { kind: 'ok', value: known.msisdn };
      const requestedData = ['MSISDN'];
      const isCode = payer.kind === 'personal-qr';
      const answer = await caller.call(
        {
          api: 'qr',
          operation: 'exchange',
          method: 'POST',
          path: isCode ? '/qr/v1/exchange' : '/qr/v1/exchange/customer',
          body: isCode ? { qrCode: payer.content, requestedData } : { customer: { customerToken: payer.token }, requestedData },
          readTimeoutMs: READ_TIMEOUT_MS,
          reference,
        },
        exchangeAnswer,
      );
      switch (answer.kind) {
        case 'ok':
          known = { reference, msisdn: answer.value.msisdn };
          return { kind: 'ok', value: known.msisdn };
        case 'unknown':
          // Nothing of the payment has been sent.
          return { kind: 'retryable', error: answer.error, retryAfterMs: null, unsent: true };
        case 'refused':
          return answer.error.code === 'qr:400' ? local('not-a-personal-code', 'the provider knows no customer by it') : answer;
        case 'retryable':
          return answer;
      }
    },
  };
}
