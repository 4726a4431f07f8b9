/** The virtual printer's own small service: which papers there are, when another comes, and in what condition it is. */

import type { Language } from '../../app/till/contract.ts';

const LANGUAGES: readonly Language[] = ['nb', 'en'];

export interface Paper {
  readonly id: string;
  readonly atMs: number;
  readonly pngUrl: string;
  readonly text: string;
}

/** Those that can be practised: `cut-off` breaks the line in the middle of a paper. */
export const CONDITIONS = ['ready', 'paper-out', 'cover-open', 'cut-off', 'offline'] as const;
export type Condition = (typeof CONDITIONS)[number];

/** Null where no drawer hangs on the printer. `stuck` is shut, and does not open by itself. */
const DRAWERS = ['open', 'shut', 'stuck'] as const;
export type Drawer = (typeof DRAWERS)[number];

export interface PrinterNews {
  readonly papers: readonly Paper[];
  /** As the printer last said; null while it has not. */
  readonly condition: Condition | null;
  readonly drawer: Drawer | null;
  /** What to say while no real money moves. */
  readonly practice: string | null;
  /** The cashier's; null while nobody told. */
  readonly language: Language | null;
  readonly online: boolean;
}

export interface PrinterService {
  /** Calls back at once and after each change; the returned function ends that. */
  onNews(listener: (news: PrinterNews) => void): () => void;
  /** Gives whether the printer took it. */
  setCondition(condition: Condition): Promise<boolean>;
  /** What hands do to the drawer. Gives whether it was done. */
  moveDrawer(to: Drawer): Promise<boolean>;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** The papers of an answer, `{papers, condition, practice}`. What is no paper is left out. */
export function readPapers(value: unknown): readonly Paper[] {
  const list = isRecord(value) && Array.isArray(value.papers) ? value.papers : [];
  return list.flatMap((item: unknown): Paper[] => {
    if (!isRecord(item) || typeof item.pngUrl !== 'string') return [];
    return [
      {
        id: String(item.id),
        atMs: typeof item.atMs === 'number' ? item.atMs : 0,
        pngUrl: item.pngUrl,
        text: typeof item.text === 'string' ? item.text : '',
      },
    ];
  });
}

/** The condition in an answer or an event, or null where there is none. */
export function readCondition(value: unknown): Condition | null {
  if (!isRecord(value)) return null;
  return CONDITIONS.find((condition) => condition === value.condition) ?? null;
}

/** The drawer in an answer or an event, or null where there is none. */
export function readDrawer(value: unknown): Drawer | null {
  if (!isRecord(value)) return null;
  return DRAWERS.find((drawer) => drawer === value.drawer) ?? null;
}

function readLanguage(value: unknown): Language | null {
  return isRecord(value) ? (LANGUAGES.find((language) => language === value.language) ?? null) : null;
}

/** All that an answer or an event tells. */
export function readNews(value: unknown): PrinterNews {
  const practice = isRecord(value) && typeof value.practice === 'string' ? value.practice : null;
  return {
    papers: readPapers(value),
    condition: readCondition(value),
    drawer: readDrawer(value),
    practice,
    language: readLanguage(value),
    online: true,
  };
}

/** An address of this server with the token, for what the browser fetches by itself: pictures and events. */
export function withToken(address: string, token: string): string {
  return `${address}${address.includes('?') ? '&' : '?'}token=${encodeURIComponent(token)}`;
}

const RETRY_MS = 2_000;

/** Follows the printer for ever: each event brings all papers and the condition. */
export function openPrinter(token: string): PrinterService {
  const listeners = new Set<(news: PrinterNews) => void>();
  let news: PrinterNews = { papers: [], condition: null, drawer: null, practice: null, language: null, online: false };
  const tell = (change: Partial<PrinterNews>) => {
    news = { ...news, ...change };
    for (const listener of listeners) listener(news);
  };

  const load = async () => {
    try {
      const response = await fetch('/api/printer/papers', { headers: { authorization: `Bearer ${token}` } });
      if (!response.ok) throw new TypeError(`status ${response.status}`);
      tell(readNews(await response.json()));
    } catch {
      tell({ online: false });
    }
  };

  /** Asks for a change; what it came to is shown at once, and told by an event as well. */
  const change = async (what: 'condition' | 'drawer', wish: Partial<PrinterNews>) => {
    try {
      const response = await fetch(`/api/printer/${what}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(wish),
      });
      if (response.ok) tell(wish);
      return response.ok;
    } catch {
      return false;
    }
  };

  const hear = (event: MessageEvent<string>) => {
    try {
      tell(readNews(JSON.parse(event.data)));
    } catch {
      // An event that cannot be read still says that something changed.
      void load();
    }
  };

  const listen = () => {
    const events = new EventSource(withToken('/api/printer/events', token));
    events.addEventListener('papers', hear);
    events.onerror = () => {
      tell({ online: false });
      if (events.readyState === EventSource.CLOSED) window.setTimeout(listen, RETRY_MS);
    };
  };
  void load();
  listen();

  return {
    onNews(listener) {
      listeners.add(listener);
      listener(news);
      return () => listeners.delete(listener);
    },
    setCondition: (condition) => change('condition', { condition }),
    moveDrawer: (drawer) => change('drawer', { drawer }),
  };
}
