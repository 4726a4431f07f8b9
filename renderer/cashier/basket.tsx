/** The sale on the right: its lines, what it comes to, how it is paid. */
import { useEffect, useRef } from 'react';
import { formatBasisPoints, formatOre } from '../../app/money/format.ts';
import { fill, type ScreenTexts } from '../../app/text/screen.ts';
import type { BasketView } from '../../app/till/contract.ts';
import { Ore } from '../shared/amount.tsx';
import { MoreIcon } from '../shared/icons.tsx';
import { useRoving } from '../shared/roving.ts';
import { GiveBack } from './give-back.tsx';
import { HeldFoot } from './held-basket.tsx';
import { LineColumns } from './line-row.tsx';
import { isEmptyBasket } from './pane.ts';
import { ParkedList } from './parked.tsx';
import { PayButtons } from './pay-buttons.tsx';
import { Reservations } from './reservations.tsx';
import { ReturnWishes } from './return-wishes.tsx';
import { ReturnedGoods } from './returned-goods.tsx';
import { ReturnsAside } from './returns-aside.tsx';
import { TenderRows } from './tender-rows.tsx';
import { useTill } from './use-till.ts';

export function Basket() {
  const { till, view, texts, state } = useTill();
  const { basket, stage } = view;
  const held = stage.kind === 'payment' ? stage : null;
  const waiting = view.parked.length + view.reservations.length + view.returnWishes.length + view.returnsAside.length;
  const empty = basket === null || isEmptyBasket(basket);
  return (
    <div className="basket">
      <header className="basket-head">
        <h1>{empty ? texts.basket.noSale : fill(texts.basket.sale, { number: basket.saleNumber })}</h1>
        {waiting === 0 || empty || held !== null ? null : (
          <button type="button" className="button" data-size="small" data-weight="quiet" onClick={() => till.open({ kind: 'parked' })}>
            {texts.basket.parked} <span className="count">{waiting}</span>
          </button>
        )}
        <button
          type="button"
          className="button"
          data-size="small"
          disabled={empty || state.underWay.has('{"type":"park-sale"}')}
          onClick={() => void till.send({ type: 'park-sale' })}
        >
          {held === null ? texts.basket.park : texts.reservations.aside}
        </button>
        <button
          type="button"
          className="icon-button"
          data-framed
          aria-label={texts.menu.title}
          onClick={() => till.open({ kind: 'menu', page: 'root' })}
        >
          <MoreIcon />
        </button>
      </header>
      {empty ? <EmptyBasket /> : <Lines basket={basket} />}
      <footer className="basket-foot">
        {empty ? null : <Totals basket={basket} />}
        {held === null ? <Foot basket={basket} /> : <HeldFoot stage={held} />}
      </footer>
    </div>
  );
}

function Foot({ basket }: { readonly basket: BasketView | null }) {
  const { giveBack, returned } = basket ?? {};
  return giveBack === undefined ? <PayButtons /> : <GiveBack giveBack={giveBack} isHolding={returned?.state === 'holding'} />;
}

/** Nothing is rung up: what to do next, and the parked sales that wait. */
function EmptyBasket() {
  const { view, texts } = useTill();
  return (
    <div className="basket-empty">
      <div>
        <p className="empty-title">{texts.basket.empty}</p>
        <p className="hint">{texts.basket.emptyHow}</p>
      </div>
      <ReturnsAside />
      <ReturnWishes />
      <Reservations />
      {view.parked.length === 0 ? null : (
        <section className="basket-parked" aria-label={texts.parked.title}>
          <h2>{texts.parked.title}</h2>
          <ParkedList />
        </section>
      )}
    </div>
  );
}

function Lines({ basket }: { readonly basket: BasketView }) {
  const { till, view, texts, language, state } = useTill();
  const { stage } = view;
  const lineKeys = useRoving<HTMLOListElement>();
  const scroller = useRef<HTMLDivElement>(null);
  const editing = state.pane.kind === 'line' ? state.pane.lineId : null;
  const shown = editing ?? basket.newestLineId;
  const newest = basket.lines.find((line) => line.lineId === basket.newestLineId);
  const newestAmount = newest === undefined ? '' : `${newest.quantityMilli}:${newest.amountOre}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same line shows itself again when its quantity changes
  useEffect(() => {
    const list = scroller.current;
    const row = shown === null ? null : list?.querySelector<HTMLElement>(`[data-line="${CSS.escape(shown)}"]`);
    // On a small screen the list is as long as it is, and the page is not moved under a finger.
    if (list !== null && list.scrollHeight > list.clientHeight) row?.scrollIntoView({ block: 'nearest' });
  }, [shown, newestAmount, basket.lines.length]);

  return (
    <div className="basket-lines" ref={scroller}>
      {basket.returned === undefined ? null : <ReturnedGoods returned={basket.returned} canRemove={stage.kind === 'selling'} />}
      {basket.lines.length === 0 ? null : (
        <ol aria-label={texts.basket.lines} {...lineKeys}>
          {basket.lines.map((line) => (
            <li
              key={line.lineId}
              className="line"
              data-line={line.lineId}
              data-deposit={line.isDeposit || undefined}
              data-newest={(line.lineId === basket.newestLineId && editing === null) || undefined}
              data-editing={line.lineId === editing || undefined}
            >
              {line.isDeposit ? (
                <div className="line-row">
                  <LineColumns line={line} language={language} />
                </div>
              ) : (
                <button
                  type="button"
                  className="line-row"
                  aria-expanded={line.lineId === editing}
                  onClick={() => till.open({ kind: 'line', lineId: line.lineId, part: 'quantity' })}
                >
                  <LineColumns line={line} language={language} />
                </button>
              )}
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}

function Totals({ basket }: { readonly basket: BasketView }) {
  const { till, texts, language } = useTill();
  const partlyPaid = basket.tenders.length > 0;
  return (
    <div className="totals">
      {basket.saleDiscountOre === 0 ? null : (
        <button type="button" className="total-row total-discount" onClick={() => till.open({ kind: 'sale-discount' })}>
          <span>{basket.saleDiscountText ?? texts.basket.saleDiscount}</span>
          <span>{formatOre(-basket.saleDiscountOre, language)}</span>
        </button>
      )}
      {basket.vat.map((rate) => (
        <p className="total-row" key={rate.vatBasisPoints}>
          <span>{fill(texts.basket.vat, { rate: formatBasisPoints(rate.vatBasisPoints, language) })}</span>
          <span>{formatOre(rate.vatOre, language)}</span>
        </p>
      ))}
      {partlyPaid ? (
        <>
          <p className="total-row" data-sum>
            <span>{texts.basket.total}</span>
            <span>{formatOre(basket.totalOre, language)}</span>
          </p>
          <TenderRows tenders={basket.tenders} />
        </>
      ) : null}
      <p className="due">
        <span className="due-label">{dueLabel(basket, texts)}</span>
        <Ore ore={basket.giveBack?.amountOre ?? basket.dueOre} language={language} size="hero" className="due-amount" />
      </p>
    </div>
  );
}

function dueLabel({ giveBack, tenders }: BasketView, texts: ScreenTexts): string {
  if (giveBack !== undefined) return giveBack.amountOre === 0 ? texts.returns.basket.even : texts.returns.basket.back;
  return tenders.length > 0 ? texts.basket.left : texts.basket.due;
}
