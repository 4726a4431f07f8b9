/**
 * A serial scanner without a scanner: it speaks through a pty, which the register opens as it opens any port. A pty has no
 * modem lines and no speed of its own; all else is the real way of a byte.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface EmulatedScanner {
  /** The port to open: the same one each time it is plugged in. */
  readonly path: string;
  /** Reads a code, as a hand does with the trigger: all of it in one go. Default ending CR. */
  scan(code: string, ending?: string): Promise<void>;
  /** Exactly these bytes: half a code, two at once, garbage. */
  send(bytes: Uint8Array): Promise<void>;
  /** Pulls the plug. */
  unplug(): Promise<void>;
  plugIn(): Promise<void>;
  /** Ends it and removes its port. */
  close(): Promise<void>;
}

/** Makes a scanner; it is plugged in when this resolves, unless `pluggedIn` is false. Needs `socat`. */
export async function emulatedScanner(pluggedIn = true): Promise<EmulatedScanner> {
  const folder = mkdtempSync(join(tmpdir(), 'tillit-scanner-'));
  const path = join(folder, 'scanner');
  let socat: ChildProcess | null = null;

  async function plugIn(): Promise<void> {
    if (socat !== null) return;
    const child = spawn('socat', ['-d', '-d', '-u', 'STDIN', `PTY,rawer,link=${path}`], { stdio: ['pipe', 'ignore', 'pipe'] });
    await new Promise<void>((resolve, reject) => {
      let said = '';
      child.once('error', (error) => reject(new Error(`socat, which makes the port, does not start: ${error.message}`)));
      child.once('exit', () => reject(new Error(`socat ended: ${said}`)));
      child.stderr?.on('data', (bytes: Buffer) => {
        said += bytes.toString('utf8');
        if (said.includes('starting data transfer loop')) resolve();
      });
    });
    child.stdin?.on('error', () => undefined);
    socat = child;
  }

  async function unplug(): Promise<void> {
    const child = socat;
    socat = null;
    if (child === null || child.exitCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
  }

  function send(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      if (socat?.stdin === null || socat === null) reject(new Error('The scanner is not plugged in.'));
      else socat.stdin.write(bytes, (error) => (error === null || error === undefined ? resolve() : reject(error)));
    });
  }

  if (pluggedIn) await plugIn();
  return {
    path,
    scan: (code, ending = '\r') => send(Buffer.from(`${code}${ending}`, 'utf8')),
    send,
    unplug,
    plugIn,
    async close() {
      await unplug();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
