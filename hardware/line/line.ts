/**
 * A line of bytes to a device at the counter: a serial port, or a connection over the network. What the bytes mean is
 * the business of whoever holds the line.
 */

/** Why a line cannot be opened. */
export type LineTrouble = 'no-such-port' | 'no-permission' | 'in-use' | 'no-such-host' | 'refused' | 'no-answer' | 'other';

/** No line, and nothing was sent. The message names the port or the address, and the way out. */
export class LineOpenError extends Error {
  override readonly name = 'LineOpenError';
  readonly trouble: LineTrouble;
  constructor(trouble: LineTrouble, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.trouble = trouble;
  }
}

/** The line ended before these bytes were known to have left. It does not mean that none of them arrived. */
export class LineLostError extends Error {
  override readonly name = 'LineLostError';
}

export interface Line {
  /** For people and logs: `/dev/ttyUSB0`, `192.168.1.40:9100`. */
  readonly name: string;
  /** What the wire carries; `null` where it is faster than any device at a counter. */
  readonly bytesPerSecond: number | null;
  /**
   * Sends the bytes after those given before. Resolves when they have left this process and the driver under it, as far as
   * the driver tells; a device that holds its flow back holds this back. Rejects with `LineLostError`.
   */
  write(bytes: Uint8Array): Promise<void>;
  /** Calls back with every portion that comes in; the returned function ends that. */
  onBytes(listener: (bytes: Uint8Array) => void): () => void;
  /** `null` while it is open; then why it ended. */
  closed(): string | null;
  /** Calls back once when the line ends, by whichever side, with why; the returned function ends that. */
  onClosed(listener: (why: string) => void): () => void;
  /**
   * Ends the line. `true`: the other side took all that was written and ended the line too; `false`: it does not tell
   * (a serial line never does) or did not within `patienceMs` (default 2 000 ms).
   */
  close(patienceMs?: number): Promise<boolean>;
}

/** Where a line can be opened, again and again. */
export interface LineEnd {
  readonly name: string;
  /** @throws LineOpenError */
  open(): Promise<Line>;
  /** Calls back when it may be worth an attempt, e.g. since something was plugged in; the returned function ends that. */
  onMaybeBack?(listener: () => void): () => void;
}

/** The listeners and the one end that all kinds of lines have. */
export class LineEvents {
  readonly #bytes = new Set<(bytes: Uint8Array) => void>();
  readonly #closed = new Set<(why: string) => void>();
  #why: string | null = null;

  get why(): string | null {
    return this.#why;
  }

  came(bytes: Uint8Array): void {
    if (this.#why === null) for (const listener of [...this.#bytes]) listener(bytes);
  }

  /** The first why counts. */
  ended(why: string): void {
    if (this.#why !== null) return;
    this.#why = why;
    for (const listener of [...this.#closed]) listener(why);
    this.#closed.clear();
    this.#bytes.clear();
  }

  onBytes(listener: (bytes: Uint8Array) => void): () => void {
    this.#bytes.add(listener);
    return () => this.#bytes.delete(listener);
  }

  onClosed(listener: (why: string) => void): () => void {
    if (this.#why !== null) listener(this.#why);
    else this.#closed.add(listener);
    return () => this.#closed.delete(listener);
  }
}
