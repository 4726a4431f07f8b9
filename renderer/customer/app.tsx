/** The screen that faces the customer. It only shows; it holds nothing back from an earlier sale. */
import '../shared/base.css';
import '../shared/ring.css';
import './customer.css';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { CustomerView } from '../../app/till/contract.ts';
import type { CustomerLink } from '../link/link.ts';
import { firstTextsFor } from '../shared/first-texts.ts';
import { clockFrom, type TillClock, TillClockContext } from '../shared/till-clock.ts';
import { usePage } from '../shared/use-page.ts';
import { createViewStore } from '../shared/view-store.ts';
import { Basket } from './basket.tsx';
import { Idle, Moment } from './idle.tsx';
import { Payment } from './payment.tsx';
import { MoneyBack, Result, Scanned, Wait } from './result.tsx';

interface CustomerAppProps {
  readonly link: CustomerLink;
  /** Stands still in the gallery. */
  readonly clock?: TillClock;
}

export function CustomerApp({ link, clock }: CustomerAppProps) {
  const store = useMemo(() => createViewStore<CustomerView>(link), [link]);
  const { view, receivedAtMs, link: state } = useStore(store);
  const texts = firstTextsFor(view?.language);
  usePage(view?.language ?? 'nb', view?.theme ?? 'light', view?.shopName ?? texts.customerTitle);
  const viewNowMs = view?.nowMs ?? 0;
  const tillClock = useMemo(() => clock ?? clockFrom(viewNowMs, receivedAtMs), [clock, viewNowMs, receivedAtMs]);

  return (
    <TillClockContext.Provider value={tillClock}>
      <main className="customer" data-screen={view === null || state === 'offline' ? 'offline' : view.screen.kind}>
        {view === null ? (
          <Moment shopName={texts.appName} text={texts.connecting} />
        ) : state === 'offline' ? (
          <Moment shopName={view.shopName} text={view.offlineText} />
        ) : (
          <Screen view={view} qrAlt={texts.qrAlt} moment={texts.moment} />
        )}
        {view?.practice == null ? null : <p className="practice">{view.practice}</p>}
      </main>
    </TillClockContext.Provider>
  );
}

interface ScreenProps {
  readonly view: CustomerView;
  readonly qrAlt: string;
  readonly moment: string;
}

function Screen({ view, qrAlt, moment }: ScreenProps) {
  const { screen } = view;
  switch (screen.kind) {
    case 'idle':
      return <Idle shopName={view.shopName} greeting={screen.greeting} />;
    case 'basket':
      return <Basket shopName={view.shopName} screen={screen} />;
    case 'qr':
      return <Payment shopName={view.shopName} brand={view.brand} screen={screen} qrAlt={qrAlt} moment={moment} />;
    case 'scanned':
      return <Scanned screen={screen} />;
    case 'return':
      return <MoneyBack screen={screen} />;
    case 'wait':
      return <Wait screen={screen} />;
    case 'result':
      return <Result screen={screen} />;
  }
}
