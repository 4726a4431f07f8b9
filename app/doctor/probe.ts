/**
 * A test payment, and all of it taken back: what the provider does not tell about a sales unit, a payment of 2 kr shows.
 * (Production takes 1 kr unreliably, by the provider's own words.)
 *
 * It is no sale and stands in no journal. So that no money is ever left behind, it is noted before anything is sent, and
 * the note goes only when the provider has been read back without money: a check that was cut off is finished by the next.
 */
import { z } from 'zod';
import type { Answer, OpenablePayment, PaymentOrder, PaymentProvider, ProviderView } from '../payment/provider.ts';
import type { DoctorTexts } from '../text/doctor.ts';
import type { Clock, Random, Timers } from '../till/ports.ts';
import { type Finding, found } from './finding.ts';

const noteSchema = z.object({
  order: z.object({
    reference: z.string().min(1),
    amountOre: z.number().int().positive(),
    currency: z.enum(['NOK', 'DKK', 'EUR']),
    text: z.string(),
  }),
  notedAtMs: z.number().int(),
});

export type ProbeNote = z.output<typeof noteSchema>;

/** A note as it was written; `null` for anything else. */
export function parseProbeNote(value: unknown): ProbeNote | null {
  return noteSchema.safeParse(value).data ?? null;
}

/** Where the one test payment that may be out is noted. A note that is written is on disk. */
export interface ProbeNotes {
  read(): ProbeNote | null;
  write(note: ProbeNote): void;
  clear(): void;
}

export interface ProbeOptions {
  readonly provider: PaymentProvider;
  readonly notes: ProbeNotes;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Random;
  /** What stands before the reference's own part: the store's and the register's ids. */
  readonly prefix: string;
  readonly currency: PaymentOrder['currency'];
  readonly text: string;
  /** The amount as a person reads it. */
  readonly amountText: (amountOre: number) => string;
  readonly host: string;
  /** Approves without a phone, as the test environment lets a developer; `null` where only a person can. */
  readonly approve: ((order: PaymentOrder, created: OpenablePayment) => Promise<Answer<null>>) | null;
  /** Shows a person where the code is, who then has so long to approve; `null`: nobody is there. */
  readonly show: { readonly withinMs: number; readonly tell: (url: string, amountText: string) => void } | null;
}

export interface Probed {
  readonly findings: readonly Finding[];
  /** What the approved payment showed; `null` where nobody approved it. */
  readonly capture: 'reserve' | 'direct' | null;
}

/** 2,00 in minor units. */
const PROBE_AMOUNT = 200;
const POLL_MS = 1_000;
/** Taking back is asked for and read back this often before the check gives up for now. Well below five a minute each. */
const ROUNDS = 8;
const SENDS = 3;
/** After so long a reference that the provider does not know is no payment, and never will be. */
const MAY_APPEAR_MS = 600_000;

/** Makes the payment, looks at it, and takes it back. Never throws for what the provider says. */
export async function probe(options: ProbeOptions): Promise<Probed> {
  const { notes, provider, clock } = options;
  const old = notes.read();
  const swept = old === null ? [] : [await sweep(options, old)];
  if (swept.some(({ tone }) => tone === 'todo')) return { findings: swept, capture: null };

  const order: PaymentOrder = {
    reference: `${options.prefix}-doctor-${hex(options.random.bytes(4))}`,
    amountOre: PROBE_AMOUNT,
    currency: options.currency,
    text: options.text,
  };
  notes.write({ order, notedAtMs: clock.nowMs() });
  const amount = options.amountText(PROBE_AMOUNT);
  const created = await provider.create(order);
  if (created.kind === 'refused' || created.kind === 'retryable') {
    forget(notes, order); // both are known to have had no effect
    return {
      findings: [...swept, found('probe', 'todo', 'probe-refused', { code: created.error.code, advice: adviceFor(created) })],
      capture: null,
    };
  }
  const pictures: Finding[] = [];
  if (created.kind === 'ok' && created.value.url !== null) {
    const openable = { url: created.value.url };
    pictures.push(await picture(options, order, openable));
    await approval(options, order, openable, amount);
  }
  const back = await takeBack(options, order, clock.nowMs());
  if (back.kind === 'left') {
    const { reference } = order;
    return {
      findings: [...swept, ...pictures, found('probe', 'todo', 'probe-left', { reference, amount, code: back.code })],
      capture: null,
    };
  }
  forget(notes, order);
  const { authorisedOre, capturedOre } = back;
  const said = capturedOre > 0 ? 'probe-refunded' : authorisedOre > 0 ? 'probe-released' : 'probe-cancelled';
  const capture = capturedOre > 0 ? 'direct' : authorisedOre > 0 ? 'reserve' : null;
  return { findings: [...swept, found('probe', 'ok', said, { amount }), ...pictures], capture };
}

