/** What every part of the page needs, and asking head office from it. */
import { createContext, useCallback, useContext, useEffect, useState } from 'react';
import type { Me, Overview, PageAnswers, PageAsk, PageRequest } from '../../app/head-office/page-contract.ts';
import type { HeadOfficePageTexts } from '../../app/text/head-office-page.ts';
import { fill } from '../../app/text/screen.ts';
import type { Language } from '../../app/till/contract.ts';
import type { OfficeLink, Told } from './office-link.ts';

export interface OfficePlace {
  readonly link: OfficeLink;
  readonly texts: HeadOfficePageTexts;
  readonly language: Language;
  readonly me: Me;
  /** The session is over. */
  readonly onSignedOut: () => void;
}

export const OfficeContext = createContext<OfficePlace | null>(null);

export function useOffice(): OfficePlace {
  const place = useContext(OfficeContext);
  if (place === null) throw new Error('Head office is used outside its page.');
  return place;
}

/** Words for a "no". */
export function problemText(texts: HeadOfficePageTexts, told: Extract<Told<PageAsk>, { readonly ok: false }>): string {
  const known: Readonly<Record<string, string>> = texts.problems;
  return fill(known[told.code] ?? texts.problems.other, { seconds: told.retryAfterSeconds ?? 60 });
}

export type Shown<Answer> =
  | { readonly state: 'loading' }
  | { readonly state: 'here'; readonly answer: Answer }
  | { readonly state: 'problem'; readonly text: string };

const REFRESH_MS = 30_000;

/**
 * Asks when the page opens and whenever the question changes; `null` asks nothing. What was shown stays while the same is
 * asked again, by `reload` or, with `refreshes`, twice a minute.
 */
export function useAnswer<Ask extends PageAsk>(ask: Ask, request: PageRequest<Ask> | null, refreshes = false) {
  const { link, texts, onSignedOut } = useOffice();
  const [shown, setShown] = useState<Shown<PageAnswers[Ask]>>({ state: 'loading' });
  const question = JSON.stringify(request);
  const [asked, setAsked] = useState(question);
  if (asked !== question) {
    setAsked(question);
    setShown({ state: 'loading' });
  }
  const [turn, setTurn] = useState({ count: 0, byItself: false });
  const reload = useCallback(() => setTurn(({ count }) => ({ count: count + 1, byItself: false })), []);
  useEffect(() => {
    let isOver = false;
    const about = JSON.parse(question) as PageRequest<Ask> | null;
    if (about === null) return;
    void link.ask(ask, about, turn.byItself).then((told) => {
      if (isOver) return;
      if (told.ok) setShown({ state: 'here', answer: told.answer });
      else if (told.code === 'not-signed-in') onSignedOut();
      else setShown({ state: 'problem', text: problemText(texts, told) });
    });
    return () => {
      isOver = true;
    };
  }, [ask, question, link, texts, onSignedOut, turn]);
  useEffect(() => {
    if (!refreshes) return;
    const timer = window.setInterval(() => setTurn(({ count }) => ({ count: count + 1, byItself: true })), REFRESH_MS);
    return () => window.clearInterval(timer);
  }, [refreshes]);
  return { shown, reload };
}

interface SharedOverview {
  readonly shown: Shown<Overview>;
  readonly reload: () => void;
}

/** What needs somebody: asked for once, for the first page and for the figures beside the pages' names. */
export const OverviewContext = createContext<SharedOverview>({ shown: { state: 'loading' }, reload: () => {} });

/** Does something, and keeps what was said about it. */
export function useAct() {
  const { link, texts, onSignedOut } = useOffice();
  const { reload } = useContext(OverviewContext);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const act = async <Ask extends PageAsk>(ask: Ask, request: PageRequest<Ask>): Promise<PageAnswers[Ask] | null> => {
    setBusy(true);
    setProblem(null);
    const told = await link.ask(ask, request);
    setBusy(false);
    reload();
    if (told.ok) return told.answer;
    if (told.code === 'not-signed-in') onSignedOut();
    setProblem(problemText(texts, told));
    return null;
  };
  return { act, busy, problem };
}

/** A list that comes a page at a time: what `first` has, and what was asked for after it. */
export function useMore<Row, Next extends string | number>(first: readonly Row[], next: Next | null) {
  const key = JSON.stringify([next, first.length]);
  const [added, setAdded] = useState<{ readonly key: string; readonly rows: readonly Row[]; readonly next: Next | null }>();
  const current = added?.key === key ? added : { key, rows: [], next };
  return {
    rows: [...first, ...current.rows],
    next: current.next,
    add: (rows: readonly Row[], after: Next | null) => setAdded({ key, rows: [...current.rows, ...rows], next: after }),
  };
}
