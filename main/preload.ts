/**
 * Runs before a page, in the sandbox and in a world of its own: puts `window.tillit` there and nothing else. Neither
 * `ipcRenderer` nor an event of it ever reaches the page. What it offers is a convenience; main checks every message.
 */
import { contextBridge, ipcRenderer } from 'electron';
import type { Command, Query } from '../app/till/contract.ts';
import { CHANNELS, ROLE_ARGUMENT } from './channels.ts';

function onView(listener: (view: unknown) => void): () => void {
  const receive = (_event: unknown, view: unknown) => listener(view);
  let listening = true;
  ipcRenderer.on(CHANNELS.view, receive);
  void ipcRenderer.invoke(CHANNELS.hello).then(
    (hello: { readonly ok: boolean; readonly view?: unknown }) => {
      if (listening && hello.ok) listener(hello.view);
    },
    // Main has gone; there is nobody to show anything of.
    () => undefined,
  );
  return () => {
    listening = false;
    ipcRenderer.removeListener(CHANNELS.view, receive);
  };
}

const role = process.argv.find((argument) => argument.startsWith(ROLE_ARGUMENT))?.slice(ROLE_ARGUMENT.length);
if (role === 'cashier') {
  contextBridge.exposeInMainWorld('tillit', {
    role,
    onView,
    send: (command: Command) => ipcRenderer.invoke(CHANNELS.command, command),
    ask: (query: Query) => ipcRenderer.invoke(CHANNELS.query, query),
    settings: (request: unknown) => ipcRenderer.invoke(CHANNELS.settings, request),
  });
} else if (role === 'customer') {
  contextBridge.exposeInMainWorld('tillit', { role, onView });
}
