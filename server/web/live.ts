/**
 * The WebSocket: both screens get their view pushed, and the cashier's may send commands and queries.
 * Views are states, not steps: changes within one tick are one message, and a slow screen skips to the latest.
 */
import { type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, WebSocket, WebSocketServer } from 'ws';
import type { Log } from '../../app/till/ports.ts';
import { type Refusal, refuseHost, refuseOrigin, refuseRole, SECURITY_HEADERS, socketToken } from './guard.ts';
import { handleCommand, handleQuery, LARGE_BYTES } from './messages.ts';
import type { ShownTill } from './till.ts';
import type { Role } from './tokens.ts';

export const BEAT_MS = 2_000;
/** A screen that has this much unread is not sent more until it has caught up. */
const BEHIND_BYTES = 512 * 1024;
/** Of each role for itself: a display, which nobody here trusts, cannot keep the cashier out. */
const MAX_SCREENS = 32;
/** Whoever asks and asks and never reads the answers is let go before they fill the memory. */
const UNREAD_ANSWERS_BYTES = 16 * 1024 * 1024;
/** A screen that answered no ping for this many beats is gone. */
const SILENT_BEATS = 5;

type ScreenRole = 'cashier' | 'customer';

interface Screen {
  readonly socket: WebSocket;
  readonly role: ScreenRole;
  /** The latest view has not been sent yet. */
  stale: boolean;
  silentBeats: number;
}

export interface LiveOptions {
  readonly server: Server;
  readonly till: ShownTill;
  readonly log: Log;
  readonly host: string;
  readonly roleOf: (token: string) => Role | null;
  readonly beatMs?: number;
}

/** Starts pushing to whoever connects at `/ws`. The returned function ends it and closes every screen. */
export function startLive(options: LiveOptions): () => void {
  const { till, log } = options;
  const screens = new Set<Screen>();
  const handleProtocols = (offered: Set<string>) => (offered.has('tillit') ? 'tillit' : false);
  const cashiers = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: LARGE_BYTES,
    perMessageDeflate: false,
    handleProtocols,
  });
  // A customer's display has nothing to say, so hardly anything of it is even read.
  const customers = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: 4_096,
    perMessageDeflate: false,
    handleProtocols,
  });

  const viewText = (role: ScreenRole) =>
    JSON.stringify({ type: 'view', view: role === 'cashier' ? till.cashierView() : till.customerView() });

  function push(): void {
    const texts = new Map<ScreenRole, string>();
    for (const screen of screens) {
      if (!screen.stale || screen.socket.readyState !== WebSocket.OPEN || screen.socket.bufferedAmount > BEHIND_BYTES) continue;
      const text = texts.get(screen.role) ?? viewText(screen.role);
      texts.set(screen.role, text);
      screen.stale = false;
      // When it has caught up and something newer came meanwhile, that is sent at once.
      screen.socket.send(text, () => screen.stale && schedule());
    }
  }

  let scheduled: NodeJS.Immediate | null = null;
  function schedule(): void {
    scheduled ??= setImmediate(() => {
      scheduled = null;
      try {
        push();
      } catch (error) {
        log.write('error', 'web.view-failed', { error: error instanceof Error ? error.message : 'not an error' });
      }
    });
  }

  const stopListening = till.onChange(() => {
    for (const screen of screens) screen.stale = true;
    schedule();
  });

  const beat = setInterval(() => {
    for (const screen of screens) {
      screen.silentBeats += 1;
      if (screen.silentBeats > SILENT_BEATS) {
        screen.socket.terminate();
        continue;
      }
      screen.socket.ping();
      if (screen.socket.bufferedAmount <= BEHIND_BYTES) screen.socket.send('{"type":"beat"}');
      if (screen.stale) schedule();
    }
  }, options.beatMs ?? BEAT_MS);

  async function receive(screen: Screen, data: RawData, isBinary: boolean): Promise<void> {
    if (screen.role === 'customer') {
      screen.socket.close(1008, 'The customer display only listens.');
      return;
    }
    const answer = isBinary ? notUnderstood('The message must be text.') : await answerTo(till, log, toBuffer(data));
    if (screen.socket.readyState !== WebSocket.OPEN) return;
    if (screen.socket.bufferedAmount > UNREAD_ANSWERS_BYTES) screen.socket.terminate();
    else screen.socket.send(JSON.stringify(answer));
  }

  function greet(socket: WebSocket, role: ScreenRole): void {
    const screen: Screen = { socket, role, stale: true, silentBeats: 0 };
    screens.add(screen);
    socket.on('close', () => screens.delete(screen));
    socket.on('error', () => socket.terminate());
    socket.on('pong', () => {
      screen.silentBeats = 0;
    });
    socket.on('message', (data, isBinary) => void receive(screen, data, isBinary));
    schedule();
  }

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const role = options.roleOf(socketToken(request.headers) ?? '');
    const refusal =
      refusePath(request.url) ??
      refuseHost(request.headers, options.host) ??
      refuseOrigin(request.headers) ??
      refuseRole(role, ['cashier', 'customer']) ??
      ([...screens].filter((screen) => screen.role === role).length >= MAX_SCREENS ? tooMany : null);
    if (refusal !== null || role === null || role === 'printer' || role === 'manager') {
      refuse(socket, refusal ?? tooMany);
      return;
    }
    const server = role === 'cashier' ? cashiers : customers;
    server.handleUpgrade(request, socket, head, (opened) => greet(opened, role));
  }

  options.server.on('upgrade', upgrade);
  return () => {
    options.server.off('upgrade', upgrade);
    stopListening();
    clearInterval(beat);
    if (scheduled !== null) clearImmediate(scheduled);
    for (const screen of screens) {
      screen.socket.close(1001, 'The register is stopping.');
      // A screen that does not say goodbye does not keep the register waiting.
      setTimeout(() => screen.socket.terminate(), 500).unref();
    }
  };
}

