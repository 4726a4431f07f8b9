import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { settle } from '../../../app/report/settlement.ts';
import { settlementCsv } from '../../../app/report/settlement-csv.ts';
import { settlementTroubleText, settlementView } from '../../../app/report/settlement-view.ts';
import { anyDay, factsOf, movement, row } from './days.ts';

const ONE = 'kolo-1-2611-ab12cd-1-1';
const plain = (text: string) => text.replace(/\s/gu, ' ');
const viewOf = (facts: Parameters<typeof factsOf>[0], language: 'nb' | 'en' = 'nb') =>
  settlementView(settle(factsOf(facts)), language, 'Vipps');
const local = (atMs: number) => ({ date: new Date(atMs + 3_600_000).toISOString().slice(0, 10), time: '12:00:00' });
const csvOf = (facts: Parameters<typeof factsOf>[0]) => settlementCsv(settle(factsOf(facts)), { language: 'nb', brand: 'Vipps', local });
const linesOf = (text: string) => Papa.parse<Record<string, string>>(text.slice(1), { header: true, skipEmptyLines: true, delimiter: ';' });

describe('what the manager reads', () => {
  it('is green when all matches', () => {
    const view = viewOf({ funds: [row(ONE, 4_000)], movements: [movement(ONE, 4_000)] });
    expect(view).toMatchObject({ tone: 'good', title: 'Alt stemmer', differences: [] });
  });

  it('is not green while the day is open, though nothing differs', () => {
    expect(viewOf({ closed: false }).tone).toBe('care');
  });

  it('names the receipt, the reference, both amounts, and what to do', () => {
    const [difference] = viewOf({ funds: [row(ONE, 4_100)], movements: [movement(ONE, 4_000)] }).differences;
    expect(difference).toMatchObject({ title: 'Beløpene er ulike', receiptText: 'Kvittering 17', reference: ONE });
    expect([difference?.ledgerText, difference?.recordText].map((text) => plain(text ?? ''))).toEqual(['41,00 kr', '40,00 kr']);
    expect(plain(difference?.todo ?? '')).toContain('Det skiller 1,00 kr.');
  });

  it('never calls it missing for certain while it may still come', () => {
    const [difference] = viewOf({ movements: [movement(ONE, 4_000)], nextClosed: false }).differences;
    expect(difference?.todo).toMatch(/^Vipps har ikke gjort opp dagen etter ennå. Sammenlign igjen i morgen/);
  });

  it('has a sentence for each reason not to have an answer, in both languages', () => {
    const reasons = ['not-ready', 'no-access', 'wrong-keys', 'too-many', 'unreachable', 'garbled', 'provider'] as const;
    for (const language of ['nb', 'en'] as const) {
      const said = reasons.map((trouble) =>
        settlementTroubleText({ kind: 'trouble', trouble, retryAfterMs: null, support: '' }, language, 'Vipps'),
      );
      expect(new Set(said).size).toBe(reasons.length);
      for (const sentence of said) expect(sentence).toMatch(/Vipps.*\.$/);
    }
  });
});

describe('the file for a spreadsheet', () => {
  it('adds up to the ledger, whatever the day', () => {
    fc.assert(
      fc.property(anyDay, (facts) => {
        const { data, errors } = linesOf(csvOf(facts));
        expect(errors).toEqual([]);
        const ore = (text: string) => Number(text.replace(',', '')) || 0;
        const sum = data.reduce((all, line) => all + ore(line['Beløp hos Vipps'] ?? ''), 0);
        expect(sum).toBe(settle(facts).totals.ledgerOre);
      }),
      { numRuns: 100, seed: 7 },
    );
  });

  it('never holds what a spreadsheet would run', () => {
    const { data } = linesOf(csvOf({ funds: [row('=HYPERLINK("http://x";"y")', 100, { recipientHandle: 'api:1' })] }));
    expect(data.map((line) => line.Referanse)).toEqual([`'=HYPERLINK("http://x";"y")`]);
  });
});
