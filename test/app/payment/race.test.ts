/**
 * A customer who approves while the cashier cancels, at every moment at which that can happen: before or after any
 * request of the register, in both forms of cancelling, with both kinds of sales unit, and with both answers.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextStep, onRead, onSent } from '../../../app/payment/decide.ts';
import { keptOre, type Payment } from '../../../app/payment/payment.ts';
import { onAnswered, onCancelRequested } from '../../../app/payment/person.ts';
import type { Answer } from '../../../app/payment/provider.ts';
import { ModelPayment, ModelRefusal, PLAIN_HABITS, type UnitHabits } from '../../simulation/model-payment.ts';
import { applied, attempt, awaiting, BEGAN_MS, capturedPayment, failure, views } from './payments.ts';

interface Race {
  readonly habits: UnitHabits;
  /** The request before which the customer approves, and the one before which the cashier cancels. */
  readonly approvesAt: number;
  readonly cancelsAt: number;
  readonly answer: 'keep' | 'give-back';
  /** After how many reads of the question the cashier answers it. */
  readonly answersAfter: number;
  /** Before which of those reads somebody gives money back in the provider's portal, and how much; `null`: nobody does. */
  readonly portal: { readonly before: number; readonly amountOre: number } | null;
}

/** How often it may be read while a person is asked: more reads than anybody's answer takes. */
const MOST_READS = 4;

interface Outcome {
  readonly payment: Payment;
  readonly provider: ModelPayment;
  readonly wasAsked: boolean;
}

/** The register's side, without a network: one request after the other, each a second later. */
function run(race: Race): Outcome {
  let payment: Payment = awaiting();
  const provider = new ModelPayment(payment.order.reference, payment.order.amountOre, BEGAN_MS, BEGAN_MS, race.habits);
  let knows = attempt();
  let wasAsked = false;
  let readsAsked = 0;
  for (let request = 0; request < 20; request += 1) {
    const nowMs = BEGAN_MS + request * 1_000;
    if (request === race.approvesAt) provider.approve(nowMs);
    if (request === race.cancelsAt) payment = applied(payment, ...onCancelRequested(payment));
    if (isAsking(payment)) {
      if (readsAsked === race.portal?.before) provider.refund(race.portal.amountOre, 'portal', nowMs);
      if (readsAsked >= race.answersAfter) {
        payment = applied(payment, ...(onAnswered(payment, race.answer === 'keep' ? 'keep' : 'refund') ?? []));
        knows = attempt({ fresh: true, sinceKeep: race.answer === 'keep' });
        wasAsked = true;
      }
      readsAsked += 1;
    }
    let step = nextStep(payment, knows);
    while (step.do === 'write') {
      payment = applied(payment, ...step.events);
      knows = attempt({ fresh: true });
      step = nextStep(payment, knows);
    }
    switch (step.do) {
      case 'read': {
        const before = payment.state;
        const events = onRead(payment, provider.viewAt(nowMs), knows, nowMs);
        payment = events.length === 0 ? payment : applied(payment, ...events);
        const isNew = payment.state !== before || events.some(({ type }) => type === 'payment.refund-intended');
        knows = isNew ? attempt({ fresh: payment.state === 'releasing' }) : { ...knows, readSinceSend: true };
        break;
      }
      case 'capture':
      case 'cancel':
      case 'refund': {
        const { key } = step;
        const answer = attempted(() => {
          if (step.do === 'cancel') provider.cancel(nowMs, step.what);
          else if (step.do === 'capture') provider.capture(step.amountOre, key, nowMs);
          else provider.refund(step.amountOre, key, nowMs);
        });
        expect(onSent(payment, answer, nowMs)).toEqual([]);
        knows = attempt({ lastSend: { outcome: answer.kind, error: answer.kind === 'ok' ? null : answer.error } });
        break;
      }
      case 'rest': {
        const said = onAnswered(payment, race.answer === 'keep' ? 'keep' : 'release');
        if (said === null) return { payment, provider, wasAsked };
        wasAsked = true;
        payment = applied(payment, ...said);
        knows = attempt({ fresh: true });
        break;
      }
      case 'create':
      case 'wait':
        throw new RangeError(`nobody expects ${step.do} here`);
    }
  }
  throw new RangeError('the race has no end');
}

/** The one question that is no standstill: the money is at the provider, and may be given back there. */
function isAsking(payment: Payment): boolean {
  return payment.state === 'captured' && payment.question === 'keep-or-refund' && !payment.keepRequested;
}

function attempted(act: () => void): Answer<null> {
  try {
    act();
    return { kind: 'ok', value: null };
  } catch (error) {
    if (!(error instanceof ModelRefusal)) throw error;
    return { kind: 'refused', error: failure(error.code) };
  }
}

