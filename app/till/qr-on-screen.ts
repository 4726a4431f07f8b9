/**
 * The picture that the customer scans. The provider's own PNG is the product; if it is not there three seconds after the
 * payment was created, the register draws one, unless the shop's configuration forbids it, and does not change it
 * afterwards: a picture never changes under a scanning phone. A picture may run out before its payment does: then the
 * provider is asked for another one of the same payment, and when it says no, the code has ended.
 */
import { PAYMENT_LIFETIME_MS } from '../payment/lifetime.ts';
import type { Payment } from '../payment/payment.ts';
import type { PaymentProvider, QrContent, QrImage } from '../payment/provider.ts';
import { encodeBase64 } from './base64.ts';
import type { CustomerQr } from './contract.ts';
import type { Desk } from './desk.ts';
import type { Timer } from './ports.ts';

const DRAW_AFTER_MS = 3_000;
/** When to ask for the content of the provider's own QR, so that it is there when the drawing is due. */
const ASK_CONTENT_AFTER_MS = 2_000;
const FETCH_AGAIN_MS = 1_500;
/** A picture with less time than this helps nobody: it would be gone before a telephone is out of its pocket. */
const WORTH_SHOWING_MS = 10_000;

/** A payment with something to show. */
type Showable = Extract<Payment, { state: 'awaiting' }> & { readonly url: string };

export interface ShownQr {
  readonly qr: CustomerQr;
  /** What the drawing leads to was made by us: the app's own scanner may refuse it, the phone's camera opens it. */
  readonly camera: boolean;
  readonly shownAtMs: number;
  readonly expiresAtMs: number;
}

export class QrOnScreen {
  readonly #desk: Desk;
  readonly #provider: PaymentProvider | null;
  #paymentId: string | null = null;
  #shown: ShownQr | null = null;
  /** When the last picture came on the screen: the timeline still tells it when the picture is gone. */
  #firstShown: { readonly paymentId: string; readonly atMs: number } | null = null;
  /** No picture of this payment can be scanned any more; a newer one may still come when only the line was bad. */
  #ended = false;
  #timers: Timer[] = [];

  constructor(desk: Desk, provider: PaymentProvider | null) {
    this.#desk = desk;
    this.#provider = provider;
  }

  of(paymentId: string): ShownQr | null {
    return this.#paymentId === paymentId ? this.#shown : null;
  }

  shownAtMs(paymentId: string): number | null {
    return this.#firstShown?.paymentId === paymentId ? this.#firstShown.atMs : null;
  }

  /** Whether its code ran out, and there is nothing on the screen that a customer could scan. */
  hasEnded(paymentId: string): boolean {
    return this.#paymentId === paymentId && this.#shown === null && this.#ended;
  }

