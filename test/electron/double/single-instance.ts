/** `app.requestSingleInstanceLock` between two processes: a file that names the holder, and a letter box beside it. */
import { existsSync, type FSWatcher, mkdirSync, readdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface SecondInstance {
  readonly argv: string[];
  readonly workingDirectory: string;
  readonly additionalData: unknown;
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

export class SingleInstance {
  #folder: string | null = null;
  #watcher: FSWatcher | null = null;
  readonly #onSecond: (second: SecondInstance) => void;

  constructor(onSecond: (second: SecondInstance) => void) {
    this.#onSecond = onSecond;
  }

  get held(): boolean {
    return this.#folder !== null;
  }

  /** Takes the lock of this data folder, or tells its holder that somebody came. Gives whether it was taken. */
  request(userData: string, additionalData: unknown): boolean {
    if (this.held) return true;
    const folder = join(userData, 'double-singleton');
    mkdirSync(folder, { recursive: true });
    const lock = join(folder, 'holder');
    for (;;) {
      try {
        writeFileSync(lock, String(process.pid), { flag: 'wx' });
        break;
      } catch {
        const holder = Number(existsSync(lock) ? readFileSync(lock, 'utf8') : 0);
        if (holder !== 0 && isAlive(holder)) {
          const letter: SecondInstance = { argv: process.argv, workingDirectory: process.cwd(), additionalData };
          writeFileSync(join(folder, `letter-${process.pid}.json`), JSON.stringify(letter));
          return false;
        }
        rmSync(lock, { force: true });
      }
    }
    this.#folder = folder;
    this.#watcher = watch(folder, () => this.#read());
    this.#watcher.unref();
    return true;
  }

  release(): void {
    this.#watcher?.close();
    this.#watcher = null;
    if (this.#folder !== null) rmSync(join(this.#folder, 'holder'), { force: true });
    this.#folder = null;
  }

  #read(): void {
    const folder = this.#folder;
    if (folder === null) return;
    for (const name of readdirSync(folder).filter((one) => one.endsWith('.json'))) {
      try {
        const letter = JSON.parse(readFileSync(join(folder, name), 'utf8')) as SecondInstance;
        rmSync(join(folder, name), { force: true });
        this.#onSecond(letter);
      } catch {
        // Half written: the next change of the folder brings the rest.
      }
    }
  }
}
