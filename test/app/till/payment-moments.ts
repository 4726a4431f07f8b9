/** Every moment of a payment that people can see, and what both of them then see: the table of texts and next steps. */
import type { PaymentEvent } from '../../../app/journal/events.ts';
import type { Payment } from '../../../app/payment/payment.ts';
import type { LoopTrouble } from '../../../app/till/payment-loop.ts';
import {
  AMOUNT_ORE,
  applied,
  approvedPayment,
  awaiting,
  BEGAN_MS,
  cancelRequested,
  capturedPayment,
  captureRefused,
  capturing,
  createIntended,
  createUnknown,
  creating,
  declinedPayment,
  failure,
  PUSH,
  planned,
  REFUND_KEY,
  refundIntended,
  refundLeftToPeople,
  refundRefused,
  releaseIntended,
  releasing,
  replaceRequested,
  sent,
  TROUBLE,
  toPhone,
  watched,
  watchStarted,
} from '../payment/payments.ts';

export const NOW_MS = BEGAN_MS + 60_000;
const lasting: LoopTrouble = { kind: 'unreachable', error: failure('lost'), sinceMs: NOW_MS - 10_000 };
const momentary: LoopTrouble = { ...lasting, sinceMs: NOW_MS - 500 };
const nonsense: LoopTrouble = { kind: 'contradiction', error: failure('contradiction'), sinceMs: NOW_MS };

const missing = (forMs: number): LoopTrouble => ({ kind: 'missing', error: failure('contradiction'), sinceMs: NOW_MS - forMs });

const opened: PaymentEvent = { type: 'payment.opened', version: 1, payload: { paymentId: 'p1' } };
const unknown = (what: 'create' | 'capture' | 'release' | 'refund'): PaymentEvent => ({
  type: `payment.${what}-unknown`,
  version: 1,
  payload: { paymentId: 'p1', trouble: TROUBLE },
});
const declined = (reason: 'rejected' | 'expired' | 'refused', errorCode: string | null = null) =>
  applied(awaiting(), {
    type: 'payment.declined',
    version: 1,
    payload: { paymentId: 'p1', reason, errorCode, watchUntilMs: null },
  });
const released = (payment: Payment, wasApproved: boolean) =>
  applied(payment, { type: 'payment.released', version: 1, payload: { paymentId: 'p1', wasApproved } });
const refunded = applied(capturedPayment(true, refundIntended), {
  type: 'payment.refunded',
  version: 1,
  payload: { paymentId: 'p1', key: REFUND_KEY, amountOre: AMOUNT_ORE },
});

const refusedWith = (errorCode: string): PaymentEvent => ({
  type: 'payment.declined',
  version: 1,
  payload: { paymentId: 'p1', reason: 'refused', errorCode, watchUntilMs: null },
});

export interface Moment {
  readonly name: string;
  /** What the gallery calls it; empty where the gallery shows the same under another moment. */
  readonly gallery: string;
  readonly payment: Payment;
  readonly trouble: LoopTrouble | null;
  readonly phase: string;
  readonly cashier: string;
  /** What the cashier can press, the safe one first. */
  readonly presses: string;
  readonly kind: string;
  readonly customer: string;
  readonly codeEnded: boolean;
}

/** `name | gallery | phase | cashier's title | buttons | customer's screen | its title`. */
function moment(row: string, payment: Payment, trouble: LoopTrouble | null = null, codeEnded = false): Moment {
  const [name = '', gallery = '', phase = '', cashier = '', presses = '', kind = '', customer = ''] = row
    .split('|')
    .map((cell) => cell.trim());
  return { name, gallery, payment, trouble, phase, cashier, presses, kind, customer, codeEnded };
}

