/**
 * Updates: looks, downloads, checks who signed, and restarts only when the register has been at rest for a while. Never in
 * the middle of a sale, and never from somebody else:
 *
 * - Windows: electron-updater holds the installer's Authenticode signature against the publisher's name inside this package.
 *   It lets everything through when that name is missing, so without the name there are no updates.
 * - macOS: the system itself refuses an update that is not signed like the running program.
 * - Linux: neither AppImage nor deb carries a signature that is checked here, so there are no updates; docs/release.md
 *   tells what to do instead.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Log, Timer, Timers } from '../app/till/ports.ts';

/** The part of electron-updater that is used. */
export interface Updater {
  autoDownload: boolean;
  autoInstallOnAppQuit: boolean;
  allowDowngrade: boolean;
  allowPrerelease: boolean;
  disableWebInstaller: boolean;
  logger: unknown;
  on(event: 'update-downloaded', listener: (info: { readonly version: string }) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  checkForUpdates(): Promise<unknown>;
  quitAndInstall(isSilent?: boolean, isForceRunAfter?: boolean): void;
}

/** Why there are no updates. */
export type UpdatesOff = 'not-packaged' | 'no-update-address' | 'address-is-not-https' | 'no-publisher-name' | 'cannot-be-checked-on-linux';

export type UpdateState =
  | { readonly state: 'off'; readonly why: UpdatesOff }
  | { readonly state: 'waiting' }
  | { readonly state: 'ready'; readonly version: string };

export interface UpdateSurroundings {
  readonly platform: NodeJS.Platform;
  /** Electron's `app.isPackaged`. */
  readonly isPackaged: boolean;
  /** `process.resourcesPath`: where the package keeps `app-update.yml`. */
  readonly resourcesPath: string;
  /** Whether the register could be gone for a minute right now: no basket, no payment, nothing unfinished. Asked again and again. */
  readonly mayRestart: () => boolean;
  readonly log: Log;
  readonly timers: Timers;
  /** Electron's updater; given, so that it is only loaded where it is used. */
  readonly loadUpdater: () => Promise<Updater>;
}

export interface Updates {
  readonly state: () => UpdateState;
  /** Installs what is ready at once, if the register may restart. Gives whether it does. */
  readonly restartNow: () => boolean;
  /** The program is being closed: what is ready may be put in place afterwards, unless something is unfinished. */
  readonly quitting: () => void;
  readonly close: () => void;
}

const FIRST_LOOK_MS = 60_000;
const LOOK_EVERY_MS = 6 * 60 * 60_000;
const ASK_EVERY_MS = 60_000;
/** So many minutes in a row must a restart be allowed before one happens by itself. */
export const QUIET_MINUTES = 30;

/** Whether this package may update itself; `null` when it may. `updateFile` is `app-update.yml`, or `null` when there is none. */
export function whyOff(platform: NodeJS.Platform, isPackaged: boolean, updateFile: string | null): UpdatesOff | null {
  if (!isPackaged) return 'not-packaged';
  if (updateFile === null) return 'no-update-address';
  if (!/^url: *["']?https:\/\//m.test(updateFile)) return 'address-is-not-https';
  if (platform === 'darwin') return null;
  if (platform !== 'win32') return 'cannot-be-checked-on-linux';
  return /^publisherName:[ \t]*(?:\S|\n[ \t]*- *\S)/m.test(updateFile) && !/^verifyUpdateCodeSignature: *false/m.test(updateFile)
    ? null
    : 'no-publisher-name';
}

/** Starts to look for updates, or says why not. Throws nothing: what goes wrong is in the log and is tried again at the next look. */
export async function startUpdates(surroundings: UpdateSurroundings): Promise<Updates> {
  const { platform, log, timers, mayRestart } = surroundings;
  const why = whyOff(platform, surroundings.isPackaged, readUpdateFile(surroundings.resourcesPath));
  if (why !== null) return off(why, log);

  const updater = await surroundings.loadUpdater();
  let state: UpdateState = { state: 'waiting' };
  let quietMinutes = 0;
  let timer: Timer | null = null;

  updater.autoDownload = true;
  // On macOS this would hand the update to the system at once, and every end of the program would install it.
  updater.autoInstallOnAppQuit = platform === 'win32';
  updater.allowDowngrade = false;
  updater.allowPrerelease = false;
  updater.disableWebInstaller = true;
  updater.logger = null;
  updater.on('error', (error) => log.write('warn', 'update.failed', { reason: firstLine(error) }));
  updater.on('update-downloaded', ({ version }) => {
    state = { state: 'ready', version };
    quietMinutes = 0;
    log.write('info', 'update.ready', { version });
    again(ASK_EVERY_MS, askForRest);
  });

  function again(delayMs: number, action: () => void): void {
    timer?.cancel();
    timer = timers.after(delayMs, action);
  }

  function look(): void {
    again(LOOK_EVERY_MS, look);
    // What goes wrong is also said by the event above.
    updater.checkForUpdates().catch(() => undefined);
  }

  function askForRest(): void {
    quietMinutes = mayRestart() ? quietMinutes + 1 : 0;
    if (quietMinutes >= QUIET_MINUTES && restartNow()) return;
    again(ASK_EVERY_MS, askForRest);
  }

  function restartNow(): boolean {
    if (state.state !== 'ready' || !mayRestart()) return false;
    log.write('info', 'update.restarting', { version: state.version });
    timer?.cancel();
    updater.quitAndInstall(true, true);
    return true;
  }

  again(FIRST_LOOK_MS, look);
  return {
    state: () => state,
    restartNow,
    quitting: () => {
      if (platform === 'win32') updater.autoInstallOnAppQuit = mayRestart();
    },
    close: () => timer?.cancel(),
  };
}

function off(why: UpdatesOff, log: Log): Updates {
  log.write('info', 'update.off', { why });
  return { state: () => ({ state: 'off', why }), restartNow: () => false, quitting: () => undefined, close: () => undefined };
}

function readUpdateFile(resourcesPath: string): string | null {
  try {
    return readFileSync(join(resourcesPath, 'app-update.yml'), 'utf8');
  } catch {
    return null;
  }
}

/** A failed look's answer can be a whole page. */
const firstLine = (error: Error): string => (error.message.split('\n')[0] ?? '').slice(0, 200);

/** Electron's updater, loaded when it is first needed. */
export async function loadElectronUpdater(): Promise<Updater> {
  const { default: electronUpdater } = await import('electron-updater');
  return electronUpdater.autoUpdater;
}
