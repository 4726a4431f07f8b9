/**
 * A whole register in a box that can lose its power at any moment: the real till, the real journal on real SQLite, and
 * ports that are cut with the power. What is committed stays; what is in memory, in flight or on a timer is gone.
 */
import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { createCatalogue } from '../../app/catalog/catalogue.ts';
import { openCatalogueStore } from '../../app/catalog/catalogue-store.ts';
import { openPublicationStore } from '../../app/catalog/publication-store.ts';
import type { RefundDesk } from '../../app/chain/client.ts';
import type { Entry } from '../../app/journal/entry.ts';
import { openJournal } from '../../app/journal/journal.ts';
import { REGISTER_PROJECTIONS } from '../../app/journal/projections/all.ts';
import { openReadModel, type ReadModel } from '../../app/journal/read-model.ts';
import { entryReader } from '../../app/journal/rows.ts';
import type { PaymentProvider } from '../../app/payment/provider.ts';
import type { Configuration } from '../../app/till/configuration.ts';
import type { CommandAnswer } from '../../app/till/contract.ts';
import type { DeskPorts } from '../../app/till/desk.ts';
import { type Database, type Log, type Printer, StorageError, type StorageTrouble, type Timers } from '../../app/till/ports.ts';
import { createTill, type Till } from '../../app/till/till.ts';
import { nodeHasher } from '../../hardware/crypto/hasher.ts';
import { createRsaSigner } from '../../hardware/crypto/signer.ts';
import { scryptHasher } from '../../hardware/crypto/slow-hash.ts';
import { openDatabase } from '../../hardware/store/database.ts';
import type { Dice } from './dice.ts';
import { ARTICLES, shopConfiguration } from './shop.ts';
import type { VirtualTime } from './virtual-time.ts';

