/** What a person sees around the windows: dialogs that a test answers, menus, the browser outside, light and dark. */
import { EventEmitter } from 'node:events';
import type { Dialog, Menu, MenuItemConstructorOptions, NativeTheme, Shell } from 'electron';

export interface AskedDialog {
  readonly kind: 'message' | 'open' | 'save' | 'error';
  readonly title: string;
  readonly message: string;
  readonly detail: string;
  readonly buttons: readonly string[];
}

/** An answer: the button's number or its text, or the files that were chosen. */
export interface DialogAnswer {
  readonly button?: number | string;
  readonly paths?: readonly string[];
}

type Checked = Pick<Dialog, 'showMessageBox' | 'showMessageBoxSync' | 'showErrorBox' | 'showOpenDialog' | 'showSaveDialog'>;

/** A dialog waits until it has been answered, in the order of asking. A synchronous one takes an answer that lies ready, or its default. */
export class DoubleDialog implements Checked {
  readonly asked: AskedDialog[] = [];
  readonly #ready: DialogAnswer[] = [];
  readonly #waiting: ((answer: DialogAnswer) => void)[] = [];

  answer(answer: DialogAnswer): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#ready.push(answer);
    else next(answer);
  }

  async showMessageBox(...args: readonly unknown[]): Promise<Electron.MessageBoxReturnValue> {
    const options = args.at(-1) as Electron.MessageBoxOptions;
    const answer = await this.#ask('message', options);
    return { response: this.#response(options, answer), checkboxChecked: options.checkboxChecked ?? false };
  }

  showMessageBoxSync(...args: readonly unknown[]): number {
    const options = args.at(-1) as Electron.MessageBoxSyncOptions;
    this.#note('message', options);
    return this.#response(options, this.#ready.shift() ?? {});
  }

  showErrorBox(title: string, content: string): void {
    this.#note('error', { title, message: content });
  }

  async showOpenDialog(...args: readonly unknown[]): Promise<Electron.OpenDialogReturnValue> {
    const { paths } = await this.#ask('open', args.at(-1) as Electron.OpenDialogOptions);
    return { canceled: paths === undefined, filePaths: [...(paths ?? [])] };
  }

  async showSaveDialog(...args: readonly unknown[]): Promise<Electron.SaveDialogReturnValue> {
    const { paths } = await this.#ask('save', args.at(-1) as Electron.SaveDialogOptions);
    return { canceled: paths === undefined, filePath: paths?.[0] ?? '' };
  }

  #note(kind: AskedDialog['kind'], options: Partial<Electron.MessageBoxOptions>): void {
    const { title = '', message = '', detail = '', buttons = [] } = options;
    this.asked.push({ kind, title, message, detail, buttons });
  }

  #ask(kind: AskedDialog['kind'], options: Partial<Electron.MessageBoxOptions>): Promise<DialogAnswer> {
    this.#note(kind, options);
    const ready = this.#ready.shift();
    return ready === undefined ? new Promise((resolve) => this.#waiting.push(resolve)) : Promise.resolve(ready);
  }

  #response(options: Electron.MessageBoxSyncOptions, { button }: DialogAnswer): number {
    if (typeof button === 'number') return button;
    const found = button === undefined ? -1 : (options.buttons ?? []).indexOf(button);
    return found >= 0 ? found : (options.cancelId ?? options.defaultId ?? 0);
  }
}

/** Only what was opened outside is kept; nothing is opened. */
export class DoubleShell implements Pick<Shell, 'openExternal' | 'openPath' | 'showItemInFolder' | 'beep'> {
  readonly opened: string[] = [];

  async openExternal(url: string): Promise<void> {
    this.opened.push(url);
  }

  async openPath(path: string): Promise<string> {
    this.opened.push(path);
    return '';
  }

  showItemInFolder(path: string): void {
    this.opened.push(path);
  }

  beep(): void {}
}

export class DoubleMenu {
  static current: DoubleMenu | null = null;
  readonly items: readonly MenuItemConstructorOptions[];

  constructor(items: readonly MenuItemConstructorOptions[] = []) {
    this.items = items;
  }

  static setApplicationMenu(menu: DoubleMenu | null): void {
    DoubleMenu.current = menu;
  }

  static getApplicationMenu(): DoubleMenu | null {
    return DoubleMenu.current;
  }

  static buildFromTemplate(template: readonly MenuItemConstructorOptions[]): DoubleMenu {
    return new DoubleMenu(template);
  }

  popup(): void {}
}
void (DoubleMenu satisfies {
  [name in keyof Pick<typeof Menu, 'setApplicationMenu' | 'buildFromTemplate' | 'getApplicationMenu'>]: unknown;
});

export class DoubleNativeTheme extends EventEmitter implements Pick<NativeTheme, 'shouldUseDarkColors' | 'themeSource'> {
  readonly shouldUseDarkColors = false;
  readonly shouldUseHighContrastColors = false;
  themeSource: NativeTheme['themeSource'] = 'system';
}

/** Accelerators that the program registered with the platform; a test presses them. */
export class DoubleGlobalShortcut implements Pick<Electron.GlobalShortcut, 'register' | 'unregister' | 'unregisterAll' | 'isRegistered'> {
  readonly #actions = new Map<string, () => void>();

  register(accelerator: string, callback: () => void): boolean {
    this.#actions.set(accelerator, callback);
    return true;
  }

  unregister(accelerator: string): void {
    this.#actions.delete(accelerator);
  }

  unregisterAll(): void {
    this.#actions.clear();
  }

  isRegistered(accelerator: string): boolean {
    return this.#actions.has(accelerator);
  }

  press(accelerator: string): void {
    const action = this.#actions.get(accelerator);
    if (action === undefined) throw new Error(`Nobody registered ${accelerator}.`);
    action();
  }
}
