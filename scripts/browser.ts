/**
 * Finds a Chrome, Chromium or Edge for the browser tests and the demo, and gets one when there is none:
 * first Playwright's own download, then Debian's package when we are root on Debian.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** No browser, and none could be had. The message says what was tried and what to do. */
export class BrowserMissingError extends Error {
  override readonly name = 'BrowserMissingError';
}

/** Names on PATH, the ones that tests know best first. */
const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
  'chrome',
];

function usualPaths(): string[] {
  switch (process.platform) {
    case 'darwin': {
      const apps = [
        'Google Chrome.app/Contents/MacOS/Google Chrome',
        'Chromium.app/Contents/MacOS/Chromium',
        'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
      ];
      return ['/Applications', join(homedir(), 'Applications')].flatMap((folder) => apps.map((app) => join(folder, app)));
    }
    case 'win32': {
      const roots = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA];
      const programs = [
        'Google\\Chrome\\Application\\chrome.exe',
        'Chromium\\Application\\chrome.exe',
        'Microsoft\\Edge\\Application\\msedge.exe',
      ];
      return roots.flatMap((root) => (root === undefined ? [] : programs.map((program) => join(root, program))));
    }
    default: {
      const folders = ['/usr/bin', '/usr/local/bin', '/snap/bin', '/opt/google/chrome', '/opt/microsoft/msedge'];
      return folders.flatMap((folder) => [...NAMES, 'msedge'].map((name) => join(folder, name)));
    }
  }
}

function onPath(): string[] {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name + suffix)));
}

/** Whether it starts at all: a browser without its libraries says so here. Windows' browsers answer no `--version`. */
function starts(path: string): boolean {
  if (!existsSync(path) || !statSync(path).isFile()) return false;
  if (process.platform === 'win32') return true;
  return spawnSync(path, ['--version'], { timeout: 20_000, stdio: 'ignore' }).status === 0;
}

async function playwrightPath(): Promise<string> {
  const { chromium } = await import('playwright-core');
  return chromium.executablePath();
}

/**
 * The path of a browser that starts, or `null`. `TILLIT_BROWSER` names one and then no other is taken.
 * Throws `BrowserMissingError` when `TILLIT_BROWSER` names something that does not start.
 */
export async function findBrowser(): Promise<string | null> {
  const named = process.env.TILLIT_BROWSER;
  if (named !== undefined && named !== '') {
    if (starts(named)) return named;
    throw new BrowserMissingError(`TILLIT_BROWSER names ${named}, and that is not a browser that starts.`);
  }
  for (const path of [...usualPaths(), ...onPath()]) if (starts(path)) return path;
  const downloaded = await playwrightPath();
  return starts(downloaded) ? downloaded : null;
}

/** Runs one program for at most `timeoutMs`; its last line is the reason when it fails. */
function attempt(
  program: string,
  args: readonly string[],
  timeoutMs: number,
  env: NodeJS.ProcessEnv = {},
): { ok: boolean; reason: string } {
  const done = spawnSync(program, args, { timeout: timeoutMs, encoding: 'utf8', env: { ...process.env, ...env } });
  if (done.status === 0) return { ok: true, reason: '' };
  if (done.error !== undefined) return { ok: false, reason: done.error.message };
  const lines = `${done.stdout}\n${done.stderr}`.split('\n').map((line) => line.trim());
  const telling = lines.find((line) => /^(E:|error)/i.test(line)) ?? lines.findLast((line) => /\w/.test(line));
  return { ok: false, reason: telling ?? `it ended with ${done.status}` };
}

const isRootOnDebian = () => process.getuid?.() === 0 && existsSync('/etc/debian_version');

function take(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** One download at a time on a machine. A lock older than 15 minutes was left by a process that died. */
async function withLock<T>(work: () => Promise<T>): Promise<T> {
  const lock = join(tmpdir(), 'tillit-browser.lock');
  for (let waits = 0; !take(lock); waits += 1) {
    if (waits > 20 * 60 * 2)
      throw new BrowserMissingError(`Another process has been getting a browser for 20 minutes. Remove ${lock} if none is.`);
    const facts = statSync(lock, { throwIfNoEntry: false });
    if (facts !== undefined && Date.now() - facts.mtimeMs > 15 * 60_000) rmSync(lock, { recursive: true, force: true });
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

/**
 * The path of a browser that starts; gets one when there is none. `say` is told what is being done.
 * Throws `BrowserMissingError` with what was tried.
 */
export async function ensureBrowser(say: (line: string) => void = () => {}): Promise<string> {
  const found = await findBrowser();
  if (found !== null) return found;
  return withLock(async () => {
    const meanwhile = await findBrowser();
    if (meanwhile !== null) return meanwhile;
    const tried: string[] = [];

    say('No Chrome, Chromium or Edge found: downloading Playwright’s Chromium (at most 5 minutes) …');
    const cli = join(import.meta.dirname, '..', 'node_modules', 'playwright-core', 'cli.js');
    const download = attempt(process.execPath, [cli, 'install', 'chromium'], 5 * 60_000, {
      PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '15000',
    });
    const downloaded = await findBrowser();
    if (downloaded !== null) return downloaded;
    tried.push(
      download.ok
        ? 'Playwright’s Chromium came, but does not start here (a system library is missing)'
        : `Playwright’s download failed (${download.reason})`,
    );

    if (isRootOnDebian()) {
      say('Installing Debian’s chromium with apt-get (at most 10 minutes) …');
      const quiet = { DEBIAN_FRONTEND: 'noninteractive' };
      attempt('apt-get', ['update', '-qq'], 3 * 60_000, quiet);
      const install = attempt('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], 7 * 60_000, quiet);
      const installed = await findBrowser();
      if (installed !== null) return installed;
      tried.push(install.ok ? 'Debian’s chromium is installed, but does not start' : `apt-get install chromium failed (${install.reason})`);
    } else {
      tried.push('this is not root on Debian, so no package was installed');
    }
    throw new BrowserMissingError(
      `The browser tests need Chrome, Chromium or Edge, and there is none: ${tried.join('; ')}. ` +
        'Install one of them, or set TILLIT_BROWSER to its path, then try again.',
    );
  });
}
