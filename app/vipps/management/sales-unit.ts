/** What a sales unit may do, as the Management API tells it (`management.yaml`, GET /management/v1/sales-units/{msn}). */
import { z } from 'zod';
import type { Answer } from '../../payment/provider.ts';
import type { ApiCaller } from '../call.ts';

/**
 * Every property but the number and the name "might or might not be available", and one that is not there says nothing.
 * Further capture types may come.
 */
const salesUnitAnswer = z.object({
  msn: z.string(),
  name: z.string().max(200),
  configuration: z
    .object({
      paymentAllowed: z.boolean().nullish(),
      captureType: z.string().nullish(),
      skipLandingPageAllowed: z.boolean().nullish(),
    })
    .nullish(),
});

/** A fact that the provider does not tell is `null`. */
export interface SalesUnitFacts {
  readonly msn: string;
  /** What the customer reads as the shop's name. */
  readonly name: string;
  /** `false` mostly means that the unit is approved for login alone. */
  readonly paymentAllowed: boolean | null;
  readonly capture: 'reserve' | 'direct' | null;
  /** Whether a request may be pushed to a phone number. */
  readonly skipLandingPage: boolean | null;
}

const READ_TIMEOUT_MS = 5_000;

/** Reads the sales unit `msn`. `refused` with 404: these keys know no such unit. The answer has no effect on anything. */
export async function readSalesUnit(caller: ApiCaller, msn: string): Promise<Answer<SalesUnitFacts>> {
  const answer = await caller.call(
    {
      api: 'management',
      operation: 'sales-unit',
      method: 'GET',
      path: `/management/v1/sales-units/${encodeURIComponent(msn)}`,
      readTimeoutMs: READ_TIMEOUT_MS,
      reference: msn,
    },
    salesUnitAnswer,
  );
  if (answer.kind !== 'ok') return answer;
  const { name, configuration } = answer.value;
  return {
    kind: 'ok',
    value: {
      msn: answer.value.msn,
      name: name.toWellFormed().replace(/\p{Cc}+/gu, ' '),
      paymentAllowed: configuration?.paymentAllowed ?? null,
      capture: captureOf(configuration?.captureType ?? null),
      skipLandingPage: configuration?.skipLandingPageAllowed ?? null,
    },
  };
}

function captureOf(captureType: string | null): SalesUnitFacts['capture'] {
  switch (captureType) {
    case 'ReserveCapture':
      return 'reserve';
    case 'DirectCapture':
      return 'direct';
    default:
      return null;
  }
}
