/** What the parts of one double share. */
import type { EventEmitter } from 'node:events';
import type { Chromium } from './chromium.ts';
import type { DoubleIpcMain } from './ipc-main.ts';
import type { DoubleProtocol } from './protocol.ts';
import type { DoubleScreen } from './screen.ts';
import type { DoubleSession } from './session.ts';

export interface DoubleOptions {
  /** What `app.getPath('userData')` gives until it is set. */
  readonly userData: string;
  /** What `app.getAppPath()` gives. */
  readonly appPath: string;
  readonly name: string;
  readonly version: string;
  readonly isPackaged: boolean;
  readonly locale: string;
  /** How many displays are plugged in at the start. */
  readonly displays: number;
  /** `none`: the platform has no key store, as a Linux without a keyring. */
  readonly keyStore: 'real' | 'none' | 'basic_text' | 'refuses';
  /** Ends the process; tests in the same process give another. */
  readonly exit: (code: number) => void;
}

/** Electron's own kind of event: it knows whether somebody prevented what it announces. */
export function preventable<T extends object>(more: T): T & { readonly defaultPrevented: boolean; preventDefault(): void } {
  let prevented = false;
  return Object.assign(
    Object.defineProperty({} as { readonly defaultPrevented: boolean }, 'defaultPrevented', { get: () => prevented, enumerable: true }),
    {
      preventDefault() {
        prevented = true;
      },
    },
    more,
  );
}

export interface World {
  readonly options: DoubleOptions;
  /** Only once the program is ready. */
  readonly chromium: Chromium;
  readonly ipcMain: DoubleIpcMain;
  readonly protocol: DoubleProtocol;
  readonly session: DoubleSession;
  readonly screen: DoubleScreen;
  /** `app`'s events, for parts that announce there. */
  readonly appEvents: EventEmitter;
  /** The window that has the focus. */
  readonly focused: { current: number | null };
  isReady(): boolean;
  /** A window was destroyed, and so many are left. */
  windowGone(left: number): void;
}
