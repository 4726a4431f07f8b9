/**
 * The ways to a customer beside the QR on the screen: a message to their phone, their own code, which the cashier scans,
 * and the ways to one who is not there. What must be asked first is asked here; the number and the code stay in memory and
 * go nowhere but to the provider.
 */
import { mayNameCustomer, readScan } from '../catalog/scan.ts';
import { formatOre } from '../money/format.ts';
import { PAYMENT_LIFETIME_MS } from '../payment/lifetime.ts';
import { isAlive } from '../payment/payment.ts';
import { hiddenPhone, type PhoneProblem, type ReadNumber, readPhone } from '../payment/phone.ts';
import { isSentToPhone, type PaymentProvider } from '../payment/provider.ts';
import { saleTotals } from '../sale/totals.ts';
import { DEADLINE_HOURS, HOUR_MS } from './away.ts';
import { brandOf } from './brand.ts';
import type { Command, CommandAnswer, Deadlines, Prompt, PromptNumber, VippsWayRow } from './contract.ts';
import { type Desk, DONE } from './desk.ts';
import type { Payments } from './payments.ts';
import { BY_QR } from './planned-payment.ts';

type Of<Type extends Command['type']> = Extract<Command, { type: Type }>;

/** What is being asked before a payment begins. Only in memory: nothing has left yet. */
type Asked =
  | { readonly ask: 'phone'; readonly amountOre: number; readonly typed: string; readonly problem: PhoneProblem | 'no-reach' | null }
  | { readonly ask: 'choice'; readonly amountOre: number; readonly typed: string; readonly numbers: readonly ReadNumber[] }
  | { readonly ask: 'confirm'; readonly amountOre: number; readonly typed: string; readonly number: ReadNumber }
  | { readonly ask: 'code'; readonly amountOre: number };

export class VippsWays {
  readonly #desk: Desk;
  readonly #payments: Payments;
  readonly #provider: PaymentProvider | null;
  #pending: { readonly saleId: string; readonly dueOre: number; readonly asked: Asked } | null = null;
  /** How much is to be reserved by what is being asked about; missing: what is taken is all that is asked for. */
  #reserveOre: number | undefined;
  /** Whoever is being asked about is not at the counter. */
  #isAway = false;

  constructor(desk: Desk, payments: Payments, provider: PaymentProvider | null) {
    this.#desk = desk;
    this.#payments = payments;
    this.#provider = provider;
  }

  pay({ way, amountOre, hold }: Of<'pay-vipps'>): CommandAnswer {
    this.#pending = null;
    const reserveOre = hold?.reserveOre;
    this.#reserveOre = reserveOre;
    this.#isAway = way === 'away-phone' || way === 'away-link' || way === 'away-card';
    if (this.#isAway) return this.#payAway(way === 'away-phone' ? null : { card: way === 'away-card' });
    if (way === undefined || way === 'qr') return this.#payments.begin(BY_QR, amountOre, reserveOre);
    const payable = this.#payments.payable(hold === undefined ? amountOre : undefined, reserveOre);
    if ('ok' in payable) return payable;
    if (this.#payments.mayNotPush) return this.#desk.refuse('way-not-possible', this.#brand);
    this.#ask(
      way === 'phone'
        ? { ask: 'phone', amountOre: payable.amountOre, typed: '', problem: null }
        : { ask: 'code', amountOre: payable.amountOre },
    );
    return DONE;
  }

  /** All of a sale that nobody has paid anything of, with what is in it for the receipt; `link` is a link, else a number is asked for. */
  #payAway(link: { readonly card: boolean } | null): CommandAnswer {
    const { configuration, ports } = this.#desk;
    if (configuration.distance === null) return this.#desk.refuse('provider-not-configured', this.#brand);
    const payable = this.#payments.payable(undefined);
    if ('ok' in payable) return payable;
    const paidOre = saleTotals(payable.sale).paidOre;
    if (paidOre > 0) return this.#desk.refuse('holds-money', formatOre(paidOre, this.#desk.language('cashier')));
    if (link === null) {
      this.#ask({ ask: 'phone', amountOre: payable.amountOre, typed: '', problem: null });
      return DONE;
    }
    const expiresAtMs = ports.clock.nowMs() + PAYMENT_LIFETIME_MS;
    return this.#payments.begin({ flow: { kind: 'link', card: link.card, expiresAtMs }, payer: null });
  }

