/** Holds a locked register to `kiosk.ts`: listens to the keys of both windows, and opens for the manager. */
import type { BrowserWindow } from 'electron';
import type { DesktopTexts } from '../app/text/desktop.ts';
import type { Log } from '../app/till/ports.ts';
import type { Electron } from './electron.ts';
import { IDLE, kioskKey, lockedForMs, type Typing } from './kiosk.ts';
import { isCode } from './manager-code.ts';
import type { MemoryFile } from './memory.ts';

export interface LockParts {
  readonly electron: Pick<Electron, 'dialog'>;
  readonly cashier: BrowserWindow;
  readonly customer: BrowserWindow;
  readonly memory: MemoryFile;
  readonly texts: () => DesktopTexts;
  readonly log: Log;
  readonly nowMs: () => number;
  /** Open from now on. */
  readonly onUnlock: () => void;
  readonly onQuit: () => void;
}

/** Starts holding. `isLocked` tells until the manager has opened. */
export function holdLocked(parts: LockParts): { readonly isLocked: () => boolean } {
  let locked = true;
  let typing: Typing = IDLE;
  let wrongTries = 0;
  let closedUntilMs = 0;

  const check = (digits: string): void => {
    const code = parts.memory.read().managerCode;
    const nowMs = parts.nowMs();
    if (nowMs < closedUntilMs) return;
    if (code !== null && !isCode(digits, code)) {
      wrongTries += 1;
      closedUntilMs = nowMs + lockedForMs(wrongTries);
      parts.log.write('warn', 'desktop.wrong-manager-code', { tries: wrongTries });
      return;
    }
    wrongTries = 0;
    void offer(code === null);
  };
  const offer = async (noCode: boolean): Promise<void> => {
    const words = parts.texts();
    const { response } = await parts.electron.dialog.showMessageBox(parts.cashier, {
      type: 'question',
      message: words.managerTitle,
      detail: noCode ? words.managerNoCode : words.managerQuestion,
      buttons: [words.stay, words.unlock, words.quit],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    });
    if (response === 0) return;
    locked = false;
    parts.log.write('info', 'desktop.unlocked', {});
    parts.cashier.setKiosk(false);
    if (response === 2) parts.onQuit();
    else parts.onUnlock();
  };
  for (const window of [parts.cashier, parts.customer]) {
    window.webContents.on('before-input-event', (event, input) => {
      if (!locked) return;
      const before = typing;
      const step = kioskKey(typing, input, parts.nowMs());
      typing = step.act === 'check' ? IDLE : step.typing;
      if (step.act !== 'pass') event.preventDefault();
      if (step.act === 'check' && before.kind === 'typing') check(before.digits);
    });
  }
  return { isLocked: () => locked };
}
