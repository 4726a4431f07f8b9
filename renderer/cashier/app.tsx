/** The cashier's screen. */
import '../shared/base.css';
import '../shared/controls.css';
import '../shared/ring.css';
import './cashier.css';
import './work.css';
import './lists.css';
import './story.css';
import './settle.css';
import './attention.css';
import './ways.css';
import './held.css';
import './returns.css';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { Stage } from '../../app/till/contract.ts';
import type { CashierLink } from '../link/link.ts';
import { firstTextsFor } from '../shared/first-texts.ts';
import { clockFrom, type TillClock, TillClockContext } from '../shared/till-clock.ts';
import { usePage } from '../shared/use-page.ts';
import { textsFor } from '../shared/use-texts.ts';
import { Abort } from './abort.tsx';
import { useAlarmTone } from './alarm-tone.ts';
import { AttentionBand } from './attention.tsx';
import { Basket } from './basket.tsx';
import { CheckedInBand } from './checked-in.tsx';
import { SaleDiscount } from './discount.tsx';
import { FinishedStage } from './finished-stage.tsx';
import { Header } from './header.tsx';
import { LineEditor } from './line-editor.tsx';
import { Menu } from './menu.tsx';
import { PaymentStory, Payments } from './menu-payments.tsx';
import { NoticeBand } from './notice-band.tsx';
import { Parked } from './parked.tsx';
import { PayPane } from './pay-pane.tsx';
import { PayPartOut } from './pay-part-out.tsx';
import { PaymentStage } from './payment-stage.tsx';
import { PromptDialog } from './prompt.tsx';
import { ReceiptPaper } from './receipt-paper.tsx';
import { ReservePane } from './reserve-pane.tsx';
import { ReturnFind } from './return-find.tsx';
import { ReturnOrder } from './return-order.tsx';
import { ReturnStage } from './return-stage.tsx';
import { ReturnToldBand } from './returns-aside.tsx';
import { Selling } from './selling.tsx';
import { SettledLines } from './settled-lines.tsx';
import { createTill, type TillStart } from './till-store.ts';
import { useKeys } from './use-keys.ts';
import { TillContext, useTill } from './use-till.ts';
import { VippsWays } from './vipps-ways.tsx';

interface CashierAppProps {
  readonly link: CashierLink;
  /** Stands still in the gallery. */
  readonly clock?: TillClock;
  readonly start?: TillStart;
}

export function CashierApp({ link, clock, start }: CashierAppProps) {
  const till = useMemo(() => createTill(link, (language) => textsFor(language).unknownArrival, start), [link, start]);
  const { view, receivedAtMs, link: state } = useStore(till.views);
  const texts = textsFor(view?.language);
  const viewNowMs = view?.nowMs ?? 0;
  const tillClock = useMemo(() => clock ?? clockFrom(viewNowMs, receivedAtMs), [clock, viewNowMs, receivedAtMs]);
  usePage(view?.language ?? 'nb', view?.theme ?? 'light', view === null ? texts.cashierTitle : `${view.registerName} · ${view.shopName}`);

  if (view === null) {
    return (
      <main className="connecting" role="status">
        <p>{firstTextsFor(undefined).connecting}</p>
      </main>
    );
  }
  return (
    <TillContext.Provider value={till}>
      <TillClockContext.Provider value={tillClock}>
        <Register offline={state === 'offline'} />
      </TillClockContext.Provider>
    </TillContext.Provider>
  );
}

function Register({ offline }: { readonly offline: boolean }) {
  const { view, state } = useTill();
  useKeys(offline);
  useAlarmTone(!offline && view.drawer?.sound === true);
  const settling = !fillsBasket(view.stage) || state.pane.kind === 'pay';
  return (
    <div className="register">
      <Header offline={offline} />
      <fieldset className="register-body" data-settling={settling || undefined} disabled={offline}>
        <main className="work">
          <AttentionBand />
          <CheckedInBand />
          <ReturnToldBand />
          <Work />
          {view.prompt === null ? <NoticeBand /> : null}
        </main>
        <aside className="side">
          <Side />
        </aside>
      </fieldset>
      {view.prompt === null ? null : <PromptDialog key={JSON.stringify(view.prompt)} prompt={view.prompt} offline={offline} />}
    </div>
  );
}

/** The left side: where articles are found, and where one thing at a time is looked after. */
function Work() {
  const { view, state } = useTill();
  const { pane } = state;
  if (pane.kind === 'menu') return <Menu page={pane.page} />;
  if (pane.kind === 'payments') return <Payments text={pane.text} />;
  if (pane.kind === 'payment-story') return <PaymentStory key={pane.saleId} saleId={pane.saleId} text={pane.text} />;
  switch (view.stage.kind) {
    case 'payment':
      if (pane.kind === 'line') return <LineEditor key={pane.lineId} lineId={pane.lineId} part={pane.part} />;
      if (pane.kind === 'sale-discount') return <SaleDiscount />;
      return fillsBasket(view.stage) ? <Selling /> : <SettledLines />;
    case 'return':
      return pane.kind === 'pay-part-out' ? <PayPartOut key={pane.partNo} partNo={pane.partNo} /> : <SettledLines />;
    case 'finished':
      return <ReceiptPaper saleId={view.stage.saleId} stage={view.stage} />;
    case 'selling':
      break;
  }
  switch (pane.kind) {
    case 'tiles':
      return <Selling />;
    case 'line':
      return <LineEditor key={pane.lineId} lineId={pane.lineId} part={pane.part} />;
    case 'sale-discount':
      return <SaleDiscount />;
    case 'parked':
      return <Parked />;
    case 'abort':
      return <Abort />;
    case 'ways':
      return <VippsWays />;
    case 'reserve':
      return <ReservePane />;
    case 'return':
      return <ReturnFind key={pane.run?.id ?? ''} pane={pane} />;
    case 'return-order':
      return <ReturnOrder key={pane.orderId} pane={pane} />;
    case 'pay':
    case 'pay-part-out':
      return <SettledLines />;
  }
}

/** Articles are found and rung up: before a payment, and while one is held for what is still to come. */
function fillsBasket(stage: Stage): boolean {
  return stage.kind === 'selling' || (stage.kind === 'payment' && stage.phase === 'held');
}

/** The right side: the sale, or the payment of it. */
function Side() {
  const { view, state } = useTill();
  switch (view.stage.kind) {
    case 'payment':
      return fillsBasket(view.stage) ? <Basket /> : <PaymentStage stage={view.stage} />;
    case 'return':
      return <ReturnStage stage={view.stage} />;
    case 'finished':
      return <FinishedStage stage={view.stage} />;
    case 'selling':
      return state.pane.kind === 'pay' ? <PayPane key={state.pane.means} means={state.pane.means} /> : <Basket />;
  }
}
