/** The devices at the counter, as the configuration names them. None of them can stop a register: one that is away is a light. */
import { join } from 'node:path';
import type { ReceiptDocument } from '../../app/receipt/document.ts';
import type { Configuration } from '../../app/till/configuration.ts';
import type { Log, Printer } from '../../app/till/ports.ts';
import { nodeClock, nodeTimers } from '../../hardware/clock/node-clock.ts';
import { serialEnd } from '../../hardware/line/serial-line.ts';
import { serialSettings } from '../../hardware/line/serial-settings.ts';
import { connectPrinter, modelOf } from '../../hardware/printer/connect.ts';
import { encodeDocument } from '../../hardware/printer/encode.ts';
import { lendablePrinter } from '../../hardware/printer/lendable-printer.ts';
import { type LogoRaster, LogoRefusedError, readLogo } from '../../hardware/printer/logo.ts';
import { codePageNumbers, modelForColumns, type PrinterModel } from '../../hardware/printer/models.ts';
import { readPaper } from '../../hardware/printer/paper/read.ts';
import { paperToText } from '../../hardware/printer/paper/text.ts';
import { createVirtualPrinter, type VirtualPrinter } from '../../hardware/printer/virtual-printer.ts';
import { createSerialScanner, type SerialScanner } from '../../hardware/scanner/serial-scanner.ts';
import { ConfigurationError, readBeside } from './configuration-file.ts';

export interface Devices {
  readonly printer: Printer;
  /** The printer, where it is the one without paper of its own; `null` where a real one stands. */
  readonly virtualPrinter: VirtualPrinter | null;
  /** `null` where it types what it reads: then it is the screen's business. */
  readonly scanner: SerialScanner | null;
  /** Lets go of the printer's line for a trial, and gives back what takes it again; `null` while a job is under way, or without a line. */
  readonly lendPrinter: () => Promise<(() => void) | null>;
  /** A document as this printer's own bytes. */
  readonly encodeDocument: (document: ReceiptDocument) => Uint8Array;
  /** What those bytes look like as lines of text. */
  readonly paperText: (bytes: Uint8Array) => string;
  /** Lets go of every port and connection. A job under way is `unknown` from then on. */
  close(): Promise<void>;
}

export interface DeviceSurroundings {
  readonly configuration: Pick<Configuration, 'printer' | 'drawer' | 'scanner' | 'receipt'>;
  /** Files that the configuration names are relative to this. */
  readonly configurationFolder: string;
  /** Where the practice printer keeps its papers. */
  readonly dataDirectory: string;
  readonly log: Log;
}

/** Begins to open them and waits for none. Never throws. */
export function openDevices({ configuration, configurationFolder, dataDirectory, log }: DeviceSurroundings): Devices {
  const { printer: configured, drawer, scanner: configuredScanner } = configuration;
  const model = configured.kind === 'virtual' ? modelForColumns(configured.columns) : modelOf(configured);
  const logo = logoOf(configuration, configurationFolder, model, log);
  const around = { clock: nodeClock, timers: nodeTimers, log };
  const practised =
    configured.kind !== 'virtual'
      ? null
      : createVirtualPrinter({
          ...around,
          columns: configured.columns,
          ...(drawer.connected ? { drawerPin: drawer.pin } : {}),
          directory: join(dataDirectory, 'paper'),
        });
  const connected = configured.kind === 'virtual' ? null : lendablePrinter(() => connectPrinter(configured, around));
  const scanner =
    configuredScanner.kind === 'keyboard'
      ? null
      : createSerialScanner({
          end: serialEnd(serialSettings(configuredScanner)),
          timers: nodeTimers,
          log,
          settings: { prefix: configuredScanner.prefix },
        });
  const printer = practised ?? connected;
  if (printer === null) throw new RangeError('A printer is either practised with or connected.');
  return {
    printer,
    virtualPrinter: practised,
    scanner,
    lendPrinter: async () => connected?.lend() ?? null,
    encodeDocument: (document) => encodeDocument(document, { columns: model.columns, model, ...(logo === null ? {} : { logo }) }),
    paperText: (bytes) => paperToText(readPaper(bytes, { widthDots: model.widthDots, codePages: codePageNumbers(model) })),
    async close() {
      await Promise.all([scanner?.close(), connected?.close()]);
    },
  };
}

/** Receipts come without a picture rather than not at all; the log says what is wrong with it. */
function logoOf({ receipt }: Pick<Configuration, 'receipt'>, folder: string, model: PrinterModel, log: Log): LogoRaster | null {
  if (receipt.logo === null) return null;
  try {
    return readLogo(readBeside(folder, receipt.logo.file, 'receipt.logo.file'), model.columns * 12);
  } catch (error) {
    if (!(error instanceof LogoRefusedError || error instanceof ConfigurationError)) throw error;
    log.write('warn', 'receipt.logo-left-out', { file: receipt.logo.file, message: error.message });
    return null;
  }
}