  /** The number as typed: asked again, asked about, or shown back. */
  answerPhone({ number: typed }: Of<'answer-phone'>): CommandAnswer {
    const asked = this.#asked;
    if (asked?.ask !== 'phone') return this.#desk.refuse('nothing-to-answer');
    const { amountOre } = asked;
    const reading = readPhone(typed, this.#desk.configuration.shop.market);
    if (reading.kind === 'no') {
      this.#ask({ ask: 'phone', amountOre, typed, problem: reading.why });
      return DONE;
    }
    const meant = reading.kind === 'number' ? [reading.number] : reading.numbers;
    const numbers = meant.filter(({ country }) => this.#provider?.reaches.includes(country));
    const [first] = numbers;
    if (first === undefined) this.#ask({ ask: 'phone', amountOre, typed, problem: 'no-reach' });
    else if (reading.kind === 'number') this.#ask({ ask: 'confirm', amountOre, typed, number: first });
    else this.#ask({ ask: 'choice', amountOre, typed, numbers });
    return DONE;
  }

  choosePhone({ msisdn }: Of<'choose-phone'>): CommandAnswer {
    const asked = this.#asked;
    const number = asked?.ask === 'choice' ? asked.numbers.find((each) => each.msisdn === msisdn) : undefined;
    if (asked?.ask !== 'choice' || number === undefined) return this.#desk.refuse('nothing-to-answer');
    this.#ask({ ask: 'confirm', amountOre: asked.amountOre, typed: asked.typed, number });
    return DONE;
  }

  confirmPhone({ send, deadlineHours }: Of<'confirm-phone'>): CommandAnswer {
    const asked = this.#asked;
    if (asked === null || asked.ask === 'code' || asked.ask === 'phone') return this.#desk.refuse('nothing-to-answer');
    const { amountOre, typed } = asked;
    if (!send) {
      this.#ask({ ask: 'phone', amountOre, typed, problem: null });
      return DONE;
    }
    if (asked.ask !== 'confirm') return this.#desk.refuse('nothing-to-answer');
    this.#pending = null;
    const { number } = asked;
    const forMs = (deadlineHours ?? DEADLINE_HOURS[1]) * HOUR_MS;
    const deadline = this.#isAway ? { expiresAtMs: this.#desk.ports.clock.nowMs() + forMs } : {};
    const flow = { kind: 'push', shown: hiddenPhone(number), ...deadline } as const;
    const answer = this.#payments.begin({ flow, payer: { kind: 'phone', msisdn: number.msisdn } }, amountOre, this.#reserveOre);
    this.#desk.changed();
    return answer;
  }

  /** Somebody closed the question. */
  dismiss(): void {
    this.#pending = null;
  }

  /**
   * A customer's own code begins the payment at once; anything else than that, while it is asked for, is no article.
   * `null`: the scan is the basket's.
   */
  scan({ code }: Of<'scan'>): CommandAnswer | null {
    const scan = readScan(code);
    if (scan.kind === 'personal-qr') return this.#payByCode(scan.content);
    if (mayNameCustomer(code)) return this.#refuse('not-a-personal-code', this.#brand);
    if (this.#asked === null) return null;
    return this.#refuse(this.#asked.ask === 'code' ? 'not-a-personal-code' : 'answer-first', this.#brand);
  }

  #payByCode(content: string): CommandAnswer {
    const { register } = this.#desk;
    const asked = this.#asked;
    if (register.pending !== null) return this.#refuse('answer-first');
    const payment = register.shownPayment;
    const approach = { flow: { kind: 'personal-qr' }, payer: { kind: 'personal-qr', content } } as const;
    if (payment !== null && isAlive(payment)) {
      // The app makes a new code every few moments: a second scan is the same customer.
      if (isSentToPhone(payment.order)) return DONE;
      if (this.#payments.mayNotPush) return this.#refuse('way-not-possible', this.#brand);
      return this.#payments.replaceQr(approach) ? DONE : this.#refuse('payment-alive');
    }
    const sale = register.openSale;
    if (sale === null || sale.lines.length === 0) return this.#refuse('no-sale-for-code');
    if (this.#payments.mayNotPush) return this.#refuse('way-not-possible', this.#brand);
    const amountOre = asked === null ? undefined : asked.amountOre;
    this.#pending = null;
    return this.#payments.begin(approach, amountOre, asked === null ? undefined : this.#reserveOre);
  }

  /** The customer stands at the register's own sign and has said who they are. The token is the provider's, and lives for minutes. */
  payCheckedIn(token: string, amountOre?: number): CommandAnswer {
    this.#pending = null;
    if (this.#payments.mayNotPush) return this.#desk.refuse('way-not-possible', this.#brand);
    const approach = { flow: { kind: 'checked-in' }, payer: { kind: 'customer-token', token } } as const;
    const payment = this.#desk.register.shownPayment;
    if (payment === null || !isAlive(payment)) return this.#payments.begin(approach, amountOre);
    return this.#payments.replaceQr(approach) ? DONE : this.#desk.refuse('payment-alive');
  }

  prompt(): Prompt | null {
    const asked = this.#asked;
    if (asked === null) return null;
    const { amountOre } = asked;
    const { phone } = this.#desk.words.till.ways;
    switch (asked.ask) {
      case 'phone':
        return { kind: 'phone', amountOre, typed: asked.typed, problem: asked.problem === null ? null : phone.problems[asked.problem] };
      case 'choice':
        return { kind: 'phone-choice', amountOre, typed: asked.typed, numbers: asked.numbers.map((number) => this.#shown(number)) };
      case 'confirm':
        return { kind: 'phone-confirm', amountOre, number: this.#shown(asked.number), ...this.#deadlines() };
      case 'code':
        return { kind: 'personal-code', amountOre };
    }
  }

  /** The ways as rows. What this sales unit may not do is there too, with the reason. */
  rows(): readonly VippsWayRow[] {
    if (this.#provider === null) return [];
    const { ways } = this.#desk.words.till;
    const problem = this.#payments.mayNotPush ? ways.noPush(this.#brand) : null;
    return [
      { command: { type: 'pay-vipps', way: 'phone' }, ...ways.rows.phone(this.#brand), problem },
      { command: { type: 'pay-vipps', way: 'personal-qr' }, ...ways.rows.personalQr(this.#brand), problem },
      ...this.#awayRows(),
    ];
  }

  #deadlines(): { readonly deadlines?: Deadlines } {
    const { deadlines } = this.#desk.words.till.away;
    return this.#isAway ? { deadlines: DEADLINE_HOURS.map((hours) => ({ hours, label: deadlines(hours) })) } : {};
  }

  /** To customers who are not there, where the shop has a sales unit for them. */
  #awayRows(): readonly VippsWayRow[] {
    const { distance, provider } = this.#desk.configuration;
    if (distance === null) return [];
    const { rows, noCardInTest } = this.#desk.words.till.away;
    const row = (way: 'away-phone' | 'away-link' | 'away-card', said: Pick<VippsWayRow, 'label' | 'hint'>, problem: string | null = null) =>
      ({ command: { type: 'pay-vipps', way }, ...said, problem }) as const;
    return [
      row('away-phone', rows.phone(this.#brand)),
      row('away-link', rows.link(this.#brand)),
      row('away-card', rows.card, provider?.environment === 'test' ? noCardInTest : null),
    ];
  }

  #shown({ msisdn, text, country }: ReadNumber): PromptNumber {
    return { msisdn, text, country: this.#desk.words.till.ways.phone.countries[country] };
  }

  /** A question is about one sale and what is left to pay of it: where either has changed, nobody is asked any more. */
  get #asked(): Asked | null {
    const sale = this.#desk.register.openSale;
    const pending = this.#pending;
    if (sale === null || pending === null) return null;
    return pending.saleId === sale.saleId && pending.dueOre === saleTotals(sale).dueOre ? pending.asked : null;
  }

  get #brand(): string {
    return brandOf(this.#desk.configuration.shop.market).name;
  }

  #ask(asked: Asked): void {
    const sale = this.#desk.register.openSale;
    this.#pending = sale === null ? null : { saleId: sale.saleId, dueOre: saleTotals(sale).dueOre, asked };
    this.#desk.register.notice = null;
    this.#desk.changed();
  }

  /** Said on the screen too: whoever scanned looks at the customer's phone. */
  #refuse(code: Parameters<Desk['refuse']>[0], thing = ''): CommandAnswer {
    const refusal = this.#desk.refuse(code, thing);
    this.#desk.register.notice = { id: this.#desk.newId(), tone: 'care', text: refusal.message, support: null };
    this.#desk.changed();
    return refusal;
  }
}
