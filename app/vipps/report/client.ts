/**
 * The ledger port over the provider's Report API (`report.yaml`): the unit's ledger, and its days with all their pages.
 *
 * Everything is read, nothing is changed, so a page that came too fast is asked for again after a while. Whatever does not
 * fit the question (another day, another currency, a cursor that leads in a circle) is no answer: half a day is not compared.
 */
import type { Answer } from '../../payment/provider.ts';
import type { LedgerDay, LedgerRow, LedgerSource, LedgerTopic } from '../../report/ledger.ts';
import type { Timers } from '../../till/ports.ts';
import { type AdapterOptions, createAdapter } from '../adapter.ts';
import { badAnswer } from '../errors.ts';
import type { CallingSystem, SalesUnitKeys } from '../headers.ts';
import { datesAnswer, ledgersAnswer, type Transaction } from './answers.ts';

export interface ReportClientOptions extends Omit<AdapterOptions<SalesUnitKeys & CallingSystem>, 'qrSize' | 'warm'> {
  readonly timers: Timers;
  /** Of the sales unit's market. */
  readonly currency: string;
}

const READ_TIMEOUT_MS = 20_000;
/** A page of a thousand rows is half a megabyte. */
const MAX_PAGE_BYTES = 16 * 1_048_576;
/** Two hundred thousand payments a day, at a thousand a page. */
const MOST_PAGES = 200;
/** How often a page that came too fast is asked for again, and how long that may take. */
const MOST_RETRIES = 3;
const RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 10_000;

/** Builds the ledger port for one sales unit. */
export function createReportClient(options: ReportClientOptions): LedgerSource {
  const { caller, guard, redact } = createAdapter(options);
  const handle = `api:${options.configuration.merchantSerialNumber}`;

  /** Asks again where the provider says that it was too fast, unless that takes too long. */
  async function patiently<T>(ask: () => Promise<Answer<T>>): Promise<Answer<T>> {
    for (let retry = 1; ; retry += 1) {
      const answer = await ask();
      if (answer.kind !== 'retryable' || answer.error.httpStatus !== 429) return answer;
      const waitMs = answer.retryAfterMs ?? RETRY_MS;
      if (retry > MOST_RETRIES || waitMs > LONGEST_RETRY_MS) return answer;
      await new Promise<void>((resolve) => {
        options.timers.after(waitMs, resolve);
      });
    }
  }

  const get = { api: 'report', method: 'GET', readTimeoutMs: READ_TIMEOUT_MS, maxBodyBytes: MAX_PAGE_BYTES } as const;

  async function ledgerId(): Promise<Answer<string>> {
    const seen = new Set<string>();
    let query = `settlesForRecipientHandles=${encodeURIComponent(handle)}`;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const answer = await patiently(() =>
        caller.call({ ...get, operation: 'ledgers', path: `/settlement/v1/ledgers?${query}`, reference: handle }, ledgersAnswer),
      );
      if (answer.kind !== 'ok') return answer;
      const found = answer.value.items.find(({ settlesForRecipientHandles }) => settlesForRecipientHandles.includes(handle));
      if (found !== undefined) {
        if (found.currency !== options.currency) return badAnswer(redact(`the ledger is in ${found.currency}`), 200);
        return { kind: 'ok', value: found.ledgerId };
      }
      const cursor = answer.value.cursor ?? '';
      if (cursor === '' || seen.has(cursor)) break;
      seen.add(cursor);
      query = `cursor=${encodeURIComponent(cursor)}`;
    }
    return {
      kind: 'refused',
      error: { code: 'local:no-ledger', message: `no ledger settles for ${handle}`, httpStatus: 200, traceId: null },
    };
  }

  async function day(id: string, topic: LedgerTopic, date: string): Promise<Answer<LedgerDay>> {
    const path = `/report/v2/ledgers/${encodeURIComponent(id)}/${topic}/dates/${date}`;
    const rows: LedgerRow[] = [];
    const seen = new Set<string>();
    let closed = true;
    let cursor: string | null = null;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const query: string = cursor === null ? '' : `?cursor=${encodeURIComponent(cursor)}`;
      const answer = await patiently(() =>
        caller.call({ ...get, operation: `report-${topic}`, path: path + query, reference: date }, datesAnswer),
      );
      if (answer.kind !== 'ok') return answer;
      const { items, hasMore, tryLater } = answer.value;
      const odd = items.find((item) => item.ledgerDate !== date || item.currency !== options.currency);
      if (odd !== undefined) return badAnswer(redact(`a row of ${odd.ledgerDate} in ${odd.currency}`), 200);
      rows.push(...items.map(rowOf));
      if (tryLater === true) closed = false;
      if (!hasMore) return { kind: 'ok', value: { rows, closed } };
      cursor = answer.value.cursor ?? '';
      if (cursor === '' || seen.has(cursor)) return badAnswer('there is more, and no way to it', 200);
      seen.add(cursor);
    }
    return badAnswer(`more than ${MOST_PAGES} pages`, 200);
  }

  return { ledgerId: guard('ledgers', ledgerId), day: guard('report', day) };
}

function rowOf({ time, amount, balanceAfter, ...same }: Transaction): LedgerRow {
  return { ...same, atMs: Date.parse(time), amountOre: amount, balanceAfterOre: balanceAfter };
}
