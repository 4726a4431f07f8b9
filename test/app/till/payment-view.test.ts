import { describe, expect, it } from 'vitest';
import type { PaymentEvent } from '../../../app/journal/events.ts';
import type { Payment } from '../../../app/payment/payment.ts';
import type { Command, CustomerScreen, PaymentStage } from '../../../app/till/contract.ts';
import type { LoopTrouble } from '../../../app/till/payment-loop.ts';
import { paymentScreen, paymentStage } from '../../../app/till/payment-view.ts';
import { paymentStages } from '../../../renderer/gallery/payment-data.ts';
import { wordsOf } from '../../../renderer/gallery/words.ts';
import { AMOUNT_ORE, awaiting, BEGAN_MS, capturedPayment, capturing, creating, declinedPayment } from '../payment/payments.ts';
import { MOMENTS, NOW_MS } from './payment-moments.ts';

const QR = {
  qr: { kind: 'draw', text: 'https://pay.example/1' },
  camera: false,
  shownAtMs: BEGAN_MS + 2_000,
  expiresAtMs: BEGAN_MS + 300_000,
} as const;
const opened: PaymentEvent = { type: 'payment.opened', version: 1, payload: { paymentId: 'p1' } };

const seen = (
  { payment, trouble, codeEnded = false }: { payment: Payment; trouble?: LoopTrouble | null; codeEnded?: boolean },
  language: 'nb' | 'en' = 'nb',
) => {
  const facts = {
    payment,
    trouble: trouble ?? null,
    qr: payment.state === 'awaiting' ? QR : null,
    qrShownAtMs: QR.shownAtMs,
    codeEnded,
    payer: null,
    nowMs: NOW_MS,
    market: 'NO',
    until: '21.11.2026 kl. 12:10',
  } as const;
  return { stage: paymentStage(facts, language), screen: paymentScreen(facts, language, []) };
};
const said = (screen: CustomerScreen): string => ('title' in screen ? screen.title : screen.kind);

function pressed(command: Command): string {
  switch (command.type) {
    case 'answer-payment':
      return command.answer;
    case 'check-payment':
      return 'check';
    case 'cancel-payment':
      return 'cancel';
    case 'new-code':
      return 'new';
    case 'pay-vipps':
      return command.way ?? 'again';
    case 'close-payment':
      return 'other';
    default:
      return command.type;
  }
}

describe('A payment on both screens', () => {
  it.each(MOMENTS)('$name', (moment) => {
    const { stage, screen } = seen(moment);
    expect({
      phase: stage.phase,
      cashier: stage.title,
      presses: stage.buttons.map(({ command }) => pressed(command)).join(' '),
      kind: screen.kind,
      customer: said(screen),
    }).toEqual({ phase: moment.phase, cashier: moment.cashier, presses: moment.presses, kind: moment.kind, customer: moment.customer });
    expect(stage.amountOre).toBe(AMOUNT_ORE);
    expect('amount' in screen ? screen.amount?.text : null).toBe('249,00');
  });

  it('has at most two ways on; Enter presses the first, the safe one, and never cancels or gives money back', () => {
    for (const moment of MOMENTS) {
      const [first, ...others] = seen(moment).stage.buttons;
      expect(others.length).toBeLessThanOrEqual(1);
      expect(others.map(({ weight }) => weight)).not.toContain('primary');
      if (first !== undefined)
        expect([moment.name, first.weight]).toEqual([moment.name, first.command.type === 'cancel-payment' ? 'plain' : 'primary']);
    }
  });

  it('says something of its own in every language', () => {
    for (const moment of MOMENTS) {
      const [nb, en] = [seen(moment, 'nb'), seen(moment, 'en')];
      expect([moment.name, nb.stage.title === en.stage.title, said(nb.screen) === said(en.screen)]).toEqual([moment.name, false, false]);
    }
  });
});

describe('What the customer waits for', () => {
  it('is told apart: a scan, the own phone, paid, rejected, no cover, expired, nobody there', () => {
    const named = ['waiting for the scan', 'scanned', 'captured', 'rejected', 'no cover', 'expired', 'nobody takes it'];
    const moments = MOMENTS.filter(({ name }) => named.includes(name)).map((moment) => seen(moment));
    expect(new Set(moments.map(({ stage }) => stage.title)).size).toBe(named.length);
    expect(new Set(moments.map(({ screen }) => said(screen))).size).toBe(named.length);
  });

  it('counts down until the end of the code, and leaves the rest to the clock on the phone', () => {
    expect(seen({ payment: awaiting() }).screen).toMatchObject({ expiresAtMs: QR.expiresAtMs, totalMs: QR.expiresAtMs - QR.shownAtMs });
    expect(seen({ payment: awaiting(opened) }).screen).not.toHaveProperty('expiresAtMs');
    expect(seen({ payment: awaiting(opened) }).stage).toMatchObject({ expiresAtMs: null, totalMs: null });
    expect(seen({ payment: capturing() }).stage).toMatchObject({ expiresAtMs: null, totalMs: null });
  });
});

describe('The timeline', () => {
  const rows = (moment: { payment: Payment; trouble?: LoopTrouble | null }) =>
    seen(moment).stage.timeline.map(({ state, text }) => `${state}: ${text}`);

  it('tells what was, what is and what comes', () => {
    const shown = 'done: QR vist for kunden';
    expect(rows({ payment: creating() })).toEqual([
      shown,
      'now: Lager betalingen',
      'next: QR vist for kunden',
      'next: Godkjent av kunden',
      'next: Betalt',
    ]);
    const approved = ['done: Betaling opprettet', shown, 'done: Godkjent av kunden'];
    expect(rows({ payment: capturing() })).toEqual([...approved, 'now: Henter pengene', 'next: Betalt']);
    expect(rows({ payment: capturedPayment(false) }).at(-1)).toBe('done: Betalt');
    expect(rows({ payment: declinedPayment() }).at(-1)).toBe('done: Avsluttet');
  });

  it('never says paid as done before the capture was read back', () => {
    for (const moment of MOMENTS) if (moment.payment.state !== 'captured') expect(rows(moment)).not.toContain('done: Betalt');
  });
});

describe('The gallery', () => {
  const gallery = paymentStages(wordsOf('nb'));
  const shown = ({ phase, tone, title, detail, buttons }: PaymentStage) => ({
    phase,
    tone,
    title,
    detail,
    buttons: buttons.map(({ command, label, weight }) => [pressed(command), label, weight]),
  });

  it('shows what the till says, button for button', () => {
    for (const moment of MOMENTS) {
      const drawn = gallery[moment.gallery];
      if (moment.gallery !== '')
        expect([moment.name, drawn === undefined ? null : shown(drawn)]).toEqual([moment.name, shown(seen(moment).stage)]);
    }
  });

  it('leaves no moment out', () => {
    const covered = new Set(MOMENTS.map(({ gallery: name }) => name));
    expect(Object.keys(gallery).filter((name) => !covered.has(name) && name !== 'pay-large')).toEqual([]);
  });
});
