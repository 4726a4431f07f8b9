/** Fixed stages of a payment and of a finished sale, in the till's own sentences. */
import { formatOre } from '../../app/money/format.ts';
import { fill } from '../../app/text/screen.ts';
import type { CashierView, Command, FinishedStage, PaymentPhase, PaymentStage, TimelineRow } from '../../app/till/contract.ts';
import { cashPart, NOW_MS, VIPPS, vippsTender } from './cashier-data.ts';
import type { GalleryWords } from './words.ts';

const SECOND = 1_000;
const DUE_ORE = 20_160;
const SUPPORT = 'timeout · 4f0e2a7c91d34b1e';

type ButtonName =
  | 'check'
  | 'cancel'
  | 'newCode'
  | 'showQr'
  | 'otherNumber'
  | 'scanAgain'
  | 'keep'
  | 'release'
  | 'refund'
  | 'retryCapture'
  | 'leave'
  | 'tryAgain'
  | 'otherMeans'
  | 'aside';
type Moment = keyof GalleryWords['payment']['timeline'];

interface Shown {
  readonly phase: PaymentPhase;
  readonly tone: PaymentStage['tone'];
  readonly said: { readonly title: string; readonly detail: string };
  readonly done: readonly Moment[];
  readonly now?: Moment;
  readonly next?: readonly Moment[];
  readonly buttons: readonly ButtonName[];
  readonly leftMs?: number;
  readonly support?: string;
  readonly byQr?: boolean;
  readonly amountOre?: number;
  readonly link?: PaymentStage['link'];
}

function stage(w: GalleryWords, shown: Shown): PaymentStage {
  const commands: Record<ButtonName, Command> = {
    check: { type: 'check-payment' },
    cancel: { type: 'cancel-payment' },
    newCode: { type: 'new-code' },
    showQr: { type: 'pay-vipps', amountOre: DUE_ORE, way: 'qr' },
    otherNumber: { type: 'pay-vipps', amountOre: DUE_ORE, way: 'phone' },
    scanAgain: { type: 'pay-vipps', amountOre: DUE_ORE, way: 'personal-qr' },
    keep: { type: 'answer-payment', answer: 'keep' },
    release: { type: 'answer-payment', answer: 'release' },
    refund: { type: 'answer-payment', answer: 'refund' },
    retryCapture: { type: 'answer-payment', answer: 'retry' },
    leave: { type: 'answer-payment', answer: 'leave' },
    tryAgain: { type: 'pay-vipps', amountOre: DUE_ORE },
    otherMeans: { type: 'close-payment' },
    aside: { type: 'park-sale' },
  };
  const first = NOW_MS - 29 * SECOND;
  const timeline: TimelineRow[] = [
    ...shown.done.map(
      (name, index): TimelineRow => ({ state: 'done', text: w.payment.timeline[name], atMs: first + Math.floor(index * 6) * SECOND }),
    ),
    ...(shown.now === undefined ? [] : [{ state: 'now', text: w.payment.timeline[shown.now], atMs: null } satisfies TimelineRow]),
    ...(shown.next ?? []).map((name): TimelineRow => ({ state: 'next', text: w.payment.timeline[name], atMs: null })),
  ];
  return {
    kind: 'payment',
    phase: shown.phase,
    tone: shown.tone,
    byQr: shown.byQr ?? true,
    amountOre: shown.amountOre ?? DUE_ORE,
    ...(shown.link === undefined ? {} : { link: shown.link }),
    title: shown.said.title,
    detail: shown.said.detail,
    timeline,
    expiresAtMs: shown.leftMs === undefined ? null : NOW_MS + shown.leftMs,
    totalMs: shown.leftMs === undefined ? null : 600 * SECOND,
    buttons: shown.buttons.map((name, index) => ({
      command: commands[name],
      label: w.payment.buttons[name],
      weight: name === 'release' || name === 'refund' || name === 'leave' ? 'care' : index === 0 && name !== 'cancel' ? 'primary' : 'plain',
    })),
    support: shown.support ?? null,
    reference: 'kolo-1-2611-a3f-1042-1',
  };
}

