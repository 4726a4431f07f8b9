/** Sends as it is told to, and remembers of the answers what the adapters have no use for: the clock, and who answered. */
import type { Clock, HttpOutcome, HttpSend } from '../till/ports.ts';

export interface Watched {
  readonly send: HttpSend;
  /** How far this machine's clock is ahead of the provider's, from the newest `Date` header; `null` before one. */
  aheadMs(): number | null;
  /** What became of the newest request. */
  last(): HttpOutcome | null;
}

/** Builds it over the real sender. */
export function watchSend(send: HttpSend, clock: Pick<Clock, 'nowMs'>): Watched {
  let ahead: number | null = null;
  let last: HttpOutcome | null = null;
  return {
    async send(request) {
      const beganMs = clock.nowMs();
      const outcome = await send(request);
      last = outcome;
      if (outcome.kind === 'answered') {
        const told = Date.parse(outcome.response.headers.date ?? '');
        // The header has whole seconds, and was written somewhere between the question and the answer.
        if (!Number.isNaN(told)) ahead = Math.round((beganMs + clock.nowMs()) / 2) - (told + 500);
      }
      return outcome;
    },
    aheadMs: () => ahead,
    last: () => last,
  };
}

/** Whether a web page came where an API answers: somebody on the way answered in the provider's place. */
export function isWebPage(outcome: HttpOutcome | null): boolean {
  return outcome?.kind === 'answered' && /^\s*(?:text\/html|application\/xhtml)/i.test(outcome.response.headers['content-type'] ?? '');
}
