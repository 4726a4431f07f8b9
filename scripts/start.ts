/**
 * `npm start`: the register, ready to sell, on two screens: in its own windows where Electron is there or comes within
 * seconds, else in a browser, with one line that says why. With the demo shop and no sales unit configured it practises
 * against the sandbox. `npm start -- --config FILE --data DIR --port N --host ADDRESS` changes what it takes, `--shell web`
 * always opens the browser, `--no-open` opens nothing.
 */
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { rendererDir } from '../server/web/built-screens.ts';
import { failureOf } from '../server/web/failure.ts';
import { asksForHelp, readOptions, UsageError, type WebOptions } from '../server/web/options.ts';
import { changeableConfiguration, demoShop, ownConfiguration } from '../server/web/own-configuration.ts';
import { watchNpm } from '../server/web/parent-watch.ts';
import type { RunningRegister } from '../server/web/register.ts';
import { startRestartingRegister } from '../server/web/restarting.ts';
import { build, needsBuild } from './build.ts';
import { desktopProgram, runDesktop, thisMachine, webShellLine } from './desktop-start.ts';
import { hasDisplay, openWindows } from './open-windows.ts';

const root = join(import.meta.dirname, '..');
/** Displays are paired with an address, so it stays the same from day to day where it can. */
const PREFERRED_PORT = 8420;

const USAGE = 'npm start -- [--config FILE] [--data DIR] [--port N] [--host ADDRESS] [--sandbox] [--shell desktop|web] [--no-open]';

const WHAT_EACH_DOES = `  --config FILE   the register's configuration; without it the demo shop, copied into the data folder
  --data DIR      where sales are kept; without it the folder data beside the program
  --port N        the screens' port, 8420 or any free one
  --host ADDRESS  0.0.0.0 lets a tablet in the same network be a screen; without it this machine alone
  --sandbox       practise, whatever the configuration says
  --shell SHELL   desktop: windows of its own; web: always the browser
  --no-open       opens no screens, only prints their addresses

Ctrl-C stops it. What it is and how to begin: README.md.`;

const say = (text: string) => process.stdout.write(`${text}\n`);
const complain = (text: string) => process.stderr.write(`${text}\n`);

// Whoever read what is shown may have gone. That must not end a register in the middle of a payment.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });
}

async function chooseOptions(args: readonly string[]): Promise<WebOptions> {
  const has = (name: string) => args.some((arg) => arg === name || arg.startsWith(`${name}=`));
  const defaults = [
    ...(has('--config') ? [] : ['--config', join(demoShop(root), 'configuration.json')]),
    ...(has('--data') ? [] : ['--data', join(root, 'data')]),
    ...(has('--port') ? [] : ['--port', String(PREFERRED_PORT)]),
  ];
  const read = readOptions([...defaults, ...args], USAGE);
  // Only now that the arguments make sense is anything written.
  const configFile = has('--config')
    ? changeableConfiguration(read.configFile, read.dataDir, root)
    : ownConfiguration(join(read.dataDir, 'shop'), demoShop(root));
  const options = { ...read, configFile };
  return has('--port') || (await isFree(options.port, options.host)) ? options : { ...options, port: 0 };
}

function describe(register: RunningRegister, options: WebOptions): string {
  const { ready } = register;
  const rows: readonly (readonly [string, string])[] = [
    ['Cashier', ready.cashier],
    ['Customer', ready.customer],
    ['Phone', ready.phone ?? 'your own: the provider is a real one'],
    ['Printer', ready.printer ?? 'your own'],
    ['Settings', ready.settings],
  ];
  const others = register.addresses.slice(1).map((address) => `${address}/customer#token=${ready.tokens.customer}`);
  return [
    '',
    ready.sandbox === null
      ? 'Tillit is ready to sell.'
      : 'Tillit is ready to practise. No money moves: payments go to the built-in sandbox.',
    '',
    ...rows.map(([name, address]) => `  ${name.padEnd(10)}${address}`),
    ...(others.length === 0 ? [] : ['', '  On a tablet, the customer screen is', ...others.map((address) => `            ${address}`)]),
    '',
    '  Each address opens one screen and holds its key: treat it like one.',
    `  Sales are kept in ${options.dataDir}. Ctrl-C stops the register; nothing is lost.`,
    '',
  ].join('\n');
}

