/** Payments to choose from, and three stories: paid once after two attempts, paid twice, and a provider that is silent. */
import { formatOre } from '../../app/money/format.ts';
import { storyTexts } from '../../app/text/story.ts';
import type { Language, PaymentRow, PaymentStoryView } from '../../app/till/contract.ts';

const BRAND = 'Vipps';
const REFERENCE = 'kolo-1-2611-a3f-1042';

export function paymentRows(language: Language): readonly PaymentRow[] {
  const { receipt, sale, states, onWeekday, weekdays } = storyTexts[language];
  const row = (saleId: string, title: string, atText: string, amountOre: number, attempts: number, stateText: string): PaymentRow => ({
    saleId,
    title,
    atMs: 0,
    atText,
    amountOre,
    attempts,
    stateText,
  });
  return [
    row('open', sale(1043), '12:40', 8_900, 1, states.open),
    row('once', receipt(874), '12:03', 20_160, 2, states.paid),
    row('back', receipt(871), '11:48', 124_950, 1, states['given-back']),
    row('none', sale(1038), '11:20', 3_900, 3, states.nothing),
    row('old', receipt(840), onWeekday(weekdays[2] ?? '', '16:05'), 4_000, 1, states.paid),
  ];
}

export function paymentStory(language: Language, which: string): PaymentStoryView {
  const words = storyTexts[language];
  const amount = formatOre(20_160, language, 'NOK');
  const rows = (list: readonly (readonly [keyof typeof words.events, string])[]) =>
    list.map(([event, atText]) => ({
      text: words.events[event],
      atText,
      amountText: amount,
      tone: event === 'captured' ? ('good' as const) : ('plain' as const),
    }));
  const silent = which === 'silent';
  const first = {
    title: words.attempt(1, `${REFERENCE}-1`),
    sourceText: words.sources[silent ? 'silent' : 'story'](BRAND),
    rows: rows([['created', '12:01'], ['reserved', '12:01'], which === 'twice' ? ['captured', '12:01'] : ['released', '12:02']]),
  };
  const second = {
    title: words.attempt(2, `${REFERENCE}-2`),
    sourceText: first.sourceText,
    rows: rows([
      ['created', '12:02'],
      ['reserved', '12:03'],
      ['captured', '12:03'],
    ]),
  };
  const twice = which === 'twice';
  return {
    saleId: which,
    title: words.receipt(874),
    tone: twice ? 'bad' : silent ? 'care' : 'good',
    summary: twice ? words.verdicts.twice(formatOre(40_320, language, 'NOK'), amount) : words.verdicts.paid(amount),
    explanations: twice ? [words.tooMuchHow(BRAND)] : [words.shownTwice, words.released(amount)],
    attempts: [first, second],
  };
}
