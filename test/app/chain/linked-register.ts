/**
 * A register of a chain whose journal goes to a real head office over real HTTP, in time that passes only when a test lets it.
 * The line between them is a test's to cut, to slow, and to lose answers on.
 */
import { onTestFinished } from 'vitest';
import { type ChainClient, createChainClient } from '../../../app/chain/client.ts';
import { Contact } from '../../../app/chain/contact.ts';
import { type ChainSender, createSender } from '../../../app/chain/sender.ts';
import { openOutbox } from '../../../app/journal/outbox.ts';
import { entryReader } from '../../../app/journal/rows.ts';
import type { HttpOutcome, HttpRequest, HttpSend } from '../../../app/till/ports.ts';
import { nodeRandom } from '../../../hardware/crypto/random.ts';
import { createHttpSend } from '../../../hardware/http/send.ts';
import { openDatabase } from '../../../hardware/store/database.ts';
import { readJournal } from '../../../server/head-office/kept-journal.ts';
import { startChain, type TestChain } from '../../server/head-office/test-chain.ts';
import type { TestRegister } from '../../server/head-office/test-register.ts';
import { VirtualTime } from '../../simulation/virtual-time.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** What becomes of the next request. `lost` and `twice` reach head office. */
export type Mishap = 'none' | 'not-sent' | 'lost' | 'twice';

const STORES = [
  { storeId: 'nord', msn: '111111' },
  { storeId: 'syd', msn: '222222' },
];

export const newChain = (): Promise<TestChain> => startChain({ file: `${temporaryFolder()}/chain.db` }, STORES);

export class Line {
  /** Taken from the front, one for each request; when it is empty all is well. */
  mishaps: Mishap[] = [];
  /** Cut: nothing leaves. */
  down = false;
  /** Changes a request on its way, or answers it. */
  meddle: ((request: HttpRequest) => HttpRequest | HttpOutcome) | null = null;
  readonly asked: { readonly path: string; readonly atMs: number; readonly entries: number }[] = [];
  #flying = 0;
  readonly #time: VirtualTime;
  readonly #send = createHttpSend();

  constructor(time: VirtualTime) {
    this.#time = time;
    onTestFinished(() => this.#send.close());
  }

  readonly send: HttpSend = async (request) => {
    const entries = request.url.endsWith('/v1/journal') ? (JSON.parse(request.body ?? '') as { entries: unknown[] }).entries.length : 0;
    this.asked.push({ path: new URL(request.url).pathname, atMs: this.#time.nowMs, entries });
    if (this.down) return { kind: 'not-sent', reason: 'cut' };
    const mishap = this.mishaps.shift() ?? 'none';
    if (mishap === 'not-sent') return { kind: 'not-sent', reason: 'cut' };
    const meddled = this.meddle?.(request) ?? request;
    if ('kind' in meddled) return meddled;
    this.#flying += 1;
    try {
      if (mishap === 'twice') await this.#send(meddled);
      const outcome = await this.#send(meddled);
      return mishap === 'lost' ? { kind: 'lost', reason: 'the answer was lost' } : outcome;
    } finally {
      this.#flying -= 1;
    }
  };

  /** Lets time pass, and every answer arrive in it. */
  async pass(ms: number, stepMs = 25): Promise<void> {
    for (const endMs = this.#time.nowMs + ms; ; ) {
      await this.#landed();
      const leftMs = endMs - this.#time.nowMs;
      if (leftMs <= 0) return;
      await this.#time.pass(Math.min(stepMs, leftMs));
    }
  }

  async #landed(): Promise<void> {
    do await new Promise((resolve) => setImmediate(resolve));
    while (this.#flying > 0);
  }
}

export interface LinkedRegister {
  readonly register: TestRegister;
  readonly line: Line;
  readonly time: VirtualTime;
  readonly contact: Contact;
  readonly client: ChainClient;
  readonly sender: ChainSender;
  readonly outbox: ReturnType<typeof openOutbox>;
  /** Sells for cash, and says so to the sender. */
  sell(count?: number): Promise<void>;
}

/** Begins to send at once. */
export async function link(chain: TestChain, storeId = 'nord', time = new VirtualTime()): Promise<LinkedRegister> {
  const register = await chain.register(storeId);
  const line = new Line(time);
  const contact = new Contact(time.clock, true, () => undefined);
  const client = createChainClient({ address: register.url, key: () => register.key, send: line.send, clock: time.clock });
  const reading = openDatabase(register.file, { readOnly: true });
  onTestFinished(() => reading.close());
  const read = entryReader(reading);
  const outbox = openOutbox(register.database, 'head-office');
  const sender = createSender({
    client,
    read: (fromSeq, most) => read(fromSeq, most).map(({ entry }) => entry),
    headSeq: () => register.journal.head().seq,
    outbox,
    contact,
    clock: time.clock,
    timers: time,
    random: nodeRandom,
    log: { write: () => undefined },
  });
  onTestFinished(() => sender.stop());
  return {
    register,
    line,
    time,
    contact,
    client,
    sender,
    outbox,
    async sell(count = 1) {
      for (let sold = 0; sold < count; sold += 1) await register.sell([{ articleNumber: '1', priceOre: 500 }], 'none');
      sender.poke();
    },
  };
}

/** The hashes of a register's journal at head office, in order. */
export async function hashesAtHeadOffice({ office }: TestChain, { storeId }: TestRegister): Promise<readonly string[]> {
  const { db } = office.store;
  const { register_no } = await db.selectFrom('registers').select('register_no').where('store_id', '=', storeId).executeTakeFirstOrThrow();
  return (await readJournal(db, register_no, 1, 100_000)).map(({ hash }) => hash);
}

export const ownHashes = (register: TestRegister): readonly string[] => register.entries(1, 100_000).map(({ hash }) => hash);
