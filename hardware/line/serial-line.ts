/** A line over a serial port, also one that a USB plug pretends to be. */
import { statSync, watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { SerialPort } from 'serialport';
import { type Line, type LineEnd, LineEvents, LineLostError, LineOpenError, type LineTrouble } from './line.ts';
import { bytesPerSecond, type SerialSettings } from './serial-settings.ts';

/** A place where a serial line can be opened whenever its port is there. */
export function serialEnd(settings: SerialSettings): LineEnd {
  return {
    name: settings.path,
    open: () => openPort(settings),
    onMaybeBack: (listener) => watchFor(settings.path, listener),
  };
}

async function openPort(settings: SerialSettings): Promise<Line> {
  const { path, baud, dataBits = 8, parity = 'none', stopBits = 1, flow = 'none' } = settings;
  // Loaded when it is first needed: a register without serial devices starts where the native part does not.
  const { SerialPort } = await import('serialport');
  const byControlBytes = flow === 'xon-xoff';
  const port = new SerialPort({
    path,
    baudRate: baud,
    dataBits,
    parity,
    stopBits,
    rtscts: flow === 'rts-cts',
    xon: byControlBytes,
    xoff: byControlBytes,
    autoOpen: false,
  });
  await new Promise<void>((resolve, reject) => {
    port.open((error) => {
      if (error === null) return resolve();
      const trouble = troubleOf(error);
      reject(new LineOpenError(trouble, sentence(trouble, settings, error), { cause: error }));
    });
  });
  await raiseModemLines(port);
  return new SerialLine(port, bytesPerSecond(settings));
}

/** Many printers listen only while the register says that it is there. A port without these wires (a pty) refuses: then nobody looks at them. */
function raiseModemLines(port: SerialPort): Promise<void> {
  return new Promise((resolve) => {
    port.set({ dtr: true, rts: true }, () => resolve());
  });
}

/** The native part tells by words, not by codes. */
function troubleOf(error: Error): LineTrouble {
  if (/no such file|not found|cannot find|ENOENT|ENXIO|no such device/i.test(error.message)) return 'no-such-port';
  if (/permission|EACCES/i.test(error.message)) return 'no-permission';
  if (/busy|lock|access denied|EBUSY|resource temporarily/i.test(error.message)) return 'in-use';
  return 'other';
}

function sentence(trouble: LineTrouble, { path, baud }: SerialSettings, error: Error): string {
  switch (trouble) {
    case 'no-such-port':
      return `There is no port ${path}: nothing is plugged in there.`;
    case 'no-permission':
      return `This user may not open ${path}. On Linux, add the user to the group "dialout" and log in again.`;
    case 'in-use':
      return `${path} is used by another program. Close that program, or choose another port.`;
    default:
      return `${path} cannot be opened at ${baud} baud: ${error.message}. Check that it is the right port and speed.`;
  }
}

/** A port that returns is a file that returns: told by the folder it is in, where the system can watch one. */
function watchFor(path: string, listener: () => void): () => void {
  if (!path.startsWith('/')) return () => undefined;
  try {
    const watcher = watch(dirname(path), { persistent: false }, (_event, file) => {
      if (file === null || file === basename(path)) listener();
    });
    watcher.on('error', () => watcher.close());
    return () => watcher.close();
  } catch {
    return () => undefined;
  }
}

/** Which file stands at this path now; null when none does, or the system's ports are no files. */
function fileAt(path: string): string | null {
  if (!path.startsWith('/')) return null;
  try {
    const file = statSync(path);
    return `${file.dev}:${file.ino}:${file.rdev}`;
  } catch {
    return null;
  }
}

class SerialLine implements Line {
  readonly name: string;
  readonly bytesPerSecond: number;
  readonly #port: SerialPort;
  readonly #events = new LineEvents();
  readonly #lost = new Set<(error: LineLostError) => void>();
  readonly #stopWatching: () => void;

  constructor(port: SerialPort, speed: number) {
    this.name = port.path;
    this.bytesPerSecond = speed;
    this.#port = port;
    // A port that hangs up reads as nothing, and `serialport` then reads on and on without a word. Its file tells: it goes too.
    const opened = fileAt(port.path);
    this.#stopWatching = watchFor(port.path, () => {
      if (opened !== null && fileAt(port.path) !== opened) this.#end(`${this.name} went away.`);
    });
    port.on('data', (bytes: Buffer) => this.#events.came(bytes));
    port.on('error', (error) => this.#end(`${this.name} broke: ${error.message}.`));
    port.on('end', () => this.#end(`${this.name} went away.`));
    port.on('close', (error: Error | null) => this.#end(error === null ? `${this.name} was closed.` : `${this.name} went away.`));
  }

  #end(why: string): void {
    this.#stopWatching();
    this.#events.ended(why);
    for (const lose of [...this.#lost]) lose(new LineLostError(why));
    this.#lost.clear();
    if (this.#port.isOpen) this.#port.close(() => undefined);
  }

  write(bytes: Uint8Array): Promise<void> {
    const why = this.#events.why;
    if (why !== null) return Promise.reject(new LineLostError(why));
    return new Promise((resolve, reject) => {
      this.#lost.add(reject);
      const done = (error: Error | null | undefined): void => {
        if (error) this.#end(`${this.name} went away: ${error.message}.`);
        // When the line ended meanwhile the bytes were given up, and this has been rejected.
        else if (this.#lost.delete(reject)) resolve();
      };
      this.#port.write(Buffer.from(bytes), (error) => (error ? done(error) : this.#port.drain(done)));
    });
  }

  onBytes(listener: (bytes: Uint8Array) => void): () => void {
    return this.#events.onBytes(listener);
  }

  closed(): string | null {
    return this.#events.why;
  }

  onClosed(listener: (why: string) => void): () => void {
    return this.#events.onClosed(listener);
  }

  close(): Promise<boolean> {
    if (!this.#port.isOpen) return Promise.resolve(false);
    this.#stopWatching();
    return new Promise((resolve) => {
      // What the driver still holds is given up: a device that holds its flow back would hold the end back too.
      this.#port.flush(() => {
        this.#port.close(() => resolve(false));
        this.#events.ended(`${this.name} was closed.`);
        for (const lose of [...this.#lost]) lose(new LineLostError(`${this.name} was closed.`));
        this.#lost.clear();
      });
    });
  }
}
