/** `protocol`: schemes of the program's own, answered by its handlers with real `Response`s. */
import type { Protocol } from 'electron';
import { fromPageUrl } from './chromium.ts';

type Checked = Pick<Protocol, 'registerSchemesAsPrivileged' | 'handle' | 'unhandle' | 'isProtocolHandled'>;
type Handler = Parameters<Protocol['handle']>[1];

export class DoubleProtocol implements Checked {
  readonly #handlers = new Map<string, Handler>();
  readonly #privileged = new Set<string>();
  readonly #isReady: () => boolean;

  constructor(isReady: () => boolean) {
    this.#isReady = isReady;
  }

  /** Only a standard and secure scheme can be stood in for by a secure origin, so another is refused. */
  registerSchemesAsPrivileged(customSchemes: Electron.CustomScheme[]): void {
    if (this.#isReady()) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    for (const { scheme, privileges } of customSchemes) {
      if (privileges?.standard !== true || privileges.secure !== true) throw new Error(`The double needs ${scheme}: standard and secure.`);
      this.#privileged.add(scheme);
    }
  }

  handle(scheme: string, handler: Handler): void {
    if (!this.#isReady()) throw new Error('protocol.handle cannot be used before app is ready');
    if (!this.#privileged.has(scheme)) throw new Error(`The double stands in for privileged schemes only, and ${scheme} is none.`);
    if (this.#handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    this.#handlers.set(scheme, handler);
  }

  unhandle(scheme: string): void {
    this.#handlers.delete(scheme);
  }

  isProtocolHandled(scheme: string): boolean {
    return this.#handlers.has(scheme);
  }

  get schemes(): ReadonlySet<string> {
    return this.#privileged;
  }

  /** The handler's answer, or `null` when the address is of no scheme of ours. Throws what the handler throws. */
  async answer(request: {
    readonly pageUrl: string;
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Buffer | null;
  }): Promise<Response | null> {
    const url = fromPageUrl(request.pageUrl, this.#privileged);
    const handler = this.#handlers.get(/^([a-z][a-z0-9+.-]*):/.exec(url)?.[1] ?? '');
    if (handler === undefined) return null;
    const made = new Request(url, {
      method: request.method,
      headers: Object.entries(request.headers).filter(([name]) => !name.startsWith(':')) as [string, string][],
      ...(request.body === null ? {} : { body: new Uint8Array(request.body) }),
    });
    return handler(made);
  }
}
