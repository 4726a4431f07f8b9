/** The register's keys: F6 a return, F7 the drawer, F8 cash, F9 QR, F10 card, Esc back, Enter the primary button; and scans, whatever has the focus. */
import { useEffect, useRef } from 'react';
import { useWedge } from '../shared/use-wedge.ts';
import { type Means, returnForm, TILES } from './pane.ts';
import { useSecondTap } from './use-second-tap.ts';
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

/** What Enter would press: what has the focus, the search while something is searched for, else the primary button. */
function enterPresses(): Element | null {
  const focused = document.activeElement;
  if (takesEnter(focused)) return focused;
  const searching = focused instanceof HTMLInputElement && focused.dataset.typing === 'search' && focused.value.trim() !== '';
  return searching ? focused : primaryButton();
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
    const { pane } = now.state;
    // What lies in the cashier's hand is to be found on a receipt, not sold.
    if (pane.kind === 'return' && pane.form.by === 'article') {
      now.till.open({ ...pane, form: { ...pane.form, article: code }, run: { id: `article-${code}`, opens: true } });
      return;
    }
    const quantityMilli = now.till.takeQuantity();
    void now.till.send({ type: 'scan', code, ...(quantityMilli === undefined ? {} : { quantityMilli }) });
  });

  // After the scanner's listener: the Enter of a scan presses nothing.
  useSecondTap(enterPresses);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.repeat) return;
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      const { till, view, state } = latest.current.used;
      const payBy = (means: Means) => {
        event.preventDefault();
        if (latest.current.offline || view.prompt !== null) return;
        if (view.stage.kind === 'payment') {
          // A payment that came to nothing offers the ways on; the keys are the same ways.
          const again = view.stage.buttons.find(({ command }) => command.type === 'pay-vipps');
          const canClose = view.stage.buttons.some(({ command }) => command.type === 'close-payment');
          const collect = view.stage.buttons.find(({ command }) => command.type === 'collect-payment');
          if (means === 'vipps' && collect !== undefined) void till.send(collect.command);
          else if (means === 'vipps' && again !== undefined) void till.send(again.command);
          else if (means !== 'vipps' && canClose) void till.closePaymentFor(means);
        } else void till.pay(means);
      };
      switch (event.key) {
        case 'F6':
          event.preventDefault();
          if (!latest.current.offline && view.prompt === null && view.stage.kind === 'selling')
            till.open({ kind: 'return', form: returnForm() });
          return;
        case 'F7':
          event.preventDefault();
          if (!latest.current.offline && view.prompt === null && view.drawer !== null) till.open({ kind: 'menu', page: 'drawer' });
          return;
        case 'F8':
          payBy('cash');
          return;
        case 'F9':
          payBy('vipps');
          return;
        case 'F10':
          payBy('card');
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
