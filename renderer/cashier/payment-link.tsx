/** The link that a customer who is not there opens: to copy, with what the provider forbids right beside it. */
import { useState } from 'react';
import type { PaymentStage } from '../../app/till/contract.ts';

export function PaymentLink({ link }: { readonly link: NonNullable<PaymentStage['link']> }) {
  const [copied, setCopied] = useState(false);
  return (
    <div className="payment-link">
      <div className="payment-link-row">
        <input
          className="text-field"
          type="text"
          readOnly
          aria-label={link.copy}
          data-typing="pane"
          value={link.url}
          onFocus={(event) => event.currentTarget.select()}
        />
        <button type="button" className="button" onClick={() => void copyText(link.url).then(setCopied)}>
          {copied ? link.copied : link.copy}
        </button>
      </div>
      <p className="payment-link-warning">{link.warning}</p>
    </div>
  );
}

/** Whether it was copied. A page that is not on this machine has no clipboard: then it is marked by hand. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
