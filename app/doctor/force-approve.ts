/** The test environment's own way to approve a payment without a phone. In production the provider refuses it. */
import { z } from 'zod';
import type { Answer, OpenablePayment, PaymentOrder } from '../payment/provider.ts';
import type { ApiCaller } from '../vipps/call.ts';

const READ_TIMEOUT_MS = 10_000;

/**
 * Builds the approval for `msisdn` (digits with the country's, `4791234567`), who must have approved a payment in the test
 * app once. The answer has no body, so a success of any form counts, and what came of it is read.
 */
export function forceApproval(caller: ApiCaller, api: 'ecom' | 'epayment', msisdn: string) {
  return async (order: PaymentOrder, created: OpenablePayment): Promise<Answer<null>> => {
    const path = `/payments/${encodeURIComponent(order.reference)}/approve`;
    const token = /[?&]token=([^&#]+)/.exec(created.url)?.[1];
    const answer = await caller.call(
      {
        api,
        operation: 'force-approve',
        method: 'POST',
        path: api === 'ecom' ? `/ecomm/v2/integration-test${path}` : `/epayment/v1/test${path}`,
        body:
          api === 'ecom'
            ? { customerPhoneNumber: msisdn.slice(-8), ...(token === undefined ? {} : { token: decodeURIComponent(token) }) }
            : { customer: { phoneNumber: msisdn } },
        readTimeoutMs: READ_TIMEOUT_MS,
        reference: order.reference,
      },
      z.unknown(),
    );
    // An empty answer is no JSON: it was taken all the same.
    const isTaken = answer.kind === 'ok' || (answer.kind === 'unknown' && answer.error.httpStatus === 200);
    return isTaken ? { kind: 'ok', value: null } : answer;
  };
}
