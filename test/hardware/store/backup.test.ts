import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readHead } from '../../../app/journal/head.ts';
import { verifyJournal } from '../../../app/journal/verify.ts';
import { nodeHasher } from '../../../hardware/crypto/hasher.ts';
import { openSigningKey } from '../../../hardware/crypto/signing-key.ts';
import { BackupExistsError, backupTo } from '../../../hardware/store/backup.ts';
import { openDatabase } from '../../../hardware/store/database.ts';
import { cashSale, openJournalIn } from '../../app/journal/journal-in-folder.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('a backup', () => {
  it('taken while the register sells is a whole journal, with its end beside it', async () => {
    const folder = temporaryFolder();
    const { journal, database } = openJournalIn(folder);
    for (let number = 1; number <= 200; number += 20)
      journal.append(Array.from({ length: 20 }, (_, index) => cashSale(number + index)).flat());
    const path = join(folder, 'copy.db');
    const running = backupTo(database, path, readHead);
    let sold = 200;
    while (!existsSync(path) && sold < 400) {
      sold += 1;
      journal.append(cashSale(sold));
      await new Promise((resolve) => setImmediate(resolve));
    }
    const head = await running;
    expect(JSON.parse(readFileSync(`${path}.head.json`, 'utf8'))).toEqual(head);
    const copy = openDatabase(path, { readOnly: true });
    const result = verifyJournal({ database: copy, hasher: nodeHasher, signer: openSigningKey(join(folder, 'keys')) });
    expect(result).toMatchObject({ ok: true, head });
    expect(result.ok && result.entries).toBeGreaterThanOrEqual(801);
    expect(journal.read(head?.seq ?? 0, 1)[0]?.hash).toBe(head?.hash);
    copy.close();
    journal.close();
  });

  it('never writes over another one', async () => {
    const folder = temporaryFolder();
    const { journal, database } = openJournalIn(folder);
    const path = join(folder, 'copy.db');
    writeFileSync(path, 'precious');
    await expect(backupTo(database, path, readHead)).rejects.toThrow(BackupExistsError);
    expect(readFileSync(path, 'utf8')).toBe('precious');
    journal.close();
  });

  it('is one file that needs no log beside it', async () => {
    const folder = temporaryFolder();
    const { journal, database } = openJournalIn(folder);
    const path = join(folder, 'copy.db');
    await backupTo(database, path, readHead);
    expect(['-wal', '-shm', '.unfinished'].filter((end) => existsSync(`${path}${end}`))).toEqual([]);
    journal.close();
  });
});
