import './paper.css';
import { useEffect, useMemo, useState } from 'react';
import type { FinishedStage } from '../../app/till/contract.ts';
import { qrPath } from '../shared/qr-path.ts';
import { paperParts } from './paper-parts.ts';
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
        <div className="paper">
          {paperParts(text).map((part) =>
            part.kind === 'qr' ? <PaperQr key={part.key} content={part.content} /> : <pre key={part.key}>{part.text}</pre>,
          )}
        </div>
      </div>
    </section>
  );
}

/** The receipt's code, where it stands on the paper. It is for the shop's own scanner, so nothing of it is read out. */
function PaperQr({ content }: { readonly content: string }) {
  const { modules, path } = useMemo(() => qrPath(content), [content]);
  return (
    <svg className="paper-qr" viewBox={`0 0 ${modules} ${modules}`} shapeRendering="crispEdges" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}
