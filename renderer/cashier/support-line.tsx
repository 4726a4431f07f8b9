/** The code and the reference, one tap away: for a telephone call, not for reading. */
import { type ReactNode, useState } from 'react';
import { useTill } from './use-till.ts';

export function Support({ children }: { readonly children: ReactNode }) {
  const { texts } = useTill();
  const [open, setOpen] = useState(false);
  return (
    <div className="support">
      <button type="button" className="support-toggle" aria-expanded={open} onClick={() => setOpen(!open)}>
        {texts.payment.support}
      </button>
      {open ? <p className="support-text">{children}</p> : null}
    </div>
  );
}
