/** A real register in a process of its own (`npm run web`), with the sandbox inside: for tests that restart, kill or drive it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { CashierView, Command, CommandAnswer, CustomerView, Query, QueryAnswer } from '../../app/till/contract.ts';
import type { ReadyLine } from '../../server/web/register.ts';
import { root } from './source-files.ts';

export const DEMO_CONFIGURATION = join(root, 'demo-shop', 'configuration.json');

export interface EndedProcess {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `server/web/main.ts` until it ends by itself: for what it refuses to do. */
export function runToTheEnd(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<EndedProcess> {
  const child = launch(args, environment);
  return ended(child, collect(child));
}

function launch(args: readonly string[], environment: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, [join(root, 'server', 'web', 'main.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
}

function collect(child: ChildProcess): { stdout: string; stderr: string } {
  const texts = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk: Buffer) => {
    texts.stdout += chunk.toString('utf8');
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    texts.stderr += chunk.toString('utf8');
  });
  return texts;
}

function ended(child: ChildProcess, texts: { readonly stdout: string; readonly stderr: string }): Promise<EndedProcess> {
  return new Promise((resolve) =>
    child.on('close', (code, signal) => resolve({ code, signal, stdout: texts.stdout, stderr: texts.stderr })),
  );
}

/** What ends a register's process, whatever program it is. */
export interface RegisterProcess {
  stop(signal: 'SIGINT' | 'SIGTERM'): Promise<EndedProcess>;
  kill(): Promise<EndedProcess>;
}

export class RunningRegister {
  readonly ready: ReadyLine;
  readonly #process: RegisterProcess;

  /** A register that answers at the addresses of its ready line. */
  constructor(ready: ReadyLine, process: RegisterProcess) {
    this.ready = ready;
    this.#process = process;
  }

  /** Starts one and waits until it answers. Throws with its own words when it ends instead. */
  static async start(
    options: { readonly dataDir: string; readonly configFile?: string; readonly args?: readonly string[] },
    environment: NodeJS.ProcessEnv = {},
  ): Promise<RunningRegister> {
    const child = launch(
      ['--config', options.configFile ?? DEMO_CONFIGURATION, '--data', options.dataDir, ...(options.args ?? [])],
      environment,
    );
    const texts = collect(child);
    const end = ended(child, texts);
    const first = new Promise<string>((resolve) => {
      if (child.stdout !== null) createInterface({ input: child.stdout }).once('line', resolve);
    });
    const line = await Promise.race([first, end]);
    if (typeof line !== 'string') throw new Error(`The register did not start: ${line.stderr}`);
    const endWith = (signal: NodeJS.Signals) => {
      child.kill(signal);
      return end;
    };
    return new RunningRegister(JSON.parse(line) as ReadyLine, { stop: endWith, kill: () => endWith('SIGKILL') });
  }

  /** The practice printer's page. */
  get printerPage(): string {
    if (this.ready.printer === null) throw new Error('A real printer has no page.');
    return this.ready.printer;
  }

  /** Stops it as Ctrl-C would. */
  stop(signal: 'SIGINT' | 'SIGTERM' = 'SIGTERM'): Promise<EndedProcess> {
    return this.#process.stop(signal);
  }

  /** Takes the power away. */
  kill(): Promise<EndedProcess> {
    return this.#process.kill();
  }

  async #fetch<T>(path: string, body?: unknown): Promise<T> {
    const response = await fetch(this.ready.api + path, {
      headers: { authorization: `Bearer ${this.ready.tokens.cashier}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
    return (await response.json()) as T;
  }

  command(command: Command): Promise<CommandAnswer> {
    return this.#fetch('/api/commands', command);
  }

  /** A command that must be taken: a refusal is an error with its sentence. */
  async must(command: Command): Promise<void> {
    const answer = await this.command(command);
    if (!answer.ok) throw new Error(`${command.type}: ${answer.code}: ${answer.message}`);
  }

  query(query: Query): Promise<QueryAnswer> {
    return this.#fetch('/api/queries', query);
  }

  cashierView(): Promise<CashierView> {
    return this.#fetch('/api/views/cashier');
  }

  customerView(): Promise<CustomerView> {
    return this.#fetch('/api/views/customer');
  }

  papers(): Promise<{
    readonly practice: string | null;
    readonly state: string;
    readonly papers: readonly { readonly id: string; readonly text: string; readonly torn: boolean }[];
  }> {
    return this.#fetch('/api/printer/papers');
  }

  /** Looks again and again until the cashier's view is as wished; gives that view. */
  async until(wish: (view: CashierView) => boolean): Promise<CashierView> {
    for (;;) {
      const view = await this.cashierView();
      if (wish(view)) return view;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** The customer does something with the phone: `open`, `approve`, `reject` … on the newest payment. */
  async phone(action: string, reference: string): Promise<void> {
    const response = await fetch(`${this.ready.sandbox}/sandbox/payments/${encodeURIComponent(reference)}/${action}`, { method: 'POST' });
    if (!response.ok) throw new Error(`The phone could not ${action}: ${await response.text()}`);
  }
}
