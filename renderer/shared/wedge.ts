/**
 * A scanner that types like a keyboard. Its characters come at most 50 ms apart and end in Enter, Tab or a line feed; nobody
 * types like that. Every character is held back until it is known whose it is: a scan never reaches a field, typing reaches it 50 ms
 * late, which nobody sees.
 *
 * ```
 *            character                        character within 50 ms
 *  idle ─────────────────► holding (1 … n) ──────────────┐
 *   ▲                        │  │  │  ▲──────────────────┘
 *   │ silence (see patience) │  │  │ Enter or Tab within 50 ms, 3 or more held
 *   ├──── release the text ◄─┘  │  └─► scan: the code; later Enters of the same scan are swallowed
 *   └──── any other key: release the text first, then the key goes its way
 * ```
 *
 * A busy page may let its timer for the silence run before keys that were pressed in time. Their own times tell: then the
 * text that was released is taken back out of the field, and the scan goes on.
 */

import { americanCharacter, meantBy, type ScannerLayout } from './scanner-layout.ts';

/** The longest gap inside a scan. */
export const WEDGE_GAP_MS = 50;
/** Shorter codes are taken for typing. */
export const WEDGE_MIN_LENGTH = 3;
/**
 * How long to wait for the rest of what can only be a scan, on a machine that is too busy to hand its keys on. Whether they
 * belong together is told by their own times.
 */
export const WEDGE_PATIENCE_MS = 250;
/** Scanners that end with both CR and LF press Enter twice; the second one must not press a button. */
export const WEDGE_AFTER_SCAN_MS = 150;

export interface WedgeKey {
  readonly key: string;
  readonly code: string;
  readonly shift: boolean;
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly meta: boolean;
  readonly altGraph: boolean;
  readonly capsLock: boolean;
  readonly repeat: boolean;
  /** The event's own time: true to the key press even when the page was busy. */
  readonly atMs: number;
}

/** Characters as a person's layout has them, and as a scanner may have meant them. */
interface Strokes {
  readonly typed: string;
  readonly own: string;
  readonly american: string | null;
  readonly dead: boolean;
  readonly count: number;
}

const none: Strokes = { typed: '', own: '', american: '', dead: false, count: 0 };

/** What a shop may have set up about its scanner. */
export interface WedgeSettings {
  /** Text that the scanner puts before every code; it is taken off. */
  readonly prefix?: string;
  /** Which keyboard the scanner believes in. Without it the codes tell. */
  readonly layout?: ScannerLayout;
}

export interface WedgeState {
  readonly held: Strokes;
  /** What the last silence released: the beginning of a scan after all, if the next key was pressed in time. */
  readonly released: Strokes;
  readonly lastAtMs: number;
  readonly scannedAtMs: number;
  /** What the last code that could only be meant one way has shown about the scanner. */
  readonly layout: ScannerLayout | null;
}

export const wedgeIdle: WedgeState = {
  held: none,
  released: none,
  lastAtMs: Number.NEGATIVE_INFINITY,
  scannedAtMs: Number.NEGATIVE_INFINITY,
  layout: null,
};

/** Whether characters wait to be known. */
export function isHolding(state: WedgeState): boolean {
  return state.held.count > 0;
}

export interface WedgeStep {
  readonly state: WedgeState;
  /** Typed text to hand to the field or the shortcut that it was meant for, before this key. */
  readonly release: string;
  /** Whether what the last silence released must be taken back first. */
  readonly takeBack: boolean;
  /** A code that was scanned, or null. */
  readonly scan: string | null;
  /** Whether this key goes no further. */
  readonly swallow: boolean;
}

/**
 * What a key writes, and what a scanner may mean by it; null for keys that write nothing. Unshifted digits are read from the
 * key's place whatever the layout; Caps Lock is none of a scanner's business. Ctrl+] is the group separator of GS1 codes.
 */
