/** Three days to compare: one that matches, one that does not, one that is not over. */
import { formatOre } from '../../app/money/format.ts';
import { settlementTexts } from '../../app/text/settlement.ts';
import type { Language } from '../../app/till/contract.ts';
import type { SettingsRefusal, SettlementView } from '../../app/till/settings.ts';

const BRAND = 'Vipps';

export function settlementDays(language: Language): Readonly<Record<'good' | 'bad' | 'open', SettlementView>> {
  const words = settlementTexts[language];
  const money = (amountOre: number) => formatOre(amountOre, language, 'NOK');
  const sum = (label: string, amountOre: number, isNet = false) => ({ label, amountText: money(amountOre), isNet });
  const good: SettlementView = {
    date: '2026-11-20',
    tone: 'good',
    title: words.matches,
    detail: words.matchesDetail(BRAND, 148),
    sums: [
      sum(words.sums.captured, 2_841_350),
      sum(words.sums.refunded, -20_160),
      sum(words.sums.fees, -49_724),
      sum(words.sums.net, 2_771_466, true),
    ],
    differences: [],
    thereLabel: words.there(BRAND),
    hereLabel: words.here,
    notes: [words.elsewhere(BRAND, 61, money(1_184_200)), `${words.account['fees-retained']}: ${money(-49_724)}.`],
  };
  const atMs = Date.UTC(2026, 10, 20, 11, 41);
  const difference = {
    atMs,
    reference: 'kolo-1-2611-a3f-1042-1',
    receiptText: words.receipt(874),
    ledgerText: words.nothing,
    recordText: money(20_160),
  };
  return {
    good,
    bad: {
      ...good,
      tone: 'bad',
      title: words.differs(3),
      detail: words.differsDetail(BRAND, 146),
      differences: [
        { ...difference, kind: 'missing-there', title: words.missingThere(BRAND), todo: words.missingThereDo(BRAND, money(20_160)) },
        {
          ...difference,
          kind: 'amount',
          title: words.amount,
          reference: 'kolo-1-2611-a3f-1043-2',
          receiptText: words.receipt(875),
          ledgerText: money(4_100),
          recordText: money(4_000),
          todo: words.amountDo(BRAND, money(4_100), money(4_000), money(100)),
        },
        {
          ...difference,
          kind: 'missing-here',
          title: words.refundElsewhere,
          receiptText: null,
          ledgerText: money(-9_900),
          recordText: words.nothing,
          todo: words.refundElsewhereDo(BRAND, money(9_900)),
        },
      ],
    },
    open: { ...good, tone: 'care', title: words.open, detail: words.openDetail(BRAND), notes: [] },
  };
}

export function settlementTrouble(language: Language): SettingsRefusal {
  return { ok: false, code: 'no-settlement', field: null, message: settlementTexts[language].troubles['not-ready'](BRAND) };
}
