/** The settings' hands on the displays: the list, a number on each, and the choice, which is taken up at once. */
import type { BrowserWindow } from 'electron';
import type { ConnectedDisplay, SectionValues } from '../app/till/settings.ts';
import type { DisplayDesk } from '../server/web/settings-service.ts';
import { findRemembered, readScreenId, screenIdOf } from './displays.ts';
import type { Electron } from './electron.ts';
import type { MemoryFile } from './memory.ts';
import { closedPreferences, numberAddress } from './security.ts';
import type { DesktopWindows } from './windows.ts';

/** Long enough to walk round the counter and look. */
const SHOWN_MS = 5_000;
const SIZE_PX = 260;

export interface DisplayDeskParts {
  readonly electron: Pick<Electron, 'app' | 'BrowserWindow' | 'screen'>;
  readonly memory: Pick<MemoryFile, 'read'>;
  /** `null` until the windows are there. */
  readonly windows: () => DesktopWindows | null;
  /** Where the customer looks in the configuration that the program runs with. */
  readonly customer: SectionValues['display']['customer'];
}

export function openDisplayDesk({ electron, memory, windows, customer }: DisplayDeskParts): DisplayDesk {
  const { screen } = electron;
  let numbers: readonly BrowserWindow[] = [];
  let timer: NodeJS.Timeout | null = null;
  const hide = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    for (const window of numbers) if (!window.isDestroyed()) window.destroy();
    numbers = [];
  };
  const shows = (displayId: number): ConnectedDisplay['shows'] => {
    const opened = windows();
    if (opened === null) return null;
    if (screen.getDisplayMatching(opened.cashier.getBounds()).id === displayId) return 'cashier';
    return opened.customer.isVisible() && screen.getDisplayMatching(opened.customer.getBounds()).id === displayId ? 'customer' : null;
  };
  return {
    list() {
      const displays = screen.getAllDisplays();
      const remembered = memory.read().customerDisplay;
      const known = findRemembered(displays, remembered)?.id;
      return displays.map((display, index) => ({
        // A display that the system gave another number keeps the name that it was chosen by.
        screenId: screenIdOf(display.id === known && remembered !== null ? remembered : display),
        number: index + 1,
        label: display.label,
        widthPx: Math.round(display.bounds.width * display.scaleFactor),
        heightPx: Math.round(display.bounds.height * display.scaleFactor),
        shows: shows(display.id),
      }));
    },
    async showNumbers() {
      hide();
      numbers = screen.getAllDisplays().map(({ workArea }, index) => {
        const window = new electron.BrowserWindow({
          // The lower left corner: a QR stands in the middle, and the cashier's payment on the right.
          x: workArea.x,
          y: workArea.y + workArea.height - SIZE_PX,
          width: SIZE_PX,
          height: SIZE_PX,
          show: false,
          frame: false,
          focusable: false,
          resizable: false,
          skipTaskbar: true,
          alwaysOnTop: true,
          webPreferences: closedPreferences(electron.app.isPackaged),
        });
        // Above a window that fills the screen.
        window.setAlwaysOnTop(true, 'screen-saver');
        window.loadURL(numberAddress(index + 1)).then(
          () => {
            if (!window.isDestroyed()) window.showInactive();
          },
          () => {
            if (!window.isDestroyed()) window.destroy();
          },
        );
        return window;
      });
      timer = setTimeout(hide, SHOWN_MS);
      return numbers.length;
    },
    take(value) {
      // A tablet needs the web shell, which opens with the program.
      if (value.customer !== customer) return false;
      const opened = windows();
      if (opened === null) return false;
      opened.remember(readScreenId(value.screenId));
      return true;
    },
    close: hide,
  };
}
