/**
 * The contract over IPC. Nothing that a window says is believed: main looks at who sent it (the window's role, the frame,
 * its address) and parses what was sent. Views go out as whole states; changes of one moment go out as one.
 */
import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron';
import type { BridgeRefusal } from '../app/till/desktop-bridge.ts';
import type { Log } from '../app/till/ports.ts';
import { handleCommand, handleQuery } from '../server/web/messages.ts';
import type { ShownTill } from '../server/web/till.ts';
import { type Call, CHANNELS, type Hello, type WindowRole } from './channels.ts';
import { refuseSender } from './security.ts';

export interface IpcParts {
  readonly ipcMain: Pick<IpcMain, 'handle' | 'removeHandler'>;
  readonly till: ShownTill;
  readonly log: Log;
  readonly roleOf: (contents: WebContents) => WindowRole | null;
  /** The settings' own contract; parses what it is given. `null` where the program has no settings. */
  readonly settings: ((request: unknown) => Promise<unknown>) | null;
}

/** As often as the web shell's. A beat is the view itself, so that no window stays with an old one. */
const BEAT_MS = 2_000;

/** Starts answering and pushing. The returned function ends both. */
export function startIpc(parts: IpcParts): () => void {
  const { till, log } = parts;
  /** Windows that have said hello, and so want views. */
  const greeted = new Set<WebContents>();

  const guarded = (call: Call, answer: (request: unknown, event: IpcMainInvokeEvent, role: WindowRole) => Promise<unknown>) => {
    parts.ipcMain.handle(CHANNELS[call], async (event, request: unknown) => {
      const role = parts.roleOf(event.sender);
      const frame = event.senderFrame;
      const refusal = refuseSender({ role, url: frame?.url ?? null, isTop: frame !== null && frame.parent === null }, call);
      if (refusal !== null || role === null) {
        log.write('warn', 'desktop.message-refused', { call, from: refusal ?? 'nobody' });
        return FORBIDDEN;
      }
      return answer(request, event, role);
    });
  };

  guarded('hello', async (_request, event, role) => {
    if (!greeted.has(event.sender)) {
      greeted.add(event.sender);
      event.sender.once('destroyed', () => greeted.delete(event.sender));
    }
    return helloFor(till, role);
  });
  guarded('command', async (request) => (await handleCommand(till, log, request, 0)).answer);
  guarded('query', async (request) => (await handleQuery(till, log, request)).answer);
  guarded('settings', async (request) => (parts.settings === null ? NO_SETTINGS : parts.settings(request)));

  let scheduled: NodeJS.Immediate | null = null;
  const push = () => {
    scheduled = null;
    for (const contents of greeted) {
      const role = parts.roleOf(contents);
      if (role === null || contents.isDestroyed() || contents.isCrashed()) continue;
      try {
        contents.send(CHANNELS.view, role === 'cashier' ? till.cashierView() : till.customerView());
      } catch (error) {
        log.write('error', 'desktop.view-failed', { role, error: error instanceof Error ? error.message : 'not an error' });
      }
    }
  };
  // A window that hears nothing for five seconds shows nothing any more: this process may hang, and the view be over.
  const beat = setInterval(push, BEAT_MS);
  const stopListening = till.onChange(() => {
    scheduled ??= setImmediate(push);
  });

  return () => {
    stopListening();
    clearInterval(beat);
    if (scheduled !== null) clearImmediate(scheduled);
    greeted.clear();
    for (const call of ['hello', 'command', 'query', 'settings'] as const) parts.ipcMain.removeHandler(CHANNELS[call]);
  };
}

function helloFor(till: ShownTill, role: WindowRole): Hello {
  return role === 'cashier' ? { ok: true, role, view: till.cashierView() } : { ok: true, role, view: till.customerView() };
}

/** Says nothing of why: the log does. */
const FORBIDDEN: BridgeRefusal = { ok: false, code: 'forbidden', message: 'This window may not say that.' };
const NO_SETTINGS: BridgeRefusal = { ok: false, code: 'not-found', message: 'There are no settings here.' };