  /** Gets the picture for a payment that waits for its customer. Asking again for the same payment does nothing. */
  show(payment: Extract<Payment, { state: 'awaiting' }>): void {
    if (this.#paymentId === payment.paymentId) return;
    this.stop();
    const { url } = payment;
    if (url === null || payment.order.flow?.kind === 'link') return;
    this.#paymentId = payment.paymentId;
    void this.#fetch({ ...payment, url });
    if (this.#desk.configuration.qr.drawQr !== 'never') this.#drawWhenLate({ ...payment, url });
  }

  #drawWhenLate(payment: Showable): void {
    const { timers } = this.#desk.ports;
    const isPicture = this.#provider?.createdUrl === 'picture';
    let content: QrContent | null = isPicture ? null : { text: payment.url, expiresInMs: null };
    let isOver = false;
    const ask = async (): Promise<void> => {
      if (this.#provider === null || this.of(payment.paymentId) !== null) return;
      const answer = await this.#provider.fetchQrText(payment.order, { url: payment.url });
      if (answer.kind === 'ok') content = answer.value;
      else isOver = answer.kind === 'refused';
    };
    const draw = (): void => {
      if (isOver) {
        this.#end(payment);
        return;
      }
      if (content === null) return; // there is nothing to draw: the picture is asked for again until it comes
      this.#put(payment, { kind: 'draw', text: content.text }, content.text === payment.url, content.expiresInMs);
    };
    this.#timers.push(
      timers.after(ASK_CONTENT_AFTER_MS, () => void ask()),
      timers.after(DRAW_AFTER_MS, draw),
    );
  }

  hide(paymentId: string): void {
    if (this.#paymentId === paymentId) this.stop();
  }

  stop(): void {
    for (const timer of this.#timers) timer.cancel();
    this.#timers = [];
    this.#paymentId = null;
    this.#shown = null;
    this.#ended = false;
  }

  #end(payment: Showable): void {
    if (this.#paymentId !== payment.paymentId || this.#shown !== null || this.#ended) return;
    this.#ended = true;
    this.#desk.changed();
  }

  async #fetch(payment: Showable, isRenewal = false): Promise<void> {
    if (this.#provider === null || this.#paymentId !== payment.paymentId || this.#shown !== null) return;
    const answer = await this.#provider.fetchQr(payment.order, { url: payment.url });
    if (answer.kind === 'ok') {
      const { expiresInMs } = answer.value;
      if (isRenewal && expiresInMs !== null && expiresInMs < WORTH_SHOWING_MS) {
        this.#end(payment);
        return;
      }
      this.#put(payment, shown(answer.value), false, expiresInMs);
      return;
    }
    this.#desk.ports.log.write('warn', 'qr.fetch', {
      reference: payment.order.reference,
      code: answer.error.code,
      traceId: answer.error.traceId,
      message: answer.error.message,
    });
    if (isRenewal) this.#end(payment);
    if (answer.kind === 'refused' && (isRenewal || (await this.#isOver(payment)))) {
      this.#end(payment);
      return;
    }
    if (this.#paymentId !== payment.paymentId) return;
    this.#timers.push(this.#desk.ports.timers.after(FETCH_AGAIN_MS, () => void this.#fetch(payment, isRenewal)));
  }

  /** The provider's word, and not only its picture service's, that nothing may be drawn for it any more. */
  async #isOver(payment: Showable): Promise<boolean> {
    const answer = await this.#provider?.fetchQrText(payment.order, { url: payment.url });
    return answer?.kind === 'refused';
  }

  #runOut(payment: Showable): void {
    if (this.#paymentId !== payment.paymentId) return;
    this.#shown = null;
    const nowMs = this.#desk.ports.clock.nowMs();
    if (nowMs + WORTH_SHOWING_MS > (payment.moments.createdAtMs ?? nowMs) + PAYMENT_LIFETIME_MS) this.#end(payment);
    else void this.#fetch(payment, true);
    this.#desk.changed();
  }

  #put(payment: Showable, qr: CustomerQr, camera: boolean, expiresInMs: number | null): void {
    if (this.#paymentId !== payment.paymentId || this.#shown !== null) return;
    const nowMs = this.#desk.ports.clock.nowMs();
    const endMs = (payment.moments.createdAtMs ?? nowMs) + PAYMENT_LIFETIME_MS;
    this.#shown = { qr, camera, shownAtMs: nowMs, expiresAtMs: expiresInMs === null ? endMs : Math.min(endMs, nowMs + expiresInMs) };
    this.#timers.push(this.#desk.ports.timers.after(this.#shown.expiresAtMs - nowMs, () => this.#runOut(payment)));
    this.#ended = false;
    if (this.#firstShown?.paymentId !== payment.paymentId) this.#firstShown = { paymentId: payment.paymentId, atMs: nowMs };
    this.#desk.changed();
  }
}

function shown(image: QrImage): CustomerQr {
  switch (image.kind) {
    case 'png':
      return { kind: 'png', dataUrl: `data:image/png;base64,${encodeBase64(image.bytes)}` };
    case 'svg':
      return { kind: 'svg', dataUrl: `data:image/svg+xml;base64,${encodeBase64(image.bytes)}` };
    case 'content':
      return { kind: 'draw', text: image.text };
  }
}
