/**
 * A payment as both screens show it. One function decides what is happening (`situation`), and both views are made from
 * that, so that cashier and customer can never be told different things.
 */
import type { Currency } from '../money/amount.ts';
import { formatOre, splitOre } from '../money/format.ts';
import { PAYMENT_LIFETIME_MS } from '../payment/decide.ts';
import type { Payment } from '../payment/payment.ts';
import { phoneText } from '../payment/phone.ts';
import { isSentToPhone, type Payer } from '../payment/provider.ts';
import { type Texts, texts } from '../text/index.ts';
import { fill } from '../text/screen.ts';
import type { Market } from './brand.ts';
import { brandOf } from './brand.ts';
import type { Command, CustomerLine, CustomerScreen, Language, PaymentButton, PaymentPhase, PaymentStage } from './contract.ts';
import { basketFreedom } from './payment-basket.ts';
import type { LoopTrouble } from './payment-loop.ts';
import { timeline } from './payment-timeline.ts';
import type { ShownQr } from './qr-on-screen.ts';
import { detailWithWhy, isWorthATry, refusalWords } from './refusal-words.ts';
import { type Situation, situation } from './situation.ts';

interface Said {
  readonly title: string;
  readonly detail: string;
}

interface Look {
  readonly phase: PaymentPhase;
  readonly tone: PaymentStage['tone'];
  /** `to`: who is asked, as the cashier may read it. */
  readonly said: (words: Texts['payment']['cashier'], brand: string, to: string | null) => Said;
  readonly buttons: readonly ButtonName[];
}

type ButtonName = keyof Texts['payment']['buttons'];

/** What the cashier sees in each situation: at most two buttons, the safe one first. */
const LOOKS: Readonly<Record<Situation, Look>> = {
  creating: { phase: 'creating', tone: 'waiting', said: (words) => words.creating, buttons: ['cancel'] },
  restarting: { phase: 'checking', tone: 'care', said: (words, brand) => words.restarting(brand), buttons: ['check', 'cancel'] },
  unreachable: { phase: 'checking', tone: 'care', said: (words, brand) => words.unreachable(brand), buttons: ['check', 'cancel'] },
  sending: { phase: 'creating', tone: 'waiting', said: (words) => words.sending, buttons: ['cancel'] },
  'sending-unknown': {
    phase: 'checking',
    tone: 'care',
    said: (words, brand) => words.sendingUnknown(brand),
    buttons: ['check', 'cancel'],
  },
  'at-phone': {
    phase: 'waiting-for-approval',
    tone: 'waiting',
    said: (words, brand, to) => words.atPhone(brand, to),
    buttons: ['check', 'cancel'],
  },
  'payer-forgotten': {
    phase: 'not-paid',
    tone: 'care',
    said: (words, brand) => words.payerForgotten(brand),
    buttons: ['showQr', 'otherNumber'],
  },
  'number-refused': {
    phase: 'not-paid',
    tone: 'care',
    said: (words, brand) => words.numberRefused(brand),
    buttons: ['showQr', 'otherNumber'],
  },
  'code-refused': { phase: 'not-paid', tone: 'care', said: (words) => words.codeRefused, buttons: ['showQr', 'scanAgain'] },
  'waiting-for-scan': {
    phase: 'waiting-for-scan',
    tone: 'waiting',
    said: (words, brand) => words.waitingForScan(brand),
    buttons: ['check', 'cancel'],
  },
  'waiting-for-approval': {
    phase: 'waiting-for-approval',
    tone: 'waiting',
    said: (words) => words.waitingForApproval,
    buttons: ['check', 'cancel'],
  },
  held: { phase: 'held', tone: 'waiting', said: (words) => words.held, buttons: ['collect', 'giveBack'] },
  gone: { phase: 'given-back', tone: 'care', said: (words, brand) => words.gone(brand), buttons: ['otherMeans', 'tryAgain'] },
  'unreachable-waiting': {
    phase: 'checking',
    tone: 'care',
    said: (words, brand) => words.unreachableWaiting(brand),
    buttons: ['check', 'cancel'],
  },
  'code-ended': { phase: 'code-ended', tone: 'care', said: (words) => words.codeEnded, buttons: ['newCode', 'cancel'] },
  replacing: { phase: 'cancelling', tone: 'waiting', said: (words) => words.replacing, buttons: ['check', 'cancel'] },
  checking: { phase: 'checking', tone: 'care', said: (words, brand) => words.checking(brand), buttons: ['check'] },
  collecting: { phase: 'collecting', tone: 'waiting', said: (words) => words.collecting, buttons: ['check'] },
  cancelling: { phase: 'cancelling', tone: 'waiting', said: (words) => words.cancelling, buttons: ['check'] },
  expiring: { phase: 'cancelling', tone: 'waiting', said: (words) => words.expiring, buttons: ['check'] },
  refunding: { phase: 'cancelling', tone: 'waiting', said: (words) => words.refunding, buttons: ['check'] },
  'ask-keep-or-release': { phase: 'asking', tone: 'care', said: (words) => words.askKeepOrRelease, buttons: ['keep', 'release'] },
  'ask-keep-or-refund': { phase: 'asking', tone: 'care', said: (words) => words.askKeepOrRefund, buttons: ['keep', 'refund'] },
  'ask-retry-or-release': {
    phase: 'asking',
    tone: 'care',
    said: (words, brand) => words.askRetryOrRelease(brand),
    buttons: ['retryCapture', 'release'],
  },
  'refund-refused': { phase: 'asking', tone: 'care', said: (words, brand) => words.refundRefused(brand), buttons: ['keep', 'refund'] },
  paid: { phase: 'paid', tone: 'good', said: (words) => words.paid, buttons: [] },
  rejected: { phase: 'not-paid', tone: 'care', said: (words) => words.rejected, buttons: ['tryAgain', 'otherMeans'] },
  'no-cover': { phase: 'not-paid', tone: 'bad', said: (words) => words.noCover, buttons: ['tryAgain', 'otherMeans'] },
  expired: { phase: 'not-paid', tone: 'care', said: (words) => words.expired, buttons: ['tryAgain', 'otherMeans'] },
  refused: { phase: 'not-paid', tone: 'bad', said: (words, brand) => words.refused(brand), buttons: ['otherMeans', 'tryAgain'] },
  cancelled: { phase: 'not-paid', tone: 'care', said: (words) => words.cancelled, buttons: ['otherMeans', 'tryAgain'] },
  'given-back': { phase: 'given-back', tone: 'care', said: (words) => words.givenBack, buttons: ['otherMeans', 'tryAgain'] },
  refunded: { phase: 'given-back', tone: 'care', said: (words) => words.refunded, buttons: ['otherMeans', 'tryAgain'] },
  'refund-by-hand': {
    phase: 'given-back',
    tone: 'bad',
    said: (words, brand) => words.refundByHand(brand),
    buttons: ['otherMeans', 'tryAgain'],
  },
};

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
}

