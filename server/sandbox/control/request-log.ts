/** One request to the provider's APIs, without anything secret: no values of headers but the request's own id, and whom it is for. */
export interface LoggedRequest {
  readonly number: number;
  readonly atMs: number;
  readonly method: string;
  /** Without the query, where a payment's token may be. */
  readonly path: string;
  /** `token`, `initiate`, `details`, `capture`, `cancel`, `refund`, `force-approve`, `qr`, `qr-image`, `landing`. */
  readonly route: string;
  readonly reference: string | null;
  readonly requestId: string | null;
  readonly headerNames: readonly string[];
  /** The sales unit that the request names itself; `null` where it names none. */
  readonly msn: string | null;
  /** Whose keys its token was made with; `null` where nobody's. */
  readonly clientId: string | null;
  /** `null` while it is under way, and for good when the connection was cut. */
  status: number | null;
  /** The fault it met. */
  fault: string | null;
}

const longest = 20_000;

export class RequestLog {
  #entries: LoggedRequest[] = [];
  #count = 0;

  add(request: Omit<LoggedRequest, 'number' | 'status' | 'fault'>): LoggedRequest {
    this.#count += 1;
    const entry: LoggedRequest = { ...request, number: this.#count, status: null, fault: null };
    this.#entries.push(entry);
    if (this.#entries.length > longest) this.#entries = this.#entries.slice(longest / 10);
    return entry;
  }

  /** Oldest first; only those of one route or reference when asked. */
  list(filter: { readonly route?: string | undefined; readonly reference?: string | undefined } = {}): readonly LoggedRequest[] {
    return this.#entries.filter(
      (entry) =>
        (filter.route === undefined || entry.route === filter.route) &&
        (filter.reference === undefined || entry.reference === filter.reference),
    );
  }

  clear(): void {
    this.#entries = [];
  }
}
