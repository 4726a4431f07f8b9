/** The settings in a window of their own. */
import type { BrowserWindow, WebContents } from 'electron';
import type { DesktopTexts } from '../app/text/desktop.ts';
import type { WindowRole } from './channels.ts';
import type { Electron } from './electron.ts';
import { pageAddress, SETTINGS_PAGE, webPreferencesFor } from './security.ts';
import { PRELOAD } from './windows.ts';

/** Opens the settings, or brings them to the front. The window speaks as the cashier's, and is closed like any other. */
export function settingsOpener(parts: {
  readonly electron: Pick<Electron, 'app' | 'BrowserWindow'>;
  readonly roles: Map<WebContents, WindowRole>;
  readonly texts: () => DesktopTexts;
  /** The settings are done with; back to selling. */
  readonly onRegister: () => void;
}): () => void {
  let current: BrowserWindow | null = null;
  return () => {
    if (current !== null && !current.isDestroyed()) {
      current.show();
      return;
    }
    const window = new parts.electron.BrowserWindow({
      width: 1100,
      height: 760,
      title: parts.texts().settings,
      autoHideMenuBar: true,
      webPreferences: webPreferencesFor('cashier', PRELOAD, parts.electron.app.isPackaged),
    });
    current = window;
    parts.roles.set(window.webContents, 'cashier');
    window.on('page-title-updated', (event) => event.preventDefault());
    // The one link out of the settings leads to the register, which is open already.
    window.webContents.setWindowOpenHandler(({ url }) => {
      if (url === pageAddress('cashier'))
        setImmediate(() => {
          window.destroy();
          parts.onRegister();
        });
      return { action: 'deny' };
    });
    window.loadURL(SETTINGS_PAGE).catch(() => window.destroy());
  };
}
