/** What the fields of the search for a purchase ask the till for. */
import { parseKronerToOre } from '../../app/money/parse.ts';
import type { OrderSearch } from '../../app/till/contract.ts';
import { localDate } from '../shared/date-text.ts';
import type { ReturnForm } from './pane.ts';

const DAY_MS = 86_400_000;
const LONGEST_TEXT = 100;
const LONGEST_ARTICLE = 60;

/** The day so many days before a moment, `2026-11-21`, in this machine's own time zone. */
export function dayBefore(nowMs: number, days: number): string {
  return localDate(nowMs - days * DAY_MS);
}

/** Why what was typed as an amount is none: it is refused, and not cut to one that fits. */
export function amountProblem({ by, amount }: ReturnForm): 'too-many-decimals' | null {
  const parsed = parseKronerToOre(typedAmount(amount));
  return by === 'date' && !parsed.ok && parsed.reason === 'too-many-decimals' ? parsed.reason : null;
}

/** A mark at the end is one whose decimals are still to come. */
const typedAmount = (amount: string): string => amount.replace(/[.,]$/, '');

/** `null`: nothing to search for yet. */
export function searchOf(form: ReturnForm, nowMs: number): OrderSearch | null {
  switch (form.by) {
    case 'text': {
      const text = form.text.trim().slice(0, LONGEST_TEXT);
      return text === '' ? null : { by: 'text', text };
    }
    case 'date': {
      if (amountProblem(form) !== null) return null;
      const parsed = parseKronerToOre(typedAmount(form.amount));
      const date = form.date === '' ? localDate(nowMs) : form.date;
      return { by: 'date', date, ...(parsed.ok && parsed.amountOre > 0 ? { amountOre: parsed.amountOre } : {}), ...storeOf(form) };
    }
    case 'article': {
      const text = form.article.trim().slice(0, LONGEST_ARTICLE);
      return text === ''
        ? null
        : { by: 'article', text, fromDate: dayBefore(nowMs, form.days), toDate: localDate(nowMs), ...storeOf(form) };
    }
  }
}

const storeOf = ({ storeId }: ReturnForm) => (storeId === '' ? {} : { storeId });

/** What a search that has to wait is kept as: what was typed, in the cashier's own words. */
export function wishText(form: ReturnForm, nowMs: number): string {
  const search = searchOf(form, nowMs);
  if (search === null) return '';
  if (search.by !== 'date') return search.text;
  return [search.date, form.amount].filter((part) => part !== '').join(' · ');
}
