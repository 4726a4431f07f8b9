/** `session.defaultSession`: permissions, and a say in every request. */
import { EventEmitter } from 'node:events';
import type { Session, WebRequest } from 'electron';
import { refuseUnknown } from './refuse-unknown.ts';

type Checked = Pick<
  Session,
  'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler' | 'setSpellCheckerEnabled' | 'clearCache'
>;
type RequestHandler = Parameters<Session['setPermissionRequestHandler']>[0];
type CheckHandler = Parameters<Session['setPermissionCheckHandler']>[0];
type DeviceHandler = Parameters<Session['setDevicePermissionHandler']>[0];
export type Permission = Parameters<NonNullable<CheckHandler>>[1];

interface Details {
  readonly url: string;
  readonly method: string;
  readonly resourceType: string;
}
type Listener = (details: Details & { readonly responseHeaders?: Record<string, string[]> }, callback: (answer: Answer) => void) => void;
interface Answer {
  readonly cancel?: boolean;
  readonly redirectURL?: string;
  readonly responseHeaders?: Record<string, string | string[]>;
}

/** Whether an address is of a pattern such as `<all_urls>` or one with stars in it. */
function matches(pattern: string, url: string): boolean {
  if (pattern === '<all_urls>') return true;
  const source = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${source}$`, 'i').test(url);
}

class Rule {
  #urls: readonly string[] = [];
  #listener: Listener | null = null;

  set(first: unknown, second: unknown): void {
    const filter = typeof first === 'object' && first !== null ? (first as { urls?: readonly string[] }) : null;
    this.#urls = filter?.urls ?? ['<all_urls>'];
    this.#listener = (filter === null ? first : second) as Listener | null;
  }

  ask(details: Parameters<Listener>[0]): Promise<Answer> {
    const listener = this.#listener;
    if (listener === null || !this.#urls.some((pattern) => matches(pattern, details.url))) return Promise.resolve({});
    return new Promise((resolve) => listener(details, (answer) => resolve(answer ?? {})));
  }
}

export class DoubleSession extends EventEmitter implements Checked {
  readonly #beforeRequest = new Rule();
  readonly #headersReceived = new Rule();
  #request: RequestHandler = null;
  #check: CheckHandler = null;
  #device: DeviceHandler = null;
  readonly webRequest = refuseUnknown('session.webRequest', {
    onBeforeRequest: (first: unknown, second?: unknown) => this.#beforeRequest.set(first, second),
    onHeadersReceived: (first: unknown, second?: unknown) => this.#headersReceived.set(first, second),
  } satisfies { [name in keyof Pick<WebRequest, 'onBeforeRequest' | 'onHeadersReceived'>]: unknown });

  setPermissionRequestHandler(handler: RequestHandler): void {
    this.#request = handler;
  }

  setPermissionCheckHandler(handler: CheckHandler): void {
    this.#check = handler;
  }

  setDevicePermissionHandler(handler: DeviceHandler): void {
    this.#device = handler;
  }

  setSpellCheckerEnabled(_enable: boolean): void {}

  setDisplayMediaRequestHandler(_handler: unknown): void {}

  setSpellCheckerDictionaryDownloadURL(_url: string): void {}

  async clearCache(): Promise<void> {}

  async clearStorageData(): Promise<void> {}

  /** What the program's handlers say to a permission. Without handlers Electron grants it, and so does this. */
  async asksPermission(
    webContents: unknown,
    permission: Permission,
    requestingUrl: string,
  ): Promise<{ readonly check: boolean; readonly request: boolean; readonly device: boolean }> {
    const sender = webContents as Electron.WebContents;
    const details = { requestingUrl, isMainFrame: true };
    const request = this.#request;
    return {
      check: this.#check?.(sender, permission, new URL(requestingUrl).origin, details as never) ?? true,
      request: request === null || (await new Promise<boolean>((resolve) => request(sender, permission, resolve, details as never))),
      device: this.#device?.({ deviceType: 'usb', origin: requestingUrl, device: {} } as never) ?? true,
    };
  }

  /** Whether a request may go out; a redirect is an address. */
  before(details: Details): Promise<Answer> {
    return this.#beforeRequest.ask(details);
  }

  /** An answer's headers, as the program wants them. */
  async headers(details: Details, headers: Readonly<Record<string, string>>): Promise<Record<string, string>> {
    const responseHeaders = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
    const answer = await this.#headersReceived.ask({ ...details, responseHeaders });
    const wanted = answer.responseHeaders ?? responseHeaders;
    return Object.fromEntries(Object.entries(wanted).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]));
  }
}
