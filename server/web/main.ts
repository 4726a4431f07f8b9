/**
 * `npm run web -- --config FILE --data DIR --port N`: the register without a window. Prints one line of JSON when it is
 * ready, and stops cleanly on SIGINT and SIGTERM. Exit codes: 0 stopped, 1 could not start or go on, 2 was told nonsense.
 */
import { join } from 'node:path';
import { rendererDir } from './built-screens.ts';
import { failureOf } from './failure.ts';
import { asksForHelp, HELP, readOptions } from './options.ts';
import { changeableConfiguration } from './own-configuration.ts';
import { watchNpm } from './parent-watch.ts';
import { startRestartingRegister } from './restarting.ts';

const show = (line: string) => process.stderr.write(`${line}\n`);

/** One plain sentence, never a stack. */
function fail(error: unknown): never {
  const { sentence, exitCode } = failureOf(error);
  show(sentence);
  process.exit(exitCode);
}

// Sales, receipts and logs are nobody else's to read, in a folder that was made beforehand too.
process.umask(0o077);
// Whoever read what is shown may have gone. That must not end a register in the middle of a payment.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

if (asksForHelp(process.argv.slice(2))) {
  process.stdout.write(`${HELP}\n`);
  process.exit(0);
}
try {
  const read = readOptions(process.argv.slice(2));
  const root = join(import.meta.dirname, '..', '..');
  const options = { ...read, configFile: changeableConfiguration(read.configFile, read.dataDir, root) };
  const register = await startRestartingRegister(options, { environment: process.env, rendererDir, show });
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    register.close().then(() => process.exit(0), fail);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  watchNpm(stop);
  process.stdout.write(`${JSON.stringify(register.ready)}\n`);
} catch (error) {
  fail(error);
}
