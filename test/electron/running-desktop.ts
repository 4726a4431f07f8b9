/**
 * The desktop program in a process of its own, on real Electron or on the double: its windows as pages and, on the double, a
 * test's hands on everything around them.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { EndedProcess } from '../support/running-register.ts';
import { root } from '../support/source-files.ts';
import type { ControlRequest, DoubleState, WindowState } from './double/control.ts';
import { type RealOrDouble, realOrDouble } from './real-or-double.ts';
import type { DoubleChoices, DoubleReadyLine } from './run-double.ts';

export interface DesktopStart {
  /** The program's own arguments. */
  readonly args?: readonly string[];
  readonly choices?: DoubleChoices;
  /** Default: the built program, `dist/main/main.js`. */
  readonly main?: string;
  /** Whether real Electron will do where it is. It has no `control`. */
  readonly mayBeReal?: boolean;
  /** Whether the program prints a line of its own that is to be waited for: `--ready`. */
  readonly waitForOwnLine?: boolean;
}

/** The program ended before it was ready. */
export class DesktopEndedError extends Error {
  override readonly name = 'DesktopEndedError';
  readonly ended: EndedProcess;

  constructor(ended: EndedProcess) {
    super(`The desktop program ended with ${ended.code ?? ended.signal}: ${ended.stderr}`);
    this.ended = ended;
  }
}

export class RunningDesktop {
  readonly electron: 'real' | 'double';
  /** `null` on real Electron, which nobody can unplug a display from. */
  readonly #control: string | null;
  readonly #profile: string | null;
  /** The program's own first line; empty when none was waited for. */
  readonly ownLine: string;
  readonly #child: ChildProcess;
  readonly #ended: Promise<EndedProcess>;
  readonly #browser: Browser;

  private constructor(found: Found, ownLine: string, child: ChildProcess, ended: Promise<EndedProcess>, browser: Browser) {
    this.electron = found.electron;
    this.#control = found.control;
    this.#profile = found.profile;
    this.ownLine = ownLine;
    this.#child = child;
    this.#ended = ended;
    this.#browser = browser;
  }

  /** Starts it and waits until it is ready. Throws `DesktopEndedError` when it ends instead. */
  static async start(start: DesktopStart = {}): Promise<RunningDesktop> {
    const chosen: RealOrDouble = start.mayBeReal === true ? realOrDouble() : { electron: 'double' };
    const { child, ended } = launch(start, chosen);
    const found = chosen.electron === 'real' ? findReal(child) : findDouble(child);
    const own = start.waitForOwnLine === true ? lineOf(child.stdout, (line) => line.startsWith('{"ready"')) : Promise.resolve('');
    const first = await Promise.race([Promise.all([found, own]), ended]);
    if ('stderr' in first) throw new DesktopEndedError(first);
    try {
      const browser = await chromium.connectOverCDP(first[0].devtools);
      return new RunningDesktop(first[0], first[1], child, ended, browser);
    } catch (error) {
      child.kill('SIGKILL');
      throw error;
    }
  }

  /** Runs it until it ends by itself: a second instance, a refusal. */
  static runToTheEnd(start: DesktopStart): Promise<EndedProcess> {
    return launch(start, { electron: 'double' }).ended;
  }

