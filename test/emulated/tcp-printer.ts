/** An emulated printer on the network. Like most print servers it serves one connection at a time. */
import { createServer, type Server, type Socket } from 'node:net';
import type { LineEnd } from '../../hardware/line/line.ts';
import { tcpEnd } from '../../hardware/line/tcp-line.ts';
import type { EmulatedPrinter, PrinterPlug } from './emulated-printer.ts';

export interface TcpPrinter {
  readonly end: LineEnd;
  readonly port: number;
  /** The cable is pulled, or put back: nobody answers at the address meanwhile. */
  unplug(): Promise<void>;
  plugIn(): Promise<void>;
  /** The connection that is served dies without a word, as when a cable is pulled; new ones are served. */
  lose(): void;
  /** Unplugs it for good. */
  close(): Promise<void>;
}

/** @param whenBusy what becomes of a second connection: it is refused, or waits until the first has ended. */
export async function tcpPrinter(printer: EmulatedPrinter, whenBusy: 'refuse' | 'queue' = 'queue'): Promise<TcpPrinter> {
  const sockets = new Set<Socket>();
  const waiting: Socket[] = [];
  let served: Socket | null = null;
  let lose: () => void = () => undefined;
  let server: Server | null = null;
  let port = 0;

  const serve = (socket: Socket): void => {
    served = socket;
    let ended = false;
    const plug: PrinterPlug = {
      end: () => void socket.end(),
      carried: () => void (ended && socket.end()),
      say: (bytes) => void (socket.writable && socket.write(bytes)),
      hold: (held) => void (held ? socket.pause() : socket.resume()),
      pull: () => {
        socket.resetAndDestroy();
        void unplug();
      },
    };
    printer.plugIn(plug);
    lose = () => {
      socket.removeAllListeners('data').pause();
      printer.unplug(plug);
      served = null;
    };
    socket.on('data', (bytes) => printer.receive(bytes));
    // It ends its side when everything is in the printer.
    socket.on('end', () => {
      ended = true;
      if (!printer.carrying) socket.end();
    });
    socket.on('close', () => {
      printer.unplug(plug);
      if (served === socket) served = null;
      const next = served === null ? waiting.shift() : undefined;
      if (next !== undefined) serve(next);
    });
    socket.resume();
  };

  async function plugIn(): Promise<void> {
    const listening = createServer({ pauseOnConnect: true, noDelay: true, allowHalfOpen: true }, (socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        if (waiting.includes(socket)) waiting.splice(waiting.indexOf(socket), 1);
      });
      if (served === null) serve(socket);
      else if (whenBusy === 'refuse') socket.resetAndDestroy();
      else waiting.push(socket);
    });
    await new Promise<void>((resolve) => listening.listen(port, '127.0.0.1', resolve));
    const address = listening.address();
    port = typeof address === 'object' && address !== null ? address.port : 0;
    server = listening;
  }

  function unplug(): Promise<void> {
    const closing = server;
    server = null;
    return new Promise((resolve) => {
      if (closing === null) return resolve();
      closing.close(() => resolve());
      for (const socket of sockets) socket.resetAndDestroy();
    });
  }

  async function close(): Promise<void> {
    printer.stop();
    await unplug();
  }

  await plugIn();
  return { end: tcpEnd({ host: '127.0.0.1', port, connectTimeoutMs: 1_000 }), port, unplug, plugIn, lose: () => lose(), close };
}