const tooMany: Refusal = { status: 503, code: 'too-many', message: `No more than ${MAX_SCREENS} screens of a kind can be connected.` };

function refusePath(url: string | undefined): Refusal | null {
  return (url ?? '').split('?')[0] === '/ws' ? null : { status: 404, code: 'not-found', message: 'The WebSocket is at /ws.' };
}

/** Answers an upgrade that is not let in, as HTTP. */
function refuse(socket: Duplex, refusal: Refusal): void {
  const body = JSON.stringify({ ok: false, code: refusal.code, message: refusal.message });
  const headers = {
    ...SECURITY_HEADERS,
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  };
  const head = [
    `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status] ?? ''}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

function toBuffer(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? Buffer.from(data) : data;
}

function notUnderstood(message: string, id: string | number | null = null) {
  return { type: 'answer', id, answer: { ok: false, code: 'bad-request', message } } as const;
}

/** `{type: 'command', id, command}` or `{type: 'query', id, query}` → `{type: 'answer', id, answer}`. */
async function answerTo(till: ShownTill, log: Log, bytes: Buffer): Promise<object> {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    return notUnderstood('The message is not JSON.');
  }
  if (typeof value !== 'object' || value === null) return notUnderstood('The message must be an object.');
  const message = value as { readonly type?: unknown; readonly id?: unknown; readonly command?: unknown; readonly query?: unknown };
  const { id } = message;
  if (typeof id !== 'number' && (typeof id !== 'string' || id.length > 64)) {
    return notUnderstood('Field "id" must be a number or a text of at most 64 characters.');
  }
  switch (message.type) {
    case 'command':
      return { type: 'answer', id, answer: (await handleCommand(till, log, message.command, bytes.length)).answer };
    case 'query':
      return { type: 'answer', id, answer: (await handleQuery(till, log, message.query)).answer };
    default:
      return notUnderstood('Field "type" must be "command" or "query".', id);
  }
}