  get ended(): Promise<EndedProcess> {
    return this.#ended;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  async control<T = unknown>(request: ControlRequest): Promise<T> {
    if (this.#control === null) throw new Error('Real Electron takes no hands of a test.');
    const response = await fetch(this.#control, { method: 'POST', body: JSON.stringify(request) });
    const answer = (await response.json()) as { readonly value?: T; readonly error?: string };
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer.value as T;
  }

  state(): Promise<DoubleState> {
    return this.control({ do: 'state' });
  }

  /** Looks again and again until the state is as wished, for at most 20 s; gives it. */
  async until(wish: (state: DoubleState) => boolean): Promise<DoubleState> {
    for (const startMs = performance.now(); ; ) {
      const state = await this.state();
      if (wish(state)) return state;
      if (performance.now() - startMs > 20_000) throw new Error(`It did not come to that: ${JSON.stringify(state)}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** The window at an address that ends so, such as `/cashier`, once it is there. */
  async window(ending: string): Promise<WindowState> {
    const at = ({ windows }: DoubleState) => windows.find(({ url, crashed }) => !crashed && url.replace(/[?#].*/, '').endsWith(ending));
    const found = at(await this.until((state) => at(state) !== undefined));
    if (found === undefined) throw new Error(`There is no window at ${ending}.`);
    return found;
  }

  /** That window's page, to be read and used like a page of a browser. */
  async page(ending: string): Promise<Page> {
    const pageUrl = this.electron === 'double' ? (await this.window(ending)).pageUrl : null;
    const isIt = (url: string) => (pageUrl === null ? url.replace(/[?#].*/, '').endsWith(ending) : url === pageUrl);
    for (let tries = 0; tries < 400; tries += 1) {
      const pages = this.#browser.contexts().flatMap((context) => context.pages());
      const found = pages.findLast((page) => isIt(page.url()));
      if (found !== undefined) return found;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`The browser has no page at ${pageUrl ?? ending}.`);
  }

  /** Ends it as the platform does. */
  stop(signal: 'SIGTERM' | 'SIGINT' = 'SIGTERM'): Promise<EndedProcess> {
    this.#child.kill(signal);
    return this.#over();
  }

  /** Takes the power away. The windows go with it. */
  kill(): Promise<EndedProcess> {
    this.#child.kill('SIGKILL');
    return this.#over();
  }

  async #over(): Promise<EndedProcess> {
    const ended = await this.#ended;
    await this.#browser.close().catch(() => undefined);
    // Chromium is still going; what it leaves after this is a stray file in the temporary folder.
    if (this.#profile !== null) await rm(this.#profile, { recursive: true, force: true, maxRetries: 5 }).catch(() => undefined);
    return ended;
  }
}

interface Found {
  readonly electron: 'real' | 'double';
  readonly devtools: string;
  readonly control: string | null;
  readonly profile: string | null;
}

/** The first line of its kind. Never comes when the process ends before. */
function lineOf(stream: Readable | null, isIt: (line: string) => boolean): Promise<string> {
  return new Promise((resolve) => {
    if (stream === null) return;
    createInterface({ input: stream }).on('line', (line) => {
      if (isIt(line)) resolve(line);
    });
  });
}

async function findDouble(child: ChildProcess): Promise<Found> {
  return JSON.parse(await lineOf(child.stdout, (line) => line.startsWith('{"electron":"double"'))) as DoubleReadyLine;
}

async function findReal(child: ChildProcess): Promise<Found> {
  const line = await lineOf(child.stderr, (one) => one.startsWith('DevTools listening on '));
  return { electron: 'real', devtools: line.replace('DevTools listening on ', '').trim(), control: null, profile: null };
}

function launch(start: DesktopStart, chosen: RealOrDouble): { readonly child: ChildProcess; readonly ended: Promise<EndedProcess> } {
  const main = start.main ?? join(root, 'dist', 'main', 'main.js');
  // Root may not use Chromium's own sandbox; the switch is for test machines alone.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const [program, ...args] =
    chosen.electron === 'real'
      ? [chosen.program, ...asRoot, '--remote-debugging-port=0', main]
      : [process.execPath, join(import.meta.dirname, 'run-double.ts'), main];
  const child = spawn(program, [...args, ...(start.args ?? [])], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, TILLIT_DOUBLE: JSON.stringify(start.choices ?? {}) },
  });
  const texts = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk: Buffer) => {
    texts.stdout += chunk.toString('utf8');
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    texts.stderr += chunk.toString('utf8');
  });
  const ended = new Promise<EndedProcess>((resolve) => child.on('close', (code, signal) => resolve({ code, signal, ...texts })));
  return { child, ended };
}
