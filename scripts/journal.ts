/** `npm run journal -- verify|rebuild|head --data DIR`: the record of a register, from the command line. */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readHead } from '../app/journal/head.ts';
import { REGISTER_PROJECTIONS } from '../app/journal/projections/all.ts';
import { rebuildDerived } from '../app/journal/rebuild.ts';
import { entryReader } from '../app/journal/rows.ts';
import { holdsJournal } from '../app/journal/schema.ts';
import { verifyJournal } from '../app/journal/verify.ts';
import type { Database } from '../app/till/ports.ts';
import { nodeHasher } from '../hardware/crypto/hasher.ts';
import { createRsaVerifier, type PublicKey } from '../hardware/crypto/signer.ts';
import { readPublicKeys } from '../hardware/crypto/signing-key.ts';
import { type DataFolderPaths, dataFolderPaths, openDataFolder } from '../hardware/store/data-folder.ts';
import { openDatabase } from '../hardware/store/database.ts';

const USAGE = `npm run journal -- verify --data DIR    checks every entry, number, hash and signature; a register may run meanwhile
npm run journal -- rebuild --data DIR   makes the derived tables anew from the entries; no register may run
npm run journal -- head --data DIR      says how far the journal goes`;

/** What was asked for makes no sense. */
class Nonsense extends Error {
  override readonly name = 'Nonsense';
}

/** Said to the person as it is, without a stack. */
class Refusal extends Error {
  override readonly name = 'Refusal';
}

function main(): number {
  const { positionals, values } = readArguments();
  const [action, ...rest] = positionals;
  if (values.help === true) {
    console.log(USAGE);
    return 0;
  }
  if (action === undefined) throw new Nonsense(`Say what to do with the journal.\n\n${USAGE}`);
  if (values.data === undefined || values.data === '') throw new Nonsense(`--data is missing: the register's data folder.\n\n${USAGE}`);
  if (rest.length > 0) throw new Nonsense(`"${rest[0]}" is one word too many.\n\n${USAGE}`);
  const paths = dataFolderPaths(values.data);
  switch (action) {
    case 'verify':
      return reading(paths, (database) => verify(database, paths));
    case 'head':
      return reading(paths, head);
    case 'rebuild':
      return rebuild(paths);
    default:
      throw new Nonsense(`There is no "${action}".\n\n${USAGE}`);
  }
}

function readArguments() {
  try {
    return parseArgs({ options: { data: { type: 'string' }, help: { type: 'boolean', short: 'h' } }, allowPositionals: true });
  } catch (error) {
    throw new Nonsense(`${error instanceof Error ? `${error.message.split('. ')[0]}.\n\n` : ''}${USAGE}`);
  }
}

function reading(paths: DataFolderPaths, work: (database: Database) => number): number {
  if (!existsSync(paths.journal)) throw new Refusal(`There is no journal in ${paths.directory}.`);
  const database = openDatabase(paths.journal, { readOnly: true });
  try {
    return work(database);
  } finally {
    database.close();
  }
}

function verify(database: Database, paths: DataFolderPaths): number {
  const { keys, note } = publicKeys(database, paths);
  const result = verifyJournal({ database, hasher: nodeHasher, signer: createRsaVerifier(keys) });
  if (!result.ok) {
    console.log(`The journal in ${paths.directory} does not verify. ${result.problem}`);
    return 1;
  }
  const { entries, transactions } = result;
  console.log(
    `The journal in ${paths.directory} verifies: ${entries} entries and ${transactions} signed transactions, none missing, none changed.${note}`,
  );
  console.log(`It ends with entry ${result.head.seq}, hash ${result.head.hash}.`);
  return 0;
}

/** The folder's own keys; a copy without them is checked against the key that its first entry names. */
function publicKeys(database: Database, paths: DataFolderPaths): { readonly keys: readonly PublicKey[]; readonly note: string } {
  const keys = readPublicKeys(paths.keys);
  if (keys.length > 0 || !holdsJournal(database)) return { keys, note: '' };
  const first = entryReader(database)(1, 1)[0]?.entry;
  if (first?.type !== 'register.installed') return { keys, note: '' };
  return {
    keys: [first.payload],
    note: ' There is no key in the folder: the signatures were checked with the public key that the journal itself names.',
  };
}

function head(database: Database): number {
  const end = holdsJournal(database) ? readHead(database) : null;
  if (end === null) throw new Refusal('The journal has no entry yet.');
  console.log(`Entry ${end.seq}, hash ${end.hash}.`);
  return 0;
}

function rebuild(paths: DataFolderPaths): number {
  const folder = openDataFolder(paths.directory, { create: false });
  try {
    if (!existsSync(folder.journal)) throw new Refusal(`There is no journal in ${folder.directory}.`);
    const database = openDatabase(folder.journal);
    try {
      const end = rebuildDerived(database, REGISTER_PROJECTIONS);
      console.log(`The derived tables in ${folder.directory} were made anew from ${end.seq} entries.`);
    } finally {
      database.close();
    }
  } finally {
    folder.release();
  }
  return 0;
}

try {
  process.exitCode = main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = error instanceof Nonsense ? 2 : 1;
}
