/**
 * A serial scanner without a scanner: it speaks through a pty, which the register opens as it opens any port. A pty has no
 * modem lines and no speed of its own; all else is the real way of a byte.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPty, type Pty } from './pty.ts';

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

/** Makes a scanner; it is plugged in when this resolves, unless `pluggedIn` is false. */
export async function emulatedScanner(pluggedIn = true): Promise<EmulatedScanner> {
  const folder = mkdtempSync(join(tmpdir(), 'tillit-scanner-'));
  const path = join(folder, 'scanner');
  let plugged: Pty | null = null;

  async function plugIn(): Promise<void> {
    plugged ??= await openPty(path);
  }

  async function unplug(): Promise<void> {
    const ended = plugged;
    plugged = null;
    await ended?.end();
  }

  async function send(bytes: Uint8Array): Promise<void> {
    if (plugged === null) throw new Error('The scanner is not plugged in.');
    await plugged.send(bytes);
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