export function wedgeStroke(key: WedgeKey): Strokes | null {
  if (key.ctrl && !key.altGraph) {
    return !key.alt && key.code === 'BracketRight' ? { typed: '', own: '\u001d', american: '\u001d', dead: false, count: 1 } : null;
  }
  if (key.meta || (key.alt && !key.altGraph)) return null;
  const american = key.altGraph ? null : americanCharacter(key.code, key.shift);
  if (key.key === 'Dead') return american === null ? null : { typed: '', own: '', american, dead: true, count: 1 };
  if ([...key.key].length !== 1) return null;
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(key.code)?.[1];
  const cased = key.shift ? key.key.toUpperCase() : key.key.toLowerCase();
  const letter = key.capsLock && cased.length === key.key.length ? cased : key.key;
  return { typed: key.key, own: digit !== undefined && !key.shift && !key.altGraph ? digit : letter, american, dead: false, count: 1 };
}

const goesOn = { release: '', takeBack: false, scan: null, swallow: false } as const;
const plus = (first: Strokes, second: Strokes): Strokes => ({
  typed: first.typed + second.typed,
  own: first.own + second.own,
  american: first.american === null || second.american === null ? null : first.american + second.american,
  dead: first.dead || second.dead,
  count: first.count + second.count,
});

/** Enter and Tab, and what scanners press for them when they send control characters: Ctrl+M, Ctrl+I, Ctrl+J. */
function isEnding(key: WedgeKey): boolean {
  if (key.key === 'Enter' || key.key === 'Tab') return true;
  return key.ctrl && !key.alt && !key.meta && ['KeyM', 'KeyI', 'KeyJ'].includes(key.code);
}

/** Takes one key press. `holdSpace`: whether a space may begin a held text (not when it would press a button). */
export function wedgeKey(state: WedgeState, key: WedgeKey, holdSpace = true, settings: WedgeSettings = {}): WedgeStep {
  if (['Shift', 'CapsLock', 'AltGraph', 'Control'].includes(key.key)) return { ...goesOn, state };
  const inTime = key.atMs - state.lastAtMs <= WEDGE_GAP_MS;
  const begun = inTime ? plus(state.released, state.held) : none;
  const takeBack = inTime && state.released.count > 0;
  const idle = { ...wedgeIdle, scannedAtMs: state.scannedAtMs, layout: state.layout };

  if (isEnding(key)) {
    const soon = state.held.count === 0 && key.atMs - state.scannedAtMs <= WEDGE_AFTER_SCAN_MS;
    if (begun.count < WEDGE_MIN_LENGTH) return { ...goesOn, state: idle, release: state.held.typed, swallow: soon };
    const meant = meantBy(begun, settings.layout ?? state.layout);
    const layout = meant.sure ? meant.layout : state.layout;
    const prefix = settings.prefix ?? '';
    const scan = prefix !== '' && meant.code.startsWith(prefix) ? meant.code.slice(prefix.length) : meant.code;
    return {
      state: { ...wedgeIdle, scannedAtMs: key.atMs, layout },
      release: '',
      takeBack,
      scan: scan === '' ? null : scan,
      swallow: true,
    };
  }

  // Whatever else is pressed, the scan is over: an Enter after it is a person's, however soon it comes.
  const scannedAtMs = Number.NEGATIVE_INFINITY;
  const stroke = key.repeat ? null : wedgeStroke(key);
  if (stroke === null || (stroke.typed === ' ' && begun.count === 0 && !holdSpace)) {
    return { ...goesOn, state: { ...idle, scannedAtMs }, release: state.held.typed };
  }
  return {
    state: { ...state, scannedAtMs, held: plus(begun, stroke), released: none, lastAtMs: key.atMs },
    release: inTime ? '' : state.held.typed,
    takeBack,
    scan: null,
    // Alone it is a person's, who writes é with it.
    swallow: !stroke.dead || begun.count > 0,
  };
}

/** Silence after the last character: what is held was typed, as far as anybody knows now. */
export function wedgeSilence(state: WedgeState): { readonly state: WedgeState; readonly release: string } {
  return { state: { ...state, held: none, released: state.held }, release: state.held.typed };
}
