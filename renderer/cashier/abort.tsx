import { fill } from '../../app/text/screen.ts';
import { EntryButtons } from './entry-buttons.tsx';
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
        <EntryButtons
          back={{
            label: texts.abort.yes,
            weight: 'bad',
            disabled: !basket.canAbort || state.underWay.has('{"type":"abort-sale"}'),
            onPress: () => void till.send({ type: 'abort-sale' }),
          }}
          backIsAnAnswer
          on={{ label: texts.abort.no, onPress: () => till.open(TILES) }}
        />
      </div>
    </PaneFrame>
  );
}
