import type { CustomerScreen } from '../../app/till/contract.ts';
import { Drawn } from '../shared/drawn.tsx';
import { Lines } from './lines.tsx';

interface BasketProps {
  readonly shopName: string;
  readonly screen: Extract<CustomerScreen, { kind: 'basket' }>;
}

/** The sale growing line by line, and what it comes to. */
export function Basket({ shopName, screen }: BasketProps) {
  return (
    <div className="split">
      <Lines shopName={shopName} lines={screen.lines} newestLineId={screen.newestLineId} />
      <section className="side-panel">
        <div className="total">
          <p className="total-label">{screen.totalLabel}</p>
          <p className="total-amount" data-digits={screen.total.major.length > 6 || undefined}>
            <Drawn amount={screen.total} size="hero" />
          </p>
          {screen.saving === null ? null : <p className="saving">{screen.saving}</p>}
        </div>
      </section>
    </div>
  );
}
