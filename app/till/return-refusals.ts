/** Why goods are not taken back, each as a sentence with the way out. */

import type { ReturnThrough } from '../refund/goods-return.ts';
import type { PlanRefusal } from '../refund/plan-return.ts';
import { brandOf } from './brand.ts';
import type { Desk, Refusal } from './desk.ts';

/** What the register's own rules say. */
export function planRefused(desk: Desk, { refusal, thing }: { readonly refusal: PlanRefusal; readonly thing: string }): Refusal {
  switch (refusal) {
    case 'unknown-line':
    case 'nothing-left':
    case 'quantity-not-whole':
      return desk.refuse(refusal, thing);
    case 'too-old':
      return desk.refuse('return-too-old', brandOf(desk.configuration.shop.market).name);
    case 'needs-approval':
      return { ok: false, code: 'needs-approval', message: desk.words.returns.approveInstead };
    case 'not-in-cash':
      return { ok: false, code: 'head-office-refused', message: desk.words.returns.refusals['not-in-cash'] };
  }
}

/** What head office says. @param code a problem's (`app/refund/problem.ts`) */
export function refusedByOffice(desk: Desk, code: string): Refusal {
  const words = desk.words.returns;
  switch (code) {
    case 'unknown-order':
    case 'nothing-left':
    case 'unknown-line':
      return desk.refuse(code);
    case 'too-old':
    case 'needs-approval':
      return planRefused(desk, { refusal: code, thing: '' });
    case 'no-key':
    case 'key-revoked':
      return { ok: false, code: 'head-office-refused', message: words.search.noKey };
    default: {
      const sentence = Object.entries(words.refusals).find(([known]) => known === code)?.[1];
      return { ok: false, code: 'head-office-refused', message: sentence ?? words.refusals.other };
    }
  }
}

/** A manager has to say yes, and why. */
export function approvalNeeded(desk: Desk, through: ReturnThrough, inCash: boolean, aboveOre: number | null): Refusal {
  const words = desk.words.returns;
  if (through === 'unchecked')
    return { ok: false, code: 'needs-approval', message: words.approveAway(desk.money(desk.configuration.returns.offlineMostOre)) };
  if (inCash || aboveOre === null) return { ok: false, code: 'needs-approval', message: words.approveInstead };
  return desk.refuse('needs-approval', desk.money(aboveOre));
}
