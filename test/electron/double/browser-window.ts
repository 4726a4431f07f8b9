/** `BrowserWindow`: bounds, states and their events; the page inside is `DoubleWebContents`. */
import { EventEmitter } from 'node:events';
import type { BrowserWindow, BrowserWindowConstructorOptions, Rectangle } from 'electron';
import { NotInDoubleError } from './refuse-unknown.ts';
import { DoubleWebContents } from './web-contents.ts';
import { preventable, type World } from './world.ts';

type Checked = Pick<
  BrowserWindow,
  | 'id'
  | 'loadURL'
  | 'show'
  | 'showInactive'
  | 'hide'
  | 'isVisible'
  | 'close'
  | 'destroy'
  | 'isDestroyed'
  | 'focus'
  | 'blur'
  | 'isFocused'
  | 'getBounds'
  | 'setBounds'
  | 'getPosition'
  | 'setPosition'
  | 'getSize'
  | 'setSize'
  | 'getNormalBounds'
  | 'getContentBounds'
  | 'setFullScreen'
  | 'isFullScreen'
  | 'setKiosk'
  | 'isKiosk'
  | 'maximize'
  | 'unmaximize'
  | 'isMaximized'
  | 'minimize'
  | 'restore'
  | 'isMinimized'
  | 'setAlwaysOnTop'
  | 'isAlwaysOnTop'
  | 'setClosable'
  | 'isClosable'
  | 'setMovable'
  | 'isMovable'
  | 'setResizable'
  | 'isResizable'
  | 'setFullScreenable'
  | 'setMinimizable'
  | 'setTitle'
  | 'getTitle'
  | 'removeMenu'
  | 'setMenuBarVisibility'
  | 'setAutoHideMenuBar'
  | 'setBackgroundColor'
  | 'setContentProtection'
  | 'setSkipTaskbar'
  | 'setMinimumSize'
  | 'moveTop'
  | 'center'
>;

/** What weaker windows ask for, the double does not have; nor should anyone. */
function refuseWeak(options: BrowserWindowConstructorOptions): void {
  const { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag } = options.webPreferences ?? {};
  if (sandbox === false || contextIsolation === false || nodeIntegration === true || webSecurity === false || webviewTag === true) {
    throw new NotInDoubleError('The double has sandboxed, isolated windows without Node and without webviews, and no others.');
  }
}

