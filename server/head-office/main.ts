/**
 * `npm run head-office`: a chain's head office. `serve` prints one line of JSON when it answers, and stops cleanly on SIGINT
 * and SIGTERM; every other action does one thing and ends. Exit codes: 0 done, 1 could not be done, 2 was told nonsense.
 */
import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isSafeProviderAddress } from '../../app/refund/contract.ts';
import type { Log } from '../../app/till/ports.ts';
import { nodeClock } from '../../hardware/clock/node-clock.ts';
import { createHttpSend } from '../../hardware/http/send.ts';
import { watchNpm } from '../web/parent-watch.ts';
import { runCommand } from './commands.ts';
import type { Office } from './office.ts';
import { readOptions, type Said, USAGE, UsageError } from './options.ts';
import { startServer } from './server.ts';
import { openStore } from './store/store.ts';
import { createVault, readVaultKeys, type Vault } from './vault.ts';

// What stores sold, and their keys, are nobody else's to read.
process.umask(0o077);
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

const stderrLog: Log = {
  write(level, event, facts = {}) {
    if (level === 'info') return;
    process.stderr.write(`${JSON.stringify({ at: new Date(nodeClock.nowMs()).toISOString(), level, event, ...facts })}\n`);
  },
};

/** What begins a head office, where there is none yet; the others ask one that is there. */
const BEGINNINGS = ['serve', 'put-unit', 'put-store'];

async function openOffice(directory: string, action: string): Promise<Office & { close(): Promise<void> }> {
  const url = process.env.DATABASE_URL ?? '';
  const file = join(directory, 'head-office.db');
  if (url === '' && !BEGINNINGS.includes(action) && !existsSync(file)) {
    throw new UsageError(`There is no head office in ${directory}: ${file} is missing. "serve", "put-unit" and "put-store" make one.`);
  }
  makeFolder(directory);
  const store = await openStore(url === '' ? { file } : { url });
  const send = createHttpSend();
  const keyFile = join(directory, 'head-office.key');
  return {
    store,
    // Read each time, so that a key that was added while the server runs is found.
    vault: (): Vault => createVault(readVaultKeys(process.env, keyFile)),
    clock: nodeClock,
    log: stderrLog,
    send,
    processId: randomUUID(),
    async close() {
      send.close();
      await store.close();
    },
  };
}

function makeFolder(directory: string): void {
  mkdirSync(directory, { recursive: true });
  if (!statSync(directory).isDirectory()) throw new UsageError(`${directory} is not a folder.`);
  chmodSync(directory, 0o700);
}

async function serve(office: Office & { close(): Promise<void> }, said: Said): Promise<void> {
  const [certFile, keyFile] = [said.get('tls-cert'), said.get('tls-key')];
  if ((certFile === null) !== (keyFile === null)) throw new UsageError('--tls-cert and --tls-key go together.');
  const publicUrl = said.get('public-url');
  if (publicUrl !== null && !isSafeProviderAddress(publicUrl)) throw new UsageError('--public-url must be an https:// address.');
  const server = await startServer(office, {
    port: said.number('port', 65_535) ?? 0,
    host: said.get('host') ?? '127.0.0.1',
    publicUrl,
    tls: certFile === null || keyFile === null ? null : { certFile, keyFile },
  });
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    server
      .close()
      .then(() => office.close())
      .then(() => process.exit(0), fail);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  watchNpm(stop);
  process.stdout.write(`${JSON.stringify({ ready: true, api: server.url, database: office.store.kind })}\n`);
}

/** One plain sentence, never a stack. */
function fail(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.message : 'Head office could not start.'}\n`);
  process.exit(error instanceof UsageError ? 2 : 1);
}

async function main(args: readonly string[]): Promise<void> {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(`${USAGE}\n`);
    return;
  }
  const said = readOptions(args);
  const office = await openOffice(said.must('data'), said.action);
  try {
    if (said.action === 'serve') {
      await serve(office, said);
      return;
    }
    process.stdout.write(`${await runCommand(office, said)}\n`);
  } catch (error) {
    await office.close();
    throw error;
  }
  await office.close();
}

main(process.argv.slice(2)).catch(fail);
