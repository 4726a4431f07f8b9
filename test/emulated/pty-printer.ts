/**
 * An emulated printer behind a real pseudo-terminal, which the driver opens as the serial port that it is to the system. The
 * terminal comes from `script`, which every Debian has (package bsdutils, essential) and macOS too: it carries its own
 * standard input and output to and from the terminal's other side.
 */
import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import type { LineEnd } from '../../hardware/line/line.ts';
import { serialEnd } from '../../hardware/line/serial-line.ts';
import type { SerialSettings } from '../../hardware/line/serial-settings.ts';
import type { EmulatedPrinter, PrinterPlug } from './emulated-printer.ts';

export interface PtyPrinter {
  readonly end: LineEnd;
  /** Stays the same when it is plugged in again. */
  readonly path: string;
  unplug(): Promise<void>;
  plugIn(): Promise<void>;
  /** Unplugs it for good. */
  close(): Promise<void>;
}

/** `null` when this machine can make pseudo-terminals; else a sentence. */
export function ptyTrouble(): string | null {
  if (process.platform === 'win32') return 'This system has no pseudo-terminals: printers on a serial line are not tested here.';
  const found = spawnSync('script', ['-q', '/dev/null', ...(process.platform === 'darwin' ? ['true'] : ['-c', 'true'])], {
    stdio: 'ignore',
  });
  return found.error === undefined && found.status === 0
    ? null
    : 'The program "script" (Debian: package bsdutils) is missing: printers on a serial line are not tested here.';
}

type Terminal = ChildProcessByStdio<Writable, Readable, null>;

export async function ptyPrinter(printer: EmulatedPrinter, settings: Partial<SerialSettings> = {}): Promise<PtyPrinter> {
  const folder = mkdtempSync(join(tmpdir(), 'tillit-port-'));
  const path = join(folder, 'ttyEMULATED');
  let terminal: Terminal | null = null;

  async function plugIn(): Promise<void> {
    const begin = 'stty raw -echo; tty; exec sleep 2147483';
    const args = process.platform === 'darwin' ? ['-q', '/dev/null', 'sh', '-c', begin] : ['-qfc', begin, '/dev/null'];
    const started = spawn('script', args, { stdio: ['pipe', 'pipe', 'ignore'] });
    terminal = started;
    started.stdin.on('error', () => undefined);
    const plug: PrinterPlug = {
      say: (bytes) => void started.stdin.write(bytes),
      hold: (held) => void (held ? started.stdout.pause() : started.stdout.resume()),
      pull: () => void unplug(),
    };
    started.on('exit', () => printer.unplug(plug));
    const name = await new Promise<string>((resolve, reject) => {
      let text = '';
      const read = (bytes: Buffer): void => {
        text += bytes.toString('latin1');
        if (!text.includes('\n')) return;
        started.stdout.off('data', read);
        resolve(text.trim());
      };
      started.stdout.on('data', read);
      started.once('exit', () => reject(new Error('The pseudo-terminal ended before it began.')));
    });
    printer.plugIn(plug);
    started.stdout.on('data', (bytes: Buffer) => printer.receive(bytes));
    symlinkSync(name, path);
  }

  function unplug(): Promise<void> {
    const ended = terminal;
    terminal = null;
    rmSync(path, { force: true });
    return new Promise((resolve) => {
      if (ended === null || ended.exitCode !== null) return resolve();
      ended.once('exit', () => resolve());
      ended.kill('SIGKILL');
    });
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
