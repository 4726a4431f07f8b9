/**
 * The ways to pay by phone beside the QR, one row each. The rows come from the till (`app/till/vipps-ways.ts`), which knows
 * what the sales unit may do: a new way is a row there, and nothing here. What asks for an amount first has a pane of its own.
 */
import { fill } from '../../app/text/screen.ts';
import { ForwardIcon } from '../shared/icons.tsx';
import { TILES } from './pane.ts';
import { PaneFrame } from './pane-frame.tsx';
import { useTill } from './use-till.ts';

export function VippsWays() {
  const { till, view, texts, state } = useTill();
  return (
    <PaneFrame title={fill(texts.ways.title, { brand: view.brand.name })} back={texts.pay.back} onBack={() => till.open(TILES)} focusTitle>
      <div className="menu">
        <ul>
          {view.vippsWays.map(({ command, label, hint, problem }) => (
            <li key={JSON.stringify(command)}>
              <button
                type="button"
                className="menu-item way"
                disabled={problem !== null || state.underWay.has(JSON.stringify(command))}
                onClick={() => void till.send(command)}
              >
                <span className="menu-label">
                  {label}
                  <small className="way-hint">{problem ?? hint}</small>
                </span>
                <ForwardIcon />
              </button>
            </li>
          ))}
          <li>
            <button type="button" className="menu-item way" onClick={() => till.open({ kind: 'reserve' })}>
              <span className="menu-label">
                {texts.reserve.row}
                <small className="way-hint">{texts.reserve.hint}</small>
              </span>
              <ForwardIcon />
            </button>
          </li>
        </ul>
      </div>
    </PaneFrame>
  );
}
