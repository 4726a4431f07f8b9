/** A process that sells until it is killed: prints the last number of every append once it has been acknowledged. */
import { writeSync } from 'node:fs';
import { openReadModel } from '../../../app/journal/read-model.ts';
import { openDataFolder } from '../../../hardware/store/data-folder.ts';
import { openDatabase } from '../../../hardware/store/database.ts';
import { cashSale, openJournalIn } from './journal-in-folder.ts';

const folder = openDataFolder(process.argv[2] ?? '');
const { journal } = openJournalIn(folder.directory);
const read = openReadModel(openDatabase(folder.journal, { readOnly: true }));
for (;;) {
  const written = journal.append(cashSale(read.nextSaleNumber()));
  // Straight to the pipe: what was said is said, whatever happens to this process next.
  writeSync(1, `${written.at(-1)?.seq} ${written.at(-1)?.hash}\n`);
}
