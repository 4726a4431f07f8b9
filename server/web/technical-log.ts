/** The technical log: JSON lines in the data folder, for whoever looks for the cause of a trouble. It never stops a sale. */
import { appendFileSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock, Log } from '../../app/till/ports.ts';

const MAX_BYTES = 5 * 1024 * 1024;
/** `tillit.1.log` is the youngest of the older ones. */
const OLDER_FILES = 4;

/** Writes to `<dataDir>/log/tillit.log`, keeps four older files, and shows warnings and errors on `show` too. */
export function openTechnicalLog(dataDir: string, clock: Pick<Clock, 'nowMs'>, show: (line: string) => void): Log {
  const folder = join(dataDir, 'log');
  const path = join(folder, 'tillit.log');
  let bytes = 0;
  try {
    mkdirSync(folder, { recursive: true });
    bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  } catch (error) {
    show(`The log cannot be written: ${error instanceof Error ? error.message : 'no reason given'}`);
  }
  return {
    write(level, event, facts = {}) {
      const line = `${JSON.stringify({ at: new Date(clock.nowMs()).toISOString(), level, event, ...facts })}\n`;
      if (level !== 'info') show(line.trimEnd());
      try {
        if (bytes > MAX_BYTES) {
          rotate(folder, path);
          bytes = 0;
        }
        appendFileSync(path, line, { mode: 0o600 });
        bytes += Buffer.byteLength(line);
      } catch {
        show(line.trimEnd());
      }
    },
  };
}

function rotate(folder: string, path: string): void {
  const older = (age: number) => join(folder, `tillit.${age}.log`);
  for (let age = OLDER_FILES - 1; age >= 1; age -= 1) if (existsSync(older(age))) renameSync(older(age), older(age + 1));
  renameSync(path, older(1));
}
