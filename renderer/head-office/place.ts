/** Where on the page somebody is, in the address: so that the browser's back button and a copied link work. */
import { useEffect, useState } from 'react';

export const PAGES = ['overview', 'search', 'refunds', 'settlement', 'open', 'alarms', 'published'] as const;
export type PageName = (typeof PAGES)[number];
const DETAILS = ['store', 'order', 'refund', 'publication'] as const;

export interface Place {
  readonly page: PageName | (typeof DETAILS)[number];
  /** Of a store, an order, a refund or a version of what is published. */
  readonly id: string;
  /** What a form was filled in with. */
  readonly fields: Readonly<Record<string, string>>;
}

/** Reads `#/refund/syd-1-abcd-1` or `#/search?by=date`. Anything else is the overview. */
export function readPlace(hash: string): Place {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  const [page = '', id = ''] = path.split('/');
  const fields = Object.fromEntries(new URLSearchParams(query));
  const named = [...PAGES, ...DETAILS].find((name) => name === page);
  return { page: named ?? 'overview', id: decodeURIComponent(id), fields };
}

/** The address of a place. Fields that are empty are left out. */
export function addressOf(page: Place['page'], id = '', fields: Place['fields'] = {}): string {
  const filled = Object.entries(fields).filter(([, value]) => value !== '');
  const query = new URLSearchParams(filled).toString();
  return `#/${page}${id === '' ? '' : `/${encodeURIComponent(id)}`}${query === '' ? '' : `?${query}`}`;
}

/** The place in the address bar, now and whenever it changes. `fixed`: for pictures. */
export function usePlace(fixed: string | null): Place {
  const [hash, setHash] = useState(fixed ?? window.location.hash);
  useEffect(() => {
    if (fixed !== null) return;
    const look = () => setHash(window.location.hash);
    window.addEventListener('hashchange', look);
    return () => window.removeEventListener('hashchange', look);
  }, [fixed]);
  return readPlace(hash);
}

export function goTo(address: string): void {
  window.location.hash = address;
}
