/** Head office as a process of its own (`npm run head-office`), started as a person starts it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from './source-files.ts';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function launch(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  input = '',
): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
  const { DATABASE_URL: _url, TILLIT_HEAD_OFFICE_KEY: _key, npm_lifecycle_event: _npm, ...own } = process.env;
  const env = { ...own, ...environment };
  const child = spawn(process.execPath, [join(root, 'server', 'head-office', 'main.ts'), ...args], {
    stdio: 'pipe',
    env,
  });
  child.stdin.end(input);
  const texts = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk: Buffer) => {
    texts.stdout += chunk.toString('utf8');
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    texts.stderr += chunk.toString('utf8');
  });
  return { child, ended: new Promise((resolve) => child.on('close', (code) => resolve({ code, ...texts }))) };
}

/** Runs one command to its end. */
export const runHeadOffice = (...args: readonly string[]): Promise<Ended> => launch(args, {}).ended;

/** The same, with something said to it on standard input. */
export const tellHeadOffice = (input: string, ...args: readonly string[]): Promise<Ended> => launch(args, {}, input).ended;

export interface RunningHeadOffice {
  readonly processId: number;
  readonly api: string;
  readonly database: string;
  /** Stops it as Ctrl-C would. */
  stop(): Promise<Ended>;
  /** Takes its power away. */
  kill(): Promise<Ended>;
}

/** Starts a server and waits until it answers. @throws with its own words when it ends instead */
export async function startHeadOffice(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<RunningHeadOffice> {
  const { child, ended } = launch(['serve', ...args], environment);
  const first = new Promise<string>((resolve) => {
    if (child.stdout !== null) createInterface({ input: child.stdout }).once('line', resolve);
  });
  const line = await Promise.race([first, ended]);
  if (typeof line !== 'string') throw new Error(line.stderr);
  const endBy = (signal: NodeJS.Signals) => () => {
    child.kill(signal);
    return ended;
  };
  const { api, database } = JSON.parse(line) as { readonly api: string; readonly database: string };
  return { processId: child.pid ?? 0, api, database, stop: endBy('SIGTERM'), kill: endBy('SIGKILL') };
}
