/** How `npm start` opens the desktop program: whether it can here, and what it says when it cannot. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { type ElectronPackage, fetchElectron, findElectron, installedElectron } from './electron-binary.ts';
import { hasDisplay } from './open-windows.ts';

/** Somebody waits at a terminal: what is not here after this comes another time. */
const FETCH_WITHIN_MS = 15_000;

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** `null` where there are no user numbers. */
  readonly userId: number | null;
}

export const thisMachine: Machine = { platform: process.platform, environment: process.env, userId: process.getuid?.() ?? null };

/** Why no desktop program can run on this machine, as half a sentence; `null` when nothing speaks against it. */
export function whyNotHere({ platform, environment, userId }: Machine): string | null {
  if (!hasDisplay(platform, environment)) return 'there is no display here';
  // Chromium gives up its own sandbox for root, and a register does not.
  if (platform === 'linux' && userId === 0) return 'Electron does not run as root';
  return null;
}

export type Found = { readonly program: string } | { readonly program: null; readonly line: string };

/** Finds Electron, or fetches it; else one line that says why not and how to get it. Calls `fetching` before it fetches. */
export async function desktopProgram(
  machine: Machine,
  fetching: () => void,
  electron: ElectronPackage = installedElectron,
  fetchWithinMs = FETCH_WITHIN_MS,
): Promise<Found> {
  const reason = whyNotHere(machine);
  if (reason !== null) return { program: null, line: webShellLine(reason, 'start it on a computer with a screen, as an ordinary user') };
  const there = findElectron(electron);
  if (there !== null) return { program: there };
  fetching();
  const fetched = await fetchElectron(fetchWithinMs, electron);
  if (fetched.program !== null) return { program: fetched.program };
  switch (fetched.why) {
    case 'absent':
      return { program: null, line: webShellLine('Electron is not installed', 'run "npm ci" and start again') };
    case 'late':
      return {
        program: null,
        line: webShellLine(`Electron could not be fetched within ${fetchWithinMs / 1000} seconds`, GET_IT),
      };
    case 'failed':
      return { program: null, line: webShellLine('Electron could not be fetched', GET_IT) };
  }
}

const GET_IT = 'run "npx install-electron" where the network allows it and start again';

/** The one line above the web shell's addresses. */
export const webShellLine = (reason: string, remedy: string): string =>
  `The screens open in a browser, because ${reason}. For the desktop program, ${remedy}.`;

export interface RunningDesktop {
  /** Asks the program to end, as closing it would. */
  stop(): void;
  /** `refused`: the program ran and could make no sense of its configuration, which it does not tell twice. */
  readonly started: Promise<'ready' | 'ended' | 'refused' | 'could-not-start'>;
  /** The program's exit code; 1 when a signal ended it. */
  readonly ended: Promise<number>;
}

/**
 * Starts the desktop program and waits for its line of JSON. What it complains of until then is dropped: when it could not
 * start, the web shell does its work and says what is wrong with the configuration, and nobody reads of missing libraries.
 */
export function runDesktop(program: string, args: readonly string[], complain: (text: string) => void): RunningDesktop {
  const child = spawn(program, [...args, '--ready'], { stdio: ['ignore', 'pipe', 'pipe'] });
  let ready = false;
  createInterface({ input: child.stderr }).on('line', (line) => {
    if (ready) complain(line);
  });
  const ended = new Promise<number>((resolve) => {
    child.on('error', () => resolve(1));
    child.on('close', (code) => resolve(code ?? 1));
  });
  const started = new Promise<'ready' | 'ended' | 'refused' | 'could-not-start'>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (ready || !isReadyLine(line)) return;
      ready = true;
      resolve('ready');
    });
    void ended.then((code) => resolve(code === 0 ? 'ended' : code === 2 ? 'refused' : 'could-not-start'));
  });
  return { stop: () => void child.kill('SIGTERM'), started, ended };
}

function isReadyLine(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && 'ready' in value && value.ready === true;
  } catch {
    return false;
  }
}
