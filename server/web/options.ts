/** The command line of `npm run web`. */
import { parseArgs } from 'node:util';

export interface WebOptions {
  readonly configFile: string;
  readonly dataDir: string;
  /** 0: any free port. */
  readonly port: number;
  readonly host: string;
  /** Practise against the sandbox, whatever provider the file names. */
  readonly sandbox: boolean;
  /** A code from head office, to enrol with before anything else; `null`: none. */
  readonly enrolCode?: string | null | undefined;
}

/** The command line is not understood. The message says what is wrong and how it should be. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const USAGE = 'npm run web -- --config FILE --data DIR [--port N] [--host ADDRESS] [--sandbox] [--enrol CODE]';

/** What `--help` says. */
export const HELP = `${USAGE}

The register without a window: it prints one line of JSON with the addresses of its screens, and sells until it is stopped.

  --config FILE   the register's configuration (docs/configuration.md). A practice shop: demo-shop/configuration.json
  --data DIR      the folder for its journal; it is made where there is none
  --port N        where it listens; 0 or left out: any free port
  --host ADDRESS  127.0.0.1, this machine alone, unless a screen stands on another one
  --sandbox       practise against the built-in provider, whatever the configuration says
  --enrol CODE    enrol at head office with a one-time code, and go on (docs/head-office.md)

Stop it with Ctrl-C. Exit codes: 0 stopped, 1 could not start or go on, 2 was told nonsense.`;

/** Whether somebody asks how a program is used. What follows `--` is no option. */
export function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return (end === -1 ? args : args.slice(0, end)).some((arg) => arg === '--help' || arg === '-h');
}

/** Reads the arguments after the program's name. `usage` is said with what is not understood. Throws `UsageError`. */
export function readOptions(args: readonly string[], usage = USAGE): WebOptions {
  let values: { config?: string; data?: string; port?: string; host?: string; sandbox?: boolean; enrol?: string };
  try {
    values = parseArgs({
      args: [...args],
      options: {
        config: { type: 'string' },
        data: { type: 'string' },
        port: { type: 'string' },
        host: { type: 'string' },
        sandbox: { type: 'boolean' },
        enrol: { type: 'string' },
      },
      strict: true,
    }).values;
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('. ')[0] ?? '') : '';
    throw new UsageError(`${why}. Usage: ${usage}`);
  }
  const { config, data, port = '0', host = '127.0.0.1', sandbox = false, enrol = '' } = values;
  if (config === undefined || config === '')
    throw new UsageError(`--config is missing: the register's configuration file. Usage: ${usage}`);
  if (data === undefined || data === '') throw new UsageError(`--data is missing: the folder for the register's journal. Usage: ${usage}`);
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw new UsageError(`--port must be a number from 0 to 65535, not "${port}".`);
  if (!/^[A-Za-z0-9.:-]{1,253}$/.test(host))
    throw new UsageError(`--host must be an address of this machine, such as 127.0.0.1 or 0.0.0.0.`);
  return { configFile: config, dataDir: data, port: Number(port), host, sandbox, enrolCode: enrol === '' ? null : enrol };
}
