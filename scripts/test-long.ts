/**
 * `npm run test:long`: the suites that take minutes and are no part of `npm test`, one after the other; arguments go on to
 * the desktop program's. Says in one line which Electron the desktop program ran on. The last lines tell what each took.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const SUITES: readonly { readonly name: string; readonly script: string; readonly args?: readonly string[] }[] = [
  { name: 'desktop program', script: 'test-electron.ts' },
  ...['refund-store-keys', 'refund-shared-unit'].map((scenario) => ({
    name: scenario,
    script: 'demo.ts',
    args: ['--scenario', scenario, '--json'],
  })),
  ...['sale-push', 'sale-personal-qr', 'partial-capture'].map((scenario) => ({
    name: `${scenario} through ePayment`,
    script: 'demo.ts',
    args: ['--scenario', scenario, '--api', 'epayment', '--json'],
  })),
];

let worst = 0;
const took: string[] = [];
for (const { name, script, args = process.argv.slice(2) } of SUITES) {
  const startMs = performance.now();
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, script), ...args], { stdio: 'inherit' });
  worst = Math.max(worst, status ?? 1);
  took.push(`${name}: ${status === 0 ? 'passed' : 'failed'} in ${Math.round((performance.now() - startMs) / 1000)} s`);
}
process.stdout.write(`${took.join('\n')}\n`);
process.exitCode = worst;
