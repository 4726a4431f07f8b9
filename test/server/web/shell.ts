/** A running web shell for one test, with everything it was made of. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { nodeClock, nodeTimers } from '../../../hardware/clock/node-clock.ts';
import { encodeDocument } from '../../../hardware/printer/encode.ts';
import { createVirtualPrinter, type VirtualPrinter } from '../../../hardware/printer/virtual-printer.ts';
import { newTokens, type Tokens } from '../../../server/web/tokens.ts';
import { startWebShell } from '../../../server/web/web-shell.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { TillDouble } from './till-double.ts';

export interface Shell {
  readonly url: string;
  readonly port: number;
  readonly till: TillDouble;
  readonly printer: VirtualPrinter;
  readonly tokens: Tokens;
  /** What the shell wrote to its log. */
  readonly logged: string[];
  close(): Promise<void>;
}

export async function openShell(options: { readonly beatMs?: number } = {}): Promise<Shell> {
  const rendererDir = join(temporaryFolder(), 'renderer');
  mkdirSync(join(rendererDir, 'assets'), { recursive: true });
  for (const page of ['cashier', 'customer', 'printer'])
    writeFileSync(join(rendererDir, `${page}.html`), `<!doctype html><title>${page}</title>`);
  writeFileSync(join(rendererDir, 'assets', 'cashier-abc123.js'), 'export {};\n');
  writeFileSync(join(rendererDir, '..', 'outside.txt'), 'not for the network');
  const till = new TillDouble();
  const printer = createVirtualPrinter({ clock: nodeClock, timers: nodeTimers });
  const tokens = newTokens();
  const logged: string[] = [];
  const log = {
    write: (level: string, event: string, facts?: object) => void logged.push(`${level} ${event} ${JSON.stringify(facts ?? {})}`),
  };
  const shell = await startWebShell({ till, virtualPrinter: printer, port: 0, tokens, rendererDir, log, ...options });
  let closed = false;
  const close = async () => {
    if (closed) return;
    closed = true;
    await shell.close();
  };
  onTestFinished(close);
  return { url: `http://127.0.0.1:${shell.port}`, port: shell.port, till, printer, tokens, logged, close };
}

/** A GET or POST with a role's token; a body that is not a text is sent as JSON. */
export async function call(
  shell: Shell,
  path: string,
  options: { readonly token?: string; readonly body?: unknown; readonly headers?: Record<string, string> } = {},
) {
  const { token, body } = options;
  const response = await fetch(`${shell.url}${path}`, {
    redirect: 'manual',
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...options.headers,
    },
    ...(body === undefined ? {} : { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: () => JSON.parse(text) };
}

/** A request whose Host header says something else, as after DNS rebinding. `fetch` will not let one say that. */
export function callAs(shell: Shell, host: string, path: string, token: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: shell.port, path, headers: { host, authorization: `Bearer ${token}` } }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => {
        text += chunk.toString('utf8');
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

/** A connected screen that remembers what it was told. */
export class Screen {
  readonly socket: WebSocket;
  readonly messages: { type: string; [field: string]: unknown }[] = [];
  closed: { code: number; reason: string } | null = null;
  #wake: () => void = () => {};

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data) => {
      this.messages.push(JSON.parse(String(data)));
      this.#wake();
    });
    socket.on('close', (code, reason) => {
      this.closed = { code, reason: String(reason) };
      this.#wake();
    });
  }

  /** Connects; a refused one throws an error with the HTTP status in it. */
  static open(shell: Shell, protocols: string[], headers: Record<string, string> = {}): Promise<Screen> {
    const socket = new WebSocket(`ws://127.0.0.1:${shell.port}/ws`, protocols, { headers });
    onTestFinished(() => socket.terminate());
    const screen = new Screen(socket);
    return new Promise((resolve, reject) => {
      socket.on('open', () => resolve(screen));
      socket.on('error', reject);
    });
  }

  async until<T>(found: () => T | undefined | null | false): Promise<T> {
    for (;;) {
      const value = found();
      if (value) return value;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

/** Prints one line of text and waits until the paper is out. */
export async function print(printer: VirtualPrinter, text: string): Promise<void> {
  const document = { series: 'sale', title: text, blocks: [{ kind: 'text', text, align: 'left' }] } as const;
  await printer.print(encodeDocument(document, { columns: 42 }));
}
