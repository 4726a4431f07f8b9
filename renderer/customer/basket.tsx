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
        {screen.paid === null ? null : (
          <dl className="paid-so-far">
            {[screen.paid.sum, ...screen.paid.parts].map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two parts may be alike, and their order never changes
              <div key={index}>
                <dt>{row.label}</dt>
                <dd>{row.amount}</dd>
              </div>
            ))}
          </dl>
        )}
        <div className="total">
          <p className="total-label">{screen.totalLabel}</p>
          <p className="total-amount" data-digits={screen.total.major.length > 6 || undefined}>
            <Drawn amount={screen.total} size="hero" />
          </p>
          {screen.reserved === undefined ? null : <p className="reserved">{screen.reserved}</p>}
          {screen.saving === null ? null : <p className="saving">{screen.saving}</p>}
        </div>
      </section>
    </div>
  );
}
