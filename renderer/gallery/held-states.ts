/** What the screens show while more is reserved than is taken: at the counter, being chosen, and set aside. */
import { formatOre } from '../../app/money/format.ts';
import { fill } from '../../app/text/screen.ts';
import type { CashierView, PaymentStage, ReservationRow } from '../../app/till/contract.ts';
import type { Pane } from '../cashier/pane.ts';
import { NOW_MS, vippsTender } from './cashier-data.ts';
import { finishedStages, paymentStages } from './payment-data.ts';
import type { GalleryWords } from './words.ts';

const DUE_ORE = 20_160;
const RESERVED_ORE = 50_000;
const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;

type Make<State> = (more: Partial<CashierView>, start?: { readonly pane?: Pane }) => State;

export function heldStates<State>(w: GalleryWords, make: Make<State>): Readonly<Record<string, State>> {
  const money = (ore: number) => formatOre(ore, w.language, 'NOK');
  const sentence = (text: string) =>
    fill(text, {
      reserved: formatOre(RESERVED_ORE, w.language),
      taken: formatOre(DUE_ORE, w.language),
      back: formatOre(RESERVED_ORE - DUE_ORE, w.language),
    });
  const said = w.payment.cashier;
  const { 'pay-waiting-for-scan': scanning, 'pay-collecting': collecting } = paymentStages(w);
  const { 'done-vipps': done } = finishedStages(w);
  if (scanning === undefined || collecting === undefined || done === undefined) return {};
  const held: PaymentStage = {
    ...collecting,
    phase: 'held',
    title: said.held.title,
    detail: said.held.detail,
    basket: 'goods',
    reserved: { amountOre: RESERVED_ORE, text: sentence(said.reserved.held) },
    buttons: [
      {
        command: { type: 'collect-payment' },
        label: fill(w.payment.buttons.collect, { amount: formatOre(DUE_ORE, w.language) }),
        weight: 'primary',
      },
      { command: { type: 'cancel-payment' }, label: w.payment.buttons.giveBack, weight: 'care' },
    ],
  };
  const asked = { amountOre: RESERVED_ORE, text: sentence(said.reserved.asked) };
  const corrected: PaymentStage = { ...scanning, basket: 'corrections', reserved: asked };
  const taken: PaymentStage = { ...collecting, reserved: { amountOre: RESERVED_ORE, text: sentence(said.reserved.taken) } };
  const note = w.till.beyond.released(formatOre(RESERVED_ORE, w.language), formatOre(RESERVED_ORE - DUE_ORE, w.language));
  const rest = w.till.attention;
  const awayLight = { device: 'reservations', state: 'care', text: w.till.away.light(1) } as const;
  return {
    reserve: make({}, { pane: { kind: 'reserve' } }),
    'pay-corrected': make({ stage: corrected }),
    'pay-correcting': make({ stage: corrected }, { pane: { kind: 'line', lineId: 'l1', part: 'quantity' } }),
    'pay-held': make({ stage: held }),
    'pay-held-line': make({ stage: held }, { pane: { kind: 'line', lineId: 'l3', part: 'quantity' } }),
    'pay-taking-less': make({ stage: taken }),
    'done-less': make({ basket: null, stage: { ...done, means: [{ ...vippsTender(DUE_ORE), note }] } }),
    reservations: make({ basket: null, reservations: reservations(w), lights: [awayLight] }),
    'reservations-busy': make({ reservations: reservations(w) }, { pane: { kind: 'parked' } }),
    'attention-not-known': make({
      attention: [
        {
          paymentId: 'p1',
          title: rest.notKnownTitle(money(DUE_ORE)),
          text: rest.notKnownText('Vipps', 'kolo-1-2611-a3f-1042-1'),
          reference: 'kolo-1-2611-a3f-1042-1',
          amountOre: DUE_ORE,
          capturedAtMs: NOW_MS - 4 * MINUTE_MS,
          doneCommand: { type: 'settled-by-hand', paymentId: 'p1' },
          doneLabel: rest.done,
          moreText: null,
          support: null,
        },
      ],
    }),
    'attention-rest': make({
      attention: [
        {
          paymentId: 'p1',
          title: rest.restTitle(money(RESERVED_ORE - DUE_ORE)),
          text: rest.restText('Vipps', 'kolo-1-2611-a3f-1042-1'),
          reference: 'kolo-1-2611-a3f-1042-1',
          amountOre: RESERVED_ORE - DUE_ORE,
          capturedAtMs: NOW_MS - 4 * MINUTE_MS,
          doneCommand: { type: 'rest-seen', paymentId: 'p1' },
          doneLabel: rest.restDone,
          moreText: null,
          support: '51 · 4f0e2a7c91d34b1e',
        },
      ],
    }),
  };
}

function reservations(words: GalleryWords): readonly ReservationRow[] {
  const row = (saleNumber: number, more: Partial<ReservationRow>): ReservationRow => ({
    paymentId: `r${saleNumber}`,
    saleId: `s${saleNumber}`,
    saleNumber,
    reference: `kolo-1-2611-a3f-${saleNumber}-1`,
    reservedOre: RESERVED_ORE,
    totalOre: 43_250,
    collectOre: 43_250,
    sinceMs: NOW_MS - 14 * MINUTE_MS,
    untilMs: null,
    deadline: null,
    state: 'held',
    ...more,
  });
  const away = words.till.away;
  return [
    row(1_012, {
      sinceMs: NOW_MS - 2 * DAY_MS,
      untilMs: NOW_MS + 178 * DAY_MS,
      reservedOre: 120_000,
      totalOre: 99_900,
      collectOre: 99_900,
    }),
    row(1_030, { sinceMs: NOW_MS - 190 * MINUTE_MS, state: 'asks' }),
    row(1_038, {}),
    row(1_039, { state: 'waits', deadline: { text: away.approve(away.at('2026-11-21', '18:00')), soon: false } }),
    row(1_040, { deadline: { text: away.deliver(away.at('2026-11-23', '12:00')), soon: true } }),
  ];
}
