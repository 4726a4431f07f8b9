/** A register becomes one of a chain: a code that a person at head office made, used once, for a key of the register's own. */
import { enrolAnswer } from '../refund/contract.ts';
import type { Clock, HttpSend } from '../till/ports.ts';
import { type ChainOutcome, readAnswer } from './call.ts';
import type { RegisterAtHeadOffice } from './client.ts';

export type Enrolled = RegisterAtHeadOffice & { readonly key: string };

export interface EnrolWish {
  readonly address: string;
  /** As the person typed it; spaces, dashes and capitals do not matter. */
  readonly code: string;
  /** Name and version of this program. */
  readonly software: string;
}

/** Uses the code. A lost answer has used it up: ask head office for another one. */
export async function enrol(
  { address, code, software }: EnrolWish,
  { send, clock }: { readonly send: HttpSend; readonly clock: Pick<Clock, 'nowMs'> },
): Promise<ChainOutcome<Enrolled>> {
  const outcome = await send({
    method: 'POST',
    url: `${address.replace(/\/+$/, '')}/v1/enrol`,
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ code, software }),
  });
  if (outcome.kind === 'answered') return readAnswer(outcome.response, enrolAnswer, clock.nowMs());
  return { kind: 'unreachable', sent: outcome.kind === 'not-sent' ? 'no' : 'perhaps', reason: outcome.reason };
}
