/** Every living payment's loop, what only this process remembers of each, and whether the provider can be reached. */
import type { PaymentEvent } from '../journal/events.ts';
import { type FreshReads, withFreshReads } from '../payment/fresh-read.ts';
import { isFinal, type Payment } from '../payment/payment.ts';
import { type Answer, type CreationExtras, NO_EXTRAS, type PaymentProvider } from '../payment/provider.ts';
import { saleTotals } from '../sale/totals.ts';
import type { Desk } from './desk.ts';
import type { Paper } from './paper.ts';
import { type LoopTrouble, PaymentLoop } from './payment-loop.ts';
import { diskTrouble } from './payment-notices.ts';
import { QrOnScreen } from './qr-on-screen.ts';

/** Puts a payment's events into the journal, with everything that follows from them. */
type Write = (paymentId: string, events: readonly PaymentEvent[]) => void;

export class PaymentLoops {
  readonly #desk: Desk;
  readonly #paper: Paper;
  readonly #provider: PaymentProvider | null;
  readonly #reads: FreshReads | null;
  readonly #write: Write;
  readonly #loops = new Map<string, PaymentLoop>();
  /** What each creation says beside its order, and so who is to pay: in memory only, until the payment is over. */
  readonly #extras = new Map<string, CreationExtras>();
  #contact: LoopTrouble | null | undefined;
  readonly qr: QrOnScreen;

  constructor(desk: Desk, paper: Paper, provider: PaymentProvider | null, write: Write) {
    this.#desk = desk;
    this.#paper = paper;
    this.#reads = provider === null ? null : withFreshReads(provider, desk.ports);
    this.#provider = this.#reads?.provider ?? null;
    this.#write = write;
    this.qr = new QrOnScreen(desk, provider);
  }

  get hasProvider(): boolean {
    return this.#provider !== null;
  }

  /** The last word from the provider about being reachable: for the light. `undefined` before the first. */
  get contact(): LoopTrouble | null | undefined {
    return this.#contact;
  }

  troubleOf(paymentId: string): LoopTrouble | null {
    return this.#loops.get(paymentId)?.trouble ?? null;
  }

  /** Who is to pay a living payment, while this process remembers. */
  payerOf(paymentId: string): CreationExtras['payer'] {
    return this.#extras.get(paymentId)?.payer ?? null;
  }

  /**
   * Takes up every payment that was not over: each is read at the provider before anything else, also before its picture
   * is shown again. Without a provider they wait.
   */
  recover(): void {
    if (this.#provider === null) return;
    for (const payment of [...this.#desk.register.payments.values()]) {
      if (!isFinal(payment)) this.#start(payment, this.#provider);
    }
    this.warm();
  }

  stop(): void {
    for (const loop of this.#loops.values()) loop.stop();
    this.qr.stop();
  }

  /** Gets the token and the connection ready before they are needed, so that the QR waits for nothing else. */
  warm(): void {
    if (this.#provider === null) return;
    void this.#provider.warm().then((answer) => {
      const sinceMs = this.#desk.ports.clock.nowMs();
      this.#contact =
        answer.kind === 'ok' ? null : { kind: answer.kind === 'refused' ? 'refused' : 'unreachable', error: answer.error, sinceMs };
      this.#desk.changed();
    });
  }

  /** After sleep, a webhook, or the cashier's *check again*: every payment is read now. */
  checkAll(): void {
    for (const loop of this.#loops.values()) loop.checkNow();
  }

  /** Asks about a payment between its own loop's requests. */
  between<T>(paymentId: string, ask: () => Promise<Answer<T>>): Promise<Answer<T>> {
    return this.#loops.get(paymentId)?.between(ask) ?? ask();
  }

  /** Somebody outside says that something has happened to this one: it is read now, within the loop's own limits. */
  heard(reference: string): boolean {
    const found = [...this.#loops].find(([id]) => this.#desk.register.payments.get(id)?.order.reference === reference);
    this.#reads?.hasten(reference);
    found?.[1].checkNow();
    return found !== undefined;
  }

  /** The loop of a living payment; none where there is no provider to run it with. */
  of(paymentId: string): PaymentLoop | undefined {
    return this.#loops.get(paymentId);
  }

  /** A payment that was planned just now sets out. */
  begin(payment: Payment, extras: CreationExtras): void {
    if (this.#provider === null) throw new RangeError('A payment cannot run without a provider.');
    this.#extras.set(payment.paymentId, extras);
    this.#start(payment, this.#provider).wake();
  }

  /** The payment is over: nothing of it stays in memory. */
  end(paymentId: string): void {
    this.#loops.get(paymentId)?.stop();
    this.#loops.delete(paymentId);
    this.#extras.delete(paymentId);
  }

  #start(payment: Payment, provider: PaymentProvider): PaymentLoop {
    const { clock, timers, random, log } = this.#desk.ports;
    const { paymentId } = payment;
    const onDisk = () => this.#desk.register.payments.get(paymentId) ?? payment;
    const loop = new PaymentLoop({
      clock,
      timers,
      random,
      log,
      provider,
      payment: onDisk,
      extras: () => ({ ...(this.#extras.get(paymentId) ?? NO_EXTRAS), receipt: this.#paper.app.linesOf(payment) }),
      wanted: () => {
        const { shownPaymentId, openSale } = this.#desk.register;
        if (shownPaymentId !== paymentId || openSale?.saleId !== payment.saleId) return false;
        // Other money may have come into the sale meanwhile: what is taken now must still fit.
        return onDisk().collectOre <= saleTotals(openSale).dueOre;
      },
      record: (events) => this.#write(paymentId, events),
      onContact: (trouble) => this.#heardFrom(trouble, onDisk()),
    });
    this.#loops.set(paymentId, loop);
    timers.after(0, () => loop.wake());
    return loop;
  }

  #heardFrom(trouble: LoopTrouble | null, payment: Payment): void {
    const wasReached = trouble?.kind === 'contradiction' || trouble?.kind === 'missing' || trouble?.kind === 'unwritten';
    this.#contact = wasReached ? null : trouble;
    if (trouble?.kind === 'unwritten') this.#sayDiskTrouble(trouble.error.code);
    if (trouble === null && payment.state === 'awaiting' && !payment.cancelRequested) this.qr.show(payment);
    this.#desk.changed();
  }

  /** Said once, until it is closed. */
  #sayDiskTrouble(code: string): void {
    const notice = diskTrouble(this.#desk, code);
    if (this.#desk.register.notice?.text !== notice.text) this.#desk.register.notice = notice;
  }
}
