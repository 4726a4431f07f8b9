/** An error's code as people read it: the table's meaning, in the words of a language and under the market's brand. */
import type { NextStep, Reason, RefusalTexts } from '../text/refusals.ts';
import { fill } from '../text/screen.ts';
import { type ErrorClass, meaningOf } from '../vipps/error-table.ts';
import type { Situation } from './situation.ts';

export interface RefusalWords {
  readonly class: ErrorClass;
  readonly reason: Reason;
  readonly next: NextStep;
  /** Why, in a sentence for the cashier. */
  readonly why: string;
  /** What to do about it, for the cashier. */
  readonly whatNext: string;
  /** What the customer reads, when nothing was charged and nothing will be. */
  readonly customer: { readonly title: string; readonly detail: string };
}

/** The words for a code. `null`: the provider said no without one. */
export function refusalWords(code: string | null, texts: RefusalTexts, brand: string): RefusalWords {
  const { class: errorClass, reason, next } = meaningOf(code ?? '');
  const { cashier, customer } = texts.reasons[reason];
  return {
    class: errorClass,
    reason,
    next,
    why: fill(cashier, { brand }),
    whatNext: fill(texts.next[next], { brand }),
    customer: texts.customer[customer === 'wait' ? 'ask' : customer],
  };
}

/** A stage's own words, with what is wrong in front of them and what to do behind, where somebody said no or nobody answers. */
export function detailWithWhy(now: Situation, detail: string, code: string | null, texts: RefusalTexts, brand: string): string {
  const words = refusalWords(code, texts, brand);
  const isNamed = words.reason !== 'unknown';
  switch (now) {
    case 'refused':
      return code === null ? `${detail} ${words.whatNext}` : `${words.why} ${detail} ${words.whatNext}`;
    case 'ask-retry-or-release':
    case 'refund-refused':
      // Here the two answers say what to do.
      return isNamed && words.class === 'final' ? `${words.why} ${detail}` : detail;
    case 'unreachable':
    case 'unreachable-waiting':
    case 'checking':
      return isNamed ? `${words.why} ${detail}` : detail;
    default:
      return detail;
  }
}

/** Whether what was refused may go better the next time. */
export const isWorthATry = (code: string | null): boolean => code !== null && meaningOf(code).next === 'try-again';
