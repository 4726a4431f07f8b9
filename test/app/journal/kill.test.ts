import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { REGISTER_PROJECTIONS } from '../../../app/journal/projections/all.ts';
import { rebuildDerived } from '../../../app/journal/rebuild.ts';
import { openDatabase } from '../../../hardware/store/database.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { dumpDerived, journalFile, verifyIn } from './journal-in-folder.ts';

const program = fileURLToPath(new URL('./sell-until-killed.ts', import.meta.url));

/** Lets a register sell in the folder and kills it once it has acknowledged so many appends. Gives what it acknowledged. */
async function sellAndKill(folder: string, appends: number): Promise<readonly string[]> {
  const child = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += String(chunk);
    if (said.split('\n').length > appends) child.kill('SIGKILL');
  });
  await once(child, 'close');
  expect(child.signalCode).toBe('SIGKILL');
  // The last line may have been cut off.
  return said.split('\n').slice(0, -1);
}

it('what a killed register acknowledged is there, whole and in order, and the next one goes on', async () => {
  const folder = temporaryFolder();
  const acknowledged: string[] = [];
  for (const appends of [1, 2, 7, 23, 60, 3, 1, 110]) {
    acknowledged.push(...(await sellAndKill(folder, appends)));
    expect(verifyIn(folder)).toMatchObject({ ok: true });
  }
  const database = openDatabase(journalFile(folder));
  const find = database.prepare('SELECT hash FROM entries WHERE seq = ?');
  for (const line of acknowledged) {
    const [seq, hash] = line.split(' ');
    expect(find.get(Number(seq))).toEqual({ hash });
  }
  expect(acknowledged.length).toBeGreaterThanOrEqual(207);
  const live = dumpDerived(database);
  rebuildDerived(database, REGISTER_PROJECTIONS);
  expect(dumpDerived(database)).toBe(live);
  database.close();
});
