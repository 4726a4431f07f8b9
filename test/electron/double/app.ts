/** `app`: the program's life, its paths and its name. */
import { EventEmitter } from 'node:events';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from 'electron';
import { SingleInstance } from './single-instance.ts';
import { type DoubleOptions, preventable } from './world.ts';

type Checked = Pick<
  App,
  | 'isPackaged'
  | 'name'
  | 'whenReady'
  | 'isReady'
  | 'quit'
  | 'exit'
  | 'relaunch'
  | 'focus'
  | 'getPath'
  | 'setPath'
  | 'getAppPath'
  | 'getName'
  | 'setName'
  | 'getVersion'
  | 'getLocale'
  | 'getSystemLocale'
  | 'getPreferredSystemLanguages'
  | 'requestSingleInstanceLock'
  | 'hasSingleInstanceLock'
  | 'releaseSingleInstanceLock'
  | 'enableSandbox'
  | 'disableHardwareAcceleration'
  | 'setAppUserModelId'
  | 'setAppLogsPath'
  | 'setAboutPanelOptions'
>;
type PathName = Parameters<App['getPath']>[0];

export interface Windows {
  all(): readonly { close(): void; destroy(): void; isDestroyed(): boolean }[];
}

export class DoubleApp extends EventEmitter implements Checked {
  readonly isPackaged: boolean;
  readonly dock = undefined;
  name: string;
  applicationMenu: unknown = null;
  userAgentFallback = '';
  readonly #options: DoubleOptions;
  readonly #windows: Windows;
  readonly #paths = new Map<string, string>();
  readonly #switches = new Map<string, string>();
  readonly #single: SingleInstance;
  readonly #onEnd: () => Promise<void>;
  #ready = false;
  #quitting = false;
  #ended = false;
  /** What the program asked for with `relaunch`. */
  relaunches = 0;
  readonly commandLine = {
    appendSwitch: (name: string, value = '') => void this.#switches.set(name, value),
    appendArgument: (_value: string) => {},
    hasSwitch: (name: string) => this.#switches.has(name),
    getSwitchValue: (name: string) => this.#switches.get(name) ?? '',
    removeSwitch: (name: string) => void this.#switches.delete(name),
  } satisfies Electron.CommandLine;

  constructor(options: DoubleOptions, windows: Windows, onEnd: () => Promise<void>) {
    super();
    this.#options = options;
    this.#windows = windows;
    this.#onEnd = onEnd;
    this.isPackaged = options.isPackaged;
    this.name = options.name;
    this.#paths.set('userData', options.userData);
    this.#single = new SingleInstance(({ argv, workingDirectory, additionalData }) =>
      this.emit('second-instance', {}, argv, workingDirectory, additionalData),
    );
  }

  /** Electron is ready: everything may be used from here on. */
  becomeReady(): void {
    if (this.#ended) return;
    this.#ready = true;
    this.emit('will-finish-launching');
    this.emit('ready', {}, {});
  }

  get hasEnded(): boolean {
    return this.#ended;
  }

  isReady(): boolean {
    return this.#ready;
  }

  whenReady(): Promise<void> {
    return this.#ready ? Promise.resolve() : new Promise((resolve) => this.once('ready', () => resolve()));
  }

  /** Asks the windows first; any of them, or a listener, may prevent it. */
  quit(): void {
    if (this.#ended) return;
    const before = preventable({});
    this.emit('before-quit', before);
    if (before.defaultPrevented) return;
    this.#quitting = true;
    for (const window of this.#windows.all()) window.close();
    if (this.#windows.all().length > 0) this.#quitting = false;
    else this.#finish();
  }

  /** A window has gone. The last one ends the program, unless somebody listens for that. */
  windowGone(left: number): void {
    if (left > 0 || this.#quitting || this.#ended) return;
    if (this.listenerCount('window-all-closed') === 0) this.quit();
    else this.emit('window-all-closed');
  }

  exit(exitCode = 0): void {
    if (this.#ended) return;
    this.#ended = true;
    for (const window of this.#windows.all()) window.destroy();
    this.emit('quit', {}, exitCode);
    this.#single.release();
    this.#onEnd().then(
      () => this.#options.exit(exitCode),
      () => this.#options.exit(exitCode),
    );
  }

  /** Told on standard output: whoever looks on starts the program with these arguments. */
  relaunch({ args = process.argv.slice(1) }: Electron.RelaunchOptions = {}): void {
    this.relaunches += 1;
    process.stdout.write(`${JSON.stringify({ relaunch: args })}\n`);
  }

  focus(): void {}

  hide(): void {}

  getPath(name: PathName): string {
    const set = this.#paths.get(name);
    if (set !== undefined) return set;
    const userData = this.#paths.get('userData') ?? this.#options.userData;
    switch (name) {
      case 'home':
        return homedir();
      case 'temp':
        return tmpdir();
      case 'exe':
        return process.execPath;
      case 'logs':
        return join(userData, 'logs');
      case 'crashDumps':
        return join(userData, 'Crashpad');
      case 'appData':
        return join(userData, '..');
      case 'sessionData':
        return userData;
      case 'documents':
      case 'downloads':
      case 'desktop':
        return join(homedir(), name);
      default:
        throw new Error(`Failed to get '${name}' path`);
    }
  }

  setPath(name: string, path: string): void {
    this.#paths.set(name, path);
  }

  setAppLogsPath(path?: string): void {
    if (path !== undefined) this.#paths.set('logs', path);
  }

  getAppPath(): string {
    return this.#options.appPath;
  }

  getName(): string {
    return this.name;
  }

  setName(name: string): void {
    this.name = name;
  }

  getVersion(): string {
    return this.#options.version;
  }

  getLocale(): string {
    return this.#options.locale;
  }

  getSystemLocale(): string {
    return this.#options.locale;
  }

  getPreferredSystemLanguages(): string[] {
    return [this.#options.locale];
  }

  requestSingleInstanceLock(additionalData?: Record<string, unknown>): boolean {
    return this.#single.request(this.getPath('userData'), additionalData);
  }

  hasSingleInstanceLock(): boolean {
    return this.#single.held;
  }

  releaseSingleInstanceLock(): void {
    this.#single.release();
  }

  enableSandbox(): void {}

  disableHardwareAcceleration(): void {}

  setAppUserModelId(_id: string): void {}

  setAboutPanelOptions(_options: unknown): void {}

  #finish(): void {
    const last = preventable({});
    this.emit('will-quit', last);
    this.#quitting = false;
    if (!last.defaultPrevented) this.exit(0);
  }
}
