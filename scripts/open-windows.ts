/** Opens the screens in front of whoever typed `npm start`, where there is something to open them in. */
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findBrowser } from './browser.ts';

export interface Window {
  readonly url: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Whether this machine has a screen that a window could come up on. */
export function hasDisplay(platform: NodeJS.Platform, environment: Readonly<Record<string, string | undefined>>): boolean {
  if (environment.CI !== undefined && environment.CI !== '') return false;
  if (environment.SSH_CONNECTION !== undefined) return false;
  if (platform === 'darwin' || platform === 'win32') return true;
  return Boolean(environment.DISPLAY) || Boolean(environment.WAYLAND_DISPLAY);
}

/** How the platform opens an address in whatever browser its owner likes. */
export function platformOpener(platform: NodeJS.Platform, url: string): readonly [string, ...string[]] {
  switch (platform) {
    case 'darwin':
      return ['open', url];
    case 'win32':
      // Not through cmd, where & in an address ends it.
      return ['rundll32', 'url.dll,FileProtocolHandler', url];
    default:
      return ['xdg-open', url];
  }
}

/**
 * A page on disk that goes on to `url`, and its own address. An address holds a screen's key, and a command line is read
 * by every user of the machine; this file is read by its owner alone.
 */
export function addressOnDisk(folder: string, name: string, url: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${name}.html`);
  // Its file may be there already, with whatever rights somebody gave it.
  writeFileSync(path, '', { mode: 0o600 });
  chmodSync(path, 0o600);
  const script = JSON.stringify(url).replaceAll('<', '\\u003c');
  writeFileSync(path, `<!doctype html><meta charset="utf-8"><title>Tillit</title><script>location.replace(${script})</script>\n`);
  return pathToFileURL(path).href;
}

/** Starts a program and lets go of it. Gives whether it could be started. */
function start(program: string, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'ignore', detached: true });
    child.on('error', () => resolve(false));
    child.on('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}

/**
 * Opens each window, without address bar where a browser of the Chrome family is found, else as a page of the platform's
 * own browser. No command line holds an address. `profileDir` keeps these windows apart from the user's own browsing. Gives whether all were opened.
 */
export async function openWindows(windows: readonly Window[], profileDir: string): Promise<boolean> {
  // Such a browser does not run as root without giving up its own protection.
  const browser = process.getuid?.() === 0 ? null : await findBrowser().catch(() => null);
  const opened: boolean[] = [];
  for (const [index, { url: target, x, y, width, height }] of windows.entries()) {
    const url = addressOnDisk(profileDir, `open-${index + 1}`, target);
    const [program, ...args] =
      browser === null
        ? platformOpener(process.platform, url)
        : [
            browser,
            `--app=${url}`,
            `--user-data-dir=${profileDir}`,
            `--window-position=${x},${y}`,
            `--window-size=${width},${height}`,
            '--no-first-run',
            '--no-default-browser-check',
          ];
    opened.push(await start(program ?? '', args));
  }
  return opened.every((one) => one);
}
