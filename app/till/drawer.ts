/**
 * The cash drawer behind the printer: opened when cash changes hands and when somebody says why, watched while its switch
 * tells.
 *
 * ```
 *  open-intended ── the pulse ──► open-sent      it was sent
 *   (on disk)                 ├─► not-opened     it was not: the key is the way out
 *                             └─► open-unknown   the line went, or the power: nobody repeats it by himself
 *
 *  what the switch says:  opened ──► shut
 * ```
 * The pulse goes before the receipt and by itself, so that a printer that waits for paper still gives change. The law:
 * no sale is registered while the drawer is known to be open, and every opening and closing is on record (event codes
 * 13005 and 13006 of SAF-T's list; openings without a sale are counted on the Z-report).
 */
import type { DrawerEvent } from '../journal/events.ts';
import type { Command, CommandAnswer, DrawerView } from './contract.ts';
import { type Desk, DONE } from './desk.ts';
import { calibrate, type DrawerState, drawerState, levelOf } from './drawer-switch.ts';
import { type DrawerLevel, type PrintOutcome, StorageError, type Timer } from './ports.ts';

type Of<Type extends Command['type']> = Extract<Command, { type: Type }>;
type Intent = Extract<DrawerEvent, { type: 'drawer.open-intended' }>;

/** How long after the pulse a drawer that reports has moved: printers tell of it within a second. */
const MOVES_WITHIN_MS = 2_500;
/** How often a printer that only answers is asked while the drawer is open, or is to open: whoever shuts it wants to go on. */
const LOOK_MS = 700;
/** How long a disk that does not take an outcome is left alone. */
const RETRY_MS = 3_000;
/** The setting that keeps what calibration found. */
const OPEN_WHEN = 'drawer.open-when';

/** What registers something of a sale, or may end one: not while the drawer is known to be open. Giving back, parking and ending a payment stay. */
const REGISTERS: ReadonlySet<Command['type']> = new Set([
  'add-article',
  'scan',
  'answer-weight',
  'answer-age',
  'set-quantity',
  'remove-line',
  'discount-line',
  'discount-sale',
  'resume-sale',
  'take-return',
  'give-back',
  'pay-vipps',
  'answer-phone',
  'choose-phone',
  'confirm-phone',
  'pay-cash',
  'pay-card',
]);

/** An opening that is about to be on disk; `go` sends the pulse, once it is. */
export interface Opening {
  readonly entries: readonly Intent[];
  go(): void;
}