const moments = [0, 1, 2, 3, 4, 5];
const units = [
  ['eCom’s form, which voids an approved payment', { ...PLAIN_HABITS }],
  ['the form that refuses an approved payment', { ...PLAIN_HABITS, sparesApproved: true }],
  ['a direct capture unit', { ...PLAIN_HABITS, directCapture: true }],
] as const;
const races = (habits: UnitHabits): readonly Race[] =>
  moments.flatMap((cancelsAt) =>
    moments.flatMap((approvesAt) =>
      (['keep', 'give-back'] as const).map((answer) => ({ habits, cancelsAt, approvesAt, answer, answersAfter: 1, portal: null })),
    ),
  );

describe.each(units)('with %s', (_unit, habits) => {
  it('register and provider always agree in the end', () => {
    for (const race of races(habits)) {
      const { payment, provider } = run(race);
      const heldOre = provider.capturedOre - provider.refundedOre;
      const isKept = payment.state === 'captured' && payment.refund === null;
      expect(heldOre, JSON.stringify(race)).toBe(isKept ? payment.order.amountOre : 0);
      expect(provider.isAlive, JSON.stringify(race)).toBe(false);
    }
  });
  it('both people are told when an approved payment was given back', () => {
    for (const race of races(habits)) {
      const { payment, provider } = run(race);
      if (payment.state === 'released') expect(payment.wasApproved, JSON.stringify(race)).toBe(provider.authorisedOre > 0);
    }
  });
  it('money is never kept without a question once the cashier had cancelled', () => {
    for (const race of races(habits)) {
      const { payment, wasAsked } = run(race);
      const isKept = payment.state === 'captured' && payment.refund === null;
      if (race.cancelsAt <= race.approvesAt && isKept) expect(wasAsked, JSON.stringify(race)).toBe(true);
    }
  });
});

describe('approved just before the cancel arrives', () => {
  /** Read open at request 1, approved before the cancel at request 2. */
  const race = { approvesAt: 2, cancelsAt: 1, answer: 'keep', answersAfter: 1, portal: null } as const;

  it('is voided and given back in eCom’s form', () => {
    const { payment, wasAsked } = run({ ...race, habits: PLAIN_HABITS });
    expect(payment).toMatchObject({ state: 'released', wasApproved: true });
    expect(wasAsked).toBe(false);
  });
  it('is asked about in the form that refuses', () => {
    const { payment, wasAsked } = run({ ...race, habits: { ...PLAIN_HABITS, sparesApproved: true } });
    expect(payment.state).toBe('captured');
    expect(wasAsked).toBe(true);
  });
  it('is asked about when it is captured at once', () => {
    const { payment, wasAsked } = run({ ...race, habits: { ...PLAIN_HABITS, directCapture: true } });
    expect(payment.state).toBe('captured');
    expect(wasAsked).toBe(true);
  });
  it('is refunded in full when the cashier wants that', () => {
    const { provider } = run({ ...race, answer: 'give-back', habits: { ...PLAIN_HABITS, directCapture: true } });
    expect(provider.refundedOre).toBe(24_900);
  });
});

describe('given back in the provider’s portal while the cashier is asked', () => {
  const asked = { approvesAt: 2, cancelsAt: 1, habits: { ...PLAIN_HABITS, directCapture: true } };

  it('is not the sale’s any more, also when the cashier says keep in the same second', () => {
    for (const answersAfter of [0, 1, 2]) {
      const { payment } = run({ ...asked, answer: 'keep', answersAfter, portal: { before: 0, amountOre: 24_900 } });
      expect(payment).toMatchObject({ state: 'released', wasApproved: true });
    }
  });
  it('in part, is asked about again, and only what is left can be kept', () => {
    const { payment } = run({ ...asked, answer: 'keep', answersAfter: 0, portal: { before: 0, amountOre: 10_000 } });
    expect(keptOre(payment)).toBe(14_900);
  });
  it('never lets a sale have more than the provider holds, whoever is first', () => {
    const moment = fc.nat(MOST_READS);
    const races = fc.record({ answersAfter: moment, before: moment, amountOre: fc.integer({ min: 1, max: 24_900 }) });
    fc.assert(
      fc.property(races, fc.constantFrom('keep', 'give-back'), ({ answersAfter, before, amountOre }, answer) => {
        const { payment, provider } = run({ ...asked, answer, answersAfter, portal: { before, amountOre } });
        const heldOre = provider.capturedOre - provider.refundedOre;
        expect(keptOre(payment)).toBe(heldOre);
        if (answer === 'give-back') expect(heldOre).toBe(0);
      }),
    );
  });
  it('counts only in what was read after the cashier said keep', () => {
    const before = capturedPayment(true, { type: 'payment.keep-requested', version: 1, payload: { paymentId: 'p1' } });
    expect(onRead(before, views.sale, attempt({ sinceKeep: false }), BEGAN_MS)).toEqual([]);
    expect(onRead(before, views.sale, attempt({ sinceKeep: true }), BEGAN_MS)).toMatchObject([{ type: 'payment.kept' }]);
  });
});
