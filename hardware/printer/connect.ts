/** From a register's configuration to its printer: the one call that wires everything in this folder. */
import { serialEnd } from '../line/serial-line.ts';
import { type ConfiguredSerial, serialSettings } from '../line/serial-settings.ts';
import { tcpEnd } from '../line/tcp-line.ts';
import { createEscposPrinter, type EscposPrinter, type EscposPrinterOptions } from './escpos-printer.ts';
import { modelForColumns, PRINTER_MODELS, type PrinterModel, type PrinterModelId } from './models.ts';

interface ConfiguredModel {
  /** `null`: a common one of that paper. */
  readonly model: PrinterModelId | null;
  readonly columns: 42 | 32;
}

export type ConfiguredPrinter =
  | ({ readonly kind: 'serial' } & ConfiguredSerial & ConfiguredModel)
  | ({ readonly kind: 'network'; readonly host: string; readonly port: number; readonly shared: boolean } & ConfiguredModel);

/** What documents are encoded for and what the printer is asked. A named model goes before the columns. */
export function modelOf(configured: ConfiguredModel): PrinterModel {
  return configured.model === null ? modelForColumns(configured.columns) : PRINTER_MODELS[configured.model];
}

/** Opens nothing before it returns: a printer that is away is a status, never an error. */
export function connectPrinter(
  configured: ConfiguredPrinter,
  surroundings: Pick<EscposPrinterOptions, 'clock' | 'timers' | 'log' | 'patience'>,
): EscposPrinter {
  const end = configured.kind === 'serial' ? serialEnd(serialSettings(configured)) : tcpEnd(configured);
  const shared = configured.kind === 'network' && configured.shared;
  return createEscposPrinter({ ...surroundings, end, shared, model: modelOf(configured) });
}
