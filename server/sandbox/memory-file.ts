import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { StoredAnswers } from './payments/idempotent-answers.ts';
import type { StoredPayments } from './payments/store.ts';

const fileSchema = z.object({
  version: z.literal(1),
  clockOffsetMs: z.number(),
  lastTransaction: z.number(),
  payments: z.array(z.looseObject({ msn: z.string(), reference: z.string(), token: z.string() })),
  answers: z.array(z.tuple([z.string(), z.object({ body: z.string(), answer: z.string() })])),
});

/** What a sandbox remembers from one start to the next. */
export interface Memory {
  readonly clockOffsetMs: number;
  readonly payments: StoredPayments;
  readonly answers: StoredAnswers;
}

/** What payments had before ePayment was there to begin any. */
function olderPayment(payment: { readonly [name: string]: unknown }): object {
  return {
    api: 'ecom',
    currency: 'NOK',
    pspReference: payment.transactionId,
    flow: payment.pushedTo === null ? 'landing' : 'push',
    method: 'wallet',
    minimumAge: null,
    extras: null,
    callback: null,
    told: Array.isArray(payment.entries) ? payment.entries.length : 0,
  };
}

/** Reads the file, or gives `null` if there is none yet. A file of another shape is an `Error` that names it. */
export function readMemory(file: string): Memory | null {
  if (!existsSync(file)) return null;
  const text = readFileSync(file, 'utf8');
  try {
    const found = fileSchema.parse(JSON.parse(text));
    // The sandbox wrote these itself: the payments have the shape they were written with, or an older one with less in it.
    const payments = found.payments.map((payment) => ({ ...olderPayment(payment), ...payment })) as unknown as StoredPayments['payments'];
    return {
      clockOffsetMs: found.clockOffsetMs,
      payments: { payments, lastTransaction: found.lastTransaction },
      answers: found.answers,
    };
  } catch (cause) {
    throw new Error(`${file} is not the memory of a sandbox; remove it to start with an empty one`, { cause });
  }
}

/** Writes the file as a whole: first beside it, then in its place. */
export function writeMemory(file: string, memory: Memory): void {
  const content = {
    version: 1,
    clockOffsetMs: memory.clockOffsetMs,
    lastTransaction: memory.payments.lastTransaction,
    payments: memory.payments.payments,
    answers: memory.answers,
  };
  writeFileSync(`${file}.new`, JSON.stringify(content), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
