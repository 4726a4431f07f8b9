/** One window's page: a real Chromium page, its preload in a world of its own, and messages in both directions. */
import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { WebContents, WebPreferences } from 'electron';
import type { Page } from 'playwright-core';
import { fromPageUrl, type Target, toPageUrl } from './chromium.ts';
import type { SenderEvent, SenderFrame } from './ipc-main.ts';
import { preventable, type World } from './world.ts';
import { cloning, mainWorldScript, preloadWorldScript } from './worlds.ts';

type Checked = Pick<
  WebContents,
  | 'id'
  | 'getURL'
  | 'loadURL'
  | 'reload'
  | 'send'
  | 'isDestroyed'
  | 'isCrashed'
  | 'isLoading'
  | 'forcefullyCrashRenderer'
  | 'setWindowOpenHandler'
  | 'openDevTools'
  | 'closeDevTools'
  | 'isDevToolsOpened'
  | 'executeJavaScript'
  | 'getType'
  | 'focus'
  | 'setZoomFactor'
  | 'getZoomFactor'
  | 'setIgnoreMenuShortcuts'
  | 'setBackgroundThrottling'
  | 'getOSProcessId'
>;

type OpenHandler = Parameters<WebContents['setWindowOpenHandler']>[0];

const { encode, decode } = cloning();

export interface DoubleKey {
  readonly key: string;
  readonly code: string;
  readonly control?: boolean;
  readonly alt?: boolean;
  readonly shift?: boolean;
  readonly meta?: boolean;
}

interface PreloadMessage {
  readonly kind: 'invoke' | 'send' | 'loaded' | 'preload-error';
  readonly id: number;
  readonly channel: string;
  readonly args: unknown;
  readonly url: string;
  readonly message: string;
}

let contentsMade = 0;

export class DoubleWebContents extends EventEmitter implements Checked {
  readonly id: number;
  readonly session: unknown;
  readonly #world: World;
  readonly #preferences: WebPreferences;
  readonly #size: () => { readonly width: number; readonly height: number };
  #target: Target | null = null;
  #work: Promise<unknown>;
  #preloadContext: string | null = null;
  #url = '';
  #wanted: string | null = null;
  #loading = false;
  #crashed = false;
  #destroyed = false;
  #devTools = false;
  #zoom = 1;
  #open: OpenHandler = () => ({ action: 'allow' });

  constructor(world: World, preferences: WebPreferences, size: () => { readonly width: number; readonly height: number }) {
    super();
    contentsMade += 1;
    this.id = contentsMade;
    this.#world = world;
    this.#preferences = preferences;
    this.#size = size;
    this.session = world.session;
    this.#work = this.#openTarget();
    this.#work.catch(() => undefined);
  }

  /** Resolves when everything that was asked of the page so far has happened. */
  async settled(): Promise<void> {
    await this.#work.catch(() => undefined);
  }

  /** The page as Chromium has it; `null` before there is one and after it went. */
  get page(): Page | null {
    return this.#target?.page ?? null;
  }

