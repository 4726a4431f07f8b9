/**
 * The pairing token arrives in the address's fragment (`/cashier#token=…`), which no server log sees. It moves to the tab's
 * own storage and leaves the address bar, so that nobody photographs or bookmarks it.
 */
export interface TokenPlace {
  readonly hash: string;
  readonly pathAndQuery: string;
  replace(address: string): void;
  read(key: string): string | null;
  write(key: string, value: string): void;
}

/** The browser's own places. */
function browserTokenPlace(): TokenPlace {
  return {
    hash: window.location.hash,
    pathAndQuery: window.location.pathname + window.location.search,
    replace: (address) => window.history.replaceState(null, '', address),
    read: (key) => window.sessionStorage.getItem(key),
    write: (key, value) => window.sessionStorage.setItem(key, value),
  };
}

const keyOf = (role: string): string => `tillit.token.${role}`;

/** Keeps a token that somebody typed, for this tab. */
export function keepToken(role: string, token: string, place: TokenPlace = browserTokenPlace()): void {
  place.write(keyOf(role), token);
}

/** The token for this role: from the fragment, else the one this tab had before. `null` when there is none. */
export function takeToken(role: string, place: TokenPlace = browserTokenPlace()): string | null {
  const key = keyOf(role);
  const found = new URLSearchParams(place.hash.replace(/^#/, '')).get('token');
  if (found === null || found === '') return place.read(key);
  place.write(key, found);
  place.replace(place.pathAndQuery);
  return found;
}
