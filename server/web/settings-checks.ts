/** The check that reaches out to the provider: a token. */
import { fill } from '../../app/text/screen.ts';
import type { SettingsTexts } from '../../app/text/settings.ts';
import type { Clock, HttpSend, Log } from '../../app/till/ports.ts';
import type { RefusalWords } from '../../app/till/refusal-words.ts';
import type { SalesUnitKeys } from '../../app/vipps/headers.ts';
import { createRedact } from '../../app/vipps/secrets.ts';
import { createTokenSource } from '../../app/vipps/token.ts';
import { CALLING_SYSTEM } from './software.ts';

export interface CheckFound {
  readonly works: boolean;
  readonly message: string;
}

/** Fetches a token with these keys: it has no effect on any payment, and wrong keys are refused at once. */
export async function checkProvider(options: {
  readonly keys: SalesUnitKeys;
  readonly send: HttpSend;
  readonly clock: Clock;
  readonly log: Log;
  readonly words: SettingsTexts['service'];
  readonly refusalWords: (code: string) => RefusalWords;
}): Promise<CheckFound> {
  const { keys, words, clock } = options;
  const source = createTokenSource({
    ...options,
    system: CALLING_SYSTEM,
    redact: createRedact([keys.clientSecret, keys.subscriptionKey]),
  });
  const startedMs = clock.monotonicMs();
  const answer = await source.get();
  if (answer.kind === 'ok') {
    return { works: true, message: fill(words.providerGood, { ms: String(Math.round(clock.monotonicMs() - startedMs)) }) };
  }
  const { httpStatus, code } = answer.error;
  const { reason, why } = options.refusalWords(code);
  switch (reason) {
    // The service of the tokens looks at nothing but the keys.
    case 'keys-refused':
    case 'no-access':
    case 'bad-request':
      return { works: false, message: fill(words.providerBad, { status: String(httpStatus) }) };
    case 'no-network':
    case 'answer-lost':
      return { works: false, message: words.providerSilent };
    case 'wrong-unit':
    case 'wrong-address':
      return { works: false, message: why };
    default:
      return { works: false, message: `${why} ${words.providerLater}` };
  }
}
