/** The one way out of the program: it asks in the middle of a payment, then closes the till before the process ends. */
import type { BrowserWindow } from 'electron';
import type { DesktopTexts } from '../app/text/desktop.ts';
import type { CashierView } from '../app/till/contract.ts';
import type { Log } from '../app/till/ports.ts';
import type { Electron } from './electron.ts';
import { isMidPayment } from './life.ts';

export interface QuitParts {
  readonly electron: Pick<Electron, 'app' | 'dialog'>;
  readonly log: Log;
  readonly view: () => CashierView;
  readonly texts: () => DesktopTexts;
  /** The window that the question belongs to. */
  readonly window: () => BrowserWindow;
  /** Whether the register is locked: then only a manager's `now` ends it. */
  readonly isLocked: () => boolean;
  /** Closes windows, till and journal. */
  readonly close: () => Promise<void>;
}

export interface Quitting {
  /** Somebody wants to quit: asked, if there is something to ask. */
  ask(): Promise<void>;
  /** No question: the system is shutting down, or the question has been answered. */
  now(): Promise<void>;
  /** Closes everything and leaves the process to whoever ends it: an update that is being installed. */
  leave(): Promise<void>;
}

/** Takes over `before-quit`, and a system that stops programs by signal. */
export function watchQuitting(parts: QuitParts): Quitting {
  const { app, dialog } = parts.electron;
  let ending: Promise<void> | null = null;
  let asking = false;
  let left = false;

  const now = (): Promise<void> => {
    ending ??= parts.close().then(
      () => app.exit(0),
      (error: unknown) => {
        parts.log.write('error', 'desktop.close-failed', {
          error: error instanceof Error ? `${error.name}: ${error.message}` : 'not an error',
        });
        app.exit(1);
      },
    );
    return ending;
  };
  const ask = async (): Promise<void> => {
    if (asking || ending !== null || parts.isLocked()) return;
    if (isMidPayment(parts.view())) {
      asking = true;
      const words = parts.texts();
      try {
        const { response } = await dialog.showMessageBox(parts.window(), {
          type: 'warning',
          message: words.quitTitle,
          detail: words.quitDetail,
          buttons: [words.stay, words.quitAnyway],
          defaultId: 0,
          cancelId: 0,
          noLink: true,
        });
        if (response !== 1) return;
      } finally {
        asking = false;
      }
    }
    await now();
  };
  const leave = async (): Promise<void> => {
    ending ??= parts.close();
    await ending;
    left = true;
  };
  app.on('before-quit', (event) => {
    if (left) return;
    event.preventDefault();
    void ask();
  });
  // Closing the last window is not the end on its own: quitting is.
  app.on('window-all-closed', () => undefined);
  return { ask, now, leave };
}
