/** The two windows: made once, shown where `displays.ts` says, brought back when their page dies. */
import { join } from 'node:path';
import type { BrowserWindow, WebContents } from 'electron';
import type { DesktopTexts } from '../app/text/desktop.ts';
import type { Log } from '../app/till/ports.ts';
import type { WindowRole } from './channels.ts';
import {
  type CustomerPlace,
  type DisplayFacts,
  findRemembered,
  isReachable,
  placeCashier,
  placeCustomer,
  type RememberedDisplay,
} from './displays.ts';
import type { Electron } from './electron.ts';
import { comesBack, revivalDelayMs } from './life.ts';
import type { MemoryFile } from './memory.ts';
import { pageAddress, webPreferencesFor } from './security.ts';

export interface DesktopWindows {
  readonly cashier: BrowserWindow;
  readonly customer: BrowserWindow;
  /** Puts the customer's window where it belongs now. */
  place(): void;
  /** The owner's choice of the customer's display, from now on; `null` lets the program choose. It may be away. */
  remember(display: RememberedDisplay | null): void;
  /** Lets both windows go for good. */
  close(): void;
}

export interface WindowParts {
  readonly electron: Pick<Electron, 'app' | 'BrowserWindow' | 'screen'>;
  readonly roles: Map<WebContents, WindowRole>;
  readonly memory: MemoryFile;
  readonly log: Log;
  readonly texts: () => DesktopTexts;
  readonly kiosk: boolean;
  /** `false`: the customer looks at a tablet, and the customer's window stays away. */
  readonly showsCustomer: boolean;
  /** Somebody wants to close the cashier's window: the program's end is theirs to decide, not the window's. */
  readonly onCloseAsked: () => void;
  /** Displays came, went or changed. */
  readonly onPlaced: () => void;
}

/** Beside `main.js` in the built program. */
export const PRELOAD = join(import.meta.dirname, 'preload.cjs');
const PAPER = '#FAF9F6';

export function openWindows(parts: WindowParts): DesktopWindows {
  const { electron, roles, memory, log } = parts;
  const { app, screen } = electron;
  let closing = false;
  const ends: (() => void)[] = [];

  const make = (role: WindowRole, area: { x: number; y: number; width: number; height: number }): BrowserWindow => {
    const window = new electron.BrowserWindow({
      ...area,
      show: false,
      backgroundColor: PAPER,
      autoHideMenuBar: true,
      title: role === 'cashier' ? parts.texts().cashierTitle : parts.texts().customerTitle,
      webPreferences: webPreferencesFor(role, PRELOAD, app.isPackaged),
    });
    const { webContents: contents } = window;
    roles.set(contents, role);
    // The title is main's: it holds the hint.
    window.on('page-title-updated', (event) => event.preventDefault());
    window.on('close', (event) => {
      if (closing) return;
      event.preventDefault();
      if (role === 'cashier') parts.onCloseAsked();
    });
    ends.push(keepAlive(window, role, log, () => closing));
    return window;
  };

  const all = (): DisplayFacts[] => screen.getAllDisplays();
  const start = placeCashier(all(), screen.getPrimaryDisplay(), memory.read().customerDisplay);
  const cashier = make('cashier', start.workArea);
  const customer = make('customer', { x: start.workArea.x, y: start.workArea.y, width: 420, height: 560 });
  if (parts.kiosk) cashier.setKiosk(true);
  else cashier.maximize();

  const place = (): void => {
    if (closing) return;
    const displays = all();
    if (!isReachable(cashier.getBounds(), displays)) cashier.setBounds(screen.getPrimaryDisplay().workArea);
    if (!parts.showsCustomer) {
      parts.onPlaced();
      return;
    }
    const where = placeCustomer(displays, screen.getDisplayMatching(cashier.getBounds()).id, memory.read().customerDisplay);
    put(customer, where, parts.texts(), displays);
    if (where.kind === 'full-screen' && memory.read().customerDisplay === null) {
      memory.change({ customerDisplay: { id: where.display.id, label: where.display.label } });
    }
    log.write('info', 'desktop.customer-placed', { place: where.kind, displays: displays.length });
    parts.onPlaced();
  };
  // A display that is plugged in tells of itself several times over.
  let scheduled: NodeJS.Immediate | null = null;
  const placeSoon = () => {
    scheduled ??= setImmediate(() => {
      scheduled = null;
      place();
    });
  };
  screen.on('display-added', placeSoon);
  screen.on('display-removed', placeSoon);
  screen.on('display-metrics-changed', placeSoon);
  ends.push(() => {
    screen.removeListener('display-added', placeSoon);
    screen.removeListener('display-removed', placeSoon);
    screen.removeListener('display-metrics-changed', placeSoon);
    if (scheduled !== null) clearImmediate(scheduled);
  });

  place();
  cashier.once('ready-to-show', () => cashier.show());
  customer.once('ready-to-show', () => {
    // Shown without the focus, which is the cashier's: a scanner types where the focus is.
    if (parts.showsCustomer) customer.showInactive();
  });
  load(cashier, 'cashier', log);
  load(customer, 'customer', log);

  return {
    cashier,
    customer,
    place,
    remember(display) {
      memory.change({ customerDisplay: display });
      const chosen = findRemembered(all(), display);
      // The cashier makes room: the displays change places.
      if (chosen !== null && screen.getDisplayMatching(cashier.getBounds()).id === chosen.id) {
        const other = all().find((one) => one.id !== chosen.id);
        if (other !== undefined) move(cashier, other, parts.kiosk);
      }
      place();
    },
    close() {
      closing = true;
      for (const end of ends) end();
      for (const window of [customer, cashier]) if (!window.isDestroyed()) window.destroy();
    },
  };
}

