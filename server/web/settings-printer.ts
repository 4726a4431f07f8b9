/**
 * Trying a printer from the settings. What the register uses is tried through the register's own device, in its own queue;
 * anything else is opened for the trial. Nothing needs to be saved first.
 *
 * | what stands on the page | how it is tried |
 * |---|---|
 * | the same line as the register's | the register's own printer |
 * | the same port, set otherwise | the register lends its line between two jobs, for one paper |
 * | anything else | opened here, kept while the page looks |
 */
import { type DrawerState, drawerState } from '../../app/till/drawer-switch.ts';
import type { Printer, PrinterStatus, PrintOutcome } from '../../app/till/ports.ts';
import type { DeviceLook, PrinterSection } from '../../app/till/settings-devices.ts';
import { nodeClock, nodeTimers } from '../../hardware/clock/node-clock.ts';
import { connectPrinter } from '../../hardware/printer/connect.ts';
import type { EscposPrinter } from '../../hardware/printer/escpos-printer.ts';
import { sameLine, samePlace, samePort } from './same-line.ts';
import { printerLook, printerTroubleText } from './settings-look.ts';
import { refuse, type TrialOptions, until, wordsOf } from './settings-trial.ts';

export interface PrinterTrials {
  look(value: PrinterSection | undefined): DeviceLook;
  /** Prints the test paper and gives the sentence of what went well. @throws Refused */
  test(value: PrinterSection): Promise<string>;
  /** The printer that the shop has chosen: the running one, or, until it is taken up, opened here. @throws Refused */
  saved(): Promise<Printer>;
  /** The same, where it need not be opened. */
  savedNow(): Printer | null;
  /** What its drawer is, as far as anybody knows. */
  drawerOf(printer: Printer | null): DrawerState;
  /** Lets go of what was opened here. */
  release(): Promise<void>;
}

type Line = Exclude<PrinterSection, { kind: 'virtual' }>;

/** So long a printer that was just opened may not have answered yet. */
const MEETING_MS = 6_000;
/** A connection to an address where nobody is takes 3 s to fail. */
const TRIAL_PATIENCE = { lineMs: 5_000 } as const;
const AWAY: PrinterStatus = { state: 'offline' };

export function createPrinterTrials(options: TrialOptions): PrinterTrials {
  const { running, configuration, till, log } = options;
  const around = { clock: nodeClock, timers: nodeTimers, log, patience: TRIAL_PATIENCE };
  let trial: { readonly value: Line; readonly printer: EscposPrinter; readonly sinceMs: number } | null = null;
  const words = () => wordsOf(options);

  /** The register's own, or the one on trial; `null` when neither is on this line. */
  function printerOn(value: PrinterSection): Printer | null {
    if (sameLine(value, configuration.printer)) return running.printer;
    return trial !== null && sameLine(trial.value, value) ? trial.printer : null;
  }

  async function open(value: Line): Promise<EscposPrinter> {
    // What could not be opened is opened anew: somebody may have put the cable in.
    if (trial !== null && sameLine(trial.value, value) && trial.printer.status().cause === undefined) return trial.printer;
    await release();
    const printer = connectPrinter(value, around);
    trial = { value, printer, sinceMs: nodeClock.monotonicMs() };
    return printer;
  }

  async function release(): Promise<void> {
    const ended = trial;
    trial = null;
    await ended?.printer.close();
  }

  function drawerOf(printer: Printer | null): DrawerState {
    if (printer === running.printer && configuration.drawer.connected) return till.cashierView().drawer?.state ?? 'unknown';
    return drawerState(printer?.status() ?? AWAY, options.saved().drawer.openWhen);
  }

  function said(outcome: PrintOutcome, status: PrinterStatus): string {
    const { printer } = words().devices;
    switch (outcome.kind) {
      case 'printed':
        return status.known === false ? printer.sent : printer.good;
      case 'not-printed':
        throw refuse(printerTroubleText(status, outcome.reason, words()));
      case 'unknown': {
        const { reason } = outcome;
        throw refuse(reason === 'gone' || reason === 'offline' ? printer.unsure : printerTroubleText(status, reason, words()));
      }
    }
  }

  /** A line that cannot be opened is told at once: nobody waits for it to come. */
  async function printOn(printer: EscposPrinter, bytes: Uint8Array): Promise<string> {
    const status = await until(printer, ({ state }) => state !== 'offline', MEETING_MS);
    if (status.cause !== undefined) throw refuse(printerTroubleText(status, 'gone', words()));
    return said(await printer.print(bytes), printer.status());
  }

  /** The register's own port, set otherwise: for one paper. What the register prints meanwhile waits. */
  async function onLoan(value: Line, bytes: Uint8Array): Promise<string> {
    const giveBack = await running.lendPrinter();
    if (giveBack === null) throw refuse(words().devices.printer.busy);
    const printer = connectPrinter(value, around);
    try {
      return await printOn(printer, bytes);
    } finally {
      await printer.close();
      giveBack();
    }
  }

  return {
    look(value) {
      const { printer } = words().devices;
      if (value === undefined) return { tone: 'wait', text: printer.notTried, facts: [] };
      const found = printerOn(value);
      if (found === null) return { tone: 'wait', text: value.kind === 'virtual' ? printer.virtualTrial : printer.notTried, facts: [] };
      const status = found.status();
      const isMeeting = found === trial?.printer && nodeClock.monotonicMs() - trial.sinceMs < MEETING_MS;
      if (isMeeting && status.state === 'offline') return { tone: 'wait', text: printer.asking, facts: [] };
      const look = printerLook(status, drawerOf(found), words());
      return value.kind === 'virtual' && status.state === 'ready' ? { ...look, text: printer.virtualReady } : look;
    },
    async test(value) {
      const { printer: text } = words().devices;
      const bytes = options.testPaper(value);
      if (sameLine(value, configuration.printer)) return said(await running.printer.print(bytes), running.printer.status());
      if (value.kind === 'virtual') return text.virtualTrial;
      const { scanner } = configuration;
      if (value.kind === 'serial' && scanner.kind === 'serial' && samePort(value.path, scanner.path))
        throw refuse(text.scannersPort, 'path');
      if (samePlace(value, configuration.printer)) return onLoan(value, bytes);
      return printOn(await open(value), bytes);
    },
    async saved() {
      const { printer } = options.saved();
      const found = printerOn(printer);
      if (found !== null) return found;
      if (printer.kind === 'virtual' || samePlace(printer, configuration.printer)) throw refuse(words().devices.drawer.notYet);
      return open(printer);
    },
    savedNow: () => printerOn(options.saved().printer),
    drawerOf,
    release,
  };
}
