/** How the page asks head office: JSON over HTTP, with the session's cookie, which no script sees. */
import type { PageAnswers, PageAsk, PageProblem, PageProblemCode, PageRequest } from '../../app/head-office/page-contract.ts';

/** What came of a question. `lost`: nobody answered, and an act may or may not have been done. */
export type Told<Ask extends PageAsk> =
  | { readonly ok: true; readonly answer: PageAnswers[Ask] }
  | { readonly ok: false; readonly code: PageProblemCode | 'lost'; readonly retryAfterSeconds: number | null };

export interface OfficeLink {
  /** Never rejects. @param byItself nobody did anything: a session that only looks comes to rest. */
  ask<Ask extends PageAsk>(ask: Ask, request: PageRequest<Ask>, byItself?: boolean): Promise<Told<Ask>>;
  /** Where the browser fetches a period's settlement as a file. */
  settlementAddress(fromDate: string, toDate: string): string;
}

const isProblem = (value: unknown): value is PageProblem =>
  typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string';

export const webOfficeLink: OfficeLink = {
  async ask(ask, request, byItself = false) {
    try {
      const response = await fetch(`/page/${ask}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(byItself ? { 'x-by-itself': '1' } : {}) },
        body: JSON.stringify(request),
      });
      const value: unknown = await response.json();
      if (response.ok) return { ok: true, answer: value as PageAnswers[typeof ask] };
      if (isProblem(value)) return { ok: false, code: value.code, retryAfterSeconds: value.retryAfterSeconds ?? null };
    } catch {
      // Said below: nobody answered, or not in a form that this page knows.
    }
    return { ok: false, code: 'lost', retryAfterSeconds: null };
  },
  settlementAddress: (fromDate, toDate) => `/page/settlement.csv?from=${fromDate}&to=${toDate}`,
};
