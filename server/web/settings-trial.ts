/** What every trial of a device needs: the register that runs, what is saved, and the words in the settings' language. */
import { type SettingsTexts, settingsTexts } from '../../app/text/settings.ts';
import type { Configuration } from '../../app/till/configuration.ts';
import type { DrawerLevel, Log, Printer } from '../../app/till/ports.ts';
import type { PrinterSection } from '../../app/till/settings-devices.ts';
import { nodeTimers } from '../../hardware/clock/node-clock.ts';
import type { SerialScanner } from '../../hardware/scanner/serial-scanner.ts';
import type { LookWords } from './settings-look.ts';
import { Refused } from './settings-refused.ts';
import type { ShownTill } from './till.ts';

/** The devices that the running register holds. */
export interface RunningDevices {
  readonly printer: Printer;
  readonly scanner: SerialScanner | null;
  /** Lets go of the printer's line and gives back what takes it again; `null` while a job is under way, and where there is no line. */
  readonly lendPrinter: () => Promise<(() => void) | null>;
}

export interface TrialOptions {
  readonly running: RunningDevices;
  /** As the register runs with it. */
  readonly configuration: Pick<Configuration, 'printer' | 'drawer' | 'scanner'>;
  /** As it is saved: taken up by the next start. */
  readonly saved: () => Pick<Configuration, 'printer' | 'drawer' | 'language'>;
  /** Keeps which level of the drawer's switch means open. `takenUp`: the running register knows it already. */
  readonly keepOpenWhen: (level: DrawerLevel, takenUp: boolean) => void;
  /** The test paper, for a printer so set. */
  readonly testPaper: (printer: PrinterSection) => Uint8Array;
  readonly till: Pick<ShownTill, 'cashierView' | 'dispatch'>;
  readonly log: Log;
}

/** What a trial says, in the language that the settings' own page is written in. */
export const wordsOf = ({ saved }: Pick<TrialOptions, 'saved'>): LookWords => {
  const language = saved().language.cashier;
  const { devices, service }: SettingsTexts = settingsTexts[language];
  return { language, devices, troubles: service.printerTroubles };
};

/** The trial did not go well; the sentence says why, and the way out. */
export const refuse = (message: string, field: string | null = null): Refused => new Refused('check-failed', message, field);

/** How a device is, once that is `known`, or when it has taken too long. */
export function until<Status>(
  device: { status(): Status; onStatus(listener: () => void): () => void },
  known: (status: Status) => boolean,
  limitMs: number,
): Promise<Status> {
  return new Promise((resolve) => {
    if (known(device.status())) return resolve(device.status());
    const done = (): void => {
      stop();
      timer.cancel();
      resolve(device.status());
    };
    const stop = device.onStatus(() => known(device.status()) && done());
    const timer = nodeTimers.after(limitMs, done);
  });
}