export function paymentStage(facts: PaymentFacts, language: Language): PaymentStage {
  const { payment, trouble, nowMs } = facts;
  const words = texts(language).payment;
  const now = situation(payment, trouble, nowMs, facts.codeEnded);
  const look = LOOKS[now];
  const brand = brandOf(facts.market).name;
  const said = look.said(words.cashier, brand, payeeText(facts));
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
    byQr: !isSentToPhone(payment.order),
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
      label: name === 'collect' ? fill(words.buttons.collect, { amount: formatOre(payment.collectOre, language) }) : words.buttons[name],
      weight: weightOf(name, index),
    })),
    support: supportLine(payment, trouble),
    reference: payment.order.reference,
  };
}

/** The number that the message went to; its end where only that is left, nothing where no number was typed. */
function payeeText({ payment, payer }: PaymentFacts): string | null {
  const { flow } = payment.order;
  if (flow?.kind !== 'push') return null;
  return payer?.kind === 'phone' ? phoneText(payer.msisdn) : flow.shown;
}

/** What is taken in the end. Where nothing is any more, what was asked for. */
function takenOre({ collectOre, order }: Payment): number {
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
  if (name === 'release' || name === 'refund' || name === 'giveBack') return 'care';
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
      return { type: 'collect-payment' };
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
    case 'retryCapture':
      return { type: 'answer-payment', answer: 'retry' };
  }
}

/** The same once more: what is to be taken of it, or as much reserved as before. */
function payAgain({ order, collectOre }: Payment, way?: Extract<Command, { type: 'pay-vipps' }>['way']): Command {
  const amount = order.collect === 'when-told' ? { hold: { reserveOre: order.amountOre } } : { amountOre: Math.max(1, collectOre) };
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
    case 'refunded':
    case 'refund-by-hand':
      return result('care', words.refunded);
  }
}