/** Every phase, every question, and each way that a payment is not paid. */
export function paymentStages(w: GalleryWords): Readonly<Record<string, PaymentStage>> {
  const said = w.payment.cashier;
  const brand = VIPPS.name;
  const shown: readonly Moment[] = ['created', 'shown'];
  const scanned: readonly Moment[] = [...shown, 'scanned'];
  const approved: readonly Moment[] = [...scanned, 'approved'];
  const notPaid = { phase: 'not-paid', buttons: ['tryAgain', 'otherMeans'] } as const;
  const asking = { phase: 'asking', tone: 'care', done: approved } as const;
  const payerGone = { byQr: false, phase: 'not-paid', tone: 'care' } as const;
  const { reasons, next } = w.payment.refusals;
  const because = (reason: keyof typeof reasons, words: Shown['said'], then?: keyof typeof next): Shown['said'] => {
    const parts = [reasons[reason].cashier, words.detail, ...(then === undefined ? [] : [next[then]])];
    return { title: words.title, detail: fill(parts.join(' '), { brand }) };
  };
  const states: Record<string, Shown> = {
    'pay-creating': {
      phase: 'creating',
      tone: 'waiting',
      said: said.creating,
      done: [],
      now: 'creating',
      next: ['shown', 'approved', 'paid'],
      buttons: ['cancel'],
    },
    'pay-link': {
      byQr: false,
      phase: 'waiting-for-approval',
      tone: 'waiting',
      said: said.atLink(w.till.away.at('2026-11-21', '12:10')),
      link: {
        url: 'https://landing.vipps.no/?token=eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0',
        warning: w.till.away.link.warning(brand),
        copy: w.till.away.link.copy,
        copied: w.till.away.link.copied,
      },
      done: ['created'],
      now: 'approving',
      next: ['delivering', 'paid'],
      buttons: ['aside', 'cancel'],
    },
    'pay-restarting': {
      phase: 'checking',
      tone: 'care',
      said: said.restarting(brand),
      done: [],
      now: 'creating',
      next: ['shown', 'approved', 'paid'],
      buttons: ['check', 'cancel'],
      support: SUPPORT,
    },
    'pay-unreachable': {
      phase: 'checking',
      tone: 'care',
      said: because('answer-lost', said.unreachable(brand)),
      done: [],
      now: 'creating',
      next: ['shown', 'approved', 'paid'],
      buttons: ['check', 'cancel'],
      support: SUPPORT,
    },
    'pay-waiting-for-scan': {
      phase: 'waiting-for-scan',
      tone: 'waiting',
      said: said.waitingForScan(brand),
      done: shown,
      now: 'scanning',
      next: ['collecting', 'paid'],
      buttons: ['check', 'cancel'],
      leftMs: 528 * SECOND,
    },
    'pay-waiting-for-approval': {
      phase: 'waiting-for-approval',
      tone: 'waiting',
      said: said.waitingForApproval,
      done: scanned,
      now: 'approving',
      next: ['collecting', 'paid'],
      buttons: ['check', 'cancel'],
    },
    'pay-code-ended': {
      phase: 'code-ended',
      tone: 'care',
      said: said.codeEnded,
      done: shown,
      now: 'codeEnded',
      buttons: ['newCode', 'cancel'],
    },
    'pay-replacing': {
      phase: 'cancelling',
      tone: 'waiting',
      said: said.replacing,
      done: shown,
      now: 'cancelling',
      buttons: ['check', 'cancel'],
    },
    'pay-unreachable-waiting': {
      phase: 'checking',
      tone: 'care',
      said: because('answer-lost', said.unreachableWaiting(brand)),
      done: shown,
      now: 'scanning',
      next: ['collecting', 'paid'],
      buttons: ['check', 'cancel'],
      leftMs: 318 * SECOND,
      support: SUPPORT,
    },
    'pay-checking': {
      phase: 'checking',
      tone: 'care',
      said: because('contradiction', said.checking(brand)),
      done: scanned,
      now: 'approving',
      buttons: ['check'],
      support: SUPPORT,
    },
    'pay-collecting': {
      phase: 'collecting',
      tone: 'waiting',
      said: said.collecting,
      done: approved,
      now: 'collecting',
      next: ['paid'],
      buttons: ['check'],
    },
    'pay-cancelling': { phase: 'cancelling', tone: 'waiting', said: said.cancelling, done: shown, now: 'cancelling', buttons: ['check'] },
    'pay-expiring': { phase: 'cancelling', tone: 'waiting', said: said.expiring, done: shown, now: 'cancelling', buttons: ['check'] },
    'pay-refunding': { phase: 'cancelling', tone: 'waiting', said: said.refunding, done: approved, now: 'cancelling', buttons: ['check'] },
    'pay-ask-keep-or-release': { ...asking, said: said.askKeepOrRelease, buttons: ['keep', 'release'] },
    'pay-ask-keep-or-refund': { ...asking, said: said.askKeepOrRefund, buttons: ['keep', 'refund'] },
    'pay-ask-retry-or-release': {
      ...asking,
      said: said.askRetryOrRelease(brand),
      buttons: ['retryCapture', 'release'],
      support: '93 · 4f0e2a7c91d34b1e',
    },
    'pay-refund-refused': { ...asking, said: said.refundRefused(brand), buttons: ['keep', 'refund'], support: '61 · 4f0e2a7c91d34b1e' },
    'pay-paid': { phase: 'paid', tone: 'good', said: said.paid, done: [...approved, 'paid'], buttons: [] },
    'pay-rejected': { ...notPaid, tone: 'care', said: said.rejected, done: [...scanned, 'ended'] },
    'pay-no-cover': { ...notPaid, tone: 'bad', said: said.noCover, done: [...scanned, 'ended'], support: '45 · 4f0e2a7c91d34b1e' },
    'pay-expired': { ...notPaid, tone: 'care', said: said.expired, done: [...shown, 'ended'] },
    'pay-refused': {
      phase: 'not-paid',
      tone: 'bad',
      said: because('bank-account', said.refused(brand), 'owner-portal'),
      done: ['ended'],
      buttons: ['otherMeans', 'tryAgain'],
      support: 'epayment:5060 · 4f0e2a7c91d34b1e',
    },
    'pay-refused-again': {
      phase: 'not-paid',
      tone: 'bad',
      said: because('bank-no', said.refused(brand), 'try-again'),
      done: ['ended'],
      buttons: ['tryAgain', 'otherMeans'],
      support: 'ecom:Payment/42 · 4f0e2a7c91d34b1e',
    },
    'pay-cancelled': {
      phase: 'not-paid',
      tone: 'care',
      said: said.cancelled,
      done: [...shown, 'ended'],
      buttons: ['otherMeans', 'tryAgain'],
    },
    'pay-given-back': {
      phase: 'given-back',
      tone: 'care',
      said: said.givenBack,
      done: [...approved, 'ended'],
      buttons: ['otherMeans', 'tryAgain'],
    },
    'pay-refunded': {
      phase: 'given-back',
      tone: 'care',
      said: said.refunded,
      done: [...approved, 'refunded'],
      buttons: ['otherMeans', 'tryAgain'],
    },
    'pay-refund-by-hand': {
      phase: 'given-back',
      tone: 'bad',
      said: said.refundByHand(brand),
      done: approved,
      buttons: ['otherMeans', 'tryAgain'],
      support: '61 · 4f0e2a7c91d34b1e',
    },
    'pay-not-known': {
      phase: 'checking',
      tone: 'care',
      said: said.notKnown(brand),
      done: shown,
      buttons: ['check', 'leave'],
      support: 'contradiction',
    },
    'pay-left-to-people': { phase: 'checking', tone: 'care', said: said.leftToPeople, done: shown, buttons: ['otherMeans'] },
    'pay-gone': {
      phase: 'given-back',
      tone: 'care',
      said: said.gone(brand),
      done: [...approved, 'ended'],
      buttons: ['otherMeans', 'tryAgain'],
    },
    'pay-sending': {
      byQr: false,
      phase: 'creating',
      tone: 'waiting',
      said: said.sending,
      done: [],
      now: 'sending',
      next: ['approved', 'paid'],
      buttons: ['cancel'],
    },
    'pay-sending-unknown': {
      byQr: false,
      phase: 'checking',
      tone: 'care',
      said: said.sendingUnknown(brand),
      done: [],
      now: 'sending',
      next: ['approved', 'paid'],
      buttons: ['check', 'cancel'],
      support: SUPPORT,
    },
    'pay-at-phone': {
      byQr: false,
      phase: 'waiting-for-approval',
      tone: 'waiting',
      said: said.atPhone(brand, '+47 912 34 567'),
      done: ['sent'],
      now: 'approving',
      next: ['collecting', 'paid'],
      buttons: ['check', 'cancel'],
    },
    'pay-payer-forgotten': { ...payerGone, said: said.payerForgotten(brand), done: [], buttons: ['showQr', 'otherNumber'] },
    'pay-number-refused': { ...payerGone, said: said.numberRefused(brand), done: ['ended'], buttons: ['showQr', 'otherNumber'] },
    'pay-code-refused': { ...payerGone, said: said.codeRefused, done: ['ended'], buttons: ['showQr', 'scanAgain'] },
    'pay-large': {
      phase: 'waiting-for-scan',
      tone: 'waiting',
      said: said.waitingForScan(brand),
      done: shown,
      now: 'scanning',
      next: ['collecting', 'paid'],
      buttons: ['check', 'cancel'],
      leftMs: 41 * SECOND,
      amountOre: 12_345_650,
    },
  };
  return Object.fromEntries(Object.entries(states).map(([name, state]) => [name, stage(w, state)]));
}

