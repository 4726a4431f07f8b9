import { fill } from '../../app/text/screen.ts';
import { TILES } from './pane.ts';
import { PaneFrame } from './pane-frame.tsx';
import { useTill } from './use-till.ts';

/** The question before a sale is thrown away. Keeping it is the safe answer, and Enter's. */
export function Abort() {
  const { till, view, texts, state } = useTill();
  const { basket } = view;
  if (basket === null) return null;
  return (
    <PaneFrame title={texts.menu.abort} back={texts.pay.back} onBack={() => till.open(TILES)} focusTitle>
      <div className="question">
        <p className="question-title">{fill(texts.abort.title, { number: basket.saleNumber })}</p>
        <p className="hint">{basket.canAbort ? texts.abort.detail : texts.abort.holdsMoney}</p>
        <div className="entry-buttons">
          <button
            type="button"
            className="button"
            data-size="large"
            data-weight="bad"
            disabled={!basket.canAbort || state.underWay.has('{"type":"abort-sale"}')}
            onClick={() => void till.send({ type: 'abort-sale' })}
          >
            {texts.abort.yes}
          </button>
          <button type="button" className="button" data-size="large" data-weight="primary" data-primary onClick={() => till.open(TILES)}>
            {texts.abort.no}
          </button>
        </div>
      </div>
    </PaneFrame>
  );
}
