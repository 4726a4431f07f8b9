/**
 * A chain for a scenario: its head office in a process of its own, on SQLite, set up by the commands that a person uses. The
 * stores' registers are shops of their own (`shop.ts`), which enrol with codes.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ChainClient, createChainClient } from '../../app/chain/client.ts';
import { parseMembership } from '../../app/chain/membership.ts';
import { createHttpSend } from '../../hardware/http/send.ts';
import type { Sandbox } from '../../server/sandbox/sandbox.ts';
import { type RunningHeadOffice, runHeadOffice, startHeadOffice } from '../support/head-office-process.ts';
import type { ApiName } from './shop.ts';

export interface ChainStore {
  readonly storeId: string;
  readonly name: string;
  /** Its sales unit at the provider. Stores with the same one share it. */
  readonly msn: string;
  /** Whose keys head office refunds with. Default `store`. */
  readonly way?: 'partner' | 'store' | 'shared';
  /** Which of the provider's APIs the unit is asked through. Default: that of the registers. */
  readonly api?: ApiName;
}

export class Chain {
  readonly sandbox: Sandbox;
  readonly stores: readonly ChainStore[];
  /** Where head office answers, and goes on answering when it was started again. */
  readonly address: string;
  readonly #folder: string;
  readonly #send = createHttpSend();
  readonly #firstCodes = new Map<string, string>();
  #running: RunningHeadOffice | null = null;

  private constructor(sandbox: Sandbox, stores: readonly ChainStore[], address: string, folder: string) {
    this.sandbox = sandbox;
    this.stores = stores;
    this.address = address;
    this.#folder = folder;
  }

  /** Sets up the stores with their sales units at this provider, and starts head office. Close it when done. */
  static async open(sandbox: Sandbox, stores: readonly ChainStore[], api: ApiName): Promise<Chain> {
    const folder = mkdtempSync(join(tmpdir(), 'tillit-head-office-'));
    const chain = new Chain(sandbox, stores, `http://127.0.0.1:${await freePort()}`, folder);
    try {
      const [first, ...others] = stores.filter(({ msn }, index) => stores.findIndex((store) => store.msn === msn) === index);
      // The first command makes the database; the others are run beside each other.
      if (first !== undefined) await chain.#setUpUnit(first, api);
      await Promise.all(others.map((store) => chain.#setUpUnit(store, api)));
      await Promise.all(stores.map((store) => chain.#setUpStore(store)));
      await chain.start();
      return chain;
    } catch (error) {
      await chain.close();
      throw error;
    }
  }

  /** The store, and the code that lets its first register in. */
  async #setUpStore(store: ChainStore): Promise<void> {
    const { storeId, name } = store;
    const said = await this.command('put-store', '--store', storeId, '--name', name, '--unit', unitOf(store), '--register', '1');
    this.#firstCodes.set(storeId, codeIn(said));
  }

  async #setUpUnit(store: ChainStore, api: ApiName): Promise<void> {
    const way = store.way ?? 'store';
    const owner =
      way === 'partner'
        ? this.sandbox.partners.find(({ msns }) => msns.includes(store.msn))
        : this.sandbox.salesUnits.find(({ msn }) => msn === store.msn);
    if (owner === undefined) throw new Error(`The provider has no keys for ${store.msn}.`);
    const { clientId, clientSecret, subscriptionKey } = owner;
    const keys = join(this.#folder, `keys-${store.msn}.json`);
    writeFileSync(keys, JSON.stringify({ clientId, clientSecret, subscriptionKey }), { mode: 0o600 });
    const what = ['--unit', unitOf(store), '--name', store.name, '--way', way, '--msn', store.msn, '--api', store.api ?? api];
    const keySet = way === 'partner' ? ['--key-set', 'partner'] : [];
    await this.command('put-unit', ...what, '--base-url', this.sandbox.url, '--keys', keys, ...keySet);
    rmSync(keys);
  }

  /** `npm run head-office -- <args>`, beside the server. Gives what it prints. @throws with its own words when it fails */
  async command(action: string, ...args: readonly string[]): Promise<string> {
    const ended = await runHeadOffice(action, '--data', this.#data, ...args);
    if (ended.code !== 0) throw new Error(`head-office ${action}: ${ended.stderr}`);
    return ended.stdout.trim();
  }

  /** A code with which a register enrols. */
  async codeFor(storeId: string, registerId = '1'): Promise<string> {
    const first = registerId === '1' ? this.#firstCodes.get(storeId) : undefined;
    if (first !== undefined) this.#firstCodes.delete(storeId);
    return first ?? codeIn(await this.command('enrol', '--store', storeId, '--register', registerId));
  }

  get isRunning(): boolean {
    return this.#running !== null;
  }

  async start(): Promise<void> {
    const { port } = new URL(this.address);
    this.#running ??= await startHeadOffice(['--data', this.#data, '--port', port, '--public-url', this.address]);
  }

  /** Takes its power away. */
  async kill(): Promise<void> {
    const running = this.#running;
    this.#running = null;
    await running?.kill();
  }

  /** Asks head office with the key that a register keeps in its data folder. */
  as({ dataDir }: { readonly dataDir: string }): ChainClient {
    const key = () => parseMembership(readFileSync(join(dataDir, 'keys', 'head-office.json'), 'utf8'))?.key ?? null;
    return createChainClient({ address: this.address, key, send: this.#send, clock: { nowMs: () => Date.now() } });
  }

  get #data(): string {
    return join(this.#folder, 'data');
  }

  /** Stops it and leaves nothing behind. */
  async close(): Promise<void> {
    await this.kill();
    this.#send.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function codeIn(said: string): string {
  const code = /: ([A-Z2-9-]{14})$/m.exec(said)?.[1];
  if (code === undefined) throw new Error(`No code was printed: ${said}`);
  return code;
}

const unitOf = ({ msn }: ChainStore): string => `unit-${msn}`;

/** A port that was free a moment ago: head office comes back to the same one, and the provider is told of it beforehand. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
}
