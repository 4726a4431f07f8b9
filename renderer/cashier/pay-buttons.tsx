import { fill } from '../../app/text/screen.ts';
import { MoreIcon, SplitIcon } from '../shared/icons.tsx';
import { brandColours } from './brand-colours.ts';
import { canPayBy, TILES } from './pane.ts';
import { useTill } from './use-till.ts';

/** The three ways to pay all that is left, the other ways by phone, and the way to pay a part. */
export function PayButtons() {
  const { till, view, texts, state } = useTill();
  const paying = state.underWay.has('{"type":"pay-vipps"}');
  const selling = state.pane.kind === 'tiles';
  return (
    <div className="pay-buttons">
      <div className="pay-brand" data-ways={view.vippsWays.length > 0 || undefined}>
        <button
          type="button"
          className="button brand-button"
          data-size="large"
          // Enter pays only when nothing else is open and nothing was typed.
          data-primary={(selling && state.searchText === '' && state.quantityMilli === null) || undefined}
          style={brandColours(view.brand)}
          disabled={!canPayBy(view.basket, 'vipps') || paying}
          onClick={() => void till.send({ type: 'pay-vipps' })}
        >
          <span>{fill(texts.pay.qr, { brand: view.brand.name })}</span>
          <kbd>F9</kbd>
        </button>
        {view.vippsWays.length === 0 ? null : (
          <button
            type="button"
            className="button pay-ways"
            data-size="large"
            disabled={!canPayBy(view.basket, 'vipps') || paying}
            aria-label={fill(texts.ways.title, { brand: view.brand.name })}
            aria-expanded={state.pane.kind === 'ways'}
            onClick={() => till.open(state.pane.kind === 'ways' ? TILES : { kind: 'ways' })}
          >
            <MoreIcon />
            <span>{texts.ways.more}</span>
          </button>
        )}
      </div>
      <button
        type="button"
        className="button"
        data-size="large"
        disabled={!canPayBy(view.basket, 'cash')}
        onClick={() => till.open({ kind: 'pay', means: 'cash' })}
      >
        <span>{texts.pay.cash}</span>
        <kbd>F8</kbd>
      </button>
      <button
        type="button"
        className="button"
        data-size="large"
        disabled={!canPayBy(view.basket, 'card')}
        onClick={() => till.open({ kind: 'pay', means: 'card' })}
      >
        <span>{texts.pay.card}</span>
        <kbd>F10</kbd>
      </button>
      <button
        type="button"
        className="button pay-split"
        data-size="large"
        disabled={!canPayBy(view.basket, 'vipps')}
        aria-label={texts.pay.splitLabel}
        onClick={() => till.open({ kind: 'pay', means: 'vipps' })}
      >
        <SplitIcon />
        <span>{texts.pay.split}</span>
      </button>
    </div>
  );
}
