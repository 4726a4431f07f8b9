/**
 * A payment as both screens show it. One function decides what is happening (`situation`), and both views are made from
 * that, so that cashier and customer can never be told different things.
 */
import type { Currency } from '../money/amount.ts';
import { formatOre, splitOre } from '../money/format.ts';
import { PAYMENT_LIFETIME_MS } from '../payment/lifetime.ts';
import type { Payment } from '../payment/payment.ts';
import { phoneText } from '../payment/phone.ts';
import { isSentToPhone, type Payer } from '../payment/provider.ts';
import { type Texts, texts } from '../text/index.ts';
import { fill } from '../text/screen.ts';
import type { Market } from './brand.ts';
import { brandOf } from './brand.ts';
import type { Command, CustomerLine, CustomerScreen, Language, PaymentButton, PaymentStage } from './contract.ts';
import { basketFreedom } from './payment-basket.ts';
import { type ButtonName, LOOKS, type Said } from './payment-looks.ts';
import type { LoopTrouble } from './payment-loop.ts';
import { timeline } from './payment-timeline.ts';
import type { ShownQr } from './qr-on-screen.ts';
import { detailWithWhy, isWorthATry, refusalWords } from './refusal-words.ts';
import { situation } from './situation.ts';

export interface PaymentFacts {
  readonly payment: Payment;
  readonly trouble: LoopTrouble | null;
  readonly qr: ShownQr | null;
  /** When the picture came on the screen, also after it has gone. */
  readonly qrShownAtMs: number | null;
  /** The code ran out, and the provider gives no other one for this payment. */
  readonly codeEnded: boolean;
  /** Who is to pay, while it is remembered. The customer's screen is never told. */
  readonly payer: Payer | null;
  readonly nowMs: number;
  readonly market: Market;
  /** Until when somebody has something to do about it, in words; empty where nothing is said of it. */
  readonly until: string;
}

export function paymentStage(facts: PaymentFacts, language: Language): PaymentStage {
  const { payment, trouble, nowMs } = facts;
  const words = texts(language).payment;
  const now = situation(payment, trouble, nowMs, facts.codeEnded);
  const look = LOOKS[now];
  const brand = brandOf(facts.market).name;
  const said = look.said(words.cashier, brand, payeeText(facts), facts.until);
  const code = codeOf(payment, trouble);
  const buttons: readonly ButtonName[] = now === 'refused' && isWorthATry(code) ? ['tryAgain', 'otherMeans'] : look.buttons;
  // Once scanned the customer's phone counts, and nobody here knows from when.
  const isScanned = payment.moments.openedAtMs !== null;
  const reserved = reservedBeyond(facts, language, (words) => words.cashier.reserved);
  const freedom = basketFreedom(payment);
  const counts = now === 'waiting-for-scan' || (now === 'unreachable-waiting' && !isScanned);
  return {
    kind: 'payment',
    phase: look.phase,
    tone: look.tone,
    byQr: !isSentToPhone(payment.order) && payment.order.flow?.kind !== 'link',
    ...linkOf(facts, language),
    amountOre: takenOre(payment),
    ...(reserved === null ? {} : { reserved }),
    ...(freedom === 'goods' || freedom === 'corrections' ? { basket: freedom } : {}),
    title: said.title,
    detail: detailWithWhy(now, said.detail, code, words.refusals, brand),
    timeline: timeline(facts, now, words.timeline, language),
    expiresAtMs: counts ? deadline(facts).expiresAtMs : null,
    totalMs: counts ? deadline(facts).totalMs : null,
    buttons: buttons.map((name, index) => ({
      command: commandOf(name, payment),
      label:
        name === 'collect' || name === 'deliver'
          ? fill(words.buttons[name], { amount: formatOre(payment.collectOre, language) })
          : words.buttons[name],
      weight: weightOf(name, index),
    })),
    support: supportLine(payment, trouble),
    reference: payment.order.reference,
  };
}

/** What the customer opens, while they can. The provider forbids the two ways that come to mind first. */
function linkOf({ payment, market }: PaymentFacts, language: Language): Pick<PaymentStage, 'link'> {
  if (payment.state !== 'awaiting' || payment.order.flow?.kind !== 'link' || payment.url === null || payment.cancelRequested) return {};
  const { warning, copy, copied } = texts(language).till.away.link;
  return { link: { url: payment.url, warning: warning(brandOf(market).name), copy, copied } };
}

