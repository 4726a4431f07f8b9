/** One Tab stop for a whole group of buttons: Tab comes to the group and leaves it, the arrow keys move within. */
import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react';

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export type Arrow = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown' | 'Home' | 'End';

const ARROWS: ReadonlySet<string> = new Set<Arrow>(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End']);

/**
 * Which of the boxes an arrow key leads to from the one at `from`: left and right follow the order, up and down the
 * nearest in the next row. Gives `from` where there is nothing further that way.
 */
export function arrowLeadsTo(boxes: readonly Box[], from: number, key: Arrow): number {
  const last = boxes.length - 1;
  switch (key) {
    case 'Home':
      return 0;
    case 'End':
      return last;
    case 'ArrowLeft':
      return Math.max(0, from - 1);
    case 'ArrowRight':
      return Math.min(last, from + 1);
    case 'ArrowUp':
    case 'ArrowDown':
      return nextRow(boxes, from, key === 'ArrowUp' ? -1 : 1);
  }
}

function nextRow(boxes: readonly Box[], from: number, direction: 1 | -1): number {
  const here = boxes[from];
  if (here === undefined) return from;
  const middle = (box: Box) => box.left + box.width / 2;
  let best = from;
  let least = Number.POSITIVE_INFINITY;
  boxes.forEach((box, index) => {
    const down = (box.top - here.top) * direction;
    // Half a button's height tells rows apart, also where their tops differ by a pixel.
    if (down <= Math.min(here.height, box.height) / 2) return;
    const far = down * 1_000 + Math.abs(middle(box) - middle(here));
    if (far < least) {
      least = far;
      best = index;
    }
  });
  return best;
}

const buttonsIn = (group: Element): readonly HTMLButtonElement[] => [...group.querySelectorAll<HTMLButtonElement>('button:not(:disabled)')];

/** Leaves one of the buttons for Tab: the one that had the focus last, else the chosen one, else the first. */
function leaveOne(group: Element, wanted: HTMLButtonElement | undefined): void {
  const buttons = buttonsIn(group);
  const one =
    buttons.find((button) => button === wanted) ?? buttons.find((button) => button.getAttribute('aria-pressed') === 'true') ?? buttons[0];
  for (const button of buttons) button.tabIndex = button === one ? 0 : -1;
}

/** Gives what the element around the buttons needs. Its buttons' `tabIndex` belongs to this from then on. */
export function useRoving<E extends HTMLElement>(): {
  readonly ref: RefObject<E | null>;
  readonly onKeyDown: (event: KeyboardEvent) => void;
} {
  const ref = useRef<E>(null);
  const last = useRef<HTMLButtonElement | undefined>(undefined);
  useEffect(() => {
    if (ref.current !== null) leaveOne(ref.current, last.current);
  });
  return {
    ref,
    onKeyDown(event) {
      const group = ref.current;
      if (group === null || !ARROWS.has(event.key) || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
      const buttons = buttonsIn(group);
      const from = buttons.findIndex((button) => button.matches(':focus'));
      if (from < 0) return;
      const boxes = buttons.map((button) => button.getBoundingClientRect());
      const to = buttons[arrowLeadsTo(boxes, from, event.key as Arrow)];
      if (to === undefined) return;
      event.preventDefault();
      last.current = to;
      leaveOne(group, to);
      to.focus();
    },
  };
}