export const MOMENTS: readonly Moment[] = [
  moment('planned | pay-creating | creating | Lager betalingen | cancel | wait | Et øyeblikk', applied(null, planned)),
  moment('being created | pay-creating | creating | Lager betalingen | cancel | wait | Et øyeblikk', creating()),
  moment(
    'nobody takes it | pay-unreachable | checking | Får ikke kontakt med Vipps | check cancel | wait | Vi får ikke kontakt med Vipps',
    creating(),
    momentary,
  ),
  moment(
    'created without an answer | pay-restarting | checking | Sjekker betalingen | check cancel | wait | Et øyeblikk',
    creating(unknown('create')),
  ),
  moment(
    'a message is being sent | pay-sending | creating | Sender til kundens telefon | cancel | wait | Et øyeblikk',
    toPhone(PUSH, createIntended),
  ),
  moment(
    'sent without an answer | pay-sending-unknown | checking | Sjekker om meldingen kom fram | check cancel | wait | Et øyeblikk',
    toPhone(PUSH, createIntended, createUnknown),
  ),
  moment(
    'sent to the phone | pay-at-phone | waiting-for-approval | Sendt til +47 912 34 567 | check cancel | scanned | Åpne Vipps på telefonen og godkjenn',
    toPhone(PUSH, createIntended, sent),
  ),
  moment(
    'sent to whoever showed a code | | waiting-for-approval | Sendt til kundens telefon | check cancel | scanned | Åpne Vipps på telefonen og godkjenn',
    toPhone({ kind: 'personal-qr' }, createIntended, sent),
  ),
  moment(
    'a link is open | pay-link | waiting-for-approval | Lenken er klar | park-sale cancel | wait | Et øyeblikk',
    toPhone({ kind: 'link', card: false, expiresAtMs: 0 }, createIntended, sent),
  ),
  moment(
    'nobody remembers to whom | pay-payer-forgotten | not-paid | Vi vet ikke om meldingen kom fram | qr phone | wait | Vent litt',
    toPhone(PUSH, createIntended, createUnknown, watchStarted),
  ),
  moment(
    'the number is refused | pay-number-refused | not-paid | Kunden kan ikke betale på denne måten | qr phone | result | Vi fikk ikke startet betalingen',
    toPhone(PUSH, createIntended, refusedWith('epayment:7010')),
  ),
  moment(
    'the code is refused | pay-code-refused | not-paid | Koden gjaldt ikke | qr personal-qr | result | Vi fikk ikke startet betalingen',
    toPhone({ kind: 'personal-qr' }, createIntended, refusedWith('epayment:4060')),
  ),
  moment(
    'waiting for the scan | pay-waiting-for-scan | waiting-for-scan | Venter på at kunden skanner | check cancel | qr | Skann med Vipps',
    awaiting(),
  ),
  moment('the code ran out | pay-code-ended | code-ended | Koden gikk ut | new cancel | result | Koden gikk ut', awaiting(), null, true),
  moment(
    'the code ran out after the scan | pay-waiting-for-approval | waiting-for-approval | Kunden godkjenner i appen | check cancel | scanned | Fullfør i appen din',
    awaiting(opened),
    null,
    true,
  ),
  moment(
    'a new code is wanted | pay-replacing | cancelling | Lager en ny kode | check cancel | wait | Du får en ny kode',
    awaiting(replaceRequested),
    null,
    true,
  ),
  moment(
    'a new code is wanted after a no | pay-replacing | cancelling | Lager en ny kode | check cancel | wait | Du får en ny kode',
    applied(declinedPayment(), replaceRequested),
  ),
  moment(
    'the old code is being ended | pay-replacing | cancelling | Lager en ny kode | check cancel | wait | Du får en ny kode',
    applied(awaiting(replaceRequested), releaseIntended('cashier', false)),
  ),
  moment(
    'its refund is left to people | pay-refund-by-hand | given-back | Må betales tilbake for hånd | other again | result | Du får pengene tilbake',
    capturedPayment(true, refundIntended, refundRefused, refundLeftToPeople),
  ),
  moment(
    'one answer lost | pay-waiting-for-scan | waiting-for-scan | Venter på at kunden skanner | check cancel | qr | Skann med Vipps',
    awaiting(),
    momentary,
  ),
  moment(
    'nobody is there | pay-unreachable-waiting | checking | Får ikke kontakt med Vipps | check cancel | wait | Vi sjekker med Vipps',
    awaiting(),
    lasting,
  ),
  moment(
    'answered with nonsense | pay-checking | checking | Sjekker med Vipps | check | wait | Vi sjekker med Vipps',
    awaiting(opened),
    nonsense,
  ),
  moment(
    'scanned | pay-waiting-for-approval | waiting-for-approval | Kunden godkjenner i appen | check cancel | scanned | Fullfør i appen din',
    awaiting(opened),
  ),
  moment(
    'being cancelled | pay-cancelling | cancelling | Avbryter betalingen | check | wait | Betalingen avbrytes',
    awaiting(cancelRequested),
  ),
  moment(
    'being cancelled, nobody there | | checking | Sjekker med Vipps | check | wait | Vi sjekker med Vipps',
    awaiting(cancelRequested),
    lasting,
  ),
  moment(
    'held, and gone at the provider | pay-gone | given-back | Reservasjonen er borte | other again | result | Betalingen er gitt tilbake',
    applied(
      approvedPayment(),
      { type: 'payment.held', version: 1, payload: { paymentId: 'p1', captureUntilMs: null } },
      { type: 'payment.released', version: 1, payload: { paymentId: 'p1', wasApproved: true } },
    ),
  ),
  moment('approved | pay-collecting | collecting | Henter pengene | check | wait | Takk! Vi fullfører betalingen', approvedPayment()),
  moment('being captured | pay-collecting | collecting | Henter pengene | check | wait | Takk! Vi fullfører betalingen', capturing()),
  moment(
    'captured without an answer | | checking | Sjekker med Vipps | check | wait | Vi sjekker med Vipps',
    capturing(unknown('capture')),
  ),
  moment('being captured, nobody there | | checking | Sjekker med Vipps | check | wait | Vi sjekker med Vipps', capturing(), lasting),
  moment(
    'approved too late | pay-ask-keep-or-release | asking | Kunden rakk å godkjenne | keep release | wait | Du har godkjent betalingen',
    approvedPayment(true),
  ),
  moment(
    'captured too late | pay-ask-keep-or-refund | asking | Kunden rakk å betale | keep refund | wait | Du har godkjent betalingen',
    capturedPayment(true),
  ),
  moment(
    'refused its capture | pay-ask-retry-or-release | asking | Pengene er ikke hentet | retry release | wait | Du har godkjent betalingen',
    capturing(captureRefused),
  ),
  moment(
    'refused its refund | pay-refund-refused | asking | Tilbakebetalingen ble avvist | keep refund | wait | Du har godkjent betalingen',
    capturedPayment(true, refundIntended, refundRefused),
  ),
  moment(
    'being released | pay-cancelling | cancelling | Avbryter betalingen | check | wait | Betalingen avbrytes',
    releasing('cashier', false),
  ),
  moment('being ended | pay-expiring | cancelling | Tiden er ute | check | wait | Betalingen avbrytes', releasing('expired', false)),
  moment(
    'its address lost | pay-restarting | checking | Sjekker betalingen | check cancel | wait | Et øyeblikk',
    releasing('url-lost', true),
  ),
  moment(
    'released without an answer | | checking | Sjekker med Vipps | check | wait | Vi sjekker med Vipps',
    releasing('cashier', false, unknown('release')),
  ),
  moment(
    'being refunded | pay-refunding | cancelling | Betaler tilbake | check | wait | Du får pengene tilbake',
    capturedPayment(true, refundIntended),
  ),
  moment(
    'refunded without an answer | | checking | Sjekker med Vipps | check | wait | Vi sjekker med Vipps',
    capturedPayment(true, refundIntended, unknown('refund')),
  ),
  moment('not known for a while | | checking | Sjekker med Vipps | check | wait | Vi sjekker med Vipps', awaiting(), missing(100_000)),
  moment(
    'not known for long | pay-not-known | checking | Vipps kjenner ikke betalingen | check leave | wait | Vi sjekker med Vipps',
    capturing(),
    missing(120_000),
  ),
  moment(
    'left to people | pay-left-to-people | checking | Overlatt til en leder | other | result | Butikken sjekker betalingen',
    applied(awaiting(), { type: 'payment.left-to-people', version: 1, payload: { paymentId: 'p1' } }),
  ),
  moment('captured | pay-paid | paid | Betalt | | result | Betalt', capturedPayment(false)),
  moment(
    'rejected | pay-rejected | not-paid | Kunden avbrøt i appen | again other | result | Betalingen ble ikke godkjent',
    declined('rejected'),
  ),
  moment(
    'no cover | pay-no-cover | not-paid | Betalingen gikk ikke gjennom | again other | result | Betalingen gikk ikke gjennom',
    declinedPayment(),
  ),
  moment('expired | pay-expired | not-paid | Tiden gikk ut | again other | result | Tiden gikk ut', declined('expired')),
  moment(
    'refused | pay-refused | not-paid | Vipps tok ikke imot betalingen | other again | result | Vi fikk ikke startet betalingen',
    declined('refused', 'epayment:5060'),
  ),
  moment(
    'refused, and worth another try | pay-refused-again | not-paid | Vipps tok ikke imot betalingen | again other | result | Betalingen gikk ikke gjennom',
    declined('refused', 'ecom:Payment/42'),
  ),
  moment(
    'cancelled | pay-cancelled | not-paid | Betalingen er avbrutt | other again | result | Betalingen er avbrutt',
    released(releasing('cashier', false), false),
  ),
  moment(
    'cancelled and watched | pay-cancelled | not-paid | Betalingen er avbrutt | other again | result | Betalingen er avbrutt',
    watched(),
  ),
  moment(
    'given back | pay-given-back | given-back | Godkjent, og gitt tilbake | other again | result | Betalingen er gitt tilbake',
    released(releasing('cashier', true), true),
  ),
  moment('refunded | pay-refunded | given-back | Betalt tilbake | other again | result | Du får pengene tilbake', refunded),
];
