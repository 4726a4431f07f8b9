/**
 * Everything a register needs from outside. `app/` is pure: it has no Node, no DOM and no globals for time, chance or
 * the network, so each of them comes in here and `hardware/` holds the real ends.
 */

/** Wall clock and monotonic clock. The journal stamps with `nowMs`; waiting is measured with `monotonicMs`. */
export interface Clock {
  /** Milliseconds since 1970-01-01 UTC. May jump: people set clocks. */
  nowMs(): number;
  /** Minutes to add to UTC for local time at that moment (Oslo in summer: 120). */
  offsetMinutes(atMs: number): number;
  /** Milliseconds that only ever grow, from an arbitrary start. */
  monotonicMs(): number;
}

/** One pending timer. Cancelling twice, or after it fired, does nothing. */
export interface Timer {
  cancel(): void;
}

export interface Timers {
  /** Calls `run` once, no sooner than `delayMs` from now. */
  after(delayMs: number, run: () => void): Timer;
}

/** Unpredictable bytes for epochs, ids and tokens. */
export interface Random {
  bytes(count: number): Uint8Array;
}

/** SHA-256, synchronous because a journal append is one synchronous transaction. */
export interface Hasher {
  /** Lower-case hex of the SHA-256 of the text's UTF-8 bytes, or of the bytes. */
  sha256Hex(data: string | Uint8Array): string;
}

/** A manager's code at rest: salted, and slow to try, because so short a thing is soon guessed by whoever reads the file. */
export interface PinHasher {
  /** What is kept instead of the code: it says itself how it was made. */
  hash(pin: string): Promise<string>;
  /** Whether that is the code. What was not made by `hash` is nobody's: `false`. */
  matches(pin: string, kept: string): Promise<boolean>;
}

/** HMAC-SHA256, by which a webhook proves that the provider sent it. */
export interface Hmac {
  /** The 32 bytes of the HMAC-SHA256 of the text's UTF-8 bytes, under the UTF-8 bytes of the key. */
  sha256(key: string, text: string): Uint8Array;
}

/** Signs a transaction as the Norwegian cash register law asks (RSA-SHA1, PKCS#1 v1.5, base64 in one line). */
export interface Signer {
  readonly keyVersion: number;
  /** Base64 of the signature over the text's UTF-8 bytes. */
  sign(text: string): string;
  /** Whether `signatureBase64` was made over `text` by the key of `keyVersion`. An unknown version is `false`. */
  verify(text: string, signatureBase64: string, keyVersion: number): boolean;
}

/** What a column may hold. Money is an integer; blobs are bytes. */
export type SqlValue = string | number | bigint | Uint8Array | null;
export type SqlRow = Record<string, SqlValue>;

/** A prepared statement. Parameters are positional (`?`). */
export interface Statement {
  run(...parameters: SqlValue[]): void;
  get(...parameters: SqlValue[]): SqlRow | undefined;
  all(...parameters: SqlValue[]): SqlRow[];
}

/** One SQLite connection. Errors of the disk arrive as `StorageError`. */
export interface Database {
  exec(sql: string): void;
  prepare(sql: string): Statement;
  close(): void;
}

/** Why the disk would not take an entry. What cannot be written is not sold. */
export type StorageTrouble = 'disk-full' | 'read-only' | 'locked' | 'corrupt' | 'other';

export class StorageError extends Error {
  override readonly name = 'StorageError';
  readonly trouble: StorageTrouble;
  constructor(trouble: StorageTrouble, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.trouble = trouble;
  }
}

/** Says to a request on its way that nobody waits for its answer any more. */
export interface GivenUp {
  /** Calls back once when that is so, at once where it is already; the returned function ends that. */
  onGivenUp(listener: () => void): () => void;
}

/** One HTTP request. The body is text: every API a register speaks is JSON, or has no body. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Longest wait for the connection. Default 3 000 ms. */
  readonly connectTimeoutMs?: number;
  /** Longest wait for the whole answer after connecting. Default 10 000 ms. */
  readonly readTimeoutMs?: number;
  /** The largest body to accept. Default 1 MiB. A larger one is `lost`, with a reason that begins with `BODY_TOO_LARGE`. */
  readonly maxBodyBytes?: number;
  /** Ends it early: `not-sent` or `lost`, as it happens to be. For what has no effect. */
  readonly givenUp?: GivenUp;
}

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/**
 * What can become of a request. `not-sent` is the only failure that is known to have had no effect
 * (the name did not resolve, the connection was refused); everything later is `lost`: the outcome is unknown.
 */
export type HttpOutcome =
  | { readonly kind: 'answered'; readonly response: HttpResponse }
  | { readonly kind: 'not-sent'; readonly reason: string }
  | { readonly kind: 'lost'; readonly reason: string };