function load(window: BrowserWindow, role: WindowRole, log: Log): void {
  window.loadURL(pageAddress(role)).catch((error: unknown) => {
    log.write('error', 'desktop.page-not-loaded', { role, error: error instanceof Error ? error.message : 'not an error' });
  });
}

/** Full screen where there is a display for it, else a window that can be moved. Does nothing that is so already. */
function put(window: BrowserWindow, where: CustomerPlace, texts: DesktopTexts, displays: readonly DisplayFacts[]): void {
  switch (where.kind) {
    case 'full-screen': {
      const { bounds } = where.display;
      const now = window.getBounds();
      const there = now.x === bounds.x && now.y === bounds.y && now.width === bounds.width && now.height === bounds.height;
      window.setTitle(texts.customerTitle);
      if (window.isFullScreen() && there) return;
      // A window goes full screen on the display where it is, so it is taken there first.
      if (window.isFullScreen()) window.setFullScreen(false);
      window.setBounds(bounds);
      window.setFullScreen(true);
      return;
    }
    case 'window':
      window.setTitle(texts.customerHint);
      if (window.isFullScreen()) {
        window.setFullScreen(false);
        window.setBounds(where.area);
      } else if (!window.isVisible() || !isReachable(window.getBounds(), displays)) window.setBounds(where.area);
      return;
  }
}

function move(window: BrowserWindow, display: DisplayFacts, kiosk: boolean): void {
  if (kiosk) window.setKiosk(false);
  window.setBounds(display.workArea);
  if (kiosk) window.setKiosk(true);
  else window.maximize();
}

/** A page that died or hangs is loaded again; its hello gets the view of where the till is. */
function keepAlive(window: BrowserWindow, role: WindowRole, log: Log, isClosing: () => boolean): () => void {
  const { webContents: contents } = window;
  const deathsMs: number[] = [];
  let waiting: NodeJS.Timeout | null = null;
  const revive = (why: string) => {
    if (isClosing() || waiting !== null) return;
    const nowMs = performance.now();
    deathsMs.push(nowMs);
    deathsMs.splice(0, deathsMs.length - 20);
    const delayMs = revivalDelayMs(deathsMs, nowMs);
    log.write('error', 'desktop.page-died', { role, why, delayMs });
    waiting = setTimeout(() => {
      waiting = null;
      if (!isClosing() && !window.isDestroyed()) load(window, role, log);
    }, delayMs);
  };
  contents.on('render-process-gone', (_event, details) => {
    if (comesBack(details.reason)) revive(details.reason);
  });
  // A hung page is ended; that brings it back like any other death.
  window.on('unresponsive', () => contents.forcefullyCrashRenderer());
  contents.on('did-fail-load', (_event, code, _sentence, _url, isMainFrame) => {
    // -3 is a load that a newer one took over from.
    if (isMainFrame && code !== -3) revive(`load failed: ${code}`);
  });
  return () => {
    if (waiting !== null) clearTimeout(waiting);
  };
}
