import { describe, expect, it } from 'vitest';
import { returnForm } from '../../../renderer/cashier/pane.ts';
import { amountProblem, dayBefore, searchOf, wishText } from '../../../renderer/cashier/return-search.ts';
import { localDate } from '../../../renderer/shared/date-text.ts';

const NOW_MS = Date.UTC(2026, 10, 21, 11);
const today = localDate(NOW_MS);

describe('What the fields search for', () => {
  it('is nothing before anything is written', () => {
    expect(searchOf(returnForm('  '), NOW_MS)).toBeNull();
    expect(searchOf({ ...returnForm(), by: 'article' }, NOW_MS)).toBeNull();
  });

  it('is the text as it was scanned or typed', () => {
    expect(searchOf(returnForm(' T1S.KOLO.1.1042.5G '), NOW_MS)).toEqual({ by: 'text', text: 'T1S.KOLO.1.1042.5G' });
  });

  it('is a day, today unless another is chosen, with the amount where one is written', () => {
    const form = { ...returnForm(), by: 'date' } as const;
    expect(searchOf(form, NOW_MS)).toEqual({ by: 'date', date: today });
    expect(searchOf({ ...form, date: '2026-11-02', amount: '349,90' }, NOW_MS)).toEqual({
      by: 'date',
      date: '2026-11-02',
      amountOre: 34_990,
    });
  });

  it('is nothing while the amount has more decimals than money has: it is not cut to another amount', () => {
    const form = { ...returnForm(), by: 'date', amount: '349,905' } as const;
    expect(searchOf(form, NOW_MS)).toBeNull();
    expect(amountProblem(form)).toBe('too-many-decimals');
    for (const amount of ['', '349', '349,', '349,9', '349.90']) expect(amountProblem({ ...form, amount })).toBeNull();
    expect(searchOf({ ...form, amount: '349,' }, NOW_MS)).toMatchObject({ amountOre: 34_900 });
  });

  it('is an article within the days that were chosen', () => {
    expect(searchOf({ ...returnForm(), by: 'article', article: 'kneipp', days: 7 }, NOW_MS)).toEqual({
      by: 'article',
      text: 'kneipp',
      fromDate: dayBefore(NOW_MS, 7),
      toDate: today,
    });
  });

  it('is in one store of the chain where one is chosen', () => {
    const form = { ...returnForm(), storeId: 'torget' };
    expect(searchOf({ ...form, by: 'date' }, NOW_MS)).toEqual({ by: 'date', date: today, storeId: 'torget' });
    expect(searchOf({ ...form, by: 'article', article: 'kneipp' }, NOW_MS)).toMatchObject({ storeId: 'torget' });
    expect(searchOf({ ...form, text: '1042' }, NOW_MS)).toEqual({ by: 'text', text: '1042' });
  });

  it('is kept for later in the words that it was typed in', () => {
    expect(wishText(returnForm('1042'), NOW_MS)).toBe('1042');
    expect(wishText({ ...returnForm(), by: 'date', amount: '349,90' }, NOW_MS)).toBe(`${today} · 349,90`);
  });
});
