/** Listens for scans on the whole page, before any field hears of them. */
import { useEffect, useRef } from 'react';
import { insertText, isEditable, TYPED, typingTarget } from './typing.ts';
import {
  isHolding,
  WEDGE_GAP_MS,
  WEDGE_MIN_LENGTH,
  WEDGE_PATIENCE_MS,
  type WedgeKey,
  type WedgeSettings,
  wedgeIdle,
  wedgeKey,
  wedgeSilence,
} from './wedge.ts';

/** Chromium tells whether more keys wait in the queue behind a busy page; elsewhere nobody knows and nothing is lost. */
function keysAreWaiting(): boolean {
  const scheduling = (navigator as { scheduling?: { isInputPending?: () => boolean } }).scheduling;
  return scheduling?.isInputPending?.() ?? false;
}

function read(event: KeyboardEvent): WedgeKey {
  return {
    key: event.key,
    code: event.code,
    shift: event.shiftKey,
    ctrl: event.ctrlKey,
    alt: event.altKey,
    meta: event.metaKey,
    altGraph: event.getModifierState('AltGraph'),
    capsLock: event.getModifierState('CapsLock'),
    repeat: event.repeat,
    atMs: event.timeStamp,
  };
}

/**
 * `onScan` gets each scanned code. What a person types goes on to the field that has the focus, else to the page's typing
 * target (`data-typing`), else to whoever listens for `TYPED` on the window. Keys of an input method are left alone.
 */
export function useWedge(onScan: (code: string) => void, settings: WedgeSettings = {}): void {
  const latest = useRef({ onScan, settings });
  latest.current = { onScan, settings };
  useEffect(() => {
    let state = wedgeIdle;
    let timer: number | undefined;
    let undo: (() => void) | null = null;

    const release = (text: string) => {
      if (text === '') return;
      undo = null;
      const focused = document.activeElement;
      if (isEditable(focused)) {
        // A slash is the way to the search field for whoever is there already, too.
        if (text === '/' && focused.dataset.typing === 'search' && focused.value === '') return;
        undo = insertText(focused, text);
        return;
      }
      const target = typingTarget();
      if (target === null) {
        window.dispatchEvent(new CustomEvent(TYPED, { detail: text }));
        return;
      }
      target.focus();
      // A slash by itself is the way to the search field, not a text to search for.
      if (text === '/' && target.dataset.typing === 'search') target.select();
      else undo = insertText(target, text);
    };

    const arm = () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(
        () => {
          if (keysAreWaiting()) {
            arm();
            return;
          }
          const step = wedgeSilence(state);
          state = step.state;
          release(step.release);
        },
        state.held.count >= WEDGE_MIN_LENGTH ? WEDGE_PATIENCE_MS : WEDGE_GAP_MS + 10,
      );
    };

    const onKey = (event: KeyboardEvent) => {
      if (event.isComposing || event.key === 'Process') return;
      const focused = document.activeElement;
      const step = wedgeKey(state, read(event), isEditable(focused), latest.current.settings);
      state = step.state;
      if (step.swallow) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
      if (step.takeBack) undo?.();
      undo = null;
      release(step.release);
      if (!isHolding(state)) window.clearTimeout(timer);
      else arm();
      if (step.scan !== null) latest.current.onScan(step.scan);
    };

    window.addEventListener('keydown', onKey, { capture: true });
    return () => {
      window.clearTimeout(timer);
      window.removeEventListener('keydown', onKey, { capture: true });
    };
  }, []);
}
