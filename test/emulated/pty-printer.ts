/** An emulated printer behind a real pseudo-terminal. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LineEnd } from '../../hardware/line/line.ts';
import { serialEnd } from '../../hardware/line/serial-line.ts';
import type { SerialSettings } from '../../hardware/line/serial-settings.ts';
import type { EmulatedPrinter, PrinterPlug } from './emulated-printer.ts';
import { openPty, type Pty } from './pty.ts';

export interface PtyPrinter {
  readonly end: LineEnd;
  /** Stays the same when it is plugged in again. */
  readonly path: string;
  unplug(): Promise<void>;
  plugIn(): Promise<void>;
  /** Unplugs it for good. */
  close(): Promise<void>;
}

export async function ptyPrinter(printer: EmulatedPrinter, settings: Partial<SerialSettings> = {}): Promise<PtyPrinter> {
  const folder = mkdtempSync(join(tmpdir(), 'tillit-port-'));
  const path = join(folder, 'ttyEMULATED');
  let plugged: Pty | null = null;

  async function plugIn(): Promise<void> {
    const pty = await openPty(path);
    plugged = pty;
    const plug: PrinterPlug = {
      say: (bytes) => void pty.send(bytes).catch(() => undefined),
      hold: (held) => pty.hold(held),
      pull: () => void unplug(),
    };
    pty.onEnd(() => printer.unplug(plug));
    printer.plugIn(plug);
    pty.onBytes((bytes) => printer.receive(bytes));
  }

  async function unplug(): Promise<void> {
    const ended = plugged;
    plugged = null;
    await ended?.end();
  }

  await plugIn();
  return {
    end: serialEnd({ baud: 9600, ...settings, path }),
    path,
    unplug,
    plugIn,
    close: async () => {
      printer.stop();
      await unplug();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
