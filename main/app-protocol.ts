/** `app://tillit/…`: the built screens, under the web shell's own content policy. There is no `file://` anywhere. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Protocol } from 'electron';
import { SECURITY_HEADERS } from '../server/web/guard.ts';
import { HOST, SCHEME } from './security.ts';

/** Everything that the screens are built into, and nothing else. */
const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  woff2: 'font/woff2',
};

export interface ServedFile {
  /** Relative to the built screens, with `/`. */
  readonly path: string;
  readonly contentType: string;
}

const PAGES = ['/cashier', '/customer', '/settings'];

const NUMBER = new RegExp(`^${SCHEME}://${HOST}/number/(\\d{1,2})\\.svg$`);

/** A built file's name: no slash, no backslash, no percent sign, no leading dot, so that no path leads out. */
const ASSET = /^\/(assets\/[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.([a-z0-9]+))$/;

/** The file behind an address, or `null` when there is none for pages. */
export function servedFile(url: string): ServedFile | null {
  const parsed = URL.parse(url);
  if (parsed === null || parsed.protocol !== `${SCHEME}:` || parsed.host !== HOST) return null;
  if (PAGES.includes(parsed.pathname)) {
    return { path: `${parsed.pathname.slice(1)}.html`, contentType: TYPES.html ?? '' };
  }
  const [, path, ending = ''] = ASSET.exec(parsed.pathname) ?? [];
  const contentType = TYPES[ending];
  return path === undefined || contentType === undefined ? null : { path, contentType };
}

/** Before Electron is ready: `app:` becomes a scheme with an origin, like `https:`. */
export function claimScheme(protocol: Protocol): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
}

/** Once Electron is ready: serves the built screens in `rendererDir`. */
export function serveScreens(protocol: Pick<Protocol, 'handle'>, rendererDir: string): void {
  protocol.handle(SCHEME, (request) => answerPage(request, rendererDir));
}

/** One answer: a built file, or 404 / 405 with the same headers. Reads inside the package too, where files have no address of their own. */
export async function answerPage(request: { readonly method: string; readonly url: string }, rendererDir: string): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405, 'This address is only read.');
  const number = NUMBER.exec(request.url)?.[1];
  if (number !== undefined) return picture(number);
  const file = servedFile(request.url);
  if (file === null) return refusal(404, 'There is nothing here.');
  let bytes: Buffer;
  try {
    bytes = await readFile(join(rendererDir, ...file.path.split('/')));
  } catch {
    return refusal(404, 'This screen is not built.');
  }
  return new Response(request.method === 'HEAD' ? null : new Uint8Array(bytes), {
    headers: { ...SECURITY_HEADERS, 'content-type': file.contentType },
  });
}

/** A display's number, white on black. The one page that is not built: it has no script and no style. */
function picture(number: string): Response {
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><rect width="100" height="100" fill="#111"/><text x="50" y="74" font-size="70" font-family="sans-serif" font-weight="700" text-anchor="middle" fill="#fff">${number}</text></svg>`;
  return new Response(drawing, { headers: { ...SECURITY_HEADERS, 'content-type': TYPES.svg ?? '' } });
}

function refusal(status: number, sentence: string): Response {
  return new Response(sentence, { status, headers: { ...SECURITY_HEADERS, 'content-type': 'text/plain; charset=utf-8' } });
}