/** The class for one double: it lists its own windows, and no other double's. */
export function browserWindowClass(world: () => World) {
  const windows: DoubleBrowserWindow[] = [];
  let made = 0;

  class DoubleBrowserWindow extends EventEmitter implements Checked {
    readonly id: number;
    readonly webContents: DoubleWebContents;
    readonly #title: { text: string };
    readonly #flags = { visible: false, fullScreen: false, kiosk: false, maximized: false, minimized: false, onTop: false };
    readonly #may = { close: true, move: true, resize: true };
    #bounds: Rectangle;
    #destroyed = false;

    constructor(options: BrowserWindowConstructorOptions = {}) {
      super();
      if (!world().isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
      refuseWeak(options);
      made += 1;
      this.id = made;
      const { width = 800, height = 600 } = options;
      const area = world().screen.getPrimaryDisplay().workArea;
      this.#bounds = {
        x: options.x ?? area.x + Math.round((area.width - width) / 2),
        y: options.y ?? area.y + Math.round((area.height - height) / 2),
        width,
        height,
      };
      this.#title = { text: options.title ?? world().options.name };
      this.#flags.fullScreen = options.fullscreen === true;
      this.#flags.kiosk = options.kiosk === true;
      this.#flags.onTop = options.alwaysOnTop === true;
      Object.assign(this.#may, { close: options.closable !== false, move: options.movable !== false, resize: options.resizable !== false });
      this.webContents = new DoubleWebContents(world(), options.webPreferences ?? {}, () => {
        const { width: wide, height: high } = this.getBounds();
        return { width: wide, height: high };
      });
      windows.push(this);
      let first = true;
      this.webContents.on('did-finish-load', () => {
        if (first) this.emit('ready-to-show');
        first = false;
      });
      if (options.show !== false) this.show();
      world().appEvents.emit('browser-window-created', {}, this);
      world().appEvents.emit('web-contents-created', {}, this.webContents);
    }

    static getAllWindows(): DoubleBrowserWindow[] {
      return [...windows];
    }

    static fromId(id: number): DoubleBrowserWindow | null {
      return windows.find((window) => window.id === id) ?? null;
    }

    static fromWebContents(contents: unknown): DoubleBrowserWindow | null {
      return windows.find((window) => window.webContents === contents) ?? null;
    }

    static getFocusedWindow(): DoubleBrowserWindow | null {
      return windows.find((window) => window.isFocused()) ?? null;
    }

    loadURL(url: string): Promise<void> {
      return this.webContents.loadURL(url);
    }

    reload(): void {
      this.webContents.reload();
    }

    show(): void {
      this.#flags.visible = true;
      this.#flags.minimized = false;
      this.emit('show');
      this.focus();
    }

    showInactive(): void {
      this.#flags.visible = true;
      this.emit('show');
    }

    hide(): void {
      this.#flags.visible = false;
      this.emit('hide');
    }

    isVisible(): boolean {
      return this.#flags.visible && !this.#flags.minimized && !this.#destroyed;
    }

    focus(): void {
      const before = world().focused.current;
      if (before === this.id || this.#destroyed) return;
      world().focused.current = this.id;
      windows.find(({ id }) => id === before)?.emit('blur');
      this.emit('focus');
      world().appEvents.emit('browser-window-focus', {}, this);
    }

    blur(): void {
      if (world().focused.current !== this.id) return;
      world().focused.current = null;
      this.emit('blur');
    }

    isFocused(): boolean {
      return world().focused.current === this.id;
    }

    /** Asks first: `close` may be prevented. */
    close(): void {
      if (this.#destroyed) return;
      const event = preventable({});
      this.emit('close', event);
      if (!event.defaultPrevented) this.destroy();
    }

    destroy(): void {
      if (this.#destroyed) return;
      this.#destroyed = true;
      windows.splice(windows.indexOf(this), 1);
      if (world().focused.current === this.id) world().focused.current = null;
      void this.webContents.destroy();
      this.emit('closed');
      world().windowGone(windows.length);
    }

    isDestroyed(): boolean {
      return this.#destroyed;
    }

    /** Where it is now: a full-screen window fills its display, a maximized one its work area. */
    getBounds(): Rectangle {
      const { fullScreen, kiosk, maximized } = this.#flags;
      const display = world().screen.getDisplayMatching(this.#bounds);
      if (fullScreen || kiosk) return display.bounds;
      return maximized ? display.workArea : { ...this.#bounds };
    }

    getContentBounds(): Rectangle {
      return this.getBounds();
    }

    getNormalBounds(): Rectangle {
      return { ...this.#bounds };
    }

    setBounds(bounds: Partial<Rectangle>): void {
      const before = this.#bounds;
      this.#bounds = { ...before, ...bounds };
      if (before.x !== this.#bounds.x || before.y !== this.#bounds.y) this.emit('move');
      if (before.width !== this.#bounds.width || before.height !== this.#bounds.height) this.emit('resize');
      this.resizePage();
    }

    getPosition(): number[] {
      const { x, y } = this.getBounds();
      return [x, y];
    }

    setPosition(x: number, y: number): void {
      this.setBounds({ x, y });
    }

    getSize(): number[] {
      const { width, height } = this.getBounds();
      return [width, height];
    }

    setSize(width: number, height: number): void {
      this.setBounds({ width, height });
    }

    setFullScreen(flag: boolean): void {
      if (this.#flags.fullScreen === flag) return;
      this.#flags.fullScreen = flag;
      this.emit(flag ? 'enter-full-screen' : 'leave-full-screen');
      this.resizePage();
    }

    isFullScreen(): boolean {
      return this.#flags.fullScreen || this.#flags.kiosk;
    }

    setKiosk(flag: boolean): void {
      this.#flags.kiosk = flag;
      this.resizePage();
    }

    isKiosk(): boolean {
      return this.#flags.kiosk;
    }

    maximize(): void {
      this.#flags.maximized = true;
      this.#flags.visible = true;
      this.emit('maximize');
      this.resizePage();
    }

    unmaximize(): void {
      this.#flags.maximized = false;
      this.emit('unmaximize');
      this.resizePage();
    }

    isMaximized(): boolean {
      return this.#flags.maximized;
    }

    minimize(): void {
      this.#flags.minimized = true;
      this.emit('minimize');
    }

    restore(): void {
      this.#flags.minimized = false;
      this.emit('restore');
    }

    isMinimized(): boolean {
      return this.#flags.minimized;
    }

    setAlwaysOnTop(flag: boolean): void {
      this.#flags.onTop = flag;
    }

    isAlwaysOnTop(): boolean {
      return this.#flags.onTop;
    }

    setClosable(closable: boolean): void {
      this.#may.close = closable;
    }

    isClosable(): boolean {
      return this.#may.close;
    }

    setMovable(movable: boolean): void {
      this.#may.move = movable;
    }

    isMovable(): boolean {
      return this.#may.move;
    }

    setResizable(resizable: boolean): void {
      this.#may.resize = resizable;
    }

    isResizable(): boolean {
      return this.#may.resize;
    }

    setTitle(title: string): void {
      this.#title.text = title;
    }

    getTitle(): string {
      return this.#title.text;
    }

    center(): void {
      const { workArea } = world().screen.getDisplayMatching(this.#bounds);
      const { width, height } = this.#bounds;
      this.setBounds({
        x: workArea.x + Math.round((workArea.width - width) / 2),
        y: workArea.y + Math.round((workArea.height - height) / 2),
      });
    }

    setFullScreenable(_fullScreenable: boolean): void {}
    setMinimizable(_minimizable: boolean): void {}
    removeMenu(): void {}
    setMenu(_menu: unknown): void {}
    setMenuBarVisibility(_visible: boolean): void {}
    setAutoHideMenuBar(_hide: boolean): void {}
    setBackgroundColor(_color: string): void {}
    setContentProtection(_enable: boolean): void {}
    setSkipTaskbar(_skip: boolean): void {}
    setMinimumSize(_width: number, _height: number): void {}
    setVisibleOnAllWorkspaces(_visible: boolean): void {}
    setIcon(_icon: unknown): void {}
    moveTop(): void {}

    /** The page takes the window's size. */
    resizePage(): void {
      if (!this.#destroyed) this.webContents.resizePage();
    }

    /** Displays changed: a window that lies on none of them is put on the first, as platforms do. */
    displaysChanged(): void {
      const { x, y, width, height } = this.#bounds;
      const lies = world()
        .screen.getAllDisplays()
        .some(({ bounds: b }) => x < b.x + b.width && x + width > b.x && y < b.y + b.height && y + height > b.y);
      if (!lies) {
        const { workArea } = world().screen.getPrimaryDisplay();
        this.#bounds = { ...this.#bounds, x: workArea.x, y: workArea.y };
        this.emit('move');
      }
      this.resizePage();
    }
  }
  return DoubleBrowserWindow;
}

export type DoubleBrowserWindowClass = ReturnType<typeof browserWindowClass>;
export type DoubleBrowserWindow = InstanceType<DoubleBrowserWindowClass>;