  get mainFrame(): SenderFrame {
    return this.frameAt(this.#url);
  }

  getURL(): string {
    return this.#url;
  }

  getType(): 'window' {
    return 'window';
  }

  getTitle(): string {
    return '';
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  isCrashed(): boolean {
    return this.#crashed;
  }

  isLoading(): boolean {
    return this.#loading;
  }

  getOSProcessId(): number {
    return 100_000 + this.id;
  }

  /** Resolves when the page has loaded, rejects in Electron's words when it could not. */
  loadURL(url: string): Promise<void> {
    return this.#queue(() => this.#load(url));
  }

  reload(): void {
    this.#queue(() => this.#load(this.#url)).catch(() => undefined);
  }

  reloadIgnoringCache(): void {
    this.reload();
  }

  send(channel: string, ...args: unknown[]): void {
    if (this.#destroyed) throw new TypeError('Object has been destroyed');
    void this.#receive({ kind: 'message', channel, args: encode(args) });
  }

  executeJavaScript(code: string): Promise<unknown> {
    return this.#queue(async () => this.#target?.page.evaluate(code));
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#open = handler;
  }

  openDevTools(): void {
    if (this.#preferences.devTools === false) return;
    this.#devTools = true;
    this.emit('devtools-opened');
  }

  closeDevTools(): void {
    if (!this.#devTools) return;
    this.#devTools = false;
    this.emit('devtools-closed');
  }

  isDevToolsOpened(): boolean {
    return this.#devTools;
  }

  focus(): void {}

  stop(): void {}

  setZoomFactor(factor: number): void {
    this.#zoom = factor;
  }

  getZoomFactor(): number {
    return this.#zoom;
  }

  async setVisualZoomLevelLimits(_minimum: number, _maximum: number): Promise<void> {}

  setIgnoreMenuShortcuts(_ignore: boolean): void {}

  setBackgroundThrottling(_allowed: boolean): void {}

  /** Really crashes the page's process. */
  forcefullyCrashRenderer(): void {
    void this.#target?.session.send('Page.crash').catch(() => undefined);
  }

  /** The window was resized. */
  resizePage(): void {
    void this.#queue(async () => {
      await this.#target?.page.setViewportSize(this.#size());
    }).catch(() => undefined);
  }

  /** Nobody is asked any more. */
  async destroy(): Promise<void> {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.emit('destroyed');
    await this.#work.catch(() => undefined);
    const target = this.#target;
    this.#target = null;
    await target?.page.close().catch(() => undefined);
  }

  frameAt(url: string, inside = false): SenderFrame {
    const top: SenderFrame = {
      url,
      origin: URL.parse(url)?.host === undefined ? 'null' : `${URL.parse(url)?.protocol}//${URL.parse(url)?.host}`,
      parent: null,
      top: null,
      processId: this.id,
      routingId: 1,
      frameTreeNodeId: this.id,
      isDestroyed: () => this.#destroyed,
    };
    return inside ? { ...top, parent: top, top } : { ...top, top };
  }

  /** An event that says it comes from this page. */
  eventFrom(frame: SenderFrame | null): SenderEvent {
    return { type: 'frame', sender: this, senderFrame: frame, processId: this.id, frameId: 1 };
  }

  /** The page wants to go elsewhere by itself. Gives whether the program lets it. */
  asksToNavigate(url: string, isMainFrame: boolean): boolean {
    const event = preventable({ url, isMainFrame, isSameDocument: false, frame: this.mainFrame });
    if (isMainFrame) this.emit('will-navigate', event, url, false, true, 1, 1);
    this.emit('will-frame-navigate', event);
    return !event.defaultPrevented;
  }

  /** Whether the address is one that the program itself asked for just now. */
  takesWanted(url: string): boolean {
    return this.#wanted === url;
  }

  /** A key as the platform hands it over: the program may take it before the page does. */
  async pressKey(key: DoubleKey): Promise<void> {
    const { control = false, alt = false, shift = false, meta = false } = key;
    for (const type of ['keyDown', 'keyUp'] as const) {
      const event = preventable({});
      this.emit('before-input-event', event, {
        type,
        key: key.key,
        code: key.code,
        control,
        alt,
        shift,
        meta,
        isAutoRepeat: false,
        isComposing: false,
        location: 0,
        modifiers: [],
      });
      if (event.defaultPrevented) continue;
      const { keyboard } = this.#target?.page ?? {};
      await (type === 'keyDown' ? keyboard?.down(key.key) : keyboard?.up(key.key));
    }
  }

  /** Runs after everything before it, whatever became of that. */
  #queue<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#work.catch(() => undefined).then(work);
    this.#work = next;
    next.catch(() => undefined);
    return next;
  }

  async #openTarget(): Promise<void> {
    const target = await this.#world.chromium.open();
    const { page, session } = target;
    const { schemes } = this.#world.protocol;
    const meeting = `meet-${randomUUID()}`;
    const host = `host_${randomUUID().replaceAll('-', '')}`;
    const worldName = 'preload';
    const path = this.#preferences.preload;
    const preload = path === undefined ? null : readFileSync(path, 'utf8');
    session.on('Runtime.executionContextCreated', ({ context }) => {
      const { frameId } = context.auxData as { frameId?: string };
      if (context.name === worldName && frameId === topFrame) this.#preloadContext = context.uniqueId;
    });
    session.on('Runtime.executionContextDestroyed', ({ executionContextUniqueId }) => {
      // By its unique id: the page's next process counts its worlds from the start again.
      if (executionContextUniqueId === this.#preloadContext) this.#preloadContext = null;
    });
    session.on('Runtime.bindingCalled', ({ name, payload }) => {
      if (name === host && this.#target === target) this.#heard(JSON.parse(payload) as PreloadMessage);
    });
    session.on('Page.windowOpen', ({ url, windowName }) => this.#asksToOpen(fromPageUrl(url, schemes), windowName));
    const topFrame = (await session.send('Page.getFrameTree')).frameTree.frame.id;
    await session.send('Runtime.addBinding', { name: host, executionContextName: worldName });
    await session.send('Page.addScriptToEvaluateOnNewDocument', { source: mainWorldScript(meeting) });
    const process = {
      type: 'renderer',
      sandboxed: true,
      contextIsolated: true,
      platform: globalThis.process.platform,
      arch: globalThis.process.arch,
      argv: ['electron', ...(this.#preferences.additionalArguments ?? [])],
      env: {},
      versions: { electron: '45.4.1', node: globalThis.process.versions.node },
    };
    const source = preloadWorldScript({ meeting, host, preload, process });
    await session.send('Page.addScriptToEvaluateOnNewDocument', { source, worldName });
    page.on('domcontentloaded', () => this.emit('dom-ready', {}));
    page.on('framenavigated', (frame) => {
      if (frame !== page.mainFrame() || frame.url().startsWith('about:blank#window-')) return;
      this.#url = fromPageUrl(frame.url(), schemes);
      this.emit('did-navigate', {}, this.#url, 200, 'OK');
    });
    page.on('load', () => {
      if (page.url().startsWith('about:blank#window-')) return;
      this.#loading = false;
      this.emit('did-finish-load', {});
      this.emit('did-stop-loading', {});
    });
    page.on('console', (message) => {
      const level = message.type() === 'error' ? 'error' : message.type() === 'warning' ? 'warning' : 'info';
      const { url, lineNumber } = message.location();
      this.emit('console-message', {
        level,
        message: message.text(),
        lineNumber,
        sourceId: fromPageUrl(url, schemes),
        frame: this.mainFrame,
      });
    });
    page.on('crash', () => {
      if (this.#target !== target || this.#destroyed) return;
      this.#crashed = true;
      this.#preloadContext = null;
      this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 139 });
      this.#world.appEvents.emit('render-process-gone', {}, this, { reason: 'crashed', exitCode: 139 });
    });
    await page.setViewportSize(this.#size());
    this.#target = target;
  }

  async #load(url: string): Promise<void> {
    if (this.#destroyed) throw new Error('Object has been destroyed');
    if (this.#crashed || this.#target === null) {
      // Chromium puts the page back in the same place; the driver calls a crashed page dead for ever, so it is another one here.
      const old = this.#target;
      this.#target = null;
      void old?.page.close().catch(() => undefined);
      await this.#openTarget();
      this.#crashed = false;
    }
    const { page } = this.#target ?? {};
    if (page === undefined) return;
    this.#loading = true;
    this.#wanted = url;
    this.emit('did-start-loading', {});
    const { schemes } = this.#world.protocol;
    try {
      await page.goto(toPageUrl(url, schemes), { waitUntil: 'load' });
    } catch (error) {
      this.#loading = false;
      const words = error instanceof Error ? error.message : String(error);
      const [, name = 'ERR_FAILED'] = /net::(ERR_[A-Z_]+)/.exec(words) ?? [];
      const code = name === 'ERR_ABORTED' ? -3 : -2;
      this.emit('did-fail-load', {}, code, name, url, true, 1, 1);
      throw Object.assign(new Error(`${name} (${code}) loading '${url}'`), { code: name, errno: code, url });
    } finally {
      this.#wanted = null;
    }
  }

  #heard(message: PreloadMessage): void {
    if (this.#destroyed) return;
    const url = fromPageUrl(message.url, this.#world.protocol.schemes);
    const event = this.eventFrom(this.frameAt(url));
    switch (message.kind) {
      case 'loaded':
        return;
      case 'preload-error':
        this.emit('preload-error', {}, this.#preferences.preload ?? '', new Error(message.message));
        return;
      case 'send':
        this.#world.ipcMain.sent(message.channel, event, decode(message.args) as unknown[]);
        return;
      case 'invoke':
        this.#world.ipcMain.invoked(message.channel, event, decode(message.args) as unknown[]).then(
          (value) => this.#answer(message.id, value),
          (error: unknown) =>
            this.#receive({ kind: 'answer', id: message.id, ok: false, value: error instanceof Error ? error.message : String(error) }),
        );
    }
  }

  /** The page opens a window. The double has none to give: what the program wants to know, it is told; the new page goes. */
  #asksToOpen(url: string, frameName: string): void {
    const referrer = { url: this.#url, policy: 'default' as const };
    const { action } = this.#open({ url, frameName, features: '', disposition: 'new-window', referrer });
    if (action === 'allow') this.#world.appEvents.emit('double-window-allowed', url);
  }

  #answer(id: number, value: unknown): Promise<void> {
    try {
      return this.#receive({ kind: 'answer', id, ok: true, value: encode(value) });
    } catch (error) {
      return this.#receive({ kind: 'answer', id, ok: false, value: String(error) });
    }
  }

  /** Into the preload's world. A page that has gone meanwhile hears nothing, as in Electron. */
  async #receive(message: object): Promise<void> {
    const uniqueContextId = this.#preloadContext;
    const session = this.#target?.session;
    if (uniqueContextId === null || session === undefined || this.#crashed) return;
    const expression = `tillitDoubleReceive(${JSON.stringify(message)})`;
    await session.send('Runtime.evaluate', { expression, uniqueContextId, silent: true }).catch(() => undefined);
  }
}
