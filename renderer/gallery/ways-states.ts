/** The cashier's screen on the ways beside the QR: the list, the number in all its questions, the customer's own code. */
import type { CashierView, Language, Prompt } from '../../app/till/contract.ts';
import type { Pane } from '../cashier/pane.ts';
import { vippsWays } from './cashier-data.ts';
import type { CashierState } from './cashier-states.ts';
import { wordsOf } from './words.ts';

const DUE_ORE = 20_160;

/** @param make puts a state together from what differs from a register that sells. */
export function waysStates(
  language: Language,
  make: (more?: Partial<CashierView>, start?: { readonly pane?: Pane }) => CashierState,
): Readonly<Record<string, CashierState>> {
  const words = wordsOf(language);
  const { ways, refusals } = words.till;
  const { countries, problems } = ways.phone;
  const norwegian = { msisdn: '4791234567', text: '+47 912 34 567', country: countries.NO };
  const danish = { msisdn: '4591234567', text: '+45 91 23 45 67', country: countries.DK };
  const asks = (prompt: Prompt, more: Partial<CashierView> = {}) => make({ prompt, ...more });
  const amountOre = DUE_ORE;
  const { rows } = words.till.away;
  const awayRows: CashierView['vippsWays'] = [
    { command: { type: 'pay-vipps', way: 'away-phone' }, ...rows.phone('Vipps'), problem: null },
    { command: { type: 'pay-vipps', way: 'away-link' }, ...rows.link('Vipps'), problem: null },
    { command: { type: 'pay-vipps', way: 'away-card' }, ...rows.card, problem: words.till.away.noCardInTest },
  ];
  return {
    ways: make({}, { pane: { kind: 'ways' } }),
    'ways-not-possible': make({ vippsWays: vippsWays(words, ways.noPush('Vipps')) }, { pane: { kind: 'ways' } }),
    'checked-in': make({
      checkedIn: {
        text: ways.checkedIn.offer,
        button: { label: ways.checkedIn.send('201,60 kr'), command: { type: 'pay-vipps', way: 'checked-in' } },
        dismissLabel: ways.checkedIn.dismiss,
      },
    }),
    'checked-in-early': make({ checkedIn: { text: ways.checkedIn.waits, button: null, dismissLabel: ways.checkedIn.dismiss } }),
    'ways-away': make({ vippsWays: [...vippsWays(words, null), ...awayRows] }, { pane: { kind: 'ways' } }),
    'phone-empty': asks({ kind: 'phone', amountOre, typed: '', problem: null }),
    'phone-typed': asks({ kind: 'phone', amountOre, typed: '912 34 567', problem: null }),
    'phone-problem': asks({ kind: 'phone', amountOre, typed: '2212345', problem: problems['too-short'] }),
    'phone-choice': asks({ kind: 'phone-choice', amountOre, typed: '91234567', numbers: [norwegian, danish] }),
    'phone-choice-of-one': asks({ kind: 'phone-choice', amountOre, typed: '4591234567', numbers: [danish] }),
    'phone-confirm': asks({ kind: 'phone-confirm', amountOre, number: norwegian }),
    'phone-confirm-away': asks({
      kind: 'phone-confirm',
      amountOre,
      number: norwegian,
      deadlines: [2, 24, 72, 168].map((hours) => ({ hours, label: words.till.away.deadlines(hours) })),
    }),
    'personal-code': asks({ kind: 'personal-code', amountOre }),
    'personal-code-notice': asks(
      { kind: 'personal-code', amountOre },
      { notice: { id: 'n6', tone: 'care', text: refusals['not-a-personal-code']('Vipps'), support: null } },
    ),
  };
}
