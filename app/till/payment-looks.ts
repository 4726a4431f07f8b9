/** What the cashier sees of a payment in each situation: how far it is, its colour, its sentence, its buttons. */
import type { Texts } from '../text/index.ts';
import type { PaymentPhase, PaymentStage } from './contract.ts';
import type { Situation } from './situation.ts';

export interface Said {
  readonly title: string;
  readonly detail: string;
}

interface Look {
  readonly phase: PaymentPhase;
  readonly tone: PaymentStage['tone'];
  /** `to`: who is asked, as the cashier may read it. `until`: until when, where it is days. */
  readonly said: (words: Texts['payment']['cashier'], brand: string, to: string | null, until: string) => Said;
  readonly buttons: readonly ButtonName[];
}

export type ButtonName = keyof Texts['payment']['buttons'];

/** What the cashier sees in each situation: at most two buttons, the safe one first. */
export const LOOKS: Readonly<Record<Situation, Look>> = {
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
  'at-phone-later': {
    phase: 'waiting-for-approval',
    tone: 'waiting',
    said: (words, _, to, until) => words.atPhoneLater(to, until),
    buttons: ['aside', 'cancel'],
  },
  'at-link': {
    phase: 'waiting-for-approval',
    tone: 'waiting',
    said: (words, _, __, until) => words.atLink(until),
    buttons: ['aside', 'cancel'],
  },
  'held-for-delivery': {
    phase: 'held',
    tone: 'waiting',
    said: (words, _, __, until) => words.heldForDelivery(until),
    buttons: ['deliver', 'giveBack'],
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
  'not-known': { phase: 'checking', tone: 'care', said: (words, brand) => words.notKnown(brand), buttons: ['check', 'leave'] },
  'left-to-people': { phase: 'checking', tone: 'care', said: (words) => words.leftToPeople, buttons: ['otherMeans'] },
  'refund-by-hand': {
    phase: 'given-back',
    tone: 'bad',
    said: (words, brand) => words.refundByHand(brand),
    buttons: ['otherMeans', 'tryAgain'],
  },
};
