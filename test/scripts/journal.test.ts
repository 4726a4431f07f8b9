import { spawnSync } from 'node:child_process';
import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openDataFolder } from '../../hardware/store/data-folder.ts';
import { openDatabase } from '../../hardware/store/database.ts';
import { cashSale, dumpDerived, journalFile, openJournalIn } from '../app/journal/journal-in-folder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const script = fileURLToPath(new URL('../../scripts/journal.ts', import.meta.url));

function run(...words: string[]): { readonly status: number | null; readonly text: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...words], { encoding: 'utf8' });
  return { status, text: stdout + stderr };
}

function folderWithSale(): string {
  const folder = temporaryFolder();
  const { journal } = openJournalIn(folder);
  journal.append(cashSale(1));
  journal.close();
  return folder;
}

describe('npm run journal', () => {
  it('verify says in a sentence that all is well, also while a register runs', () => {
    const directory = folderWithSale();
    const folder = openDataFolder(directory);
    const { journal } = openJournalIn(directory);
    const { status, text } = run('verify', '--data', directory);
    expect(text).toContain('verifies: 5 entries and 1 signed transactions');
    expect(text).toContain(journal.head().hash);
    expect(status).toBe(0);
    journal.close();
    folder.release();
  });

  it('verify names the first bad entry', () => {
    const directory = folderWithSale();
    const database = openDatabase(journalFile(directory));
    database.exec("DROP TRIGGER entries_never_change; UPDATE entries SET operator = 'ola' WHERE seq = 3");
    database.close();
    const { status, text } = run('verify', '--data', directory);
    expect(text).toContain('does not verify. Entry 3 (sale.line-added) was changed');
    expect(status).toBe(1);
  });

  it('verify checks a copy without keys against the key that the journal names, and says so', () => {
    const directory = folderWithSale();
    const copy = join(temporaryFolder(), 'copy');
    mkdirSync(copy);
    renameSync(journalFile(directory), journalFile(copy));
    const { status, text } = run('verify', '--data', copy);
    expect(text).toContain('the public key that the journal itself names');
    expect(status).toBe(0);
  });

  it('rebuild makes the same tables anew', () => {
    const directory = folderWithSale();
    const before = dumpAndChange(directory);
    const { status, text } = run('rebuild', '--data', directory);
    expect(text).toContain('made anew from 5 entries');
    expect(status).toBe(0);
    const database = openDatabase(journalFile(directory));
    expect(dumpDerived(database)).toBe(before);
    database.close();
  });

  it('rebuild is refused while a register runs', () => {
    const directory = folderWithSale();
    const folder = openDataFolder(directory);
    const { status, text } = run('rebuild', '--data', directory);
    expect(text).toContain(`The data folder ${directory} is in use`);
    expect(status).toBe(1);
    folder.release();
  });

  it('head says how far the journal goes', () => {
    expect(run('head', '--data', folderWithSale())).toMatchObject({
      status: 0,
      text: expect.stringMatching(/^Entry 5, hash [0-9a-f]{64}\.\n$/),
    });
  });

  it.each([
    ['no folder', ['verify', '--data', '/nowhere/at/all'], /There is no journal in \/nowhere/, 1],
    ['no folder to rebuild', ['rebuild', '--data', '/nowhere/at/all'], /There is no data folder \/nowhere/, 1],
    ['an unknown word', ['burn', '--data', '/tmp'], /npm run journal -- verify/, 2],
    ['no word', [], /npm run journal -- verify/, 2],
    ['an unknown option', ['verify', '--fast'], /npm run journal -- verify/, 2],
  ])('with %s says what to do and fails', (_, words, sentence, code) => {
    const { status, text } = run(...words);
    expect(text).toMatch(sentence);
    expect(text).not.toContain('    at ');
    expect(status).toBe(code);
  });
});

/** The derived tables as they were; then one of them is spoiled. */
function dumpAndChange(directory: string): string {
  const database = openDatabase(journalFile(directory));
  const before = dumpDerived(database);
  database.exec('DELETE FROM sales');
  database.close();
  return before;
}
