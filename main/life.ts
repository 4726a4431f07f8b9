/** What happens at the end of things: quitting in the middle of a payment, a page that died. Pure decisions. */
import type { CashierView } from '../app/till/contract.ts';

/** Whether a payment is under way on the screen: the moment to ask before quitting. It would go on at the next start. */
export function isMidPayment(view: Pick<CashierView, 'stage'>): boolean {
  const { stage } = view;
  if (stage.kind !== 'payment') return false;
  switch (stage.phase) {
    case 'creating':
    case 'waiting-for-scan':
    case 'code-ended':
    case 'waiting-for-approval':
    case 'held':
    case 'collecting':
    case 'cancelling':
    case 'checking':
    case 'asking':
      return true;
    case 'paid':
    case 'not-paid':
    case 'given-back':
      return false;
  }
}

/** Whether nothing is under way at all, so that an update may restart the program. */
export function isAtRest(view: Pick<CashierView, 'stage' | 'basket' | 'prompt' | 'printQueue'>): boolean {
  const isEmpty = view.basket === null || (view.basket.lines.length === 0 && view.basket.tenders.length === 0);
  return view.stage.kind === 'selling' && isEmpty && view.prompt === null && view.printQueue.length === 0;
}

/** A page that dies again and again in this time is not brought back at once any more. */
const WINDOW_MS = 60_000;
const MANY = 3;
const LONGEST_WAIT_MS = 30_000;

/**
 * How long to wait before a dead page is brought back. The first ones come back at once; then 1 s, doubled up to 30 s,
 * so that a page that cannot live does not take the till's time. It never gives up: a till without a screen is no till.
 * @param deathsMs when the page died before, on the same clock as `nowMs`, this death included
 */
export function revivalDelayMs(deathsMs: readonly number[], nowMs: number): number {
  const recent = deathsMs.filter((atMs) => nowMs - atMs < WINDOW_MS).length;
  return recent <= MANY ? 0 : Math.min(LONGEST_WAIT_MS, 1_000 * 2 ** Math.min(recent - MANY - 1, 10));
}

/** Whether a page that has gone is to come back: not when the program itself let it go. */
export function comesBack(reason: string): boolean {
  return reason !== 'clean-exit';
}
