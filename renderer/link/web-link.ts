/** A link over a WebSocket: views in, commands and queries out, beats to know that the line lives. */
import type { CashierView, Command, CommandAnswer, CustomerView, Query, QueryAnswer } from '../../app/till/contract.ts';
import { type CashierLink, type CustomerLink, type Delivery, LinkLostError, type LinkState, QueryRefusedError } from './link.ts';
import { isCommandAnswer, readMessage } from './messages.ts';

/** The till sends a beat every 2 s; after this long without anything the line counts as dead. */
export const SILENCE_MS = 5_000;
const FIRST_RETRY_MS = 200;
const LAST_RETRY_MS = 2_000;

/** How long to wait before the next attempt: 0.2 s, doubled up to 2 s. */
export function retryDelayMs(failures: number): number {
  return Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(failures, 10));
}

export interface WebLinkOptions {
  /** `ws://…/ws` or `wss://…/ws`. */
  readonly address: string;
  readonly token: string;
}

interface Pending {
  readonly settle: (answer: CommandAnswer | QueryAnswer) => void;
  readonly lose: () => void;
}

class Wire<View extends { readonly version: number }> {
  readonly #options: WebLinkOptions;
  readonly #viewListeners = new Set<(view: View) => void>();
  readonly #stateListeners = new Set<(state: LinkState) => void>();
  readonly #pending = new Map<string, Pending>();
  readonly #watch: number;
  readonly #onVisible = () => this.#look();
  #socket: WebSocket | null = null;
  #retry: number | undefined;
  #state: LinkState = 'offline';
  #heardAtMs = performance.now();
  #heardWallMs = Date.now();
  #failures = 0;
  #sent = 0;
  #closed = false;

  constructor(options: WebLinkOptions) {
    this.#options = options;
    this.#watch = window.setInterval(() => this.#look(), 500);
    document.addEventListener('visibilitychange', this.#onVisible);
    window.addEventListener('online', this.#onVisible);
    this.#connect();
  }

  onView(listener: (view: View) => void): () => void {
    this.#viewListeners.add(listener);
    return () => this.#viewListeners.delete(listener);
  }

  onState(listener: (state: LinkState) => void): () => void {
    this.#stateListeners.add(listener);
    listener(this.#state);
    return () => this.#stateListeners.delete(listener);
  }

  close(): void {
    this.#closed = true;
    window.clearInterval(this.#watch);
    window.clearTimeout(this.#retry);
    document.removeEventListener('visibilitychange', this.#onVisible);
    window.removeEventListener('online', this.#onVisible);
    this.#drop();
  }

  /** Sends one message with an id of its own; the answer with that id settles it. */
  request(body: { type: 'command'; command: Command } | { type: 'query'; query: Query }, pending: Pending): void {
    const socket = this.#socket;
    if (this.#state === 'offline' || socket === null || socket.readyState !== WebSocket.OPEN) {
      pending.lose();
      return;
    }
    this.#sent += 1;
    const id = `${this.#sent}`;
    this.#pending.set(id, pending);
    socket.send(JSON.stringify({ ...body, id }));
  }

  #connect(): void {
    if (this.#closed) return;
    const socket = new WebSocket(this.#options.address, ['tillit', `token.${this.#options.token}`]);
    this.#socket = socket;
    this.#heard();
    socket.onmessage = (event) => {
      if (socket === this.#socket) this.#receive(event.data);
    };
    socket.onclose = () => {
      if (socket === this.#socket) this.#lost();
    };
  }

  #receive(data: unknown): void {
    this.#heard();
    const message = readMessage<View>(data);
    if (message === null) return;
    switch (message.type) {
      case 'beat':
        return;
      case 'view':
        // The view first: `online` with the view of an earlier connection would show what may be over.
        for (const listener of this.#viewListeners) listener(message.view);
        this.#failures = 0;
        this.#become('online');
        return;
      case 'answer': {
        const pending = this.#pending.get(message.id);
        this.#pending.delete(message.id);
        pending?.settle(message.answer);
        return;
      }
    }
  }

  #heard(): void {
    this.#heardAtMs = performance.now();
    this.#heardWallMs = Date.now();
  }

  /** Both clocks: the monotonic one may stand still while a machine sleeps, the wall clock may be set back. */
  #look(): void {
    const silenceMs = Math.max(performance.now() - this.#heardAtMs, Date.now() - this.#heardWallMs);
    if (this.#socket !== null && silenceMs > SILENCE_MS) this.#lost();
  }

  #lost(): void {
    this.#drop();
    if (this.#closed || this.#retry !== undefined) return;
    this.#retry = window.setTimeout(() => {
      this.#retry = undefined;
      this.#connect();
    }, retryDelayMs(this.#failures));
    this.#failures += 1;
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = null;
    if (socket !== null) {
      socket.onmessage = null;
      socket.onclose = null;
      socket.close();
    }
    this.#become('offline');
    const waiting = [...this.#pending.values()];
    this.#pending.clear();
    for (const pending of waiting) pending.lose();
  }

  #become(state: LinkState): void {
    if (this.#state === state) return;
    this.#state = state;
    for (const listener of this.#stateListeners) listener(state);
  }
}

/** The socket's address on the server that this page came from. */
export function socketAddress(location: { readonly protocol: string; readonly host: string }): string {
  return `${location.protocol === 'https:' ? 'wss:' : 'ws:'}//${location.host}/ws`;
}

/** The cashier's link. Connects at once and for ever, until `close`. */
export function openCashierLink(options: WebLinkOptions): CashierLink {
  const wire = new Wire<CashierView>(options);
  return {
    role: 'cashier',
    onView: (listener) => wire.onView(listener),
    onState: (listener) => wire.onState(listener),
    close: () => wire.close(),
    send: (command) =>
      new Promise<Delivery>((resolve) => {
        wire.request(
          { type: 'command', command },
          { settle: (answer) => resolve(isCommandAnswer(answer) ? answer : { ok: 'lost' }), lose: () => resolve({ ok: 'lost' }) },
        );
      }),
    ask: <T extends Query>(query: T) =>
      new Promise<Extract<QueryAnswer, { type: T['type'] }>>((resolve, reject) => {
        wire.request(
          { type: 'query', query },
          {
            settle: (answer) => {
              if (!isCommandAnswer(answer) && answer.type === query.type) resolve(answer as Extract<QueryAnswer, { type: T['type'] }>);
              else reject(new QueryRefusedError(`The till did not answer the query "${query.type}".`));
            },
            lose: () => reject(new LinkLostError(`The line was lost before "${query.type}" was answered.`)),
          },
        );
      }),
  };
}

/** The customer's link: it listens. */
export function openCustomerLink(options: WebLinkOptions): CustomerLink {
  const wire = new Wire<CustomerView>(options);
  return {
    role: 'customer',
    onView: (listener) => wire.onView(listener),
    onState: (listener) => wire.onState(listener),
    close: () => wire.close(),
  };
}
