/** The customer's phone has it, something is being made sure of, or it is over: one sentence, as large as it can be. */
import type { CustomerScreen } from '../../app/till/contract.ts';
import { Drawn } from '../shared/drawn.tsx';
import { BusyRing } from '../shared/ring.tsx';

type Of<K extends CustomerScreen['kind']> = { readonly screen: Extract<CustomerScreen, { kind: K }> };

/** The phone counts down by itself: no second clock here, only that it goes on there. */
export function Scanned({ screen }: Of<'scanned'>) {
  return (
    <section className="whole" data-tone="waiting" role="status">
      <div className="mark" data-kind="phone" aria-hidden="true">
        <svg viewBox="0 0 100 100" aria-hidden="true">
          <circle className="mark-track" cx="50" cy="50" r="46" />
          <rect className="mark-phone" x="36" y="24" width="28" height="52" rx="5" />
          <path className="mark-line" d="m43.500 50.500 4.500 4.500 9-10" />
        </svg>
      </div>
      <h1>{screen.title}</h1>
      <p className="whole-amount">
        <Drawn amount={screen.amount} size="hero" />
      </p>
      {screen.reserved === undefined ? null : <p className="whole-detail">{screen.reserved}</p>}
    </section>
  );
}

export function Wait({ screen }: Of<'wait'>) {
  return (
    <section className="whole" data-tone="waiting" role="status">
      <div className="mark" data-kind="busy">
        <BusyRing />
      </div>
      <h1>{screen.title}</h1>
      {screen.detail === null ? null : <p className="whole-detail">{screen.detail}</p>}
      <p className="whole-amount">
        <Drawn amount={screen.amount} size="hero" />
      </p>
      {screen.reserved === undefined ? null : <p className="whole-detail">{screen.reserved}</p>}
    </section>
  );
}

/** Money on its way back: the amount is what the customer looks for, so it comes first. */
export function MoneyBack({ screen }: Of<'return'>) {
  return (
    <section className="whole" data-tone="waiting" role="status">
      <div className="mark" data-kind="back" aria-hidden="true">
        <svg viewBox="0 0 100 100" aria-hidden="true">
          <circle className="mark-track" cx="50" cy="50" r="46" />
          <path className="mark-line" d="M44 62 31 49l13-13M31 49h24a14 14 0 0 1 0 28h-6" />
        </svg>
      </div>
      <p className="whole-amount" data-first>
        <Drawn amount={screen.amount} size="hero" />
      </p>
      <h1>{screen.title}</h1>
      {screen.detail === null ? null : <p className="whole-detail">{screen.detail}</p>}
    </section>
  );
}

const MARKS = {
  good: <path className="mark-line" d="m33 51 12 12 23-25" />,
  care: <path className="mark-line" d="M50 30v24m0 15v.01" />,
  bad: <path className="mark-line" d="m37 37 26 26m0-26L37 63" />,
} as const;

export function Result({ screen }: Of<'result'>) {
  return (
    <section className="whole" data-tone={screen.tone} role="status">
      <div className="mark" data-kind="done" aria-hidden="true">
        <svg viewBox="0 0 100 100" aria-hidden="true">
          <circle className="mark-full" cx="50" cy="50" r="50" />
          {MARKS[screen.tone]}
        </svg>
      </div>
      <h1>{screen.title}</h1>
      {screen.amount === null ? null : (
        <p className="whole-amount">
          <Drawn amount={screen.amount} size="hero" />
        </p>
      )}
      {screen.detail === null ? null : <p className="whole-detail">{screen.detail}</p>}
    </section>
  );
}
