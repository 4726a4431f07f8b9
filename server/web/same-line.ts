/** Whether two settings mean the same line to a device. */
import { realpathSync } from 'node:fs';
import type { PrinterSection, ScannerSection } from '../../app/till/settings-devices.ts';

/** The same line, set the same way: whoever holds it can be asked. */
export function sameLine(one: PrinterSection, other: PrinterSection): boolean {
  if (one.kind === 'virtual') return other.kind === 'virtual';
  if (one.kind === 'serial') return other.kind === 'serial' && sameSerial(one, other);
  return other.kind === 'network' && samePlace(one, other) && one.shared === other.shared;
}

/** The same port or address, however it is set. */
export function samePlace(one: PrinterSection, other: PrinterSection): boolean {
  if (one.kind === 'serial') return other.kind === 'serial' && samePort(one.path, other.path);
  return one.kind === 'network' && other.kind === 'network' && one.host === other.host && one.port === other.port;
}

type Serial = Pick<Extract<ScannerSection, { kind: 'serial' }>, 'path' | 'baudRate' | 'dataBits' | 'stopBits' | 'parity' | 'flowControl'>;

export function sameSerial(one: Serial, other: Serial): boolean {
  return (
    samePort(one.path, other.path) &&
    (['baudRate', 'dataBits', 'stopBits', 'parity', 'flowControl'] as const).every((field) => one[field] === other[field])
  );
}

/** One port has several names on Linux. */
export function samePort(one: string, other: string): boolean {
  return one === other || fileOf(one) === fileOf(other);
}

function fileOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
