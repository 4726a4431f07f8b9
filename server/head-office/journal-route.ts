/**
 * Journals over HTTP. When the line comes back after a day, every register of the chain sends at once: their batches wait as
 * the bytes that they came in, and a few at a time are read and taken, so that a cashier who looks something up is answered
 * in between, and head office does not hold a day of all registers in memory. Who is too late or nobody is told so before
 * their bytes are read.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { readBatch } from '../../app/refund/batch-form.ts';
import { MOST_BATCH_BYTES } from '../../app/refund/contract.ts';
import { RefusedByHeadOffice } from '../../app/refund/problem.ts';
import { ingest } from './ingest.ts';
import type { Office, Register } from './office.ts';
import { Turns } from './turns.ts';

/** Enough to keep PostgreSQL at work while the next is read, and connections are left for those who ask. SQLite has one. */
const AT_ONCE = { postgres: 6, sqlite: 1 } as const;
const MOST_WAITING = 400;
/** A register gives up after ten seconds, and what is taken after that is sent again: sooner, it is told to come later. */
const MOST_WAIT_MS = 5_000;

export function takeJournals(server: FastifyInstance, office: Office, registerFor: (request: FastifyRequest) => Promise<Register>): void {
  const turns = new Turns(AT_ONCE[office.store.kind], MOST_WAITING, MOST_WAIT_MS);
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  const senders = new WeakMap<FastifyRequest, Register>();
  async function greet(request: FastifyRequest): Promise<void> {
    turns.refuseWhenFull();
    senders.set(request, await registerFor(request));
  }
  server.post('/v1/journal', { bodyLimit: MOST_BATCH_BYTES, onRequest: greet }, async (request) => {
    const register = senders.get(request);
    if (register === undefined) throw new RefusedByHeadOffice('no-key');
    return turns.run(async () => {
      // Nobody waits for the answer any more: it comes again.
      if (request.raw.socket.destroyed) throw new RefusedByHeadOffice('try-later');
      const { entries, newestSeq } = readBatch(readJson(String(request.body ?? '')));
      return ingest(office, register, entries, newestSeq ?? null);
    });
  });
}

/** A request without a body is one with nothing in it. @throws RefusedByHeadOffice `bad-request` */
export function readJson(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    throw new RefusedByHeadOffice('bad-request', {}, 'The body must be JSON.');
  }
}
