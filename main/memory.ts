/** What the program remembers of this machine, not of the shop: the customer's display and the lock. One small JSON file. */
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Log } from '../app/till/ports.ts';
import type { RememberedDisplay } from './displays.ts';
import { hashCode, type KeptCode } from './manager-code.ts';

export interface Memory {
  readonly customerDisplay: RememberedDisplay | null;
  readonly kiosk: boolean;
  readonly managerCode: KeptCode | null;
}

const NOTHING: Memory = { customerDisplay: null, kiosk: false, managerCode: null };

export interface MemoryFile {
  read(): Memory;
  /** Changes what is named; the rest stays. A disk that takes nothing is logged: the shop sells on without the memory. */
  change(part: Partial<Memory>): void;
}

/**
 * Opens the memory at `path`. A missing or damaged file is an empty memory. An owner may write `"managerCode": "1234"`
 * by hand: it is replaced by its hash at once.
 */
export function openMemory(path: string, log: Log): MemoryFile {
  let memory = NOTHING;
  const write = () => {
    const draft = `${path}.new`;
    try {
      mkdirSync(dirname(path), { recursive: true });
      const file = openSync(draft, 'w', 0o600);
      try {
        writeSync(file, `${JSON.stringify(memory, null, 2)}\n`);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      renameSync(draft, path);
    } catch (error) {
      log.write('warn', 'desktop.memory-not-written', { error: error instanceof Error ? error.name : 'not an error' });
    }
  };
  const text = textOf(path);
  if (text !== null) {
    const read = readMemory(text);
    if (read === null) log.write('warn', 'desktop.memory-damaged', {});
    else {
      memory = read.memory;
      if (read.plainCode !== null) {
        memory = { ...memory, managerCode: hashCode(read.plainCode) };
        write();
      }
    }
  }
  return {
    read: () => memory,
    change(part) {
      memory = { ...memory, ...part };
      write();
    },
  };
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** Reads the file's text, field by field: what is not of its form counts as not there. `null` when it is no JSON object. */
export function readMemory(text: string): { readonly memory: Memory; readonly plainCode: string | null } | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isRecord(value)) return null;
  const { customerDisplay: display, kiosk, managerCode: code } = value;
  return {
    memory: {
      customerDisplay:
        isRecord(display) && (display.id === null || Number.isSafeInteger(display.id)) && typeof display.label === 'string'
          ? { id: display.id === null ? null : Number(display.id), label: display.label }
          : null,
      kiosk: kiosk === true,
      managerCode:
        isRecord(code) && typeof code.salt === 'string' && typeof code.hash === 'string' ? { salt: code.salt, hash: code.hash } : null,
    },
    plainCode: typeof code === 'string' && /^\d{4,12}$/.test(code) ? code : null,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
