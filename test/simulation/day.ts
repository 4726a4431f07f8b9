/**
 * One simulated day at a register: a seed gives the customers, the cashier, the weather on the network, the printer's
 * moods, and every moment at which the power goes. Then the faults stop, everything comes to its end, and what must be
 * true is asserted (`checks.ts`).
 */
import { BoxedRegister, type CommitFate } from './boxed-register.ts';
import { lastCommand, nextCommand } from './cashier.ts';
import { assertEndOfDay, type World, WrongError } from './checks.ts';
import { Customer } from './customer.ts';
import { createDice, type Dice } from './dice.ts';
import { ModelPrinter } from './model-printer.ts';
import { badWeather, ModelProvider } from './model-provider.ts';
import { shopConfiguration } from './shop.ts';
import { VirtualTime } from './virtual-time.ts';
import { watchScreens } from './watch.ts';

/** What came up, so that a suite can see that its days were not all sunshine. */
export interface DayReport {
  readonly commands: number;
  readonly powerCuts: number;
  readonly payments: number;
  readonly paymentStates: Readonly<Record<string, number>>;
  readonly completedSales: number;
  readonly entries: number;
  /** Every kind of entry that was written. */
  readonly kinds: readonly string[];
}

const MINUTE_MS = 60_000;
/** The drawer has its own luck: far from the seeds of the days. */
const DRAWER_SEEDS = 1_000_000;
/** So have reservations. */
const HOLD_SEEDS = 3_000_000;
const CALL_SEEDS = 30_000_000;
/** And whoever has the provider's portal open while a cashier is asked. */
const PORTAL_SEEDS = 5_000_000;
/** And the ways to a customer beside the QR. */
const WAYS_SEEDS = 4_000_000;
/** What registers something of a sale: refused while the drawer is known to be open. */
const REGISTERS: ReadonlySet<string> = new Set(['add-article', 'scan', 'set-quantity', 'pay-vipps', 'pay-cash', 'pay-card']);
/** A payment's ten minutes, a watch's ten minutes after it, and some rounds of questions. */
const LONGEST_EVENING_MS = 60 * MINUTE_MS;

/** @throws WrongError with the seed and what led to it. */
export async function simulateDay(seed: number, folder: string): Promise<DayReport> {
  const day = new Day(seed, folder);
  try {
    return await day.play();
  } catch (error) {
    throw new DayFailedError(seed, day.trace, error);
  } finally {
    day.end();
  }
}

export class DayFailedError extends Error {
  override readonly name = 'DayFailedError';
  constructor(seed: number, trace: readonly string[], cause: unknown) {
    const why = cause instanceof Error ? cause.message : String(cause);
    super(`seed ${seed}: ${why}\nreplay it with TILLIT_SEED=${seed}\n${trace.slice(-60).join('\n')}`, { cause });
  }
}

class Day {
  readonly trace: string[] = [];
  readonly #time = new VirtualTime();
  readonly #dice: Dice;
  readonly #provider: ModelProvider;
  readonly #printer: ModelPrinter;
  readonly #box: BoxedRegister;
  readonly #world: World;
  readonly #customer: Customer;
  readonly #isUnlucky: boolean;
  /** 0: fine weather; 1: as bad as it gets. */
  #severity: number;
  #outageUntilMs = 0;
  /** Set when the faults stop. */
  #isEvening = false;
  #commands = 0;
  #powerCuts = 0;
  /** How likely each commit is the last thing before the dark. */
  readonly #cutPerCommit: number;
  readonly #powerCutEveryMs: number | null;
  readonly #drawerDice: Dice;
  readonly #hasDrawer: boolean;
  readonly #holdDice: Dice;
  readonly #waysDice: Dice;
  readonly #portalDice: Dice;

