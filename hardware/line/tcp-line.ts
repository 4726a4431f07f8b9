/** A line over the network: raw bytes on a TCP port, 9100 on almost every receipt printer and print server. */
import { connect, type Socket } from 'node:net';
import { type Line, type LineEnd, LineEvents, LineLostError, LineOpenError, type LineTrouble } from './line.ts';

export interface TcpAddress {
  readonly host: string;
  /** Default 9100. */
  readonly port?: number;
  /** Longest wait for the connection. Default 3 000 ms. */
  readonly connectTimeoutMs?: number;
}

const PRINTER_PORT = 9100;
const CONNECT_TIMEOUT_MS = 3_000;
/** A connection on which nothing is said is asked for so often whether the other end is still there. */
const KEEP_ALIVE_MS = 10_000;
const CLOSE_PATIENCE_MS = 2_000;

const TROUBLES: Readonly<Record<string, LineTrouble>> = {
  ECONNREFUSED: 'refused',
  ENOTFOUND: 'no-such-host',
  EAI_AGAIN: 'no-such-host',
  ETIMEDOUT: 'no-answer',
  EHOSTUNREACH: 'no-answer',
  ENETUNREACH: 'no-answer',
};

/** A place on the network where lines can be opened. */
export function tcpEnd(address: TcpAddress): LineEnd {
  const { host, port = PRINTER_PORT, connectTimeoutMs = CONNECT_TIMEOUT_MS } = address;
  const name = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  return {
    name,
    open: () =>
      new Promise((resolve, reject) => {
        const socket = connect({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS });
        const fail = (trouble: LineTrouble, cause?: unknown): void => {
          clearTimeout(timer);
          socket.destroy();
          reject(new LineOpenError(trouble, sentence(trouble, name), { cause }));
        };
        const timer = setTimeout(() => fail('no-answer'), connectTimeoutMs);
        const failed = (error: NodeJS.ErrnoException): void => fail(TROUBLES[error.code ?? ''] ?? 'other', error);
        socket.once('error', failed);
        socket.once('connect', () => {
          clearTimeout(timer);
          socket.off('error', failed);
          resolve(new TcpLine(name, socket));
        });
      }),
  };
}

function sentence(trouble: LineTrouble, name: string): string {
  switch (trouble) {
    case 'refused':
      return `${name} refuses the connection: another register may be using it, or it takes no raw bytes on this port.`;
    case 'no-such-host':
      return `There is no device called ${name} on this network. Check the address.`;
    default:
      return `${name} does not answer. Is it on, and on the same network as this register?`;
  }
}

class TcpLine implements Line {
  readonly bytesPerSecond = null;
  readonly name: string;
  readonly #socket: Socket;
  readonly #events = new LineEvents();
  readonly #lost = new Set<(error: LineLostError) => void>();
  #otherSideEnded = false;

  constructor(name: string, socket: Socket) {
    this.name = name;
    this.#socket = socket;
    let why = `${name} ended the connection.`;
    socket.on('data', (bytes: Buffer) => this.#events.came(bytes));
    socket.on('end', () => {
      this.#otherSideEnded = true;
    });
    socket.on('error', (error) => {
      why = `The connection to ${name} broke: ${error.message}.`;
    });
    socket.on('close', (broken) => {
      if (broken) this.#otherSideEnded = false;
      this.#events.ended(why);
      for (const lose of [...this.#lost]) lose(new LineLostError(why));
      this.#lost.clear();
    });
  }

  write(bytes: Uint8Array): Promise<void> {
    const why = this.#events.why;
    if (why !== null) return Promise.reject(new LineLostError(why));
    return new Promise((resolve, reject) => {
      this.#lost.add(reject);
      this.#socket.write(bytes, (error) => {
        // The close that follows an error knows more about it.
        if (error) return;
        this.#lost.delete(reject);
        resolve();
      });
    });
  }

  onBytes(listener: (bytes: Uint8Array) => void): () => void {
    return this.#events.onBytes(listener);
  }

  closed(): string | null {
    return this.#events.why;
  }

  onClosed(listener: (why: string) => void): () => void {
    return this.#events.onClosed(listener);
  }

  /** The other side's own end comes after it took the last byte: printers and print servers end a connection when they are told of its end. */
  close(patienceMs = CLOSE_PATIENCE_MS): Promise<boolean> {
    if (this.#events.why !== null) return Promise.resolve(false);
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#otherSideEnded = false;
        this.#socket.destroy();
      }, patienceMs);
      this.onClosed(() => {
        clearTimeout(timer);
        resolve(this.#otherSideEnded);
      });
      this.#socket.end();
    });
  }
}
