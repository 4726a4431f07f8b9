/** `ipcMain`: handlers and listeners, called with events that carry the sender and its frame. */
import { EventEmitter } from 'node:events';
import type { IpcMain } from 'electron';

export interface SenderFrame {
  readonly url: string;
  readonly origin: string;
  readonly parent: SenderFrame | null;
  readonly top: SenderFrame | null;
  readonly processId: number;
  readonly routingId: number;
  readonly frameTreeNodeId: number;
  isDestroyed(): boolean;
}

export interface SenderEvent {
  readonly type: 'frame';
  readonly sender: unknown;
  readonly senderFrame: SenderFrame | null;
  readonly processId: number;
  readonly frameId: number;
}

type Handler = (event: SenderEvent, ...args: unknown[]) => unknown;
type Listener = (...args: never[]) => unknown;

/** Not among the `Pick`: `on` and its kin, whose overloads only a whole emitter of Electron's has. */
type Checked = Pick<IpcMain, 'handle' | 'handleOnce' | 'removeHandler'>;

export class DoubleIpcMain extends EventEmitter implements Checked {
  readonly #handlers = new Map<string, Handler>();

  handle(channel: string, listener: Listener): void {
    if (this.#handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    this.#handlers.set(channel, listener as Handler);
  }

  handleOnce(channel: string, listener: Listener): void {
    this.handle(channel, ((event: SenderEvent, ...args: unknown[]) => {
      this.#handlers.delete(channel);
      return (listener as Handler)(event, ...args);
    }) as Listener);
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel);
  }

  /** What `ipcRenderer.invoke` comes to. Rejects in Electron's words. */
  async invoked(channel: string, event: SenderEvent, args: readonly unknown[]): Promise<unknown> {
    const handler = this.#handlers.get(channel);
    if (handler === undefined) throw new Error(`Error invoking remote method '${channel}': Error: No handler registered for '${channel}'`);
    try {
      return await handler(event, ...args);
    } catch (error) {
      throw new Error(`Error invoking remote method '${channel}': ${String(error)}`);
    }
  }

  /** What `ipcRenderer.send` comes to. */
  sent(channel: string, event: SenderEvent, args: readonly unknown[]): void {
    this.emit(channel, event, ...args);
  }
}
