/** Swallows second taps and second presses of Enter (see `second-tap.ts`) before anything on the page hears of them. */
import { useEffect } from 'react';
import { type CountedTap, distanceTo, isSecondTap, SECOND_TAP_PX, type Tap } from './second-tap.ts';

/** What a tap can press. Fields are not among them: a tap in a field does nothing by itself. */
const CONTROLS = 'button, a[href], [role="option"]';

/** What a control says, and whether it can be pressed: both make what it means to a person. */
function meaningOf(control: Element): string {
  return `${control.matches(':disabled') ? 'off' : 'on'} ${control.getAttribute('aria-label') ?? control.textContent}`;
}

/** What can be pressed now around a place: behind an open dialog nothing can. */
function controlsAround(tap: Tap): ReadonlyMap<Element, string> {
  const scope = document.querySelector('dialog[open]') ?? document;
  const near = [...scope.querySelectorAll(CONTROLS)].filter((control) => distanceTo(control.getBoundingClientRect(), tap) <= SECOND_TAP_PX);
  return new Map(near.map((control) => [control, meaningOf(control)]));
}

function swallow(event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** `enterPresses`: what Enter would press at this moment, or null. Must be the same function at every call. */
export function useSecondTap(enterPresses: () => Element | null): void {
  useEffect(() => {
    let tapped: CountedTap<Element> | null = null;
    let pressed: CountedTap<Element> | null = null;

    const onClick = (event: PointerEvent) => {
      // A key that presses a button, and a script, are clicks without a pointer.
      if (!event.isTrusted || event.pointerType === '' || !(event.target instanceof Element)) return;
      const tap = { atMs: event.timeStamp, x: event.clientX, y: event.clientY };
      const control = event.target.closest(CONTROLS);
      if (control !== null && isSecondTap(tapped, tap, control, meaningOf(control))) {
        if (tapped !== null) tapped = { ...tapped, lastAtMs: tap.atMs };
        swallow(event);
        return;
      }
      tapped = { ...tap, lastAtMs: tap.atMs, around: controlsAround(tap) };
    };

    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || event.isComposing) return;
      // A key that is held down says once what it says: the rest would run through everything that comes after it.
      if (event.repeat) {
        swallow(event);
        return;
      }
      const control = enterPresses();
      if (control === null) return;
      const press = { atMs: event.timeStamp, x: 0, y: 0 };
      const meaning = meaningOf(control);
      if (isSecondTap(pressed, press, control, meaning)) {
        if (pressed !== null) pressed = { ...pressed, lastAtMs: press.atMs };
        swallow(event);
        return;
      }
      pressed = { ...press, lastAtMs: press.atMs, around: new Map([[control, meaning]]) };
    };

    window.addEventListener('click', onClick, { capture: true });
    window.addEventListener('keydown', onKey, { capture: true });
    return () => {
      window.removeEventListener('click', onClick, { capture: true });
      window.removeEventListener('keydown', onKey, { capture: true });
    };
  }, [enterPresses]);
}