export function finishedStages(w: GalleryWords): Readonly<Record<string, FinishedStage>> {
  const receipt = (state: FinishedStage['receipt']['state']) => ({ state, text: w.till.receipt[state] });
  const finished = (more: Partial<FinishedStage>): FinishedStage => ({
    kind: 'finished',
    saleId: 's-874',
    series: 'sale',
    receiptNumber: 874,
    totalOre: DUE_ORE,
    paidOre: DUE_ORE,
    means: [vippsTender(DUE_ORE)],
    changeOre: 0,
    completedAtMs: NOW_MS - 11 * SECOND,
    receipt: receipt('printed'),
    canPrint: false,
    canDecline: false,
    canCopy: false,
    canContinue: true,
    cannotContinueText: null,
    ...more,
  });
  const noPaper = { canContinue: false, cannotContinueText: w.till.refusals['receipt-required']('') };
  const inCash = { paidOre: DUE_ORE + 40 };
  const cash = { ...cashPart(w), amountOre: inCash.paidOre };
  const received = w.till.cashDetail(formatOre(50_000, w.language), formatOre(29_800, w.language));
  return {
    'done-asking': finished({ receipt: receipt('not-asked'), canPrint: true, canDecline: true, canContinue: false }),
    'done-printing': finished({ ...inCash, means: [cash], receipt: receipt('printing'), canContinue: false }),
    'done-vipps': finished({ canCopy: true }),
    'done-cash-change': finished({ ...inCash, means: [{ ...cash, detail: received }], changeOre: 29_800, canCopy: true }),
    'done-split': finished({ means: [cashPart(w), vippsTender(10_160)], canCopy: true }),
    'done-no-paper': finished({ ...inCash, means: [cash], receipt: receipt('waiting'), ...noPaper }),
    'done-paper-unknown': finished({ ...inCash, means: [cash], receipt: receipt('unknown'), ...noPaper }),
    'done-no-receipt': finished({ receipt: receipt('declined'), canCopy: true }),
    'done-large': finished({
      totalOre: 12_345_650,
      paidOre: 12_345_700,
      means: [{ ...cash, amountOre: 12_345_700, detail: received }],
      changeOre: 1_254_300,
      canCopy: true,
    }),
  };
}

export function printQueue(w: GalleryWords): CashierView['printQueue'] {
  return [
    { jobId: 'j1', title: w.till.receiptTitle.sale(874), state: 'waiting', text: w.till.receipt.waiting },
    { jobId: 'j2', title: w.till.copyTitle(w.till.receiptTitle.sale(873)), state: 'unknown', text: w.till.receipt.unknown },
  ];
}
