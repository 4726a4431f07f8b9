/**
 * What no window may do, whatever its page says. Pure rules first; then the few calls that make Electron hold them.
 * `docs/security.md` goes through Electron's own checklist and names the test of each point.
 */
import type { App, Session, WebContents, WebPreferences } from 'electron';
import type { Log } from '../app/till/ports.ts';
import { type Call, MAY_ASK, ROLE_ARGUMENT, type WindowRole } from './channels.ts';

export const SCHEME = 'app';
export const HOST = 'tillit';

/** Where a role's page is. */
export const pageAddress = (role: WindowRole): string => `${SCHEME}://${HOST}/${role}`;

/** The settings are the cashier's second page, in a window of their own. */
export const SETTINGS_PAGE = `${SCHEME}://${HOST}/settings`;

/** A large number in a window that can do nothing: which display is which. */
export const numberAddress = (number: number): string => `${SCHEME}://${HOST}/number/${number}.svg`;

const PATHS: Readonly<Record<WindowRole, readonly string[]>> = { cashier: ['/cashier', '/settings'], customer: ['/customer'] };

/** Whether `url` is one of that role's own pages; a fragment or a query changes nothing. */
export function isOwnPage(url: string, role: WindowRole): boolean {
  const parsed = URL.parse(url);
  return (
    parsed !== null &&
    parsed.protocol === `${SCHEME}:` &&
    parsed.host === HOST &&
    PATHS[role].includes(parsed.pathname) &&
    parsed.username === '' &&
    parsed.password === ''
  );
}

/** Who sent a message, as main knows it. */
export interface Sender {
  /** What main made this window to be; `null` for one that it did not make. */
  readonly role: WindowRole | null;
  /** The frame's address; `null` when the frame has gone. */
  readonly url: string | null;
  /** Whether it is the window's own page, and not something inside it. */
  readonly isTop: boolean;
}

/** Why this sender may not ask this, for the log; `null` when it may. */
export function refuseSender(sender: Sender, call: Call): string | null {
  if (sender.role === null) return 'a window that is none of ours';
  if (sender.url === null) return 'a frame that has gone';
  if (!sender.isTop) return 'a frame inside a page';
  if (!isOwnPage(sender.url, sender.role)) return 'a page of another address';
  if (!MAY_ASK[call].includes(sender.role)) return `the ${sender.role}'s window`;
  return null;
}

/** Whether a page may load this: only what the program itself serves. Pictures inside the page (`data:`) ask nobody. */
export function isAllowedRequest(url: string, devTools: boolean): boolean {
  const parsed = URL.parse(url);
  if (parsed === null) return false;
  switch (parsed.protocol) {
    case `${SCHEME}:`:
      return parsed.host === HOST;
    case 'data:':
      return true;
    case 'devtools:':
      return devTools;
    default:
      return false;
  }
}

/** Every window gets these; each is written out, so that a change of Electron's defaults changes nothing here. */
export function webPreferencesFor(role: WindowRole, preload: string, isPackaged: boolean): WebPreferences {
  return { ...closedPreferences(isPackaged), preload, additionalArguments: [`${ROLE_ARGUMENT}${role}`] };
}

/** A window that has no way to main. */
export function closedPreferences(isPackaged: boolean): WebPreferences {
  return {
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    // The customer's screen is seldom the one that has the focus, and its countdown must go on.
    backgroundThrottling: false,
    devTools: !isPackaged,
  };
}

/** Which of the known addresses a link of the cashier's page means. Never the page's own text: only what main knows already. */
export type KnownAddresses = readonly { readonly asked: (url: string) => boolean; readonly open: string }[];

export function knownAddress(known: KnownAddresses, url: string): string | null {
  return known.find((one) => one.asked(url))?.open ?? null;
}

/** No permission, no request to elsewhere, no download, in this session. */
export function closeSession(session: Session, log: Log, devTools: boolean): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    log.write('warn', 'desktop.permission-refused', { permission });
    answer(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest((details, answer) => {
    const cancel = !isAllowedRequest(details.url, devTools);
    if (cancel) log.write('warn', 'desktop.request-refused', { scheme: schemeOf(details.url) });
    answer({ cancel });
  });
  session.on('will-download', (event) => event.preventDefault());
}

/** Every page ever made stays where it is, opens nothing and holds no other page. */
export function closePages(app: App, roleOf: (contents: WebContents) => WindowRole | null, log: Log): void {
  app.on('web-contents-created', (_event, contents) => {
    const refuse = (event: { preventDefault(): void }, what: string, url: string) => {
      event.preventDefault();
      log.write('warn', `desktop.${what}-refused`, { scheme: schemeOf(url) });
    };
    const stay = (event: { preventDefault(): void; readonly url: string }, what: string) => {
      const role = roleOf(contents);
      if (role === null || !isOwnPage(event.url, role)) refuse(event, what, event.url);
    };
    contents.on('will-navigate', (event) => stay(event, 'navigation'));
    contents.on('will-redirect', (event) => stay(event, 'redirect'));
    contents.on('will-frame-navigate', (event) => {
      if (!event.isMainFrame) refuse(event, 'frame', event.url);
    });
    contents.on('will-attach-webview', (event) => refuse(event, 'webview', ''));
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

/** Enough for a log: an address may carry a token. */
function schemeOf(url: string): string {
  return URL.parse(url)?.protocol ?? 'none';
}
