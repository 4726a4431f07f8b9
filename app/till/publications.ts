/**
 * What head office has published takes its place here: fetched versions wait on disk, are prepared beside the catalogue while
 * the register sells, and stand from one moment between two sales, with no line to head office needed by then.
 */
import { type Catalogue, createCatalogueInSteps } from '../catalog/catalogue.ts';
import type { CatalogueStore, PreparedSave } from '../catalog/catalogue-store.ts';
import { foldPublications, inOrder, supply } from '../catalog/fold-publications.ts';
import type { PublishedOperator } from '../catalog/publication.ts';
import type { KeptOperator, KeptVersion, PublicationStore } from '../catalog/publication-store.ts';
import type { Steps } from '../catalog/steps.ts';
import type { JournalEvent } from '../journal/events.ts';
import { isBetweenSales } from './between-sales.ts';
import type { Desk } from './desk.ts';
import type { Timer } from './ports.ts';
import { runInSteps, StoppedError } from './run-in-steps.ts';
import { priceEntries, type Shelving } from './shelving.ts';

/** How far a register has come with what is published. */
export interface PublicationsView {
  /** The one that began to stand last. */
  readonly standing: { readonly version: number; readonly name: string; readonly atMs: number } | null;
  /** Here, and not in force yet; the soonest first. */
  readonly coming: readonly { readonly version: number; readonly name: string; readonly startMs: number }[];
  /** What could not be taken; the register sells on with what it has. */
  readonly trouble: 'storage' | 'damaged' | null;
}

/** All that takes time, done. */
interface Ready {
  readonly due: readonly KeptVersion[];
  /** `null` where no article is spoken of. */
  readonly save: PreparedSave | null;
  readonly catalogue: Catalogue | null;
  readonly operators: readonly PublishedOperator[] | null;
  /** How many rows of a version, by its arrival, are for articles that nobody here knows. */
  readonly unknown: ReadonlyMap<number, number>;
  /** How many articles went with a version, by its arrival. */
  readonly dropped: ReadonlyMap<number, number>;
}

/** The clock may be set: a start is looked for as often as this. */
const LOOK_EVERY_MS = 60_000;

export class Publications {
  readonly #desk: Desk;
  readonly #catalogue: CatalogueStore;
  readonly #store: PublicationStore;
  readonly #shelving: Shelving;
  #versions: readonly KeptVersion[] = [];
  #running = false;
  #stopped = false;
  #timer: Timer | null = null;
  /** Called when what is waited for may have come. */
  #resume: (() => void) | null = null;
  #trouble: PublicationsView['trouble'] = null;