  constructor(seed: number, folder: string) {
    const dice = createDice(seed);
    this.#dice = dice;
    this.#severity = dice.pick([0, 0.15, 0.4, 0.8]);
    this.#cutPerCommit = dice.pick([0, 0, 0.01, 0.04]);
    this.#powerCutEveryMs = dice.pick([null, 6 * MINUTE_MS, MINUTE_MS]);
    const time = this.#time;
    this.#holdDice = createDice(seed + HOLD_SEEDS);
    this.#waysDice = createDice(seed + WAYS_SEEDS);
    this.#portalDice = createDice(seed + PORTAL_SEEDS);
    // Now and then all that makes for money nobody asked for comes together: second cards, direct capture, no cancel, no refund.
    this.#isUnlucky = dice.chance(0.1);
    this.#provider = new ModelProvider(time, {
      directCapture: this.#isUnlucky || dice.chance(0.2),
      expiry: dice.pick(['failed-reserve', 'silence']),
      cancelsWhatIsOver: !this.#isUnlucky && dice.chance(0.5),
      sparesApproved: dice.chance(0.3),
      capturesParts: this.#holdDice.chance(0.7),
      codeLivesMs: dice.pick([300_000, 600_000]),
      pictureLivesMs: dice.pick([60_000, 600_000]),
    });
    this.#drawerDice = createDice(seed + DRAWER_SEEDS);
    this.#hasDrawer = this.#drawerDice.chance(0.5);
    this.#printer = new ModelPrinter(time, dice.fork(), createDice(seed + 2 * DRAWER_SEEDS));
    this.#box = new BoxedRegister({
      folder,
      time,
      dice: dice.fork(),
      provider: (isGone) => this.#provider.connect(isGone),
      printer: (isGone, timers) => this.#printer.connect(isGone, timers),
      encodeDocument: ModelPrinter.encode,
      paperText: (bytes) => new TextDecoder().decode(bytes),
      configuration: shopConfiguration(this.#hasDrawer ? { drawer: { connected: true, openWhen: 'high' } } : {}),
    });
    this.#world = { box: this.#box, provider: this.#provider, printer: this.#printer, time, trace: this.trace };
    this.#customer = new Customer(time, dice.fork(), this.#provider);
    this.#customer.hasManyCards = this.#isUnlucky;
    this.#setUpChance(seed);
  }

  async play(): Promise<DayReport> {
    const watch = watchScreens(this.#world);
    this.#box.onChange = () => {
      watch.look();
      this.#customer.look(this.#box.till.customerView());
    };
    this.#switchOn();
    await this.#morning(this.#dice.between(4, 20) * MINUTE_MS, watch.rethrow);
    this.#calmDown();
    await this.#evening(watch.rethrow);
    watch.rethrow();
    const facts = assertEndOfDay(this.#world);
    // What is on disk is all there is: a register that starts now stands where this one stands.
    const before = standing(this.#box);
    this.#box.cutPower();
    this.#box.start();
    if (standing(this.#box) !== before) throw new WrongError(`started again it stands elsewhere: ${standing(this.#box)}, not ${before}`);
    return { ...facts, commands: this.#commands, powerCuts: this.#powerCuts };
  }

  end(): void {
    if (this.#box.isOn) this.#box.cutPower();
    this.#box.clearAway();
  }

  #setUpChance(seed: number): void {
    const dice = this.#dice.fork();
    const weather = badWeather(dice.fork(), () => this.#severity);
    this.#provider.weather = {
      legMs: weather.legMs,
      fate: (operation) =>
        this.#time.nowMs < this.#outageUntilMs ? { kind: dice.chance(0.5) ? 'not-sent' : 'lost-before' } : weather.fate(operation),
    };
    this.#provider.onCreated = (payment) => {
      if (this.#provider.creations.at(-1)?.flow !== 'qr') this.#customer.hears(payment);
      payment.refusesRest = this.#holdDice.chance(0.05);
      // Some payments refuse the first capture or refund for good; a new try is a new key.
      if (this.#severity === 0 && !this.#isUnlucky) return;
      const key = payment.reference.slice(payment.reference.indexOf('-') + 1);
      if (dice.chance(0.1)) payment.refusedKeys.add(`${key}-c1`);
      if (this.#isUnlucky || dice.chance(0.05)) payment.refusedKeys.add(`${key}-r1`);
    };
    this.#box.commitFate = (): CommitFate => {
      if (this.#isEvening || !dice.chance(this.#cutPerCommit)) return 'good';
      return dice.chance(0.5) ? 'cut-before' : 'cut-after';
    };
    this.#box.onPowerCut = () => this.#powerIsGone(dice);
    this.#printer.cutOff = dice.pick([0, 0.05, 0.3]);
    this.#now(dice, dice.pick([null, 2 * MINUTE_MS]), () => {
      this.#outageUntilMs = this.#time.nowMs + dice.between(2_000, 120_000);
      this.trace.push(`${this.#time.nowMs} no network until ${this.#outageUntilMs}`);
    });
    this.#now(dice, dice.pick([null, 15_000]), () => {
      this.#printer.mood = dice.pick(['ready', 'ready', 'paper-out', 'offline']);
    });
    this.#now(dice, dice.pick([null, null, 2 * MINUTE_MS]), () => {
      this.#box.storageTrouble = dice.pick(['disk-full', 'locked', 'read-only']);
      this.trace.push(`${this.#time.nowMs} the disk says ${this.#box.storageTrouble}`);
      this.#time.after(dice.between(200, 20_000), () => {
        this.#box.storageTrouble = null;
      });
    });
    this.#now(dice, this.#powerCutEveryMs, () => {
      if (!this.#box.isOn) return;
      this.#box.cutPower();
      this.#powerIsGone(dice);
    });
    // A clock that is set back may wait longer than it must; one that is set far ahead would stop watching too early.
    this.#now(dice, dice.pick([null, null, null, 2 * MINUTE_MS]), () => {
      this.#time.setClock(dice.chance(0.5) ? -dice.between(1, 2 * MINUTE_MS) : dice.between(1, 8_000));
      this.trace.push(`${this.#time.nowMs} the clock is set`);
    });
    this.#now(dice, dice.pick([null, 20_000]), () => {
      if (this.#box.isOn) this.#box.wake();
    });
    this.#setUpCalls(createDice(seed + CALL_SEEDS));
  }

  /** Where the provider can reach the register it calls, about any payment, at any moment, several times, out of order, or not at all. */
  #setUpCalls(dice: Dice): void {
    this.#now(dice, dice.pick([null, 2_000, 20_000]), () => {
      const references = [...this.#provider.payments.keys(), 'of-another-register'];
      const reference = dice.pick(references);
      for (let call = dice.between(1, 4); call > 0 && this.#box.isOn; call -= 1) this.#box.till.heard(reference);
    });
  }

  /** Something that happens now and then until evening; `null`: never. */
  #now(dice: Dice, everyMs: number | null, happen: () => void): void {
    if (everyMs === null) return;
    this.#time.after(dice.between(1, 2 * everyMs), () => {
      if (this.#isEvening) return;
      happen();
      this.#now(dice, everyMs, happen);
    });
  }

  #powerIsGone(dice: Dice): void {
    this.#powerCuts += 1;
    this.trace.push(`${this.#time.nowMs} the power is gone`);
    this.#time.after(dice.chance(0.9) ? dice.between(0, 20_000) : dice.between(MINUTE_MS, 15 * MINUTE_MS), () => this.#switchOn());
  }

  #switchOn(): void {
    if (this.#box.isOn) return;
    this.#box.clearAway();
    // A disk that takes nothing keeps the program from starting: it is tried again when there is room.
    if (this.#box.storageTrouble !== null) this.#time.after(500, () => this.#switchOn());
    else if (this.#box.start()) this.trace.push(`${this.#time.nowMs} switched on`);
  }

  async #morning(durationMs: number, rethrow: () => void): Promise<void> {
    const dice = this.#dice.fork();
    const endMs = this.#time.nowMs + durationMs;
    while (this.#time.nowMs < endMs) {
      await this.#time.pass(dice.chance(0.1) ? dice.between(0, 60) : dice.between(150, 5_000));
      rethrow();
      if (!this.#box.isOn) continue;
      await this.#fetchChange();
      if (!this.#box.isOn) continue;
      const luck = { holds: this.#holdDice, ways: this.#waysDice };
      const command = nextCommand(this.#box.till.cashierView(), dice, this.#lookAtPaper, luck);
      if (command !== null) await this.#dispatch(command);
    }
  }

  /** Change money is fetched now and then, with a reason or with the key. */
  async #fetchChange(): Promise<void> {
    if (!this.#hasDrawer || !this.#drawerDice.chance(0.02)) return;
    if (this.#drawerDice.chance(0.3)) this.#printer.unlockDrawer();
    else await this.#dispatch({ type: 'open-drawer', reason: 'change-money' });
  }

  #calmDown(): void {
    this.#isEvening = true;
    this.#severity = 0;
    this.#outageUntilMs = 0;
    this.#box.storageTrouble = null;
    this.#printer.cutOff = 0;
    this.#printer.mood = 'ready';
    this.trace.push(`${this.#time.nowMs} the faults stop`);
    this.#switchOn();
  }

  async #evening(rethrow: () => void): Promise<void> {
    const dice = this.#dice.fork();
    const endMs = this.#time.nowMs + LONGEST_EVENING_MS;
    while (!isQuiet(this.#box)) {
      if (this.#time.nowMs > endMs)
        throw new WrongError(`an hour after the faults stopped something is still unknown: ${standing(this.#box)}`);
      await this.#time.pass(dice.between(400, 3_000));
      rethrow();
      const command = lastCommand(this.#box.till.cashierView(), dice, this.#lookAtPaper, this.#holdDice);
      if (command !== null) await this.#dispatch(command);
    }
    // Customers' apps are in no hurry: what they do not have yet is tried again in an hour at the latest.
    while (this.#box.readModel.unfinishedAppReceipts().length > 0) {
      if (this.#time.nowMs > endMs + LONGEST_EVENING_MS) throw new WrongError('hours after the faults stopped an app has no receipt');
      await this.#time.pass(60_000);
      rethrow();
    }
  }

  async #dispatch(command: Parameters<BoxedRegister['dispatch']>[0]): Promise<void> {
    this.#commands += 1;
    if (command.type === 'refunded-by-hand') this.#payBackInThePortal(command.paymentId);
    this.#somebodyIsInThePortal();
    const mustRefuse = this.#hasDrawer && this.#printer.isKnownOpen && REGISTERS.has(command.type);
    const answer = await this.#box.dispatch(command);
    if (mustRefuse && answer?.ok === true) throw new WrongError(`${command.type} was taken while the drawer was known to be open`);
    const said = answer === null ? 'dark' : answer.ok ? 'ok' : answer.code;
    this.trace.push(`${this.#time.nowMs} ${JSON.stringify(command)} → ${said}`);
    if (command.type === 'cancel-payment') this.#customer.cashierCancels();
  }

  /** Whoever says that it was paid back by hand has done it: once, however often the register forgets that it was told. */
  #payBackInThePortal(paymentId: string): void {
    const payment = this.#box.readModel.payment(paymentId);
    if (payment === null) return;
    if (payment.state !== 'captured' || payment.refund === null) return;
    this.#provider.payment(payment.order.reference).refund(payment.refund.amountOre, 'portal', this.#time.nowMs);
  }

  /** What is held may be ended or captured by whoever has the provider's portal open. */
  #somebodyIsInThePortal(): void {
    if (this.#isEvening) return;
    this.#somebodyGivesBack();
    if (!this.#holdDice.chance(0.01)) return;
    const held = [...this.#provider.payments.values()].filter(({ phase, capturedOre }) => phase === 'reserved' && capturedOre === 0);
    const payment = held.find(({ reference }) => this.#box.readModel.paymentByReference(reference)?.state === 'held');
    if (payment === undefined) return;
    const { nowMs } = this.#time;
    if (this.#holdDice.chance(0.5)) payment.cancel(nowMs);
    else payment.capture(payment.habits.capturesParts ? this.#holdDice.between(1, payment.amountOre) : payment.amountOre, 'portal', nowMs);
    this.trace.push(`${nowMs} somebody in the portal ${payment.capturedOre > 0 ? 'captured' : 'ended'} ${payment.reference}`);
  }

  /** While the cashier is asked whether a captured payment is kept, it may be given back there, or some of it. */
  #somebodyGivesBack(): void {
    const shown = this.#box.till.cashierView().stage;
    if (shown.kind !== 'payment' || shown.phase !== 'asking' || !this.#portalDice.chance(0.2)) return;
    const payment = this.#provider.payments.get(shown.reference);
    const leftOre = payment === undefined ? 0 : payment.capturedOre - payment.refundedOre;
    if (payment === undefined || leftOre === 0) return;
    const amountOre = this.#portalDice.chance(0.5) ? leftOre : this.#portalDice.between(1, leftOre);
    payment.refund(amountOre, `portal-${this.#commands}`, this.#time.nowMs);
    this.trace.push(`${this.#time.nowMs} somebody in the portal gave ${amountOre} of ${shown.reference} back`);
  }

  readonly #lookAtPaper = (jobId: string): boolean => {
    const job = this.#box.readModel.printJob(jobId);
    const sale = job === null ? null : this.#box.readModel.sale(job.saleId);
    if (job === null || sale === null) throw new WrongError(`asked about a paper that nobody meant to print: ${jobId}`);
    return this.#printer.papers.some((paper) => isPaperOf(paper, job.what, sale.receiptNumber ?? 0));
  };
}

function isPaperOf(paper: string, what: 'receipt' | 'copy', receiptNumber: number): boolean {
  return what === 'receipt'
    ? paper === `sale: Kvittering ${receiptNumber}`
    : paper.startsWith('copy:') && paper.endsWith(` ${receiptNumber}`);
}

function isQuiet(box: BoxedRegister): boolean {
  if (!box.isOn) return false;
  const view = box.till.cashierView();
  return (
    view.stage.kind === 'selling' &&
    (view.basket === null || view.basket.lines.length === 0) &&
    view.parked.length === 0 &&
    view.reservations.length === 0 &&
    view.printQueue.length === 0 &&
    view.attention.length === 0 &&
    view.prompt === null &&
    box.readModel.unfinishedPayments().length === 0
  );
}

/** Where a register stands, in a line. */
function standing(box: BoxedRegister): string {
  if (!box.isOn) return 'off';
  const { stage, basket, parked, reservations, printQueue, prompt, attention } = box.till.cashierView();
  const payments = box.readModel.unfinishedPayments().map((payment) => `${payment.order.reference} ${payment.state}`);
  return JSON.stringify({
    stage: stage.kind === 'payment' ? `${stage.kind} ${stage.phase} ${stage.title}` : stage.kind,
    lines: basket?.lines.length ?? 0,
    dueOre: basket?.dueOre ?? 0,
    parked: parked.length,
    reservations: reservations.length,
    printQueue: printQueue.length,
    prompt: prompt?.kind ?? null,
    attention: attention.length,
    payments,
    open: box.readModel.openSale() !== null,
  });
}
