/**
 * The settings' hands on the counter's devices. What the register uses is tried through the register's own device, in its own
 * queue; anything else is opened for the trial and let go of when nobody looks any more. Nothing needs to be saved first.
 *
 * | what stands on the page | how it is tried |
 * |---|---|
 * | the same line as the register's | the register's own printer |
 * | the same port, set otherwise | the register lends its line between two jobs, for one paper |
 * | anything else | opened here, kept while the page looks |
 */
import { type Hears, hears } from '../../app/catalog/hears.ts';
import { drawerTexts } from '../../app/text/drawer.ts';
import { type SettingsTexts, settingsTexts } from '../../app/text/settings.ts';
import type { Configuration } from '../../app/till/configuration.ts';
import { calibrate, type DrawerState, drawerState, levelOf } from '../../app/till/drawer-switch.ts';
import type { DrawerLevel, DrawerPin, Log, Printer, PrinterStatus, PrintOutcome } from '../../app/till/ports.ts';
import type { DeviceLook, DevicesView, HeardCode, PortChoice, PrinterSection, ScannerSection } from '../../app/till/settings-devices.ts';
import { nodeClock, nodeTimers } from '../../hardware/clock/node-clock.ts';
import { serialEnd } from '../../hardware/line/serial-line.ts';
import { listSerialPorts, type SerialPortChoice } from '../../hardware/line/serial-ports.ts';
import { serialSettings } from '../../hardware/line/serial-settings.ts';
import { connectPrinter } from '../../hardware/printer/connect.ts';
import type { EscposPrinter } from '../../hardware/printer/escpos-printer.ts';
import { createSerialScanner, type ScannerStatus, type SerialScanner } from '../../hardware/scanner/serial-scanner.ts';
import { sameLine, samePlace, samePort, sameSerial } from './same-line.ts';
import { type LookWords, printerLook, printerTroubleText, scannerLook } from './settings-look.ts';
import { Refused } from './settings-refused.ts';
import type { ShownTill } from './till.ts';

/** The devices that the running register holds. */
export interface RunningDevices {
  readonly printer: Printer;
  readonly scanner: SerialScanner | null;
  /** Lets go of the printer's line and gives back what takes it again; `null` while a job is under way, and where there is no line. */
  readonly lendPrinter: () => Promise<(() => void) | null>;
}

export interface DeviceDeskOptions {
  readonly running: RunningDevices;
  /** As the register runs with it. */
  readonly configuration: Pick<Configuration, 'printer' | 'drawer' | 'scanner'>;
  /** As it is saved: taken up by the next start. */
  readonly saved: () => Pick<Configuration, 'printer' | 'drawer'>;
  /** Keeps which level of the drawer's switch means open. `takenUp`: the running register knows it already. */
  readonly keepOpenWhen: (level: DrawerLevel, takenUp: boolean) => void;
  /** The test paper, for a printer so set. */
  readonly testPaper: (printer: PrinterSection) => Uint8Array;
  readonly till: Pick<ShownTill, 'cashierView' | 'dispatch'>;
  readonly log: Log;
  readonly listPorts?: () => Promise<readonly SerialPortChoice[]>;
}

export interface DeviceDesk {
  look(asked: {
    readonly printer?: PrinterSection | undefined;
    readonly scanner?: ScannerSection | undefined;
    readonly open?: boolean | undefined;
  }): Promise<DevicesView>;
  /** These give the sentence of what went well. @throws Refused with the sentence of what did not */
  testPrinter(value: PrinterSection): Promise<string>;
  openDrawer(pin: DrawerPin): Promise<string>;
  calibrate(step: 'shut' | 'open'): Promise<string>;
  listen(value: ScannerSection): Promise<string>;
  /** What a code is that the page itself heard. */
  hear(code: string): Omit<HeardCode, 'id'>;
  /** Lets go of everything that was opened for a trial. */
  release(): Promise<void>;
}

type Line = Exclude<PrinterSection, { kind: 'virtual' }>;
type SerialScannerSection = Extract<ScannerSection, { kind: 'serial' }>;

/** Nobody has looked for so long: the page is gone. */
const UNSEEN_MS = 10_000;
/** So long a printer that was just opened may not have answered yet. */
const MEETING_MS = 6_000;
const KEPT_HEARD = 20;
const PORTS_FRESH_MS = 1_000;
/** A connection to an address where nobody is takes 3 s to fail. */
const TRIAL_PATIENCE = { lineMs: 5_000 } as const;
const OPENING_MS = 2_500;

