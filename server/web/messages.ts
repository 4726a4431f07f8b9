/** What comes in from a cashier's screen or a program, parsed against the one contract before anyone acts on it. */
import { type CommandAnswer, parseCommand, parseQuery, type QueryAnswer } from '../../app/till/contract.ts';
import type { Log } from '../../app/till/ports.ts';
import type { ShellCode } from './guard.ts';
import type { ShownTill } from './till.ts';

/** A catalogue travels inside its command, so that one may be large; every other command is small. */
export const SMALL_BYTES = 1024 * 1024;
export const LARGE_BYTES = 60 * 1024 * 1024;

export interface ShellProblem {
  readonly ok: false;
  readonly code: ShellCode;
  readonly message: string;
}

export type Handled<T> = { readonly status: 200; readonly answer: T } | { readonly status: 400 | 413 | 500; readonly answer: ShellProblem };

const problem = (status: 400 | 413 | 500, code: ShellCode, message: string) => ({ status, answer: { ok: false, code, message } }) as const;

/** What went wrong inside is the log's to say, not the answer's. */
function internal(log: Log, event: string, error: unknown) {
  log.write('error', event, { error: error instanceof Error ? `${error.name}: ${error.message}` : 'not an error' });
  return problem(500, 'internal', 'The register could not do that. Its log says why.');
}

/** Parses and dispatches one command. `byteCount` is the size of the message it came in. */
export async function handleCommand(till: ShownTill, log: Log, value: unknown, byteCount: number): Promise<Handled<CommandAnswer>> {
  const type = typeof value === 'object' && value !== null && 'type' in value ? value.type : undefined;
  if (byteCount > SMALL_BYTES && type !== 'import-catalogue') {
    return problem(413, 'too-large', 'A command may be at most 1 MB; only import-catalogue may be larger, up to 60 MB.');
  }
  const parsed = parseCommand(value);
  if ('problem' in parsed) return problem(400, 'bad-command', parsed.problem);
  try {
    return { status: 200, answer: await till.dispatch(parsed.command) };
  } catch (error) {
    return internal(log, 'web.command-failed', error);
  }
}

/** Parses and asks one query. */
export async function handleQuery(till: ShownTill, log: Log, value: unknown): Promise<Handled<QueryAnswer>> {
  const parsed = parseQuery(value);
  if ('problem' in parsed) return problem(400, 'bad-query', parsed.problem);
  try {
    return { status: 200, answer: await till.ask(parsed.query) };
  } catch (error) {
    return internal(log, 'web.query-failed', error);
  }
}
