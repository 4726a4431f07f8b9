/**
 * `npm test`: everything that must hold, in order, on a machine that has only Node, npm and git.
 * Stops at the first step that fails. The last line is always `N passed, N failed`.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { whichElectron } from '../test/electron/real-or-double.ts';
import { BrowserMissingError, ensureBrowser } from './browser.ts';
import { needsBuild } from './build.ts';

const root = join(import.meta.dirname, '..');
const bin = (name: string) => join(root, 'node_modules', ...name.split('/'));
const biome = bin('@biomejs/biome/bin/biome');
const tsc = bin('typescript/bin/tsc');

interface Step {
  readonly name: string;
  readonly runs: readonly (readonly string[])[];
}

const STEPS: readonly Step[] = [
  { name: 'lint', runs: [[biome, 'check', '--error-on-warnings']] },
  {
    name: 'types',
    runs: [
      [tsc, '-p', 'app'],
      [tsc, '-p', 'renderer'],
      [tsc, '-p', 'main'],
      [tsc, '-p', '.'],
    ],
  },
  { name: 'build', runs: [[join(root, 'scripts', 'build.ts'), '--all']] },
];

/** Runs a script with this very Node; gives its exit code. */
function run(script: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, script, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
    child.on('error', () => resolve(1));
    child.on('close', (code) => resolve(code ?? 1));
  });
}

const say = (line: string) => process.stdout.write(`${line}\n`);

function finish(passed: number, failed: number): never {
  say(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}

interface VitestResults {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { status: string }[];
  }[];
}

/** Counts from Vitest's own results. A file that could not even be loaded is one failure. */
function count(results: VitestResults): { passed: number; failed: number; skipped: number } {
  const broken = results.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  return {
    passed: results.numPassedTests,
    failed: results.numFailedTests + broken,
    skipped: results.numPendingTests + results.numTodoTests,
  };
}

for (const step of STEPS) {
  if (step.name === 'build' && !needsBuild()) {
    say('── build: the screens and the desktop program are built already');
    continue;
  }
  say(`── ${step.name}`);
  for (const script of step.runs) {
    if ((await run(script)) !== 0) {
      say(`The step "${step.name}" failed; the steps after it were not run.`);
      finish(0, 1);
    }
  }
}

say('── browser');
let browser: string;
try {
  browser = await ensureBrowser(say);
  say(`Using ${browser}`);
} catch (error) {
  if (!(error instanceof BrowserMissingError)) throw error;
  say(error.message);
  finish(0, 1);
}

say(whichElectron());
say('── tests: layering and rules, unit, then integration and browser beside each other');
const outputFile = join(root, 'out', 'test', 'results.json');
mkdirSync(join(root, 'out', 'test'), { recursive: true });
rmSync(outputFile, { force: true });
const only = process.argv.slice(2);
const code = await run(
  [bin('vitest/vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${outputFile}`, ...only],
  { TILLIT_BROWSER: browser },
);
let counted = { passed: 0, failed: 1, skipped: 0 };
try {
  counted = count(JSON.parse(readFileSync(outputFile, 'utf8')) as VitestResults);
} catch {
  say('The test run ended without results.');
}
if (counted.skipped > 0) say(`${counted.skipped} tests were skipped; here that counts as failing.`);
const failed = counted.failed + counted.skipped;
if (counted.passed === 0 && failed === 0) {
  say('No test ran.');
  finish(0, 1);
}
// Vitest also fails a run for what no test caught, such as an error after the last test.
finish(counted.passed, failed === 0 && code !== 0 ? 1 : failed);