/** A check that was cut off: its payment first. */
async function sweep(options: ProbeOptions, { order, notedAtMs }: ProbeNote): Promise<Finding> {
  const { reference } = order;
  const back = await takeBack(options, order, notedAtMs);
  if (back.kind === 'left') {
    const amount = options.amountText(order.amountOre);
    return found('probe', 'todo', 'probe-left', { reference, amount, code: back.code });
  }
  forget(options.notes, order);
  return found('probe', 'ok', 'probe-swept', { reference });
}

/** Its own note alone: another check may have noted its payment by now, beside a register or in another window. */
function forget(notes: ProbeNotes, { reference }: Pick<PaymentOrder, 'reference'>): void {
  if (notes.read()?.order.reference === reference) notes.clear();
}

async function picture({ provider, clock, host }: ProbeOptions, order: PaymentOrder, created: OpenablePayment): Promise<Finding> {
  const beganMs = clock.monotonicMs();
  const answer = await provider.fetchQr(order, created);
  if (answer.kind !== 'ok') return found('qr', 'todo', 'qr-bad', { code: answer.error.code, host });
  return found('qr', 'ok', 'qr-good', { ms: Math.round(clock.monotonicMs() - beganMs) });
}

/** Somebody approves it, if anybody is there. What came of it is read afterwards. */
async function approval(options: ProbeOptions, order: PaymentOrder, created: OpenablePayment, amount: string): Promise<void> {
  const { approve, show, provider, clock } = options;
  if (approve !== null && (await approve(order, created)).kind === 'ok') return;
  if (show === null) return;
  show.tell(created.url, amount);
  const endMs = clock.monotonicMs() + show.withinMs;
  while (clock.monotonicMs() < endMs) {
    const read = await provider.read(order);
    if (read.kind === 'ok' && read.value !== null && read.value.state !== 'open') return;
    await pause(options);
  }
}

type TakenBack =
  | { readonly kind: 'back'; readonly authorisedOre: number; readonly capturedOre: number }
  | { readonly kind: 'left'; readonly code: string };

/** Reads, sends what takes the money back, and reads again, until the provider shows that nothing is out. */
async function takeBack(options: ProbeOptions, order: PaymentOrder, notedAtMs: number): Promise<TakenBack> {
  const { provider, clock } = options;
  let sends = 0;
  let code = 'unknown';
  for (let round = 0; round < ROUNDS; round += 1) {
    if (round > 0) await pause(options);
    const read = await provider.read(order);
    if (read.kind !== 'ok') {
      code = read.error.code;
      continue;
    }
    if (read.value === null) {
      code = 'not-found';
      if (clock.nowMs() - notedAtMs >= MAY_APPEAR_MS) return { kind: 'back', authorisedOre: 0, capturedOre: 0 };
      continue;
    }
    const view = read.value;
    const out = whatIsOut(view, sends > 0);
    if (out === null) return { kind: 'back', authorisedOre: view.authorisedOre, capturedOre: view.capturedOre };
    code = out;
    if (sends === SENDS) continue;
    sends += 1;
    const sent =
      out === 'captured'
        ? await provider.refund(order, view.capturedOre - view.refundedOre, `${order.reference}-r1`)
        : await provider.cancel(order, CANCEL[out], `${order.reference}-x-${out}`.slice(0, LONGEST_KEY));
    if (sent.kind !== 'ok') code = sent.error.code;
    else round -= 1; // its effect is read at once
  }
  return { kind: 'left', code };
}

/** Which of the texts' advices a refused creation gets. */
function adviceFor(refused: Exclude<Answer<unknown>, { kind: 'ok' }>): keyof DoctorTexts['advice'] {
  if (refused.kind === 'retryable') return 'later';
  const { code, httpStatus } = refused.error;
  if (code === 'ecom:Merchant/37' || code === 'epayment:5070') return 'deactivated';
  return code === 'ecom:Merchant/97' || httpStatus === 403 ? 'no-payments' : 'portal';
}

const LONGEST_KEY = 40;
const CANCEL = { open: 'if-not-approved', reserved: 'all', remainder: 'remainder' } as const;

/** What of the payment is not back yet; `null`: nothing, and nothing more can come. */
function whatIsOut(view: ProviderView, triedToEnd: boolean): 'open' | 'reserved' | 'remainder' | 'captured' | null {
  if (view.capturedOre > view.refundedOre) return 'captured';
  if (view.authorisedOre > view.capturedOre + view.releasedOre) return view.capturedOre > 0 ? 'remainder' : 'reserved';
  if (view.state === 'open') return 'open';
  // A refused card may be followed by another one in the same payment, until somebody ends it.
  const mayGoOn = view.state === 'declined' && view.declinedForGood !== true;
  return mayGoOn && !triedToEnd ? 'open' : null;
}

function pause({ timers }: Pick<ProbeOptions, 'timers'>): Promise<void> {
  return new Promise((resolve) => {
    timers.after(POLL_MS, resolve);
  });
}

const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
