/** A band of colour with a sentence. It floats over the left side, so that nothing moves when it comes or goes. */
import { useEffect, useState } from 'react';
import type { CashierView, Notice } from '../../app/till/contract.ts';
import { CloseIcon, NoticeIcon } from '../shared/icons.tsx';
import { useTill } from './use-till.ts';

/** A refusal has been read by then; what the till says stays until the till takes it back. */
const REFUSAL_MS = 8_000;
const DRAWER_OPEN = 'drawer-open';
const DRAWER_ALARM = 'drawer-alarm';

export function NoticeBand() {
  const { till, view, state } = useTill();
  const { refusal } = state;
  const drawer = drawerNotice(view);
  // An alarm goes before everything; that the drawer is open is said where nothing else has to be.
  const notice = (drawer?.tone === 'bad' ? drawer : null) ?? refusal ?? view.notice ?? drawer;
  useEffect(() => {
    if (refusal === null) return;
    const timer = window.setTimeout(
      () => till.state.setState((now) => (now.refusal?.id === refusal.id ? { refusal: null } : {})),
      REFUSAL_MS,
    );
    return () => window.clearTimeout(timer);
  }, [refusal, till]);
  return (
    <div className="notice-place" aria-live="polite">
      {notice === null ? null : <Band key={notice.id} notice={notice} />}
    </div>
  );
}

/** While articles cannot be rung up for an open drawer, and everywhere once it has been open for too long. Only shutting it takes it away. */
function drawerNotice({ drawer, stage }: CashierView): Notice | null {
  if (drawer === null || drawer.text === null) return null;
  if (drawer.alarm) return { id: DRAWER_ALARM, tone: 'bad', text: drawer.text, support: null };
  return stage.kind === 'selling' ? { id: DRAWER_OPEN, tone: 'care', text: drawer.text, support: null } : null;
}

function Band({ notice }: { readonly notice: Notice }) {
  const { till, view, texts } = useTill();
  const [open, setOpen] = useState(false);
  const isDrawer = notice.id === DRAWER_OPEN || notice.id === DRAWER_ALARM;
  // A drawer that is only drawn is pushed shut on the printer's own page.
  const printerUrl = isDrawer ? (view.practice?.printerUrl ?? null) : null;
  return (
    <div className="notice" data-tone={notice.tone}>
      <NoticeIcon />
      <p>
        {notice.text}
        {open && notice.support !== null ? <small>{notice.support}</small> : null}
      </p>
      {printerUrl === null ? null : (
        <a className="notice-support" href={printerUrl} target="_blank" rel="noreferrer">
          {texts.header.openPrinter}
        </a>
      )}
      {notice.support === null ? null : (
        <button type="button" className="notice-support" aria-expanded={open} onClick={() => setOpen(!open)}>
          {texts.notice.support}
        </button>
      )}
      {isDrawer ? null : (
        <button type="button" className="icon-button" aria-label={texts.notice.close} onClick={() => till.closeNotice()}>
          <CloseIcon />
        </button>
      )}
    </div>
  );
}
