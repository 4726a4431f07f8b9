/** What the register's own record says, read the way an auditor would: from the files, on a connection that only reads. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { Entry } from '../../app/journal/entry.ts';
import { openReadModel, type ReadModel } from '../../app/journal/read-model.ts';
import { entryReader } from '../../app/journal/rows.ts';
import { dataFolderPaths } from '../../hardware/store/data-folder.ts';
import { openDatabase } from '../../hardware/store/database.ts';
import { root } from '../support/source-files.ts';

type EntryOf<Type extends Entry['type']> = Extract<Entry, { type: Type }>;

export interface JournalAccount {
  readonly entries: readonly Entry[];
  /** Entries of one type, oldest first. */
  of<Type extends Entry['type']>(type: Type): readonly EntryOf<Type>[];
}

/** Reads the whole journal of a data folder, and asks its derived tables with `ask`. The register may run meanwhile. */
export function readJournal<T>(dataDir: string, ask: (model: ReadModel, account: JournalAccount) => T): T {
  const { journal } = dataFolderPaths(dataDir);
  const database = openDatabase(journal, { readOnly: true });
  const model = openReadModel(openDatabase(journal, { readOnly: true }));
  try {
    const entries = entryReader(database)(1, 100_000).map(({ entry }) => entry);
    const of = <Type extends Entry['type']>(type: Type) => entries.filter((entry): entry is EntryOf<Type> => entry.type === type);
    return ask(model, { entries, of });
  } finally {
    model.close();
    database.close();
  }
}

/** Runs `npm run journal -- verify` on a data folder: its exit code and what it said. */
export function verifyJournal(dataDir: string): Promise<{ readonly code: number; readonly said: string }> {
  const script = join(root, 'scripts', 'journal.ts');
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [script, 'verify', '--data', dataDir], (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? 1, said: (stdout + stderr).trim() }),
    );
  });
}