export class Drawer {
  readonly #desk: Desk;
  /** What the switch said last, `unknown` aside. `null`: it has said nothing yet. */
  #seen: 'open' | 'closed' | null = null;
  #state: DrawerState = 'unknown';
  /** Whether the journal has an opening without its closing. */
  #openOnRecord = false;
  #openedAtMs = 0;
  #alarm: Timer | null = null;
  #isWatching = false;
  #isAlarming = false;
  /** The last pulse that was sent and whose movement has not been seen yet. */
  #expected: string | null = null;
  #readingWhileShut: DrawerLevel | null = null;
  #noticeId: string | null = null;
  #stopped = false;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** Openings that were cut off are unknown, and not repeated; from now on the switch is watched. */
  recover(cutOff: readonly string[]): void {
    const events = cutOff.map(
      (openingId): DrawerEvent => ({ type: 'drawer.open-unknown', version: 1, payload: { openingId, reason: 'restart' } }),
    );
    if (events.length > 0) this.#record(events);
    this.#desk.ports.printer.onStatus(() => this.#look());
    this.#look();
    if (events.length > 0 && this.#state !== 'open') this.#say('care', this.#words.restarted);
  }

  stop(): void {
    this.#stopped = true;
    this.#alarm?.cancel();
  }

  /** `null` where no drawer is connected. */
  view(): DrawerView | null {
    if (!this.#configuration.connected) return null;
    const state = this.#state;
    const text = state !== 'open' ? null : this.#isAlarming ? this.#words.openTooLong : this.#words.isOpen;
    return { state, text, alarm: this.#isAlarming, sound: this.#isAlarming && this.#configuration.alarmTone };
  }

  /** Its switch tells a level, and nobody has found out what that means. */
  get isUncalibrated(): boolean {
    return this.#openWhen === null && levelOf(this.#desk.ports.printer.status()) !== null;
  }

  /** The law: what registers a sale is refused while the drawer is known to be open. `null`: go on. */
  refusal(command: Command): CommandAnswer | null {
    if (this.#state !== 'open' || !REGISTERS.has(command.type)) return null;
    const addsNothing = command.type === 'answer-age' && !command.oldEnough;
    return addsNothing ? null : this.#desk.refuse('drawer-open');
  }

  /** For cash that changes hands. `null` where no drawer is connected. */
  forCash(saleId: string): Opening | null {
    return this.#configuration.connected ? this.#opening({ why: 'sale', saleId, reason: null, note: null }) : null;
  }

  /** Opened without a sale: never without a reason. */
  open(command: Of<'open-drawer'>): CommandAnswer {
    if (!this.#configuration.connected) return this.#desk.refuse('no-drawer');
    if (this.#state === 'open') return this.#desk.refuse('drawer-is-open');
    const opening = this.#opening({ why: 'no-sale', saleId: null, reason: command.reason, note: command.note ?? null });
    this.#desk.record(opening.entries);
    opening.go();
    this.#desk.changed();
    return DONE;
  }

  /** Two steps: read while it is shut, then while it is open; what they tell is kept. */
  calibrate(command: Of<'calibrate-drawer'>): CommandAnswer {
    if (!this.#configuration.connected) return this.#desk.refuse('no-drawer');
    const level = levelOf(this.#desk.ports.printer.status());
    if (level === null) return this.#desk.refuse('drawer-silent');
    if (command.step === 'shut') {
      this.#readingWhileShut = level;
      return DONE;
    }
    if (this.#readingWhileShut === null) return this.#desk.refuse('drawer-shut-first');
    const found = calibrate(this.#readingWhileShut, level);
    if ('trouble' in found) return this.#desk.refuse('drawer-same');
    this.#desk.record([{ type: 'register.setting-changed', version: 1, payload: { name: OPEN_WHEN, value: found.openWhen } }]);
    this.#readingWhileShut = null;
    this.#look();
    this.#desk.changed();
    return DONE;
  }

  get #configuration() {
    return this.#desk.configuration.drawer;
  }

  get #words() {
    return this.#desk.words.drawer;
  }

  /** What calibration found goes before what the file says: somebody stood there. */
  get #openWhen(): DrawerLevel | null {
    const found = this.#desk.register.settings.get(OPEN_WHEN);
    return found === 'high' || found === 'low' ? found : this.#configuration.openWhen;
  }

  #opening(what: Omit<Intent['payload'], 'openingId'>): Opening {
    const openingId = this.#desk.newId();
    return {
      entries: [{ type: 'drawer.open-intended', version: 1, payload: { openingId, ...what } }],
      go: () => void this.#pulse(openingId),
    };
  }

  async #pulse(openingId: string): Promise<void> {
    const { printer, timers } = this.#desk.ports;
    this.#takeBackNotice();
    this.#expected = openingId;
    this.#watch();
    const outcome = await printer.openDrawer(this.#configuration.pin);
    await this.#recordInTheEnd(outcomeEvent(openingId, outcome));
    if (outcome.kind === 'printed') {
      // Long past by then is a drawer that was opened and shut again: that was seen, and nothing is expected any more.
      timers.after(MOVES_WITHIN_MS, () => {
        if (this.#expected !== openingId) return;
        this.#expected = null;
        if (this.#state === 'closed' && !this.#answersLate) this.#say('bad', this.#words.stillShut);
      });
      return;
    }
    if (this.#expected === openingId) this.#expected = null;
    if (this.#state === 'open') return;
    this.#say('bad', outcome.kind === 'unknown' ? this.#words.unknown : this.#words.didNotOpen[outcome.reason]);
  }

  /** The printer told something: perhaps the drawer moved. */
  #look(): void {
    if (this.#stopped || !this.#configuration.connected) return;
    const before = this.#state;
    const state = drawerState(this.#desk.ports.printer.status(), this.#openWhen);
    if (state === before) return;
    this.#state = state;
    if (state === 'open') this.#didOpen();
    else {
      this.#alarm?.cancel();
      this.#alarm = null;
      this.#isAlarming = false;
    }
    if (state === 'closed') this.#didShut();
    if (state !== 'unknown') this.#seen = state;
    this.#desk.changed();
  }

  #didOpen(): void {
    const { clock, timers } = this.#desk.ports;
    const openingId = this.#expected;
    this.#expected = null;
    this.#takeBackNotice();
    this.#watch();
    this.#alarm = timers.after(this.#configuration.alarmAfterSeconds * 1_000, () => {
      this.#isAlarming = this.#state === 'open';
      this.#desk.changed();
    });
    if (this.#openOnRecord) return;
    const how = openingId !== null ? 'by-register' : this.#seen === null ? 'found' : 'by-hand';
    this.#openedAtMs = clock.monotonicMs();
    this.#openOnRecord = this.#recordSeen({ type: 'drawer.opened', version: 1, payload: { how, openingId } });
  }

  /** Asks the printer again and again, until the drawer is known to be shut and no pulse is on its way. */
  #watch(): void {
    const { printer, timers } = this.#desk.ports;
    if (this.#isWatching || this.#stopped || printer.refresh === undefined) return;
    this.#isWatching = true;
    timers.after(LOOK_MS, () => {
      this.#isWatching = false;
      if (this.#state !== 'open' && this.#expected === null) return;
      printer.refresh?.();
      this.#watch();
    });
  }

  /** A printer that another register prints on as well answers when that is done: what it said last may be old. */
  get #answersLate(): boolean {
    const { printer } = this.#desk.configuration;
    return printer.kind === 'network' && printer.shared;
  }

  #didShut(): void {
    if (!this.#openOnRecord) return;
    const openMs = Math.round(this.#desk.ports.clock.monotonicMs() - this.#openedAtMs);
    this.#openOnRecord = !this.#recordSeen({ type: 'drawer.shut', version: 1, payload: { openMs } });
  }

  #say(tone: 'care' | 'bad', text: string): void {
    this.#noticeId = this.#desk.newId();
    this.#desk.register.notice = { id: this.#noticeId, tone, text, support: null };
    this.#desk.changed();
  }

  /** What was said about an opening is no longer so. */
  #takeBackNotice(): void {
    const { register } = this.#desk;
    if (register.notice?.id === this.#noticeId) register.notice = null;
    this.#noticeId = null;
  }

  #record(events: readonly DrawerEvent[]): void {
    this.#desk.record(events);
  }

  /** Whether it is on record. A disk that takes nothing refuses the next command, and says why. */
  #recordSeen(event: DrawerEvent): boolean {
    try {
      this.#record([event]);
      return true;
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      this.#desk.ports.log.write('error', event.type, { message: error.message });
      return false;
    }
  }

  /** What the pulse came to is known now and never again: a disk that does not take it is asked until it does. */
  async #recordInTheEnd(event: DrawerEvent): Promise<void> {
    while (!this.#stopped && !this.#recordSeen(event)) {
      await new Promise<void>((resolve) => {
        this.#desk.ports.timers.after(RETRY_MS, resolve);
      });
    }
  }
}

function outcomeEvent(openingId: string, outcome: PrintOutcome): DrawerEvent {
  switch (outcome.kind) {
    case 'printed':
      return { type: 'drawer.open-sent', version: 1, payload: { openingId } };
    case 'not-printed':
      return { type: 'drawer.not-opened', version: 1, payload: { openingId, reason: outcome.reason } };
    case 'unknown':
      return { type: 'drawer.open-unknown', version: 1, payload: { openingId, reason: outcome.reason } };
  }
}
