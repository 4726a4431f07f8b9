/**
 * Electron's own program. The package brings it since version 42 only when asked, so it may be there or not; what stands
 * here finds it, and fetches it within a bounded time and by one process at a time.
 */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The package in `node_modules`, or another of its form. */
export interface ElectronPackage {
  readonly directory: string;
  /** Set by those who bring their own Electron. */
  readonly overrideDist: string | undefined;
}

export const installedElectron: ElectronPackage = {
  directory: join(import.meta.dirname, '..', 'node_modules', 'electron'),
  overrideDist: process.env.ELECTRON_OVERRIDE_DIST_PATH,
};

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return null;
  }
}

/** The program to run, or `null` when it is not there, not whole, or of another version than the package. */
export function findElectron({ directory, overrideDist }: ElectronPackage = installedElectron): string | null {
  if (overrideDist !== undefined && overrideDist !== '') {
    const program = join(overrideDist, read(join(directory, 'path.txt')) ?? programName(process.platform));
    return existsSync(program) ? program : null;
  }
  // The path is written last, after everything was unpacked.
  const name = read(join(directory, 'path.txt'));
  const facts = read(join(directory, 'package.json'));
  if (name === null || facts === null) return null;
  const { version } = JSON.parse(facts) as { version: string };
  const program = join(directory, 'dist', name);
  return read(join(directory, 'dist', 'version'))?.replace(/^v/, '') === version && existsSync(program) ? program : null;
}

function programName(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return platform === 'win32' ? 'electron.exe' : 'electron';
}

export type Fetched =
  | { readonly program: string }
  /** `failed`: it was tried and refused; `late`: the time was up; `absent`: there is no Electron package. */
  | { readonly program: null; readonly why: 'failed' | 'late' | 'absent' };

/**
 * Fetches Electron with its package's own script, which checks what it gets. Waits at most `timeoutMs`, then ends what it
 * started. While another process fetches, this one only waits for it.
 */
export async function fetchElectron(timeoutMs: number, electron: ElectronPackage = installedElectron): Promise<Fetched> {
  const script = join(electron.directory, 'install.js');
  if (!existsSync(script)) return { program: null, why: 'absent' };
  const until = performance.now() + timeoutMs;
  const lock = join(dirname(electron.directory), '.cache', 'tillit', 'electron-fetch.lock');
  for (;;) {
    const program = findElectron(electron);
    if (program !== null) return { program };
    const release = takeLock(lock);
    if (release !== null) {
      try {
        return await runScript(script, until - performance.now(), electron);
      } finally {
        release();
      }
    }
    if (performance.now() > until) return { program: null, why: 'late' };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** A file that only one process can make, with its number inside. One whose process has gone does not count. */
function takeLock(path: string): (() => void) | null {
  try {
    mkdirSync(dirname(path), { recursive: true });
    const file = openSync(path, 'wx');
    writeSync(file, String(process.pid));
    closeSync(file);
    return () => rmSync(path, { force: true });
  } catch (error) {
    // Where nothing can be written, nothing can be fetched either, and the script says so.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return () => undefined;
  }
  if (isAbandoned(path)) rmSync(path, { force: true });
  return null;
}

/** Just made and still empty is not abandoned. */
function isAbandoned(path: string): boolean {
  const facts = statSync(path, { throwIfNoEntry: false });
  if (facts === undefined) return false;
  const holder = Number(read(path));
  if (!Number.isInteger(holder) || holder <= 0) return performance.timeOrigin + performance.now() - facts.mtimeMs > 5_000;
  try {
    process.kill(holder, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

function runScript(script: string, timeoutMs: number, electron: ElectronPackage): Promise<Fetched> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script], { stdio: 'ignore', cwd: electron.directory });
    let late = false;
    const timer = setTimeout(
      () => {
        late = true;
        child.kill('SIGKILL');
      },
      Math.max(timeoutMs, 0),
    );
    const end = (): void => {
      clearTimeout(timer);
      const program = findElectron(electron);
      resolve(program === null ? { program, why: late ? 'late' : 'failed' } : { program });
    };
    child.on('error', end);
    child.on('exit', end);
  });
}
