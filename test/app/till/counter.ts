/** A counter for the till's tests: a real register on real SQLite, a virtual printer, a model of the provider, and time to let pass. */
import { onTestFinished } from 'vitest';
import type { CashierView, Command, CommandAnswer, CustomerScreen, FinishedStage, PaymentStage } from '../../../app/till/contract.ts';
import type { Printer, PrintOutcome } from '../../../app/till/ports.ts';
import { encodeDocument } from '../../../hardware/printer/encode.ts';
import { readPaper } from '../../../hardware/printer/paper/read.ts';
import { paperToText } from '../../../hardware/printer/paper/text.ts';
import { createVirtualPrinter, type VirtualPrinter } from '../../../hardware/printer/virtual-printer.ts';
import { BoxedRegister } from '../../simulation/boxed-register.ts';
import { createDice } from '../../simulation/dice.ts';
import { type ModelPayment, PLAIN_HABITS, type UnitHabits } from '../../simulation/model-payment.ts';
import { type Fate, ModelProvider, type Operation } from '../../simulation/model-provider.ts';
import { makeScratchFolder, removeScratchFolder } from '../../simulation/scratch-folder.ts';
import { shopConfiguration } from '../../simulation/shop.ts';
import { VirtualTime } from '../../simulation/virtual-time.ts';

export interface CounterOptions {
  readonly habits?: Partial<UnitHabits>;
  readonly provider?: 'none';
  readonly configuration?: Readonly<Record<string, unknown>>;
}

export class Counter {
  readonly time = new VirtualTime();
  readonly provider: ModelProvider;
  readonly printer: VirtualPrinter;
  readonly box: BoxedRegister;
  /** Whether the next start finds no provider in its configuration. */
  withoutProvider: boolean;
  /** What becomes of the next requests of a kind, in order; then all is well again. */
  readonly #fates = new Map<Operation, Fate[]>();

  constructor(options: CounterOptions = {}) {
    const { time } = this;
    const folder = makeScratchFolder();
    this.withoutProvider = options.provider === 'none';
    this.provider = new ModelProvider(time, { ...PLAIN_HABITS, ...options.habits });
    this.provider.weather = { legMs: () => 40, fate: (operation) => this.#fates.get(operation)?.shift() ?? { kind: 'good' } };
    this.printer = createVirtualPrinter({ clock: time.clock, timers: time, drawerPin: 2 });
    this.box = new BoxedRegister({
      folder,
      time,
      dice: createDice(7),
      provider: (isGone) => (this.withoutProvider ? null : this.provider.connect(isGone)),
      printer: (isGone) => cutWithThePower(this.printer, isGone),
      encodeDocument: (document) => encodeDocument(document, { columns: 42 }),
      paperText: (bytes) => paperToText(readPaper(bytes, { widthDots: 576 })),
      configuration: shopConfiguration(options.configuration),
    });
    this.box.start();
    onTestFinished(() => {
      if (this.box.isOn) this.box.cutPower();
      removeScratchFolder(folder);
    });
  }

  get view(): CashierView {
    return this.box.till.cashierView();
  }

  get screen(): CustomerScreen {
    return this.box.till.customerView().screen;
  }

  /** The stage, which must be a payment's. */
  get payment(): PaymentStage {
    const { stage } = this.view;
    if (stage.kind !== 'payment') throw new RangeError(`the stage is ${stage.kind}`);
    return stage;
  }

  get finished(): FinishedStage {
    const { stage } = this.view;
    if (stage.kind !== 'finished') throw new RangeError(`the stage is ${stage.kind}`);
    return stage;
  }

  /** The provider's newest payment. */
  get latest(): ModelPayment {
    const payment = [...this.provider.payments.values()].at(-1);
    if (payment === undefined) throw new RangeError('the provider has no payment');
    return this.provider.payment(payment.reference);
  }

  /** What the cashier can press while a payment is on the screen. */
  get buttons(): readonly string[] {
    return this.payment.buttons.map(({ command }) => (command.type === 'answer-payment' ? command.answer : command.type));
  }

  /** The paper that came out, torn or not. */
  get papers(): readonly string[] {
    return this.printer.papers().map(({ text }) => text);
  }

  /** The kinds of entry that are on disk and begin like this, in order. */
  types(...prefixes: readonly string[]): readonly string[] {
    return this.box.entries().flatMap(({ type }) => (prefixes.some((prefix) => type.startsWith(prefix)) ? [type] : []));
  }

  /** Does something that must be allowed. */
  async do(...commands: readonly Command[]): Promise<void> {
    for (const command of commands) {
      const answer = await this.ask(command);
      if (!answer.ok) throw new RangeError(`${command.type} was refused: ${answer.code}, ${answer.message}`);
    }
    await this.time.pass(0);
  }

  /** Does something that may be refused. */
  async ask(command: Command): Promise<CommandAnswer> {
    const answer = await this.box.dispatch(command);
    if (answer === null) throw new RangeError('the power went');
    return answer;
  }

  /** Rings up pieces of these articles. */
  async ring(...articles: readonly { readonly articleNumber: string }[]): Promise<void> {
    for (const { articleNumber } of articles) await this.do({ type: 'add-article', articleNumber });
  }

  /** Begins a payment by phone and waits until its picture is on the customer's screen. */
  async showQr(amountOre?: number): Promise<ModelPayment> {
    await this.do(amountOre === undefined ? { type: 'pay-vipps' } : { type: 'pay-vipps', amountOre });
    await this.time.until(() => this.screen.kind === 'qr', 'the picture is on the screen');
    return this.latest;
  }

  /** Lets the customer approve, and the register find out. */
  async approve(): Promise<void> {
    this.latest.approve(this.time.nowMs);
    await this.time.pass(2_500);
  }

  /** What the next requests of this kind come to. */
  next(operation: Operation, ...fates: readonly Fate[]): void {
    this.#fates.set(operation, [...(this.#fates.get(operation) ?? []), ...fates]);
  }

  /** From now on nothing reaches the provider; the returned function mends that. */
  cutLine(): () => void {
    const { weather } = this.provider;
    this.provider.weather = { ...weather, fate: () => ({ kind: 'not-sent' }) };
    return () => {
      this.provider.weather = weather;
    };
  }

  /** The power goes and comes back. */
  restart(): void {
    this.box.cutPower();
    this.box.start();
  }

  /** When requests of this kind arrived. */
  asked(operation: Operation): readonly number[] {
    return this.provider.asked.get(operation) ?? [];
  }
}

/** The printer stays where it is when the register loses its power; only nobody hears of it any more. */
function cutWithThePower(printer: VirtualPrinter, isGone: () => boolean): Printer {
  return {
    status: () => printer.status(),
    refresh: () => printer.refresh?.(),
    onStatus: (listener) =>
      printer.onStatus((status) => {
        if (!isGone()) listener(status);
      }),
    print: (bytes) => untilGone(isGone, () => printer.print(bytes)),
    openDrawer: (pin) => untilGone(isGone, () => printer.openDrawer(pin)),
  };
}

function untilGone(isGone: () => boolean, act: () => Promise<PrintOutcome>): Promise<PrintOutcome> {
  return new Promise((resolve) => {
    if (isGone()) return;
    void act().then((outcome) => {
      if (!isGone()) resolve(outcome);
    });
  });
}
