/** A settlement as people read it: what it came to, the sums, and each difference with what to do about it. */
import { formatOre } from '../money/format.ts';
import { type SettlementTexts, settlementTexts } from '../text/settlement.ts';
import type { Language } from '../till/contract.ts';
import type { Reconciled } from './reconcile-day.ts';
import type { Difference, Settlement } from './settlement.ts';

export interface DifferenceView {
  readonly kind: Difference['kind'];
  /** "Mangler hos Vipps". */
  readonly title: string;
  readonly receiptText: string | null;
  readonly reference: string;
  /** At the provider, or, where it has nothing, when the register read it back. */
  readonly atMs: number;
  /** Amounts of both sides, as text; one of them may be "nothing". */
  readonly ledgerText: string;
  readonly recordText: string;
  readonly todo: string;
}

export interface SettlementView {
  readonly date: string;
  /** `good`: all matches. `bad`: it does not. `care`: the day is not over, so nobody can say. */
  readonly tone: 'good' | 'bad' | 'care';
  readonly title: string;
  readonly detail: string;
  readonly sums: readonly { readonly label: string; readonly amountText: string; readonly isNet: boolean }[];
  readonly differences: readonly DifferenceView[];
  /** "Hos Vipps", "I kassen": what stands above the two amounts of a difference. */
  readonly thereLabel: string;
  readonly hereLabel: string;
  /** Whole sentences about what is in order and may still be asked about. */
  readonly notes: readonly string[];
}

/** @param brand the provider's name in this market. */
export function settlementView(settlement: Settlement, language: Language, brand: string): SettlementView {
  const words = settlementTexts[language];
  const { date, currency, matched, differences, elsewhere, otherDay, totals } = settlement;
  const money = (amountOre: number) => formatOre(amountOre, language, currency === 'DKK' || currency === 'EUR' ? currency : 'NOK');
  const sum = (label: string, amountOre: number, isNet = false) => ({ label, amountText: money(amountOre), isNet });
  const fromOtherDay = matched.filter(({ movement }) => movement.date !== date).length;
  return {
    date,
    ...verdictOf(settlement, words, brand),
    sums: [
      sum(words.sums.captured, totals.capturedOre),
      sum(words.sums.refunded, totals.refundedOre),
      sum(words.sums.fees, 0 - totals.feesOre),
      sum(words.sums.net, totals.netOre, true),
    ],
    differences: differences.map((each) => differenceView(each, words, brand, money)),
    thereLabel: words.there(brand),
    hereLabel: words.here,
    notes: [
      ...(elsewhere.length === 0 ? [] : [words.elsewhere(brand, elsewhere.length, money(totals.elsewhereOre))]),
      ...(fromOtherDay === 0 ? [] : [words.fromOtherDay(fromOtherDay)]),
      ...(otherDay.length === 0
        ? []
        : [words.otherDay(brand, otherDay.length, money(otherDay.reduce((all, { amountOre }) => all + amountOre, 0)))]),
      ...accountNotes(settlement, words, money),
    ],
  };
}

function verdictOf({ closed, matched, differences }: Settlement, words: SettlementTexts, brand: string) {
  if (!closed) return { tone: 'care', title: words.open, detail: words.openDetail(brand) } as const;
  if (differences.length === 0) return { tone: 'good', title: words.matches, detail: words.matchesDetail(brand, matched.length) } as const;
  return { tone: 'bad', title: words.differs(differences.length), detail: words.differsDetail(brand, matched.length) } as const;
}

function accountNotes({ account }: Settlement, words: SettlementTexts, money: (amountOre: number) => string): readonly string[] {
  const byType = new Map<string, number>();
  for (const { entryType, amountOre } of account) byType.set(entryType, (byType.get(entryType) ?? 0) + amountOre);
  return [...byType].map(([entryType, amountOre]) => {
    // What leaves for the bank is still the shop's.
    const shownOre = entryType === 'scheduled-for-payout' ? 0 - amountOre : amountOre;
    return `${words.account[entryType] ?? entryType}: ${money(shownOre)}.`;
  });
}

type Money = (amountOre: number) => string;

function differenceView(difference: Difference, words: SettlementTexts, brand: string, money: Money): DifferenceView {
  const { kind, row, movement } = difference;
  const receiptNumber = movement?.receiptNumber ?? null;
  return {
    kind,
    ...wordsOf(difference, words, brand, money),
    receiptText: receiptNumber === null ? null : words.receipt(receiptNumber),
    reference: row?.reference ?? movement?.reference ?? '',
    atMs: row?.atMs ?? movement?.knownMs ?? 0,
    ledgerText: row === null ? words.nothing : money(row.amountOre),
    recordText: movement === null ? words.nothing : money(movement.amountOre),
  };
}

function wordsOf(difference: Difference, words: SettlementTexts, brand: string, money: Money): Pick<DifferenceView, 'title' | 'todo'> {
  switch (difference.kind) {
    case 'missing-there': {
      const { movement, mayStillCome } = difference;
      const amount = money(Math.abs(movement.amountOre));
      const todo = movement.kind === 'refund' ? words.missingThereRefundDo(brand, amount) : words.missingThereDo(brand, amount);
      return { title: words.missingThere(brand), todo: mayStillCome ? `${words.mayStillCome(brand)} ${todo}` : todo };
    }
    case 'missing-here': {
      const { row, underWay } = difference;
      const amount = money(Math.abs(row.amountOre));
      if (underWay) return { title: words.missingHere, todo: words.underWayDo(brand) };
      if (row.entryType === 'refund') return { title: words.refundElsewhere, todo: words.refundElsewhereDo(brand, amount) };
      return { title: words.missingHere, todo: words.missingHereDo(brand, amount) };
    }
    case 'amount': {
      const { row, movement } = difference;
      const apart = money(Math.abs(row.amountOre - movement.amountOre));
      return { title: words.amount, todo: words.amountDo(brand, money(row.amountOre), money(movement.amountOre), apart) };
    }
    case 'not-a-sale': {
      const { entryType } = difference.row;
      if (/disputed/.test(entryType)) return { title: words.dispute, todo: words.disputeDo(brand) };
      return { title: entryType === 'correction' ? words.correction : words.unknownRow(entryType), todo: words.notASaleDo(brand) };
    }
  }
}

/** Why there is no settlement, as a sentence with the way out. */
export function settlementTroubleText(found: Extract<Reconciled, { kind: 'trouble' }>, language: Language, brand: string): string {
  const words = settlementTexts[language];
  const sentence = words.troubles[found.trouble](brand);
  return found.retryAfterMs === null ? sentence : `${sentence} ${words.retryIn(Math.ceil(found.retryAfterMs / 1_000))}`;
}
