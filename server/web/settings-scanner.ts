/** Listening to a scanner from the settings: every byte that it says, and what the register takes it for. */
import { type Hears, hears } from '../../app/catalog/hears.ts';
import type { DeviceLook, HeardCode, ScannerSection } from '../../app/till/settings-devices.ts';
import { nodeTimers } from '../../hardware/clock/node-clock.ts';
import { serialEnd } from '../../hardware/line/serial-line.ts';
import { serialSettings } from '../../hardware/line/serial-settings.ts';
import { createSerialScanner, type ScannerStatus, type SerialScanner } from '../../hardware/scanner/serial-scanner.ts';
import { samePort, sameSerial } from './same-line.ts';
import { scannerLook } from './settings-look.ts';
import { refuse, type TrialOptions, until, wordsOf } from './settings-trial.ts';

export interface ScannerTrials {
  look(value: ScannerSection | undefined): DeviceLook;
  /** Newest first. */
  heard(): readonly HeardCode[];
  /** Listens from now on; gives the sentence of a port that opened. @throws Refused */
  listen(value: ScannerSection): Promise<string>;
  /** What a code is that the page itself heard. */
  hear(code: string): Omit<HeardCode, 'id'>;
  /** Stops listening, and lets go of what was opened here. */
  release(): Promise<void>;
}

type Serial = Extract<ScannerSection, { kind: 'serial' }>;

const KEPT = 20;
const OPENING_MS = 2_500;

export function createScannerTrials(options: TrialOptions): ScannerTrials {
  const { running, configuration, till, log } = options;
  let trial: { readonly value: Serial; readonly scanner: SerialScanner } | null = null;
  let hearing: { readonly scanner: SerialScanner; readonly stop: () => void } | null = null;
  let heard: readonly HeardCode[] = [];
  let count = 0;
  const words = () => wordsOf(options);
  const said = ({ shown, said: what }: Hears) => ({ shown, said: what });

  function scannerOn(value: Serial): SerialScanner | null {
    const own = configuration.scanner;
    if (own.kind === 'serial' && isSame(value, own)) return running.scanner;
    return trial !== null && isSame(trial.value, value) ? trial.scanner : null;
  }

  /** The register's own goes on selling what it reads: a manager's open page keeps no code from the cashier. */
  function hearFrom(scanner: SerialScanner): void {
    if (hearing?.scanner === scanner) return;
    hearing?.stop();
    heard = [];
    const stop = scanner.onHeard((read) => {
      count += 1;
      heard = [{ id: count, ...said(hears(read, words().language, { currency: till.cashierView().currency })) }, ...heard].slice(0, KEPT);
    });
    hearing = { scanner, stop };
  }

  async function release(): Promise<void> {
    const ended = trial;
    trial = null;
    hearing?.stop();
    hearing = null;
    heard = [];
    await ended?.scanner.close();
  }

  async function open(value: Serial): Promise<SerialScanner> {
    const { scanner: text } = words().devices;
    const { printer, scanner: own } = configuration;
    if (printer.kind === 'serial' && samePort(value.path, printer.path)) throw refuse(text.printersPort, 'path');
    if (own.kind === 'serial' && samePort(value.path, own.path)) throw refuse(text.saveFirst);
    await release();
    const settings = { prefix: value.prefix };
    const scanner = createSerialScanner({ end: serialEnd(serialSettings(value)), timers: nodeTimers, log, settings });
    trial = { value, scanner };
    return scanner;
  }

  return {
    look(value) {
      const { scanner } = words().devices;
      if (value === undefined || value.kind === 'keyboard') return { tone: 'good', text: scanner.keyboardReady, facts: [] };
      const found = scannerOn(value);
      if (found === null) return { tone: 'wait', text: scanner.notTried, facts: [] };
      hearFrom(found);
      return scannerLook(found.status(), words());
    },
    heard: () => heard,
    async listen(value) {
      if (value.kind === 'keyboard') return words().devices.scanner.keyboardReady;
      const scanner = scannerOn(value) ?? (await open(value));
      hearFrom(scanner);
      const look = scannerLook(await until(scanner, isTold, OPENING_MS), words());
      if (look.tone === 'bad') throw refuse(look.text);
      return look.text;
    },
    hear: (code) => said(hears({ kind: 'code', code }, words().language, { currency: till.cashierView().currency })),
    release,
  };
}

/** Whether the port opened is known. */
const isTold = (status: ScannerStatus): boolean => status.state === 'connected' || status.trouble !== null;

const isSame = (one: Serial, other: Serial): boolean => sameSerial(one, other) && one.prefix === other.prefix;
