/** A band of colour with a sentence. It floats over the left side, so that nothing moves when it comes or goes. */
import { useEffect, useState } from 'react';
import type { Notice } from '../../app/till/contract.ts';
import { CloseIcon, NoticeIcon } from '../shared/icons.tsx';
import { useTill } from './use-till.ts';

/** A refusal has been read by then; what the till says stays until the till takes it back. */
const REFUSAL_MS = 8_000;

export function NoticeBand() {
  const { till, view, state } = useTill();
  const { refusal } = state;
  const notice = refusal ?? view.notice;
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

function Band({ notice }: { readonly notice: Notice }) {
  const { till, texts } = useTill();
  const [open, setOpen] = useState(false);
  return (
    <div className="notice" data-tone={notice.tone}>
      <NoticeIcon />
      <p>
        {notice.text}
        {open && notice.support !== null ? <small>{notice.support}</small> : null}
      </p>
      {notice.support === null ? null : (
        <button type="button" className="notice-support" aria-expanded={open} onClick={() => setOpen(!open)}>
          {texts.notice.support}
        </button>
      )}
      <button type="button" className="icon-button" aria-label={texts.notice.close} onClick={() => till.closeNotice()}>
        <CloseIcon />
      </button>
    </div>
  );
}
