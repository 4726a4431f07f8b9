/**
 * The locked register: full screen, no way out but the manager's. Ctrl+Alt+Shift+M, then the code's digits, then Enter, all
 * on the keyboard; main takes the keys before the page does, so that a code is typed blind and reaches no field.
 */

/** A key as Electron tells it before the page gets it. */
export interface Key {
  readonly type: string;
  readonly key: string;
  readonly code: string;
  readonly control: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
  readonly meta: boolean;
}

/** `idle`, or typing since `sinceMs`. */
export type Typing = { readonly kind: 'idle' } | { readonly kind: 'typing'; readonly digits: string; readonly sinceMs: number };

export type KioskAct =
  /** The page gets the key. */
  | 'pass'
  /** The key was main's; the page does not get it. */
  | 'take'
  /** Enter after the digits: look whether they are the code. */
  | 'check';

export const IDLE: Typing = { kind: 'idle' };
/** Time for the whole code. */
const TYPING_MS = 15_000;
const MOST_DIGITS = 12;

/** What a key means. Anything but digits, Backspace and Enter ends the typing and is the page's again. */
export function kioskKey(typing: Typing, key: Key, nowMs: number): { readonly typing: Typing; readonly act: KioskAct } {
  const alive: Typing = typing.kind === 'typing' && nowMs - typing.sinceMs > TYPING_MS ? IDLE : typing;
  if (isChord(key)) {
    return { typing: key.type === 'keyDown' ? { kind: 'typing', digits: '', sinceMs: nowMs } : alive, act: 'take' };
  }
  if (alive.kind === 'idle') return { typing: alive, act: isWayOut(key) ? 'take' : 'pass' };
  if (key.type !== 'keyDown') return { typing: alive, act: 'take' };
  if (/^\d$/.test(key.key)) {
    const digits = `${alive.digits}${key.key}`;
    return { typing: digits.length > MOST_DIGITS ? IDLE : { ...alive, digits }, act: 'take' };
  }
  switch (key.key) {
    case 'Backspace':
      return { typing: { ...alive, digits: alive.digits.slice(0, -1) }, act: 'take' };
    case 'Enter':
      return { typing: alive, act: 'check' };
    case 'Control':
    case 'Alt':
    case 'Shift':
    case 'Meta':
      return { typing: alive, act: 'take' };
    default:
      return { typing: IDLE, act: key.key === 'Escape' ? 'take' : 'pass' };
  }
}

function isChord(key: Key): boolean {
  return key.code === 'KeyM' && key.control && key.alt && key.shift;
}

/** Keys that would leave the screen: reload, close, full screen, the developer's tools. */
function isWayOut(key: Key): boolean {
  const name = key.key.toLowerCase();
  if (name === 'f5' || name === 'f11' || name === 'f12') return true;
  if (key.alt && name === 'f4') return true;
  return (key.control || key.meta) && ['r', 'w', 'q', 'm', 'h', 'n', 't', 'p', '+', '-', '0'].includes(name);
}

/** Wrong codes make the next try wait, so that nobody tries them all: 0 s, then 2 s doubled up to a minute. */
export function lockedForMs(wrongTries: number): number {
  return wrongTries < 3 ? 0 : Math.min(60_000, 2_000 * 2 ** Math.min(wrongTries - 3, 10));
}
