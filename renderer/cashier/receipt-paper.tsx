import { useEffect, useState } from 'react';
import type { FinishedStage } from '../../app/till/contract.ts';
import { useTill } from './use-till.ts';

interface ReceiptPaperProps {
  readonly saleId: string;
  readonly stage: FinishedStage;
}

/** The receipt of the sale that was just finished, line by line as it stands on the paper. */
export function ReceiptPaper({ saleId, stage }: ReceiptPaperProps) {
  const { till, texts, link } = useTill();
  const [text, setText] = useState<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the paper is asked for again when its state changes, and over a new line
  useEffect(() => {
    let current = true;
    till.link.ask({ type: 'receipt-text', saleId }).then(
      (answer) => {
        if (current) setText(answer.text);
      },
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [till, saleId, stage.receipt.state, link]);
  if (text === null) return <div className="settled" />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a paper that scrolls must be reachable by keyboard
    <section className="paper-place" aria-label={texts.finished.paper} tabIndex={0}>
      <div className="paper-sheet">
        <pre className="paper">{text.replace(/\s+$/, '')}</pre>
      </div>
    </section>
  );
}