export function createDeviceDesk(options: DeviceDeskOptions): DeviceDesk {
  const { running, configuration, till, log } = options;
  const around = { clock: nodeClock, timers: nodeTimers, log };
  let printerTrial: { readonly value: Line; readonly printer: EscposPrinter; readonly sinceMs: number } | null = null;
  let scannerTrial: { readonly value: SerialScannerSection; readonly scanner: SerialScanner } | null = null;
  let stopHearing: (() => void) | null = null;
  let heard: HeardCode[] = [];
  let heardCount = 0;
  let whileShut: DrawerLevel | null = null;
  let ports: { readonly atMs: number; readonly found: Promise<readonly SerialPortChoice[]> } | null = null;
  let unseen = nodeTimers.after(UNSEEN_MS, () => undefined);
  let turn: Promise<unknown> = Promise.resolve();

  const texts = (): SettingsTexts => settingsTexts[till.cashierView().language];
  const words = (): LookWords => {
    const { language } = till.cashierView();
    return { language, devices: settingsTexts[language].devices, troubles: settingsTexts[language].service.printerTroubles };
  };
  const refuse = (message: string, field: string | null = null) => new Refused('check-failed', message, field);
  /** Trials come one after the other; looks do not wait for them. */
  function inTurn<T>(run: () => Promise<T>): Promise<T> {
    const answered = turn.then(run, run);
    turn = answered.catch(() => undefined);
    return answered;
  }
  function seen(): void {
    unseen.cancel();
    unseen = nodeTimers.after(UNSEEN_MS, () => void inTurn(release));
  }

  async function release(): Promise<void> {
    unseen.cancel();
    const ended = [printerTrial?.printer, scannerTrial?.scanner];
    printerTrial = null;
    scannerTrial = null;
    stopHearing?.();
    stopHearing = null;
    heard = [];
    await Promise.all(ended.map((one) => one?.close()));
  }

  /** The register's own, or the one on trial; `null` when neither is on this line. */
  function printerOn(value: PrinterSection): Printer | null {
    if (sameLine(value, configuration.printer)) return running.printer;
    return printerTrial !== null && sameLine(printerTrial.value, value) ? printerTrial.printer : null;
  }

  async function openTrial(value: Line): Promise<EscposPrinter> {
    // What could not be opened is opened anew: somebody may have put the cable in.
    if (printerTrial !== null && sameLine(printerTrial.value, value) && printerTrial.printer.status().cause === undefined) {
      return printerTrial.printer;
    }
    await printerTrial?.printer.close();
    const printer = connectPrinter(value, { ...around, patience: TRIAL_PATIENCE });
    printerTrial = { value, printer, sinceMs: nodeClock.monotonicMs() };
    seen();
    return printer;
  }

  /** The printer that the shop has chosen: the running one, or, until it is taken up, opened here. */
  async function savedPrinter(): Promise<Printer> {
    const { printer } = options.saved();
    const found = printerOn(printer);
    if (found !== null) return found;
    if (printer.kind === 'virtual') throw refuse(texts().devices.drawer.saveFirst);
    if (samePlace(printer, configuration.printer)) throw refuse(texts().devices.drawer.saveFirst);
    return openTrial(printer);
  }

  const runsDrawer = (): boolean => configuration.drawer.connected && sameLine(options.saved().printer, configuration.printer);

  function drawerNow(status: PrinterStatus, isRunning: boolean): DrawerState {
    if (isRunning && configuration.drawer.connected) return till.cashierView().drawer?.state ?? 'unknown';
    return drawerState(status, options.saved().drawer.openWhen);
  }

  function lookAtPrinter(value: PrinterSection | undefined): DeviceLook {
    const { printer } = texts().devices;
    if (value === undefined) return { tone: 'wait', text: printer.notTried, facts: [] };
    const found = printerOn(value);
    if (found === null) {
      return { tone: 'wait', text: value.kind === 'virtual' ? printer.virtualTrial : printer.notTried, facts: [] };
    }
    const status = found.status();
    const isMeeting = found === printerTrial?.printer && nodeClock.monotonicMs() - printerTrial.sinceMs < MEETING_MS;
    if (isMeeting && status.state === 'offline') return { tone: 'wait', text: printer.asking, facts: [] };
    const look = printerLook(status, drawerNow(status, found === running.printer), words());
    return value.kind === 'virtual' && status.state === 'ready' ? { ...look, text: printer.virtualReady } : look;
  }

  function lookAtDrawer(): DevicesView['drawer'] {
    const { drawer } = texts().devices;
    const found = printerOn(options.saved().printer);
    const status = found?.status() ?? { state: 'offline' as const };
    const state = drawerNow(status, found === running.printer);
    if (state !== 'unknown') return { state, tone: state === 'open' ? 'care' : 'good', text: drawer.states[state], facts: [] };
    const text = levelOf(status) === null ? drawer.silent : drawer.states.unknown;
    return { state, tone: 'wait', text, facts: [] };
  }

  function lookAtScanner(value: ScannerSection | undefined): DeviceLook {
    const { scanner } = texts().devices;
    if (value === undefined || value.kind === 'keyboard') return { tone: 'good', text: scanner.keyboardReady, facts: [] };
    const found = scannerOn(value);
    if (found === null) return { tone: 'wait', text: scanner.notTried, facts: [] };
    if (stopHearing === null) hearFrom(found);
    return scannerLook(found.status(), words());
  }

  function scannerOn(value: SerialScannerSection): SerialScanner | null {
    if (
      configuration.scanner.kind === 'serial' &&
      sameSerial(value, configuration.scanner) &&
      value.prefix === configuration.scanner.prefix
    )
      return running.scanner;
    return scannerTrial !== null && sameSerial(scannerTrial.value, value) && scannerTrial.value.prefix === value.prefix
      ? scannerTrial.scanner
      : null;
  }

  function hearFrom(scanner: SerialScanner): void {
    stopHearing?.();
    stopHearing = scanner.onHeard((read) => keepHeard(hears(read, till.cashierView().language)));
  }

  function keepHeard({ shown, said }: Hears): void {
    heardCount += 1;
    heard = [{ id: heardCount, shown, said }, ...heard].slice(0, KEPT_HEARD);
  }

  async function listPorts(): Promise<readonly PortChoice[]> {
    const nowMs = nodeClock.monotonicMs();
    if (ports === null || nowMs - ports.atMs > PORTS_FRESH_MS) {
      ports = { atMs: nowMs, found: (options.listPorts ?? listSerialPorts)().catch(() => []) };
    }
    const used = (path: string): PortChoice['usedBy'] => {
      if (configuration.printer.kind === 'serial' && samePort(path, configuration.printer.path)) return 'printer';
      return configuration.scanner.kind === 'serial' && samePort(path, configuration.scanner.path) ? 'scanner' : null;
    };
    return (await ports.found).map(({ path, name }) => ({ path, name, usedBy: used(path) }));
  }

  function said(outcome: PrintOutcome, status: PrinterStatus): string {
    const { printer } = texts().devices;
    switch (outcome.kind) {
      case 'printed':
        return status.known === false ? printer.sent : printer.good;
      case 'not-printed':
        throw refuse(printerTroubleText(status, outcome.reason, words()));
      case 'unknown':
        throw refuse(printer.unsure);
    }
  }

  async function testPrinter(value: PrinterSection): Promise<string> {
    const { printer: text } = texts().devices;
    const bytes = options.testPaper(value);
    if (sameLine(value, configuration.printer)) return said(await running.printer.print(bytes), running.printer.status());
    if (value.kind === 'virtual') return text.virtualTrial;
    if (value.kind === 'serial' && configuration.scanner.kind === 'serial' && samePort(value.path, configuration.scanner.path)) {
      throw refuse(text.scannersPort, 'path');
    }
    if (value.kind === 'serial' && scannerTrial !== null && samePort(value.path, scannerTrial.value.path)) await release();
    if (samePlace(value, configuration.printer)) return onLoan(value, bytes);
    return printOn(await openTrial(value), bytes);
  }

  /** A line that cannot be opened is told at once: nobody waits for it to come. */
  async function printOn(printer: EscposPrinter, bytes: Uint8Array): Promise<string> {
    const status = await until(printer, () => printer.status().state !== 'offline', MEETING_MS);
    if (status.cause !== undefined) throw refuse(printerTroubleText(status, 'gone', words()));
    return said(await printer.print(bytes), printer.status());
  }

  /** The register's own port, set otherwise: for one paper. What the register prints meanwhile waits. */
  async function onLoan(value: Line, bytes: Uint8Array): Promise<string> {
    const giveBack = await running.lendPrinter();
    if (giveBack === null) throw refuse(texts().devices.printer.busy);
    const printer = connectPrinter(value, { ...around, patience: TRIAL_PATIENCE });
    try {
      return await printOn(printer, bytes);
    } finally {
      await printer.close();
      giveBack();
    }
  }

  async function openDrawer(pin: DrawerPin): Promise<string> {
    const { language } = till.cashierView();
    const { drawer } = texts().devices;
    // The register's own drawer is opened by the register: every opening of it is on record.
    if (runsDrawer() && pin === configuration.drawer.pin) {
      const answer = await till.dispatch({ type: 'open-drawer', reason: 'check' });
      if (!answer.ok) throw refuse(answer.message);
      return drawer.sent;
    }
    const printer = await savedPrinter();
    log.write('info', 'settings.drawer-tried', { pin });
    const outcome = await printer.openDrawer(pin);
    if (outcome.kind === 'unknown') throw refuse(drawerTexts[language].unknown);
    if (outcome.kind === 'not-printed') throw refuse(printerTroubleText(printer.status(), outcome.reason, words()));
    return drawer.sent;
  }

  async function calibrateDrawer(step: 'shut' | 'open'): Promise<string> {
    const { drawer } = texts().devices;
    const printer = await savedPrinter();
    const level = levelOf(printer.status());
    if (level === null) throw refuse(drawer.levelSilent);
    const takenUp = runsDrawer();
    if (takenUp) {
      const answer = await till.dispatch({ type: 'calibrate-drawer', step });
      if (!answer.ok) throw refuse(answer.message);
    }
    if (step === 'shut') {
      whileShut = level;
      return drawer.readShut;
    }
    if (whileShut === null) throw refuse(drawer.shutFirst);
    const found = calibrate(whileShut, level);
    if ('trouble' in found) throw refuse(drawer.same);
    whileShut = null;
    options.keepOpenWhen(found.openWhen, takenUp);
    return drawer.learnt;
  }

  async function listen(value: ScannerSection): Promise<string> {
    const { scanner: text } = texts().devices;
    heard = [];
    if (value.kind === 'keyboard') return text.keyboardReady;
    const own = configuration.scanner.kind === 'serial' ? configuration.scanner : null;
    if (configuration.printer.kind === 'serial' && samePort(value.path, configuration.printer.path))
      throw refuse(text.printersPort, 'path');
    let scanner = scannerOn(value);
    if (scanner === null) {
      if (own !== null && samePort(own.path, value.path)) throw refuse(text.saveFirst);
      await release();
      const end = serialEnd(serialSettings(value));
      scanner = createSerialScanner({ end, timers: nodeTimers, log, settings: { prefix: value.prefix } });
      scannerTrial = { value, scanner };
    }
    hearFrom(scanner);
    seen();
    const { status } = scanner;
    const heardOf = await until(scanner, () => isTold(status()), OPENING_MS);
    const look = scannerLook(heardOf, words());
    if (look.tone === 'bad') throw refuse(look.text);
    return look.text;
  }

  return {
    async look({ printer, scanner, open = false }) {
      seen();
      // What has been saved and not been taken up yet may be opened: the shop has chosen it.
      if (open) await inTurn(() => savedPrinter().catch(() => null));
      return {
        ports: await listPorts(),
        printer: lookAtPrinter(printer),
        drawer: lookAtDrawer(),
        scanner: lookAtScanner(scanner),
        heard,
      };
    },
    testPrinter: (value) => inTurn(() => testPrinter(value)),
    openDrawer: (pin) => inTurn(() => openDrawer(pin)),
    calibrate: (step) => inTurn(() => calibrateDrawer(step)),
    listen: (value) => inTurn(() => listen(value)),
    hear(code) {
      const { shown, said: what } = hears({ kind: 'code', code }, till.cashierView().language);
      return { shown, said: what };
    },
    release,
  };
}

/** Whether the port opened is known. */
const isTold = (status: ScannerStatus): boolean => status.state === 'connected' || status.trouble !== null;

/** How a device is, once that is `known`, or when it has taken too long. */
function until<Status>(
  device: { status(): Status; onStatus(listener: () => void): () => void },
  known: () => boolean,
  limitMs: number,
): Promise<Status> {
  return new Promise((resolve) => {
    if (known()) return resolve(device.status());
    const done = (): void => {
      stop();
      timer.cancel();
      resolve(device.status());
    };
    const stop = device.onStatus(() => known() && done());
    const timer = nodeTimers.after(limitMs, done);
  });
}
