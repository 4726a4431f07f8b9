/** A test's hands on a double in another process: displays, lid, dialogs, keyring, crashes. Loopback only, and behind a secret path. */
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AskedDialog, DialogAnswer } from './desk.ts';
import type { Double } from './double.ts';
import { type DisplayFacts, displayNumber } from './screen.ts';
import type { Permission } from './session.ts';
import type { DoubleKey } from './web-contents.ts';
import type { DoubleOptions } from './world.ts';

export type ControlRequest =
  | { readonly do: 'state' }
  | { readonly do: 'plug'; readonly display?: Partial<DisplayFacts>; readonly number: number }
  | { readonly do: 'unplug'; readonly id: number }
  | { readonly do: 'resize'; readonly id: number; readonly width: number; readonly height: number; readonly scaleFactor?: number }
  | { readonly do: 'power'; readonly event: 'suspend' | 'resume' | 'lock-screen' | 'unlock-screen' | 'shutdown' | 'on-battery' | 'on-ac' }
  | { readonly do: 'answer-dialog'; readonly answer: DialogAnswer }
  | { readonly do: 'key-store'; readonly keyStore: DoubleOptions['keyStore'] }
  | { readonly do: 'crash'; readonly window: number }
  | { readonly do: 'hang'; readonly window: number }
  | { readonly do: 'close-window'; readonly window: number }
  | { readonly do: 'key'; readonly window: number; readonly key: DoubleKey }
  | { readonly do: 'shortcut'; readonly accelerator: string }
  | { readonly do: 'menu'; readonly path: readonly string[] }
  | { readonly do: 'quit' }
  | { readonly do: 'activate' }
  /** A message as a page that has taken over its own process could send it: any channel, any words, from any frame. */
  | {
      readonly do: 'forge';
      readonly window: number;
      readonly channel: string;
      readonly args: readonly unknown[];
      readonly kind?: 'invoke' | 'send';
      /** The frame that it says it comes from; the window's own when left out, none when `null`. */
      readonly url?: string | null;
      readonly inside?: boolean;
    }
  | { readonly do: 'permission'; readonly window: number; readonly permission: string };

export interface WindowState {
  readonly id: number;
  readonly url: string;
  /** The same page as a browser has it. */
  readonly pageUrl: string;
  readonly title: string;
  readonly bounds: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly fullScreen: boolean;
  readonly kiosk: boolean;
  readonly visible: boolean;
  readonly focused: boolean;
  readonly crashed: boolean;
}

export interface DoubleState {
  readonly windows: readonly WindowState[];
  readonly displays: readonly { readonly id: number; readonly label: string; readonly bounds: WindowState['bounds'] }[];
  readonly held: readonly string[];
  readonly dialogs: readonly AskedDialog[];
  readonly opened: readonly string[];
  readonly relaunches: number;
}

function windowOf(double: Double, id: number) {
  const found = double.windows.find((window) => window.id === id);
  if (found === undefined) throw new Error(`There is no window ${id}.`);
  return found;
}

export function stateOf(double: Double): DoubleState {
  return {
    windows: double.windows.map((window) => ({
      id: window.id,
      url: window.webContents.getURL(),
      pageUrl: window.webContents.page?.url() ?? '',
      title: window.getTitle(),
      bounds: window.getBounds(),
      fullScreen: window.isFullScreen(),
      kiosk: window.isKiosk(),
      visible: window.isVisible(),
      focused: window.isFocused(),
      crashed: window.webContents.isCrashed(),
    })),
    displays: double.screen.getAllDisplays().map(({ id, label, bounds }) => ({ id, label, bounds })),
    held: double.powerSaveBlocker.held,
    dialogs: double.dialog.asked,
    opened: double.shell.opened,
    relaunches: double.app.relaunches,
  };
}

/** Does one thing to a double; gives what is to be known about it. */
export async function control(double: Double, request: ControlRequest): Promise<unknown> {
  switch (request.do) {
    case 'state':
      return stateOf(double);
    case 'plug':
      return double.screen.plug({ ...displayNumber(request.number), ...request.display });
    case 'unplug':
      return double.screen.unplug(request.id);
    case 'resize':
      return double.screen.resize(request.id, { width: request.width, height: request.height }, request.scaleFactor);
    case 'power':
      double.powerMonitor.emit(request.event, {});
      return null;
    case 'answer-dialog':
      return double.dialog.answer(request.answer);
    case 'key-store':
      double.safeStorage.keyStore = request.keyStore;
      return null;
    case 'crash':
      return windowOf(double, request.window).webContents.forcefullyCrashRenderer();
    case 'hang':
      windowOf(double, request.window).emit('unresponsive');
      return null;
    case 'close-window':
      return windowOf(double, request.window).close();
    case 'key':
      return windowOf(double, request.window).webContents.pressKey(request.key);
    case 'shortcut':
      return double.globalShortcut.press(request.accelerator);
    case 'menu':
      return double.clickMenu(request.path);
    case 'quit':
      return double.app.quit();
    case 'activate':
      double.app.emit('activate', {}, double.windows.length > 0);
      return null;
    case 'forge': {
      const { webContents } = windowOf(double, request.window);
      const url = request.url === undefined ? webContents.getURL() : request.url;
      const event = webContents.eventFrom(url === null ? null : webContents.frameAt(url, request.inside));
      if (request.kind !== 'send') return double.ipcMain.invoked(request.channel, event, request.args);
      double.ipcMain.sent(request.channel, event, request.args);
      return null;
    }
    case 'permission': {
      const { webContents } = windowOf(double, request.window);
      return double.session.asksPermission(webContents, request.permission as Permission, webContents.getURL());
    }
  }
}

/** Answers `ControlRequest`s over HTTP. Gives the address to post them to. */
export async function serveControl(double: Double): Promise<string> {
  const secret = randomBytes(16).toString('hex');
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const say = (status: number, body: object) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      if (request.method !== 'POST' || request.url !== `/${secret}`) {
        say(404, {});
        return;
      }
      Promise.resolve()
        .then(() => control(double, JSON.parse(Buffer.concat(chunks).toString('utf8')) as ControlRequest))
        .then(
          (value) => say(200, { value: value ?? null }),
          (error: unknown) => say(500, { error: error instanceof Error ? error.message : String(error) }),
        );
    });
  });
  server.unref();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/${secret}`;
}