/** The number that the message went to; its end where only that is left, nothing where no number was typed. */
function payeeText({ payment, payer }: PaymentFacts): string | null {
  const { flow } = payment.order;
  if (flow?.kind !== 'push') return null;
  return payer?.kind === 'phone' ? phoneText(payer.msisdn) : flow.shown;
}

/** What is taken in the end. Where nothing is any more, what was asked for. */
function takenOre(payment: Payment): number {
  const { collectOre, order } = payment;
  // Less was captured in the provider's portal, or some of it given back there.
  if (payment.state === 'captured' && payment.capturedOre < collectOre) return payment.capturedOre;
  return collectOre > 0 ? collectOre : order.amountOre;
}

type ReservedSentences = Readonly<Record<'asked' | 'askedToHold' | 'held' | 'taken', string>>;

function reservedMoment({ state, order, moments }: Payment): keyof ReservedSentences {
  if (state === 'held') return 'held';
  if (moments.approvedAtMs !== null) return 'taken';
  return order.collect === 'when-told' ? 'askedToHold' : 'asked';
}

/** That the customer is asked for more than will be taken, or has it reserved; `null` where both are the same. */
function reservedBeyond(
  { payment }: PaymentFacts,
  language: Language,
  sentence: (words: Texts['payment']) => ReservedSentences,
  currency?: Currency,
): NonNullable<PaymentStage['reserved']> | null {
  const { amountOre } = payment.order;
  if (amountOre === takenOre(payment) && payment.state !== 'held') return null;
  if (payment.state === 'declined' || payment.state === 'released' || payment.state === 'watched') return null;
  const text = sentence(texts(language).payment)[reservedMoment(payment)];
  const taken = formatOre(takenOre(payment), language, currency);
  const back = formatOre(amountOre - takenOre(payment), language, currency);
  return { amountOre, text: fill(text, { reserved: formatOre(amountOre, language, currency), taken, back }) };
}

/** When the scan is too late: at the code's own end, or the payment's where no code has one. */
function deadline({ payment, qr, nowMs }: PaymentFacts): { readonly expiresAtMs: number; readonly totalMs: number } {
  const createdAtMs = payment.moments.createdAtMs ?? nowMs;
  if (qr === null) return { expiresAtMs: createdAtMs + PAYMENT_LIFETIME_MS, totalMs: PAYMENT_LIFETIME_MS };
  return { expiresAtMs: qr.expiresAtMs, totalMs: qr.expiresAtMs - qr.shownAtMs };
}

/** The first is the safe one, and Enter presses it; but no Enter ever cancels, where that is the only way on. */
function weightOf(name: ButtonName, index: number): PaymentButton['weight'] {
  if (name === 'release' || name === 'refund' || name === 'giveBack' || name === 'leave') return 'care';
  return index === 0 && name !== 'cancel' ? 'primary' : 'plain';
}

function commandOf(name: ButtonName, payment: Payment): Command {
  switch (name) {
    case 'check':
      return { type: 'check-payment' };
    case 'cancel':
    case 'giveBack':
      return { type: 'cancel-payment' };
    case 'collect':
    case 'deliver':
      return { type: 'collect-payment' };
    case 'aside':
      return { type: 'park-sale' };
    case 'newCode':
      return { type: 'new-code' };
    case 'tryAgain':
      return payAgain(payment);
    case 'showQr':
      return payAgain(payment, 'qr');
    case 'otherNumber':
      return payAgain(payment, 'phone');
    case 'scanAgain':
      return payAgain(payment, 'personal-qr');
    case 'otherMeans':
      return { type: 'close-payment' };
    case 'keep':
      return { type: 'answer-payment', answer: 'keep' };
    case 'release':
      return { type: 'answer-payment', answer: 'release' };
    case 'refund':
      return { type: 'answer-payment', answer: 'refund' };
    case 'leave':
      return { type: 'answer-payment', answer: 'leave' };
    case 'retryCapture':
      return { type: 'answer-payment', answer: 'retry' };
  }
}

/** The same once more: what is to be taken of it, or as much reserved as before. */
function payAgain({ order, collectOre }: Payment, way?: Extract<Command, { type: 'pay-vipps' }>['way']): Command {
  if (order.flow?.kind === 'link') return { type: 'pay-vipps', way: order.flow.card ? 'away-card' : 'away-link' };
  if (order.unit === 'distance' && way !== 'qr') return { type: 'pay-vipps', way: 'away-phone' };
  const amount =
    order.unit === 'distance'
      ? {}
      : order.collect === 'when-told'
        ? { hold: { reserveOre: order.amountOre } }
        : { amountOre: Math.max(1, collectOre) };
  return { type: 'pay-vipps', ...amount, ...(way === undefined ? {} : { way }) };
}