/** One key for all boxes: making one costs more than a simulated day. */
export const SIGNER = createRsaSigner({
  keyVersion: 1,
  privateKeyPem: generateKeyPairSync('rsa', { modulusLength: 1_024 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
});

/** What happens to the next commit. `cut-before`: it is lost with the power; `cut-after`: it is on disk, and nothing else happens. */
export type CommitFate = 'good' | 'cut-before' | 'cut-after';

export interface LogLine {
  readonly level: string;
  readonly event: string;
  readonly facts: Readonly<Record<string, string | number | boolean | null>>;
}

export interface BoxParts {
  readonly folder: string;
  readonly time: VirtualTime;
  readonly dice: Dice;
  /** The provider as this run of the program reaches it; `null` for one that has none configured. */
  readonly provider: (isGone: () => boolean) => PaymentProvider | null;
  readonly printer: (isGone: () => boolean, timers: Timers) => Printer;
  readonly encodeDocument: DeskPorts['encodeDocument'];
  readonly paperText: DeskPorts['paperText'];
  readonly configuration?: Configuration;
  /** Head office, where the register is one of a chain. */
  readonly office?: RefundDesk;
  readonly headOffice?: NonNullable<DeskPorts['headOffice']>;
}

interface Running {
  readonly till: Till;
  readonly readModel: ReadModel;
  readonly close: () => void;
  readonly life: Life;
}

/** One run of the program, from switching on to losing power. */
interface Life {
  isGone: boolean;
}

export class BoxedRegister {
  readonly #parts: BoxParts;
  readonly #catalogue = openDatabase(':memory:');
  /** What head office publishes, as far as somebody has fetched it. */
  readonly publications = openPublicationStore(this.#catalogue);
  #running: Running | null = null;
  readonly log: LogLine[] = [];
  /** Asked at every commit. */
  commitFate: () => CommitFate = () => 'good';
  /** Set while the disk takes nothing. */
  storageTrouble: StorageTrouble | null = null;
  /** Called when the power went by itself, in the middle of something. */
  onPowerCut: () => void = () => {};
  /** Called after each change of the views. */
  onChange: () => void = () => {};

  constructor(parts: BoxParts) {
    this.#parts = parts;
    openCatalogueStore(this.#catalogue).save(ARTICLES, 'replace');
  }

  get journalFile(): string {
    return join(this.#parts.folder, 'journal.db');
  }

  get isOn(): boolean {
    return this.#running !== null && !this.#running.life.isGone;
  }

  get till(): Till {
    return this.#on.till;
  }

  get readModel(): ReadModel {
    return this.#on.readModel;
  }

  get #on(): Running {
    if (this.#running === null || this.#running.life.isGone) throw new RangeError('the register is off');
    return this.#running;
  }

  /** Switches it on. Gives `false` when the power went during the start. */
  start(): boolean {
    if (this.#running !== null) throw new RangeError('the register is on already');
    const { time, dice, folder } = this.#parts;
    const life: Life = { isGone: false };
    const isGone = () => life.isGone;
    const database = openDatabase(join(folder, 'journal.db'));
    const readers: Database[] = [];
    const close = () => {
      for (const reader of readers) reader.close();
      database.close();
    };
    const timers: Timers = {
      after: (delayMs, run) =>
        time.after(delayMs, () => {
          unlessGone(life, run);
        }),
    };
    const random = { bytes: (count: number) => dice.bytes(count) };
    const log: Log = {
      write: (level, event, facts = {}) => {
        this.log.push({ level, event, facts });
      },
    };
    try {
      const { clock } = time;
      const journal = openJournal({
        database: this.#fragile(database, life),
        hasher: nodeHasher,
        signer: SIGNER,
        clock,
        random,
        projections: REGISTER_PROJECTIONS,
        software: 'tillit-test',
        storeId: 'oslo',
        registerId: '1',
        publicKeyPem: SIGNER.publicKeyPem,
      });
      const reading = openDatabase(join(folder, 'journal.db'), { readOnly: true });
      readers.push(reading);
      const readModel = openReadModel(reading);
      const store = openCatalogueStore(this.#catalogue);
      const { printer, provider, encodeDocument, paperText } = this.#parts;
      const till = createTill({
        configuration: this.#parts.configuration ?? shopConfiguration(),
        ports: {
          clock,
          timers,
          random,
          hasher: nodeHasher,
          pins: scryptHasher,
          log,
          printer: printer(isGone, timers),
          encodeDocument,
          paperText,
          ...(this.#parts.headOffice === undefined ? {} : { headOffice: this.#parts.headOffice }),
        },
        journal,
        readModel,
        catalogue: createCatalogue(store.load()),
        catalogueStore: store,
        publicationStore: this.publications,
        provider: provider(isGone),
        office: this.#parts.office ?? null,
        addresses: { phoneUrl: null, printerUrl: null },
        software: 'tillit-test',
      });
      till.onChange(() => {
        if (!life.isGone) this.onChange();
      });
      this.#running = { till, readModel, close, life };
      return true;
    } catch (error) {
      const wentDark = life.isGone;
      life.isGone = true;
      close();
      if (wentDark) return false;
      throw error;
    }
  }

  /** Everything that is on disk. */
  entries(): readonly Entry[] {
    const database = openDatabase(this.journalFile, { readOnly: true });
    try {
      return entryReader(database)(1, 1_000_000).map(({ entry }) => entry);
    } finally {
      database.close();
    }
  }

  /** What a cashier gets; `null` when the power went meanwhile. */
  async dispatch(command: Parameters<Till['dispatch']>[0]): Promise<CommandAnswer | null> {
    const { till } = this.#on;
    const answer = await till.dispatch(command);
    return this.isOn ? answer : null;
  }

  /** The machine wakes from sleep. */
  wake(): void {
    const { till, life } = this.#on;
    unlessGone(life, () => till.wake());
  }

  /** Cuts the power now. */
  cutPower(): void {
    if (this.#running !== null) this.#running.life.isGone = true;
    this.clearAway();
  }

  /** Gives back what a register without power held. */
  clearAway(): void {
    this.#running?.close();
    this.#running = null;
  }

  /** Ends it in good order. */
  async stop(): Promise<void> {
    await this.#on.till.stop();
    this.cutPower();
  }

  /** A connection whose commits can be cut off, and whose disk can be full. */
  #fragile(database: Database, life: Life): Database {
    return {
      prepare: (sql) => database.prepare(sql),
      close: () => database.close(),
      exec: (sql) => {
        if (life.isGone) throw powerCut();
        if (sql === 'BEGIN IMMEDIATE' && this.storageTrouble !== null) {
          throw new StorageError(this.storageTrouble, `the disk says ${this.storageTrouble}`);
        }
        const fate = sql === 'COMMIT' ? this.commitFate() : 'good';
        if (fate !== 'cut-before') database.exec(sql);
        if (fate === 'good') return;
        life.isGone = true;
        this.onPowerCut();
        throw powerCut();
      },
    };
  }
}

/** What whoever was writing gets to see of a power cut, though nobody is left to act on it. */
function powerCut(): StorageError {
  return new StorageError('other', 'the power went');
}

/** Does it while there is power; when the power goes in the middle, nobody is left to hear of it. */
function unlessGone(life: Life, run: () => void): void {
  if (life.isGone) return;
  try {
    run();
  } catch (error) {
    if (!life.isGone) throw error;
  }
}
