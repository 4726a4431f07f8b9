/**
 * A scanner that types like a keyboard. Its characters come at most 50 ms apart and end in Enter or Tab; nobody types like
 * that. Every character is held back until it is known whose it is: a scan never reaches a field, typing reaches it 50 ms
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
  readonly repeat: boolean;
  /** The event's own time: true to the key press even when the page was busy. */
  readonly atMs: number;
}

/** Characters twice: as a person's layout has them, and as a scanner meant them. */
interface Strokes {
  readonly typed: string;
  readonly code: string;
}

const none: Strokes = { typed: '', code: '' };

export interface WedgeState {
  readonly held: Strokes;
  /** What the last silence released: the beginning of a scan after all, if the next key was pressed in time. */
  readonly released: Strokes;
  readonly lastAtMs: number;
  readonly scannedAtMs: number;
}

export const wedgeIdle: WedgeState = {
  held: none,
  released: none,
  lastAtMs: Number.NEGATIVE_INFINITY,
  scannedAtMs: Number.NEGATIVE_INFINITY,
};

/** Whether characters wait to be known. */
export function isHolding(state: WedgeState): boolean {
  return state.held.code !== '';
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
 * What a key writes, and what a scanner means by it; null for keys that write nothing. A scanner's digits are read from the
 * key's place, so that one which believes in an American keyboard is understood under any layout. Ctrl+] is the group
 * separator of GS1 codes.
 */
export function wedgeStroke(key: WedgeKey): Strokes | null {
  if (key.ctrl && !key.altGraph) return !key.alt && key.code === 'BracketRight' ? { typed: '', code: '\u001d' } : null;
  if (key.meta || (key.alt && !key.altGraph)) return null;
  if ([...key.key].length !== 1) return null;
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(key.code)?.[1];
  return { typed: key.key, code: digit !== undefined && !key.shift && !key.altGraph ? digit : key.key };
}

const goesOn = { release: '', takeBack: false, scan: null, swallow: false } as const;
const plus = (first: Strokes, second: Strokes): Strokes => ({ typed: first.typed + second.typed, code: first.code + second.code });

/** Takes one key press. `holdSpace`: whether a space may begin a held text (not when it would press a button). */
export function wedgeKey(state: WedgeState, key: WedgeKey, holdSpace = true): WedgeStep {
  if (key.key === 'Shift' || key.key === 'CapsLock' || key.key === 'AltGraph') return { ...goesOn, state };
  const inTime = key.atMs - state.lastAtMs <= WEDGE_GAP_MS;
  const begun = inTime ? plus(state.released, state.held) : none;
  const takeBack = inTime && state.released.code !== '';
  const idle = { ...wedgeIdle, scannedAtMs: state.scannedAtMs };

  if (key.key === 'Enter' || key.key === 'Tab') {
    if (begun.code.length >= WEDGE_MIN_LENGTH) {
      return { state: { ...wedgeIdle, scannedAtMs: key.atMs }, release: '', takeBack, scan: begun.code, swallow: true };
    }
    const second = state.held.code === '' && key.atMs - state.scannedAtMs <= WEDGE_AFTER_SCAN_MS;
    return { ...goesOn, state: idle, release: state.held.typed, swallow: second };
  }

  const stroke = key.repeat ? null : wedgeStroke(key);
  if (stroke === null || (stroke.typed === ' ' && begun.code === '' && !holdSpace)) {
    // The line feed of a scanner that ends with CR LF may come as Ctrl+J.
    const lineFeed = key.ctrl && key.code === 'KeyJ' && key.atMs - state.scannedAtMs <= WEDGE_AFTER_SCAN_MS;
    return { ...goesOn, state: idle, release: state.held.typed, swallow: lineFeed };
  }
  return {
    state: { held: plus(begun, stroke), released: none, lastAtMs: key.atMs, scannedAtMs: state.scannedAtMs },
    release: inTime ? '' : state.held.typed,
    takeBack,
    scan: null,
    swallow: true,
  };
}

/** Silence after the last character: what is held was typed, as far as anybody knows now. */
export function wedgeSilence(state: WedgeState): { readonly state: WedgeState; readonly release: string } {
  return { state: { ...state, held: none, released: state.held }, release: state.held.typed };
}
