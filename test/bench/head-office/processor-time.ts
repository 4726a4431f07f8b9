/** What programs have used of the machine, where it tells (Linux); elsewhere nothing is known. */
import { readdirSync, readFileSync } from 'node:fs';

/** The kernel counts in hundredths of a second on every machine that Node runs on. */
const TICK_MS = 10;

interface Stat {
  readonly parent: number;
  readonly ms: number;
}

function statOf(processId: number): Stat | null {
  try {
    // The name stands in brackets and may hold anything.
    const text = readFileSync(`/proc/${processId}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const own = Number(fields[11]) + Number(fields[12]);
    // Children that have ended are counted at their parent.
    const ended = Number(fields[13]) + Number(fields[14]);
    return { parent: Number(fields[1]), ms: (own + ended) * TICK_MS };
  } catch {
    return null;
  }
}

/** Processor time of a program and of the processes that it has started, in milliseconds; 0 where nobody knows. */
export function processorMs(processId: number): number {
  const own = statOf(processId);
  if (own === null) return 0;
  let sum = own.ms;
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? statOf(Number(name)) : null;
    if (stat?.parent === processId) sum += stat.ms;
  }
  return sum;
}

/** The memory that a program holds, in MB; 0 where nobody knows. */
export function memoryMb(processId: number): number {
  try {
    const kb = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${processId}/status`, 'utf8'))?.[1];
    return Math.round(Number(kb ?? 0) / 1024);
  } catch {
    return 0;
  }
}
