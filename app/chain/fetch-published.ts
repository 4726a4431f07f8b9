/**
 * Fetches what head office publishes: on its own time, page by page, whatever the register is doing. A version is only whole
 * when all of it is here and is what its digests say; what is not is thrown away and fetched again, and changes nothing.
 */
import { digestText, PageError, type PublicationHead, publicationHead, readPage, startOf } from '../catalog/publication.ts';
import type { KeptVersion, PublicationStore } from '../catalog/publication-store.ts';
import { MOST_HAD } from '../refund/contract.ts';
import type { Clock, Hasher, Log, Random, Timer, Timers } from '../till/ports.ts';
import type { PublishedDesk } from './client.ts';

export interface FetchParts {
  readonly desk: PublishedDesk;
  readonly store: PublicationStore;
  readonly ports: {
    readonly clock: Pick<Clock, 'nowMs' | 'offsetMinutes'>;
    readonly timers: Timers;
    readonly random: Random;
    readonly hasher: Hasher;
    readonly log: Log;
  };
  /** Something is on disk that was not, or is no more. */
  readonly arrived: () => void;
}

export interface FetchView {
  /** When head office last said what there is; `null` before. */
  readonly askedAtMs: number | null;
  /** `damaged`: a version was not what it should be. `storage`: the disk does not take it. */
  readonly trouble: { readonly why: 'damaged' | 'storage'; readonly version: number | null } | null;
}

/** A chain's registers do not ask all at once. */
const LEAST_WAIT_MS = 150_000;
const MORE_WAIT_MS = 60_000;

/** What came is not what was published. */
class DamagedError extends Error {
  override readonly name = 'DamagedError';
}

export class PublishedFetch {
  readonly #parts: FetchParts;
  #timer: Timer | null = null;
  #pulling: Promise<void> | null = null;
  #again = false;
  #stopped = false;
  #edition: number | null = null;
  #view: FetchView = { askedAtMs: null, trouble: null };
  /** Said once in the log, however often it is tried. */
  readonly #told = new Set<number>();

  constructor(parts: FetchParts) {
    this.#parts = parts;
  }

  /** Asks now, and every few minutes from then on. */
  start(): void {
    void this.pull();
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
  }

  view(): FetchView {
    return this.#view;
  }

  /** Head office has said how far it is with publishing. Asks at once where that is news. */
  heard(edition: number): void {
    if (edition === this.#edition) return;
    this.#edition = edition;
    void this.pull();
  }

  /** Asks now. Resolves when everything that could be had is here; never rejects. */
  pull(): Promise<void> {
    if (this.#pulling !== null) {
      this.#again = true;
      return this.#pulling;
    }
    this.#timer?.cancel();
    this.#pulling = this.#pull().finally(() => {
      this.#pulling = null;
      this.#waitOn();
    });
    return this.#pulling;
  }

  #waitOn(): void {
    if (this.#stopped) return;
    const { timers, random } = this.#parts.ports;
    const waitMs = this.#again ? 0 : LEAST_WAIT_MS + Math.floor(((random.bytes(1)[0] ?? 0) * MORE_WAIT_MS) / 256);
    this.#again = false;
    this.#timer = timers.after(waitMs, () => void this.pull());
  }

  async #pull(): Promise<void> {
    const { store, ports } = this.#parts;
    try {
      if (!(await this.#learn())) return;
      let trouble: FetchView['trouble'] = null;
      for (const version of store.all()) {
        if (version.whole || version.gone || this.#stopped) continue;
        const came = await this.#fetch(version);
        if (came === 'away') return;
        if (came === 'damaged') trouble = { why: 'damaged', version: version.version };
      }
      this.#view = { askedAtMs: ports.clock.nowMs(), trouble };
    } catch (error) {
      this.#view = { ...this.#view, trouble: { why: 'storage', version: null } };
      ports.log.write('error', 'published.not-kept', { message: error instanceof Error ? `${error.name}: ${error.message}` : 'unknown' });
    }
  }

  /** Learns which versions there are. `false`: head office did not say. */
  async #learn(): Promise<boolean> {
    const { desk, store, arrived } = this.#parts;
    for (;;) {
      const here = store.all().filter(({ gone }) => !gone);
      const have = here.slice(-MOST_HAD).map(({ version, head }) => [version, head.publishedAtMs] as const);
      const outcome = await desk.published(have);
      if (this.#stopped || outcome.kind !== 'ok') return false;
      const { gone, news, more } = outcome.value;
      if (gone.length > 0) {
        store.markGone(gone);
        arrived();
      }
      const known = news.flatMap((each) => publicationHead.safeParse(each).data ?? []);
      const begun = known.filter((head) => this.#begin(head));
      if (!more || begun.length === 0) return true;
    }
  }

  /** `false`: it was taken back, is right again, and is fetched anew once the articles are without it. */
  #begin(head: PublicationHead): boolean {
    const { store, ports } = this.#parts;
    if (store.all().some(({ version }) => version === head.version)) return false;
    store.begin(
      head,
      startOf(head, (atMs) => ports.clock.offsetMinutes(atMs)),
    );
    return true;
  }

  async #fetch({ version, head }: KeptVersion): Promise<'whole' | 'damaged' | 'away'> {
    const { desk, store, ports, arrived } = this.#parts;
    try {
      for (let page = store.pagesHad(version).length + 1; page <= head.pages; page += 1) {
        const outcome = await desk.publishedPage(version, page);
        if (this.#stopped || outcome.kind === 'unreachable') return 'away';
        // Taken back meanwhile: the next answer says so.
        if (outcome.kind === 'refused') return outcome.code === 'unknown-publication' ? 'whole' : 'away';
        const { text, sha256 } = outcome.value;
        if (ports.hasher.sha256Hex(text) !== sha256) throw new DamagedError(`page ${page} is not what its digest says`);
        store.addPage(version, page, { text, sha256, rows: readPage(head.kind, text).length });
      }
      this.#assertWhole(head);
      store.finish(version, ports.clock.nowMs());
      this.#told.delete(version);
      arrived();
      return 'whole';
    } catch (error) {
      if (!(error instanceof DamagedError || error instanceof PageError)) throw error;
      store.spoil(version);
      if (!this.#told.has(version)) ports.log.write('error', 'published.damaged', { version, message: error.message });
      this.#told.add(version);
      return 'damaged';
    }
  }

  #assertWhole({ version, rows, sha256 }: PublicationHead): void {
    const { store, ports } = this.#parts;
    const pages = store.pagesHad(version);
    const digest = ports.hasher.sha256Hex(digestText(pages.map((page) => page.sha256)));
    if (digest !== sha256) throw new DamagedError('the whole is not what its digest says');
    const found = pages.reduce((sum, page) => sum + page.rows, 0);
    if (found !== rows) throw new DamagedError(`${found} rows are not the ${rows} that there should be`);
  }
}
