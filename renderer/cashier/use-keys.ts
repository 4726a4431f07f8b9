/** The register's keys: F8 cash, F9 QR, F10 card, Esc back, Enter the primary button; and scans, whatever has the focus. */
import { useEffect, useRef } from 'react';
import { useWedge } from '../shared/use-wedge.ts';
import { canPayBy, type Means, TILES } from './pane.ts';
import { useTill } from './use-till.ts';

/** Nobody has read a question before it stood this long. */
const UNREAD_MS = 400;

/** Enter already means something on these. */
function takesEnter(element: Element | null): boolean {
  return element !== null && element.closest('button, a, summary, textarea, select, input[type="file"]') !== null;
}

/** The one primary button of what is open: `data-primary` stands on it. A dialog's wins. */
function primaryButton(): HTMLButtonElement | null {
  const scope = document.querySelector('dialog[open]') ?? document;
  return scope.querySelector<HTMLButtonElement>('button[data-primary]:not(:disabled)');
}

function backButton(): HTMLButtonElement | null {
  const scope = document.querySelector('dialog[open]') ?? document;
  return scope.querySelector<HTMLButtonElement>('button[data-back]:not(:disabled)');
}

/** A tap leaves the focus where it was, so that Enter goes on meaning the primary button and not the last tile. */
function keepFocus(event: MouseEvent): void {
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest('button') !== null && target?.closest('input, textarea, a') === null) event.preventDefault();
}

export function useKeys(offline: boolean): void {
  const used = useTill();
  const latest = useRef({ used, offline });
  useEffect(() => {
    latest.current = { used, offline };
  });
  const asked = used.view.prompt === null ? null : JSON.stringify(used.view.prompt);
  const askedAtMs = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    if (asked !== null) askedAtMs.current = performance.now();
  }, [asked]);

  useWedge((code) => {
    const { used: now, offline: dead } = latest.current;
    if (dead) return;
    const quantityMilli = now.till.takeQuantity();
    void now.till.send({ type: 'scan', code, ...(quantityMilli === undefined ? {} : { quantityMilli }) });
  });

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.repeat) return;
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      const { till, view, state } = latest.current.used;
      const selling = view.stage.kind === 'selling' && view.prompt === null;
      const canPay = (means: Means) => selling && !latest.current.offline && canPayBy(view.basket, means);
      switch (event.key) {
        case 'F8':
        case 'F10': {
          event.preventDefault();
          const means = event.key === 'F8' ? 'cash' : 'card';
          if (canPay(means)) till.open({ kind: 'pay', means });
          return;
        }
        case 'F9':
          event.preventDefault();
          if (canPay('vipps')) void till.send({ type: 'pay-vipps' });
          return;
        case 'Escape': {
          const back = backButton();
          if (back !== null) {
            event.preventDefault();
            back.click();
          } else if (view.prompt === null && state.pane.kind !== 'tiles') {
            till.open(TILES);
          }
          return;
        }
        case 'Enter': {
          if (takesEnter(document.activeElement)) return;
          const primary = primaryButton();
          if (primary === null) return;
          event.preventDefault();
          // An Enter that was on its way when the question came was not its answer.
          if (view.prompt !== null && event.timeStamp - askedAtMs.current < UNREAD_MS) return;
          primary.click();
          return;
        }
      }
    };
    window.addEventListener('keydown', onKey);
    window.addEventListener('mousedown', keepFocus);
    return () => {
      window.removeEventListener('keydown', onKey);
      window.removeEventListener('mousedown', keepFocus);
    };
  }, []);
}
