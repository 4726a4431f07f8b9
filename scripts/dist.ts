/**
 * `npm run dist`: the desktop program's installers, in `out/dist`. `-- --dir` makes the folder that an installer would
 * install and no installer; `-- --win`, `--mac`, `--linux` choose the platform, this machine's by default. What is a
 * release's own comes from the environment: docs/release.md.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { asksForHelp, UsageError } from '../server/web/options.ts';
import { build } from './build.ts';
import { distFailure, type Package, packageIt, releaseFacts } from './dist-package.ts';

const root = join(import.meta.dirname, '..');
const USAGE = 'npm run dist -- [--win | --mac | --linux] [--dir]';
const complain = (text: string) => process.stderr.write(`${text}\n`);

function readArguments(args: readonly string[]): Pick<Package, 'platform' | 'directoryOnly'> {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { dir: { type: 'boolean' }, win: { type: 'boolean' }, mac: { type: 'boolean' }, linux: { type: 'boolean' } },
    });
    const asked = (['win', 'mac', 'linux'] as const).filter((name) => values[name] === true);
    if (asked.length > 1) throw new UsageError('One platform at a time: --win, --mac or --linux.');
    const here = process.platform === 'win32' ? 'win' : process.platform === 'darwin' ? 'mac' : 'linux';
    return { platform: asked[0] ?? here, directoryOnly: values.dir === true };
  } catch (error) {
    throw error instanceof UsageError
      ? error
      : new UsageError(`${error instanceof Error ? `${error.message.split('. ')[0]}. ` : ''}Usage: ${USAGE}`);
  }
}

if (asksForHelp(process.argv.slice(2))) {
  process.stdout.write(`${USAGE}\n`);
  process.exit(0);
}
try {
  const asked = readArguments(process.argv.slice(2));
  const facts = releaseFacts(process.env, asked);
  if (!build(true)) throw new Error('The program could not be built; the reason stands above.');
  for (const file of ['dist/main/main.js', 'dist/main/preload.cjs', 'dist/renderer/cashier.html']) {
    if (!existsSync(join(root, file))) throw new Error(`The build did not make ${file}.`);
  }
  const made = await packageIt({ root, ...asked, ...facts });
  process.stdout.write(made.length === 0 ? 'The program is in out/dist.\n' : `${made.join('\n')}\n`);
} catch (error) {
  complain(distFailure(error));
  process.exit(error instanceof UsageError ? 2 : 1);
}
