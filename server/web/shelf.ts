/**
 * The register's own copy of the articles. It is no record: where it is damaged, the register starts without, so that
 * a payment under way is still taken to its end. The first start's file is not imported again by itself: prices have
 * changed since, and a wrong price is worse than none.
 */
import { existsSync, renameSync, rmSync } from 'node:fs';
import type { Article } from '../../app/catalog/article.ts';
import { CatalogueRowError, type CatalogueStore, openCatalogueStore } from '../../app/catalog/catalogue-store.ts';
import { openPublicationStore, type PublicationStore } from '../../app/catalog/publication-store.ts';
import { type Log, StorageError } from '../../app/till/ports.ts';
import { openDatabase } from '../../hardware/store/database.ts';
import { writeWholeFile } from '../../hardware/store/whole-file.ts';

export interface Shelf {
  readonly store: CatalogueStore;
  readonly articles: readonly Article[];
  /** What head office publishes, as far as it has been fetched; lost with the articles, and fetched again. */
  readonly publications: PublicationStore;
  /** There were articles once, and they cannot be had any more. */
  readonly lost: boolean;
  close(): void;
}

/**
 * Opens `catalogue.db`. A damaged one is kept as `catalogue.db.damaged`, for whoever wants to look at it.
 * @param installed whether there was a register here before: then a missing file is a lost one.
 * @throws StorageError for anything but damage.
 */
export function openShelf(path: string, installed: boolean, log: Log): Shelf {
  const mark = `${path}.lost`;
  const missing = installed && !existsSync(path);
  if (missing) log.write('error', 'catalogue.missing', { path });
  const whole = missing ? null : openUnlessDamaged(path, log);
  // It stays lost over further starts, until articles have been imported. Marked before an empty file stands in its place.
  if (whole === null) writeWholeFile(mark, 'The articles were lost. Import the article file again.\n');
  const shelf = whole ?? open(path);
  const lost = shelf.articles.length === 0 && existsSync(mark);
  if (!lost) rmSync(mark, { force: true });
  return { ...shelf, lost };
}

function openUnlessDamaged(path: string, log: Log): Omit<Shelf, 'lost'> | null {
  try {
    return open(path);
  } catch (error) {
    if (!(error instanceof CatalogueRowError || (error instanceof StorageError && error.trouble === 'corrupt'))) throw error;
    log.write('error', 'catalogue.damaged', { path, message: error.message });
  }
  for (const end of ['-wal', '-shm']) rmSync(`${path}${end}`, { force: true });
  renameSync(path, `${path}.damaged`);
  return null;
}

function open(path: string): Omit<Shelf, 'lost'> {
  const database = openDatabase(path);
  try {
    const store = openCatalogueStore(database);
    const publications = openPublicationStore(database);
    return { store, articles: store.load(), publications, close: () => database.close() };
  } catch (error) {
    database.close();
    throw error;
  }
}