interface StartOptions {
  /** What is left for the register itself. */
  readonly rest: readonly string[];
  readonly opens: boolean;
  readonly desktop: boolean;
}

function readStartOptions(args: readonly string[]): StartOptions {
  const rest = args.filter((arg) => arg !== '--no-open');
  const at = rest.findIndex((arg) => arg === '--shell' || arg.startsWith('--shell='));
  const opens = rest.length === args.length;
  if (at === -1) return { rest, opens, desktop: opens };
  const joined = rest[at]?.split('=')[1];
  const shell = joined ?? rest[at + 1];
  if (shell !== 'web' && shell !== 'desktop') throw new UsageError('--shell is "desktop" or "web".');
  return { rest: rest.toSpliced(at, joined === undefined ? 2 : 1), opens, desktop: opens && shell === 'desktop' };
}

/**
 * The register in its own windows, until they are closed. Comes back when that cannot be, with the line that says why, or
 * `null` when the web shell will say it.
 */
async function inItsOwnWindows(options: WebOptions): Promise<string | null> {
  const found = await desktopProgram(thisMachine, () => say('Fetching Electron, for a few seconds at most …'));
  if (found.program === null) return found.line;
  const { configFile, dataDir, host } = options;
  // Another host than this machine alone means that a tablet is a display; its address stays what it was paired with.
  const tablet = host === '127.0.0.1' ? [] : ['--tablet', host, '--port', String(options.port)];
  const desktop = runDesktop(
    found.program,
    [root, '--config', resolve(configFile), '--data', resolve(dataDir), ...(options.sandbox ? ['--sandbox'] : []), ...tablet],
    complain,
  );
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, desktop.stop);
  watchNpm(desktop.stop);
  const started = await desktop.started;
  if (started === 'could-not-start' || started === 'refused') {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, desktop.stop);
    if (started === 'refused') return null;
    return webShellLine('Electron could not start on this machine', 'see "When Electron does not start" in docs/release.md');
  }
  say(
    started === 'ready'
      ? `Tillit is open in its own windows. Sales are kept in ${dataDir}. Close the windows or press Ctrl-C to stop.`
      : 'Tillit is open already.',
  );
  process.exit(await desktop.ended);
}

if (asksForHelp(process.argv.slice(2))) {
  say(`${USAGE}\n\n${WHAT_EACH_DOES}`);
  process.exit(0);
}
try {
  const { rest, opens, desktop } = readStartOptions(process.argv.slice(2));
  process.umask(0o077); // sales, receipts and logs are nobody else's to read
  const options = await chooseOptions(rest);
  if (needsBuild()) {
    say('Building the screens …');
    if (!build()) {
      complain('The screens could not be built; the reason stands above.');
      process.exit(1);
    }
  }
  const line = desktop ? await inItsOwnWindows(options) : null;
  if (line !== null) say(line);
  const register = await startRestartingRegister(options, { environment: process.env, rendererDir, show: complain });
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    register.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  watchNpm(stop);
  say(describe(register, options));
  if (opens && hasDisplay(process.platform, process.env)) {
    const { cashier, customer } = register.ready;
    const opened = await openWindows(
      [
        { url: cashier, x: 0, y: 0, width: 1280, height: 800 },
        { url: customer, x: 1290, y: 0, width: 800, height: 800 },
      ],
      join(options.dataDir, 'browser'),
    );
    if (!opened) say('  No browser could be started here: open the addresses yourself.\n');
  }
} catch (error) {
  const { sentence, exitCode } = failureOf(error);
  complain(sentence);
  process.exit(exitCode);
}
