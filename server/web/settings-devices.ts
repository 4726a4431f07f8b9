/** The settings' hands on the counter's devices: one trial after the other, while somebody looks. */
import type { DrawerPin } from '../../app/till/ports.ts';
import type { DevicesView, HeardCode, PortChoice, PrinterSection, ScannerSection } from '../../app/till/settings-devices.ts';
import { nodeClock, nodeTimers } from '../../hardware/clock/node-clock.ts';
import { listSerialPorts, type SerialPortChoice } from '../../hardware/line/serial-ports.ts';
import { samePort } from './same-line.ts';
import { createDrawerTrials } from './settings-drawer.ts';
import { createPrinterTrials } from './settings-printer.ts';
import { createScannerTrials } from './settings-scanner.ts';
import type { TrialOptions } from './settings-trial.ts';

export interface DeviceDeskOptions extends TrialOptions {
  /** Default: the machine's own. */
  readonly listPorts?: () => Promise<readonly SerialPortChoice[]>;
}

/** What stands on the page; `open` opens the saved printer for it. */
export interface AskedLook {
  readonly printer?: PrinterSection | undefined;
  readonly scanner?: ScannerSection | undefined;
  readonly open?: boolean | undefined;
}

export interface DeviceDesk {
  look(asked: AskedLook): Promise<DevicesView>;
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

/** Nobody has looked for so long: the page is gone. */
const UNSEEN_MS = 10_000;
const PORTS_FRESH_MS = 1_000;

export function createDeviceDesk(options: DeviceDeskOptions): DeviceDesk {
  const { configuration } = options;
  const printers = createPrinterTrials(options);
  const drawer = createDrawerTrials(options, printers);
  const scanners = createScannerTrials(options);
  let ports: { readonly atMs: number; readonly found: Promise<readonly SerialPortChoice[]> } | null = null;
  let unseen = nodeTimers.after(UNSEEN_MS, () => undefined);
  let turn: Promise<unknown> = Promise.resolve();

  /** Trials come one after the other; looks do not wait for them. */
  function inTurn<T>(run: () => Promise<T>): Promise<T> {
    seen();
    const answered = turn.then(run, run);
    turn = answered.catch(() => undefined);
    return answered;
  }

  function seen(): void {
    unseen.cancel();
    unseen = nodeTimers.after(UNSEEN_MS, () => {
      turn = turn.then(release, release);
    });
  }

  async function release(): Promise<void> {
    unseen.cancel();
    await Promise.all([printers.release(), scanners.release()]);
  }

  async function listPorts(): Promise<readonly PortChoice[]> {
    const nowMs = nodeClock.monotonicMs();
    if (ports === null || nowMs - ports.atMs > PORTS_FRESH_MS) {
      ports = { atMs: nowMs, found: (options.listPorts ?? listSerialPorts)().catch(() => []) };
    }
    const { printer, scanner } = configuration;
    const used = (path: string): PortChoice['usedBy'] => {
      if (printer.kind === 'serial' && samePort(path, printer.path)) return 'printer';
      return scanner.kind === 'serial' && samePort(path, scanner.path) ? 'scanner' : null;
    };
    return (await ports.found).map(({ path, name }) => ({ path, name, usedBy: used(path) }));
  }

  return {
    async look({ printer, scanner, open = false }) {
      seen();
      if (open) await inTurn(() => printers.saved().catch(() => null));
      return {
        ports: await listPorts(),
        printer: printers.look(printer),
        drawer: drawer.look(),
        scanner: scanners.look(scanner),
        heard: scanners.heard(),
      };
    },
    // One port is on trial for one device at a time.
    testPrinter: (value) =>
      inTurn(async () => {
        await scanners.release();
        return printers.test(value);
      }),
    openDrawer: (pin) => inTurn(() => drawer.open(pin)),
    calibrate: (step) => inTurn(() => drawer.calibrate(step)),
    listen: (value) =>
      inTurn(async () => {
        await printers.release();
        return scanners.listen(value);
      }),
    hear: (code) => scanners.hear(code),
    release,
  };
}
