/**
 * A real pseudo-terminal, which a driver opens as the serial port that it is to the system. It comes from `script`, which
 * every Debian has (package bsdutils, essential) and macOS too: it carries its own standard input and output to and from the
 * terminal's other side.
 */
import { spawn, spawnSync } from 'node:child_process';
import { rmSync, symlinkSync } from 'node:fs';

/** The device's side of a port. */
export interface Pty {
  send(bytes: Uint8Array): Promise<void>;
  onBytes(listener: (bytes: Buffer) => void): void;
  /** Holds the driver back, or lets it go on. */
  hold(held: boolean): void;
  onEnd(listener: () => void): void;
  /** Takes the port away, as a plug that is pulled. */
  end(): Promise<void>;
}

/** `null` when this machine can make pseudo-terminals; else a sentence. */
export function ptyTrouble(): string | null {
  if (process.platform === 'win32') return 'This system has no pseudo-terminals: devices on a serial line are not tested here.';
  const found = spawnSync('script', ['-q', '/dev/null', ...(process.platform === 'darwin' ? ['true'] : ['-c', 'true'])], {
    stdio: 'ignore',
  });
  return found.error === undefined && found.status === 0
    ? null
    : 'The program "script" is missing: without it no serial port can be made here. On Debian: apt-get install bsdutils.';
}

/** Makes a port and a link to it at `path`. */
export async function openPty(path: string): Promise<Pty> {
  const begin = 'stty raw -echo; tty; exec sleep 2147483';
  const args = process.platform === 'darwin' ? ['-q', '/dev/null', 'sh', '-c', begin] : ['-qfc', begin, '/dev/null'];
  const terminal = spawn('script', args, { stdio: ['pipe', 'pipe', 'ignore'] });
  terminal.stdin.on('error', () => undefined);
  const name = await new Promise<string>((resolve, reject) => {
    let text = '';
    const read = (bytes: Buffer): void => {
      text += bytes.toString('latin1');
      if (!text.includes('\n')) return;
      terminal.stdout.off('data', read);
      resolve(text.trim());
    };
    terminal.stdout.on('data', read);
    terminal.once('error', () => reject(new Error(ptyTrouble() ?? 'The program "script" does not start.')));
    terminal.once('exit', () => reject(new Error('The pseudo-terminal ended before it began.')));
  });
  symlinkSync(name, path);
  return {
    send: (bytes) =>
      new Promise((resolve, reject) => {
        terminal.stdin.write(bytes, (error) => (error === null || error === undefined ? resolve() : reject(error)));
      }),
    onBytes: (listener) => void terminal.stdout.on('data', listener),
    hold: (held) => void (held ? terminal.stdout.pause() : terminal.stdout.resume()),
    onEnd: (listener) => void terminal.on('exit', listener),
    end: () => {
      rmSync(path, { force: true });
      return new Promise((resolve) => {
        if (terminal.exitCode !== null || terminal.signalCode !== null) return resolve();
        terminal.once('exit', () => resolve());
        terminal.kill('SIGKILL');
      });
    },
  };
}
