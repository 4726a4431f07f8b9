/**
 * An `electron` module without Electron: `electron` is what the program imports, the rest is for tests. Types are checked
 * against electron.d.ts, so that a drift from it does not compile. `test/electron/README.md` lists what this does not prove.
 */
import { join } from 'node:path';
import type { Page, Route } from 'playwright-core';
import { DoubleApp } from './app.ts';
import { browserWindowClass, type DoubleBrowserWindow } from './browser-window.ts';
import { Chromium, fromPageUrl } from './chromium.ts';
import { DoubleDialog, DoubleGlobalShortcut, DoubleMenu, DoubleNativeTheme, DoubleShell } from './desk.ts';
import { DoubleIpcMain } from './ipc-main.ts';
import { DoublePowerMonitor, DoublePowerSaveBlocker } from './power.ts';
import { DoubleProtocol } from './protocol.ts';
import { refuseUnknown } from './refuse-unknown.ts';
import { DoubleSafeStorage } from './safe-storage.ts';
import { DoubleScreen } from './screen.ts';
import { DoubleSession } from './session.ts';
import type { DoubleOptions, World } from './world.ts';

export type { DoubleOptions } from './world.ts';

export class Double {
  readonly ipcMain = new DoubleIpcMain();
  readonly screen: DoubleScreen;
  readonly session = new DoubleSession();
  readonly safeStorage: DoubleSafeStorage;
  readonly powerMonitor = new DoublePowerMonitor();
  readonly powerSaveBlocker = new DoublePowerSaveBlocker();
  readonly dialog = new DoubleDialog();
  readonly shell = new DoubleShell();
  readonly globalShortcut = new DoubleGlobalShortcut();
  readonly protocol: DoubleProtocol;
  readonly app: DoubleApp;
  readonly BrowserWindow: ReturnType<typeof browserWindowClass>;
  /** What `import … from 'electron'` gives in the program. */
  readonly electron: { readonly [name: string]: unknown };
  #chromium: Chromium | null = null;

  constructor(options: DoubleOptions) {
    this.screen = new DoubleScreen(options.displays);
    this.safeStorage = new DoubleSafeStorage(join(options.userData, 'double-keyring'), options.keyStore);
    this.protocol = new DoubleProtocol(() => this.app.isReady());
    const focused = { current: null as number | null };
    const chromium = () => this.#required();
    const world: World = {
      options,
      get chromium() {
        return chromium();
      },
      ipcMain: this.ipcMain,
      protocol: this.protocol,
      session: this.session,
      screen: this.screen,
      get appEvents() {
        return app;
      },
      focused,
      isReady: () => app.isReady(),
      windowGone: (left) => app.windowGone(left),
    };
    this.BrowserWindow = browserWindowClass(() => world);
    const app = new DoubleApp(options, { all: () => this.BrowserWindow.getAllWindows() }, async () => this.#chromium?.close());
    this.app = app;
    this.screen.onChange = () => {
      for (const window of this.windows) window.displaysChanged();
    };
    this.electron = {
      app: refuseUnknown('app', app),
      BrowserWindow: this.BrowserWindow,
      ipcMain: refuseUnknown('ipcMain', this.ipcMain),
      protocol: refuseUnknown('protocol', this.protocol),
      session: refuseUnknown('session', { defaultSession: refuseUnknown('session', this.session), fromPartition: () => this.session }),
      screen: refuseUnknown('screen', this.screen),
      powerSaveBlocker: refuseUnknown('powerSaveBlocker', this.powerSaveBlocker),
      powerMonitor: refuseUnknown('powerMonitor', this.powerMonitor),
      safeStorage: refuseUnknown('safeStorage', this.safeStorage),
      dialog: refuseUnknown('dialog', this.dialog),
      shell: refuseUnknown('shell', this.shell),
      Menu: DoubleMenu,
      nativeTheme: refuseUnknown('nativeTheme', new DoubleNativeTheme()),
      globalShortcut: refuseUnknown('globalShortcut', this.globalShortcut),
      crashReporter: refuseUnknown('crashReporter', { start: () => {}, addExtraParameter: () => {}, getUploadToServer: () => false }),
    } satisfies { [name in keyof typeof Electron.CrossProcessExports]?: unknown };
  }

  get windows(): readonly DoubleBrowserWindow[] {
    return this.BrowserWindow.getAllWindows();
  }

  /** Clicks an item of the application menu, by its labels from the bar downwards. */
  clickMenu(path: readonly string[]): void {
    let items = DoubleMenu.current?.items ?? [];
    for (const [depth, label] of path.entries()) {
      const item = items.find((one) => one.label === label);
      if (item === undefined) throw new Error(`The menu has no "${label}" among: ${items.map((one) => one.label ?? one.role).join(', ')}.`);
      if (depth === path.length - 1) (item.click as (() => void) | undefined)?.();
      items = Array.isArray(item.submenu) ? item.submenu : [];
    }
  }

  /** Where a second client finds the same pages. */
  get devtools(): string {
    return this.#required().devtools;
  }

  /** Chromium's own folder, for those who end the process too roughly for it to clear up. */
  get profile(): string {
    return this.#required().profile;
  }

  /** Starts Chromium. `app.becomeReady` then tells the program that Electron is ready. */
  async startChromium(locale: string): Promise<void> {
    const chromium = await Chromium.start(locale);
    this.#chromium = chromium;
    chromium.onRequest = (route) => this.#route(route);
    // A page that no window asked for. Whatever opened it has been told (`Page.windowOpen`), and it goes.
    chromium.onStranger = (page) => void page.close().catch(() => undefined);
  }

  #required(): Chromium {
    if (this.#chromium === null) throw new Error('Electron is not ready.');
    return this.#chromium;
  }

  #windowOf(page: Page | null): DoubleBrowserWindow | null {
    return page === null ? null : (this.windows.find((window) => window.webContents.page === page) ?? null);
  }

  /** Every request of every page: may it go, who answers it, with which headers. */
  async #route(route: Route): Promise<void> {
    const request = route.request();
    const url = fromPageUrl(request.url(), this.protocol.schemes);
    let frame: ReturnType<typeof request.frame> | null = null;
    try {
      frame = request.frame();
    } catch {
      // A page that is only just being opened has none yet.
    }
    const window = this.#windowOf(frame?.page() ?? null);
    if (window === null) return route.abort('aborted');
    const isMain = frame?.parentFrame() === null;
    const contents = window.webContents;
    if (request.isNavigationRequest() && !(isMain && contents.takesWanted(url)) && !contents.asksToNavigate(url, isMain)) {
      return route.abort('aborted');
    }
    const details = { url, method: request.method(), resourceType: isMain && request.isNavigationRequest() ? 'mainFrame' : 'other' };
    const said = await this.session.before(details);
    if (said.cancel === true) return route.abort('blockedbyclient');
    let response: Response | null;
    try {
      response = await this.protocol.answer({
        pageUrl: request.url(),
        method: request.method(),
        headers: await request.allHeaders(),
        body: request.postDataBuffer(),
      });
    } catch {
      return route.abort('failed');
    }
    if (response === null) return /^https:\/\/[^/]*\.invalid(\/|$)/.test(request.url()) ? route.abort('failed') : route.continue();
    const headers = await this.session.headers(details, Object.fromEntries(response.headers));
    return route.fulfill({ status: response.status, headers, body: Buffer.from(await response.arrayBuffer()) });
  }
}
