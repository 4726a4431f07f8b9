/**
 * A tap that was meant for what stood there a moment ago. A finger often falls twice where it should fall once, and by the
 * second time another button may have come to the same place: "Kontant" twice would take the money, "Ta imot" twice would
 * skip the change. So a tap counts only when what it hits stood there, saying the same, when the tap before it fell. The
 * same button again always counts: two taps on an article are two pieces. Enter pressed twice is no different.
 */

/** Slower than this, and a person has seen what came. */
export const SECOND_TAP_MS = 500;
/** Farther away than this, and the finger aimed anew. */
export const SECOND_TAP_PX = 25;
/** However often it is tapped, nobody is kept out for longer than this. */
const LONGEST_BURST_MS = 1_000;

export interface Tap {
  readonly atMs: number;
  readonly x: number;
  readonly y: number;
}

/** The last tap that counted, and what could be pressed around it just before it did anything. */
export interface CountedTap<Control> extends Tap {
  /** Of the last tap at the place, whether it counted or not. */
  readonly lastAtMs: number;
  /** Each control with what it said. */
  readonly around: ReadonlyMap<Control, string>;
}

/** Whether a tap belongs to the one before it, and hits something that was not there then. `meaning`: what it says now. */
export function isSecondTap<Control>(before: CountedTap<Control> | null, tap: Tap, control: Control, meaning: string): boolean {
  if (before === null) return false;
  if (tap.atMs - before.lastAtMs > SECOND_TAP_MS || tap.atMs - before.atMs > LONGEST_BURST_MS) return false;
  if (Math.hypot(tap.x - before.x, tap.y - before.y) > SECOND_TAP_PX) return false;
  return before.around.get(control) !== meaning;
}

/** How far a point lies from a box; 0 within it. */
export function distanceTo(
  box: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number },
  at: Tap,
): number {
  return Math.hypot(Math.max(box.left - at.x, 0, at.x - box.right), Math.max(box.top - at.y, 0, at.y - box.bottom));
}