/** How the reason of a `lost` begins when an answer came and was too large to take. */
export const BODY_TOO_LARGE = 'body-too-large';

/** Sends one request and never throws. Redirects are not followed. */
export type HttpSend = (request: HttpRequest) => Promise<HttpOutcome>;

/** Has a connection to the address's host ready for the next request, unless one is. Sends nothing, never throws, waits for nothing. */
export type HttpWarm = (url: string) => void;

/** What became of bytes that were handed to a printer. */
export type PrintOutcome =
  | { readonly kind: 'printed' }
  /** Known: nothing came out (no paper, cover open, not connected). The job waits. */
  | { readonly kind: 'not-printed'; readonly reason: PrinterTrouble }
  /** The line went away in the middle: a person must look at the paper. */
  | { readonly kind: 'unknown'; readonly reason: PrinterTrouble };

export type PrinterTrouble = 'offline' | 'paper-out' | 'cover-open' | 'error' | 'gone';

/** The plug's pin that a drawer's coil hangs on: the first number of `ESC p`. */
export type DrawerPin = 2 | 5;

/**
 * The level of the drawer's own switch, as the printer reports it (`DLE EOT 1` and automatic status, bit 2). Which of the
 * two means open differs from drawer to drawer.
 */
export type DrawerLevel = 'high' | 'low';

export interface PrinterStatus {
  readonly state: 'ready' | 'paper-low' | PrinterTrouble;
  /** Missing while the printer does not tell: it answers nothing, it is away, or has not been asked yet. */
  readonly drawerLevel?: DrawerLevel;
  /** `false`: the printer answers nothing, so that `state` is assumed; its paper and its cover are not known. */
  readonly known?: boolean;
  /** Where it says more than `state`: why no line to the printer can be opened, or that what answers is no printer. */
  readonly cause?: PrinterCause;
}

/** What somebody who connects a printer must know to put it right. */
export type PrinterCause =
  | 'no-such-port'
  | 'no-permission'
  | 'in-use'
  | 'no-such-host'
  | 'refused'
  | 'no-answer'
  | 'not-a-printer'
  | 'other';

export interface Printer {
  /** Prints the bytes as one job. Jobs are printed in the order they are given. */
  print(bytes: Uint8Array): Promise<PrintOutcome>;
  /**
   * Sends the pulse that opens the drawer behind the printer, ahead of every paper that waits: a printer without paper, or
   * with its cover open, still gives change. `printed`: the pulse was sent; whether the drawer moved is in `drawerLevel`.
   */
  openDrawer(pin: DrawerPin): Promise<PrintOutcome>;
  status(): PrinterStatus;
  /** Asks the printer how it is as soon as it has nothing else to do; what it says comes by `onStatus`. Missing where it tells by itself. */
  refresh?(): void;
  /** Calls back after each change of status, the drawer's level too; the returned function ends that. */
  onStatus(listener: (status: PrinterStatus) => void): () => void;
}

/** A scanner on a line of its own. One that types reaches the till through a screen. */
export interface Scanner {
  status(): { readonly state: 'connected' | 'gone' };
  /** Calls back after each change; the returned function ends that. */
  onStatus(listener: () => void): () => void;
  /** Calls back with every code that was read whole, in the order of the scans; the returned function ends that. */
  onCode(listener: (code: string) => void): () => void;
}

/** One line of the register's technical log. Secrets and customers never get in: values are named, one by one. */
export interface Log {
  write(level: 'info' | 'warn' | 'error', event: string, facts?: Readonly<Record<string, string | number | boolean | null>>): void;
}

/** The secrets that a register may hold. */
export const SECRET_NAMES = ['clientSecret', 'subscriptionKey'] as const;
export type SecretName = (typeof SECRET_NAMES)[number];

/** Why a key store would not keep or give a secret. */
export type SecretStoreTrouble = 'not-set-up' | 'weak' | 'refused' | 'unreadable';

/** The message names no secret, ever. */
export class SecretStoreError extends Error {
  override readonly name = 'SecretStoreError';
  readonly trouble: SecretStoreTrouble;
  constructor(trouble: SecretStoreTrouble, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.trouble = trouble;
  }
}

/** Keeps the provider's keys at rest: the system's own key store, or an encrypted file. */
export interface SecretStore {
  readonly kind: 'system' | 'file' | 'none';
  /** `null` when it can be used; else why not. `weak`: it can, once the owner allows it. */
  trouble(): SecretStoreTrouble | null;
  /** Whether the owner allowed a store that does not really protect. */
  allowWeak(allowed: boolean): void;
  has(name: SecretName): boolean;
  /** `null` when none is kept. @throws SecretStoreError */
  read(name: SecretName): string | null;
  /** @throws SecretStoreError */
  write(name: SecretName, value: string): void;
}
