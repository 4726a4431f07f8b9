/**
 * Builds the screens (`renderer/` → `dist/renderer`) and the desktop program (`main/` → `dist/main`) when they are missing or
 * older than what they are made of.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { rendererDir } from '../server/web/built-screens.ts';
import { oneAtATime } from './one-at-a-time.ts';

const root = join(import.meta.dirname, '..');

/** Everything that the screens are made of. */
const SOURCES = ['renderer', 'app', 'package-lock.json', 'tsconfig.base.json'];

function newestMs(path: string): number {
  const facts = statSync(path, { throwIfNoEntry: false });
  if (facts === undefined) return 0;
  if (!facts.isDirectory()) return facts.mtimeMs;
  return Math.max(facts.mtimeMs, ...readdirSync(path).map((name) => newestMs(join(path, name))));
}

function oldestMs(path: string): number {
  const facts = statSync(path, { throwIfNoEntry: false });
  if (facts === undefined) return 0;
  if (!facts.isDirectory()) return facts.mtimeMs;
  return Math.min(Number.POSITIVE_INFINITY, ...readdirSync(path).map((name) => oldestMs(join(path, name))));
}

const mainFiles = ['main/main.js', 'main/preload.cjs', 'sandbox/sandbox.js'].map((name) => join(root, 'dist', name));
/** Everything that the desktop program is made of. */
const MAIN_SOURCES = ['main', 'app', 'hardware', 'server', 'package.json', 'package-lock.json', 'tsconfig.base.json'];

const newestOf = (sources: readonly string[]): number => Math.max(...sources.map((source) => newestMs(join(root, source))));

/** Whether `dist/renderer` is missing, empty or older than its sources. */
function needsScreens(): boolean {
  if (!existsSync(rendererDir) || readdirSync(rendererDir).length === 0) return true;
  return oldestMs(rendererDir) < newestOf(SOURCES);
}

/** Whether `dist/main` is missing, not whole or older than its sources. */
function needsMain(): boolean {
  return !mainFiles.every((file) => existsSync(file)) || Math.min(...mainFiles.map(oldestMs)) < newestOf(MAIN_SOURCES);
}

/** Whether anything in `dist` is missing or older than what it is made of. */
export function needsBuild(): boolean {
  return needsScreens() || needsMain();
}

function vite(config: string, mode: string): boolean {
  const program = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const args = [program, 'build', '-c', config, '--logLevel', 'warn', ...(mode === '' ? [] : ['--mode', mode])];
  // A test's own NODE_ENV would bring React's development build, three times as large and slower.
  const env = { ...process.env, NODE_ENV: 'production' };
  return spawnSync(process.execPath, args, { cwd: root, env, stdio: ['ignore', 2, 2] }).status === 0;
}

/**
 * Builds the screens, the desktop program, its preload and the sandbox that it practises against in a checkout. Gives whether that went well; what went wrong has been printed.
 * One build at a time: whoever had to wait for another's builds no more unless it is `always`.
 */
export function build(always = false): boolean {
  return oneAtATime(join(root, 'dist', '.building'), () => (always || needsBuild() ? buildAll() : true));
}

function buildAll(): boolean {
  return vite('renderer/vite.config.ts', '') && ['main', 'preload', 'sandbox'].every((mode) => vite('main/vite.config.ts', mode));
}

// `npm run web` runs this first. Nothing goes to standard output, where the ready line is expected.
if (import.meta.main && (process.argv.includes('--all') || needsBuild())) {
  process.stderr.write('Building the screens and the desktop program …\n');
  process.exitCode = build(process.argv.includes('--all')) ? 0 : 1;
}
