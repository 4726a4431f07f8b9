/**
 * `npm run test:electron`: the scenarios and the screens' suite on the desktop program, on real Electron where its program
 * is, else on the double, and says which. What only the double can do (displays, lid, keyring) is tested on the double alone.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { realOrDouble, whichElectron } from '../test/electron/real-or-double.ts';
import { build, needsBuild } from './build.ts';

const root = join(import.meta.dirname, '..');
const chosen = realOrDouble();
process.stdout.write(`${whichElectron(chosen)}\n`);
if (needsBuild() && !build()) process.exit(1);
const files = chosen.electron === 'real' ? ['test/electron/scenarios.test.ts', 'test/electron/screens.test.ts'] : ['test/electron'];
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const { status } = spawnSync(process.execPath, [vitest, 'run', ...files, ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, TILLIT_DESKTOP_SUITES: '1' },
});
process.exitCode = status ?? 1;