  constructor(desk: Desk, catalogue: CatalogueStore, store: PublicationStore, shelving: Shelving) {
    this.#desk = desk;
    this.#catalogue = catalogue;
    this.#store = store;
    this.#shelving = shelving;
    shelving.freed = () => this.changed();
    this.#safely(() => {
      desk.register.publishedOperators = store.operators();
    });
  }

  /** Something has been fetched, or has gone at head office; also at the start. */
  arrived(): void {
    this.#safely(() => {
      this.#versions = this.#store.all();
      this.#look();
    });
  }

  /** Something has changed at the register: a sale may be over. */
  changed(): void {
    const resume = this.#resume;
    this.#resume = null;
    resume?.();
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
    this.changed();
  }

  view(): PublicationsView {
    const stood = this.#versions.filter(({ standing, gone }) => standing && !gone);
    const last = stood.toSorted((a, b) => (b.stoodAtMs ?? 0) - (a.stoodAtMs ?? 0) || b.version - a.version)[0];
    return {
      standing: last === undefined ? null : { version: last.version, name: last.head.name, atMs: last.stoodAtMs ?? last.startMs },
      coming: inOrder(this.#coming()).map(({ version, head, startMs }) => ({ version, name: head.name, startMs })),
      trouble: this.#trouble,
    };
  }

  #look(): void {
    if (this.#running || this.#stopped) return;
    if (!this.#hasWork(this.#due())) {
      this.#trouble = null;
      this.#waitForStart();
      return;
    }
    this.#running = true;
    void this.#run();
  }

  /** What stands or should: a clock that is set back takes away nothing that stood. */
  #due(): readonly KeptVersion[] {
    const nowMs = this.#desk.ports.clock.nowMs();
    return this.#versions.filter(({ whole, standing, gone, startMs }) => whole && !gone && (standing || startMs <= nowMs));
  }

  #coming(): readonly KeptVersion[] {
    return this.#versions.filter(({ whole, standing, gone }) => whole && !standing && !gone);
  }

  #hasWork(due: readonly KeptVersion[]): boolean {
    return due.some(({ standing }) => !standing) || this.#versions.some(({ standing, gone }) => standing && gone);
  }

  #waitForStart(): void {
    this.#timer?.cancel();
    const nowMs = this.#desk.ports.clock.nowMs();
    const starts = this.#coming().map(({ startMs }) => startMs - nowMs);
    if (starts.length === 0) return;
    this.#timer = this.#desk.ports.timers.after(Math.min(LOOK_EVERY_MS, Math.max(0, Math.min(...starts))), () => this.#look());
  }

  async #run(): Promise<void> {
    try {
      while (!this.#stopped && this.#hasWork(this.#due())) await this.#turn();
      this.#trouble = null;
    } catch (error) {
      if (!this.#stopped) this.#fail(error);
    } finally {
      this.#running = false;
    }
    if (!this.#stopped && this.#trouble === null) this.#look();
  }

  /** A register sells, whatever is wrong with what was fetched. */
  #safely(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** The old articles sell on, and it is tried again. */
  #fail(error: unknown): void {
    const { log, timers } = this.#desk.ports;
    const name = error instanceof Error ? error.name : 'unknown';
    this.#trouble = name === 'StorageError' ? 'storage' : 'damaged';
    log.write('error', 'published.not-taken', { trouble: this.#trouble, message: error instanceof Error ? error.message : name });
    this.#timer?.cancel();
    this.#timer = timers.after(LOOK_EVERY_MS, () => this.arrived());
  }

  /** Prepares what is due, and puts it in its place at the first moment between sales. An import in between: all over again. */
  async #turn(): Promise<void> {
    await this.#until(() => !this.#shelving.isImporting);
    const { turn } = this.#shelving;
    const goesOn = () => !this.#stopped && this.#shelving.turn === turn;
    if (!goesOn()) return;
    const due = this.#due();
    let ready: Ready;
    try {
      ready = await runInSteps(this.#prepare(due), this.#desk.ports.timers, goesOn);
    } catch (error) {
      if (error instanceof StoppedError) return;
      throw error;
    }
    const { before, last } = priceEntries(ready.save?.changes.priceChanges ?? []);
    await this.#until(() => !goesOn() || isBetweenSales(this.#desk.register));
    // Something newer came while a sale was open: it is prepared with the rest, so that no price stands for a moment only.
    if (!goesOn() || !sameVersions(due, this.#due())) return;
    for (const page of before) {
      this.#append(page);
      await this.#breath();
      await this.#until(() => !goesOn() || isBetweenSales(this.#desk.register));
      if (!goesOn()) return;
    }
    this.#stand(ready, last);
  }

  *#prepare(due: readonly KeptVersion[]): Steps<Ready> {
    const changing = [...due.filter(({ standing }) => !standing), ...this.#versions.filter(({ gone }) => gone)];
    const onlyPeople = changing.every(({ kind }) => kind === 'operators');
    const read = onlyPeople ? due.filter(({ kind }) => kind === 'operators') : due;
    const told = yield* foldPublications(read, (version, page) => this.#store.page(version, page));
    const { operators } = told;
    if (onlyPeople) return { due, save: null, catalogue: null, operators, unknown: new Map(), dropped: new Map() };
    const stood = new Set(this.#versions.flatMap(({ standing, arrival }) => (standing ? [arrival] : [])));
    const { articles, origins, unknown, dropped, withoutEan } = yield* supply(yield* this.#catalogue.shelved(), told, stood);
    for (const { articleNumber } of withoutEan) this.#desk.ports.log.write('warn', 'published.ean-taken', { articleNumber });
    const save = yield* this.#catalogue.prepare(articles, 'replace', origins);
    const { added, changed, removed } = save.changes;
    const catalogue = added + changed + removed === 0 ? null : yield* createCatalogueInSteps(save.articles);
    return { due, save, catalogue, operators, unknown, dropped };
  }

  /** From here on it stands: one transaction of articles and versions, with the journal's entries in it. */
  #stand(ready: Ready, prices: readonly JournalEvent[]): void {
    const { due, save, catalogue, operators } = ready;
    const { register, ports } = this.#desk;
    const nowMs = ports.clock.nowMs();
    const gone = this.#versions.filter((version) => version.gone && version.standing);
    const isChanged = catalogue !== null;
    const entries = [
      ...due.filter(({ standing }) => !standing).map((version) => entryOf(version, ready)),
      // Only where it made a difference: most of what goes has been said again by what stands.
      ...(isChanged ? gone.filter(({ kind }) => kind !== 'operators').map(withdrawnEntry) : []),
      ...prices,
    ];
    const note = (): void => {
      this.#store.stand(
        due.map(({ version }) => version),
        nowMs,
        operators,
      );
      this.#append(entries);
    };
    if (save === null) this.#store.together(note);
    else save.commit(note);
    const people = namesOf(register.publishedOperators);
    register.publishedOperators = this.#store.operators();
    if (catalogue !== null) {
      register.catalogue = catalogue;
      register.catalogueVersion += 1;
    }
    this.#versions = this.#store.all();
    this.#tell(save, people !== namesOf(register.publishedOperators));
    ports.log.write('info', 'published.stands', {
      versions: due
        .filter(({ standing }) => !standing)
        .map(({ version }) => version)
        .join(' '),
    });
    this.#desk.changed();
  }

  /** Small, and never over something that somebody has not read yet. */
  #tell(save: PreparedSave | null, newPeople: boolean): void {
    const { register, words } = this.#desk;
    const said = words.till.published;
    const { added = 0, changed = 0, removed = 0, priceChanges = [] } = save?.changes ?? {};
    const articles = added + changed > 0 ? said.articles : removed > 0 ? said.dropped : null;
    const text = priceChanges.length > 0 ? said.prices : (articles ?? (newPeople ? said.operators : null));
    if (text !== null) register.notice ??= { id: this.#desk.newId(), tone: 'info', text, support: null };
  }

  #append(events: readonly JournalEvent[]): void {
    if (events.length > 0) this.#desk.register.append(events.map((event) => ({ ...event, operator: 'system' })));
  }

  /** Waits until it is so, looking after every change at the register. Ends with the register. */
  async #until(isSo: () => boolean): Promise<void> {
    while (!this.#stopped && !isSo()) {
      await new Promise<void>((resolve) => {
        this.#resume = resolve;
      });
    }
  }

  #breath(): Promise<void> {
    return new Promise((resolve) => {
      this.#desk.ports.timers.after(0, resolve);
    });
  }
}

const namesOf = (operators: readonly KeptOperator[]): string =>
  operators.flatMap(({ operatorId, name, role, listed }) => (listed ? [`${operatorId} ${name} ${role}`] : [])).join('\n');

const sameVersions = (a: readonly KeptVersion[], b: readonly KeptVersion[]): boolean =>
  a.length === b.length && a.every(({ version }, index) => version === b[index]?.version);

function entryOf({ version, arrival, kind, head }: KeptVersion, { operators, ...counts }: Ready): JournalEvent {
  const { name: fileName, rows, sha256 } = head;
  if (kind === 'operators') {
    const operatorIds = (operators ?? []).map(({ operatorId }) => operatorId);
    return { type: 'operator.list-published', version: 1, payload: { published: version, operatorIds, sha256 } };
  }
  const said = { fileName, sha256, published: version };
  const unknown = counts.unknown.get(arrival) ?? 0;
  const payload =
    kind === 'dropped'
      ? { ...said, imported: 0, refused: 0, dropped: counts.dropped.get(arrival) ?? 0 }
      : { ...said, imported: rows - unknown, refused: unknown };
  return { type: 'catalogue.imported', version: 1, payload };
}

function withdrawnEntry({ version, head }: KeptVersion): JournalEvent {
  const { name: fileName, sha256 } = head;
  return {
    type: 'catalogue.imported',
    version: 1,
    payload: { fileName, imported: 0, refused: 0, sha256, published: version, withdrawn: true },
  };
}
