/** Every receipt on its way to paper, as it stands. */
import { applyPrintEvent, isDone, type PrintJob, printJobIdOf } from '../../receipt/print-job.ts';
import type { Database } from '../../till/ports.ts';
import type { Entry } from '../entry.ts';
import type { Projection } from '../projection.ts';
import { textOf } from '../rows.ts';

export const printJobsProjection: Projection = {
  name: 'print-jobs',
  version: 1,
  tables: ['print_jobs'],
  createSql: `
    CREATE TABLE print_jobs (
      job_id TEXT PRIMARY KEY,
      sale_id TEXT NOT NULL,
      what TEXT NOT NULL,
      state_name TEXT NOT NULL,
      unfinished INTEGER NOT NULL,
      sha256 TEXT NOT NULL, -- of the bytes
      copy_number INTEGER, -- of a copy, in the series of copies
      intended_seq INTEGER NOT NULL,
      state TEXT NOT NULL
    ) STRICT;
    CREATE INDEX print_jobs_by_sale ON print_jobs (sale_id, intended_seq);
    CREATE INDEX print_jobs_unfinished ON print_jobs (intended_seq) WHERE unfinished = 1;
  `,
  attach(database: Database) {
    const load = database.prepare('SELECT state FROM print_jobs WHERE job_id = ?');
    const insert = database.prepare(
      `INSERT INTO print_jobs (job_id, sale_id, what, state_name, unfinished, sha256, copy_number, intended_seq, state)
       VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?)`,
    );
    const update = database.prepare('UPDATE print_jobs SET state_name = ?, unfinished = ?, state = ? WHERE job_id = ?');

    return (entry: Entry) => {
      const jobId = printJobIdOf(entry);
      if (jobId === null) return;
      const before = load.get(jobId);
      const job = applyPrintEvent(before === undefined ? null : (JSON.parse(textOf(before, 'state')) as PrintJob), entry);
      const state = JSON.stringify(job);
      if (entry.type === 'receipt.print-intended') {
        insert.run(jobId, job.saleId, job.what, job.state, entry.payload.sha256, job.copyNumber, entry.seq, state);
      } else {
        update.run(job.state, isDone(job) ? 0 : 1, state, jobId);
      }
    };
  },
};