function codeOf(payment: Payment, trouble: LoopTrouble | null): string | null {
  return trouble?.error.code ?? payment.trouble?.code ?? (payment.state === 'declined' ? payment.errorCode : null);
}

function supportLine(payment: Payment, trouble: LoopTrouble | null): string | null {
  const parts = [codeOf(payment, trouble), trouble?.error.traceId ?? payment.trouble?.traceId ?? null].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(' · ');
}

/** The same moment as the customer is told it. */
export function paymentScreen(facts: PaymentFacts, language: Language, lines: readonly CustomerLine[]): CustomerScreen {
  const { payment, trouble, qr, nowMs } = facts;
  const all = texts(language);
  const words = all.payment.customer;
  const brand = brandOf(facts.market).name;
  const amount = splitOre(takenOre(payment), language);
  const beyond = reservedBeyond(facts, language, (said) => said.customer.reserved, payment.order.currency);
  const reserved = beyond === null ? {} : { reserved: beyond.text };
  const wait = (said: Said): CustomerScreen => ({ kind: 'wait', title: said.title, detail: said.detail, amount, ...reserved });
  const result = (tone: 'good' | 'care' | 'bad', said: Said): CustomerScreen => ({
    kind: 'result',
    tone,
    title: said.title,
    detail: said.detail,
    amount,
  });
  const now = situation(payment, trouble, nowMs, facts.codeEnded);
  switch (now) {
    case 'creating':
    case 'restarting':
      return wait(words.moment);
    case 'unreachable':
      return wait(words.unreachable(brand));
    case 'sending':
    case 'sending-unknown':
      return wait(words.sending(brand));
    case 'at-phone-later':
    case 'at-link':
      return wait(words.moment);
    case 'at-phone':
      return { kind: 'scanned', title: words.atPhone(brand), amount };
    case 'payer-forgotten':
      return wait(words.payerForgotten);
    case 'number-refused':
    case 'code-refused':
      return result('care', words.payerRefused);
    case 'waiting-for-scan':
      if (qr === null) return wait(words.moment);
      if (nowMs >= qr.expiresAtMs) return wait(words.checking(brand)); // nobody can open it any more
      return {
        kind: 'qr',
        title: qr.camera ? words.scanWithCamera : words.scan(brand),
        amount,
        qr: qr.qr,
        ...deadline(facts),
        countdownText: words.countdown,
        lines,
        totalLabel: all.till.toPay,
        ...reserved,
      };
    case 'waiting-for-approval':
      return { kind: 'scanned', title: words.scanned, amount, ...reserved };
    case 'code-ended':
      return result('care', words.codeEnded);
    case 'replacing':
      return wait(words.replacing);
    case 'unreachable-waiting':
    case 'checking':
      return wait(words.checking(brand));
    case 'collecting':
      return wait(words.collecting);
    case 'cancelling':
    case 'expiring':
      return wait(words.cancelling);
    case 'refunding':
      return wait(words.refunding);
    case 'ask-keep-or-release':
    case 'ask-keep-or-refund':
    case 'ask-retry-or-release':
    case 'refund-refused':
      return wait(words.asking);
    case 'paid':
      return { kind: 'result', tone: 'good', title: words.paid, detail: words.thanks, amount };
    case 'rejected':
      return result('care', words.rejected);
    case 'no-cover':
      return result('bad', words.noCover);
    case 'expired':
      return result('care', words.expired);
    case 'refused': {
      const { customer, next } = refusalWords(codeOf(payment, trouble), all.payment.refusals, brand);
      return result(next === 'try-again' || next === 'scan-again' || next === 'offer-qr' ? 'care' : 'bad', customer);
    }
    case 'cancelled':
      return result('care', words.cancelled);
    case 'given-back':
    case 'gone':
      return result('care', words.givenBack);
    case 'held':
    case 'held-for-delivery':
      return {
        kind: 'basket',
        lines,
        newestLineId: null,
        totalLabel: all.till.toPay,
        total: amount,
        saving: null,
        paid: null,
        ...reserved,
      };
    case 'not-known':
      return wait(words.checking(brand));
    case 'left-to-people':
      return result('care', words.leftToPeople);
    case 'refunded':
    case 'refund-by-hand':
      return result('care', words.refunded);
  }
}
