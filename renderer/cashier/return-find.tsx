/** Finding the purchase that goods come back from: by its receipt, by day and amount, or by an article. */
import { useCallback, useEffect, useId, useRef, useState } from 'react';
import { formatOre } from '../../app/money/format.ts';
import { fill } from '../../app/text/screen.ts';
import type { OrderRow, SearchProblem } from '../../app/till/contract.ts';
import { dateText, localDate } from '../shared/date-text.ts';
import { ForwardIcon, NoticeIcon } from '../shared/icons.tsx';
import { BusyRing } from '../shared/ring.tsx';
import { clockText } from '../shared/till-clock.ts';
import { EntryButtons } from './entry-buttons.tsx';
import { type Pane, type ReturnForm, TILES } from './pane.ts';
import { PaneFrame } from './pane-frame.tsx';
import { SearchFields } from './return-fields.tsx';
import { KeepWish } from './return-keep.tsx';
import { searchOf, wishText } from './return-search.ts';
import { useTill } from './use-till.ts';

type FindPane = Extract<Pane, { kind: 'return' }>;

type FindStores = readonly { readonly storeId: string; readonly storeName: string }[];

type Found =
  | { readonly kind: 'nothing-asked' | 'asking' | 'lost' }
  | {
      readonly kind: 'told';
      readonly orders: readonly OrderRow[];
      readonly more: boolean;
      readonly problem: SearchProblem | null;
    };

const WAYS: readonly ReturnForm['by'][] = ['text', 'date', 'article'];

export function ReturnFind({ pane }: { readonly pane: FindPane }) {
  const { till, view, texts } = useTill();
  const said = texts.returns;
  const [found, setFound] = useState<Found>({ kind: 'nothing-asked' });
  const [stores, setStores] = useState<FindStores>([]);
  const asked = useRef(0);
  const { form } = pane;
  const search = searchOf(form, view.nowMs);
  const change = (more: Partial<ReturnForm>) => {
    asked.current += 1;
    setFound({ kind: 'nothing-asked' });
    till.open({ ...pane, form: { ...form, ...more } });
  };
  const openOrder = useCallback(
    (orderId: string) => till.open({ kind: 'return-order', orderId, form, ...(pane.wishId === undefined ? {} : { wishId: pane.wishId }) }),
    [till, form, pane.wishId],
  );
  const run = async (opens: boolean) => {
    if (search === null) return;
    asked.current += 1;
    const mine = asked.current;
    setFound({ kind: 'asking' });
    const answer = await till.link.ask({ type: 'orders', search }).catch(() => null);
    if (mine !== asked.current) return;
    if (answer === null) {
      setFound({ kind: 'lost' });
      return;
    }
    const [only, ...others] = answer.orders;
    if (opens && only !== undefined && others.length === 0 && !answer.more) openOrder(only.orderId);
    else setFound({ kind: 'told', ...answer });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: a search that the pane was opened with runs once
  useEffect(() => {
    if (pane.run !== undefined) void run(pane.run.opens);
    let isOpen = true;
    // Without an answer the search goes on without a choice of store.
    till.link.ask({ type: 'stores' }).then(
      (answer) => isOpen && setStores(answer.stores),
      () => undefined,
    );
    return () => {
      isOpen = false;
      asked.current += 1;
    };
  }, []);
  const close = () => {
    if (view.foundReceipt !== undefined) void till.send({ type: 'forget-receipt' });
    till.open(TILES);
  };
  const { returned } = view.basket ?? {};
  if (returned !== undefined) return <AlreadyReturning onClose={close} />;
  const isAsking = found.kind === 'asking';
  return (
    <PaneFrame title={said.title} back={texts.pay.back} onBack={close}>
      <div className="return-find">
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend in the layout */}
        <div className="choice" role="group" aria-label={said.find.by}>
          {WAYS.map((by) => (
            <button key={by} type="button" className="choice-option" aria-pressed={by === form.by} onClick={() => change({ by })}>
              {said.find.ways[by]}
            </button>
          ))}
        </div>
        <SearchFields form={form} stores={stores} onChange={change} hasPad={found.kind === 'nothing-asked'}>
          <button
            type="button"
            className="button"
            data-size="large"
            data-weight="primary"
            data-primary
            disabled={search === null || isAsking}
            onClick={() => void run(true)}
          >
            {said.find.search}
          </button>
        </SearchFields>
        <Outcome found={found} onOpen={openOrder} />
        {found.kind === 'told' && found.problem?.kind === 'offline' ? <KeepWish text={wishText(form, view.nowMs)} /> : null}
      </div>
    </PaneFrame>
  );
}

function Outcome({ found, onOpen }: { readonly found: Found; readonly onOpen: (orderId: string) => void }) {
  const { texts } = useTill();
  const said = texts.returns.find;
  return (
    <>
      <div role="status">
        {found.kind === 'asking' ? (
          <p className="return-busy">
            <BusyRing />
            {said.searching}
          </p>
        ) : null}
        {found.kind === 'lost' ? <Problem text={texts.payments.lost} /> : null}
        {found.kind === 'told' && found.problem !== null ? <Problem text={found.problem.text} /> : null}
        {found.kind === 'told' && found.problem === null && found.orders.length === 0 ? (
          <div className="return-nothing">
            <p className="empty-title">{said.none}</p>
            <p className="hint">{said.noneHow}</p>
          </div>
        ) : null}
      </div>
      {found.kind === 'told' && found.orders.length > 0 ? <Orders orders={found.orders} more={found.more} onOpen={onOpen} /> : null}
    </>
  );
}

export function Problem({ text }: { readonly text: string }) {
  return (
    <p className="return-problem">
      <NoticeIcon />
      <span>{text}</span>
    </p>
  );
}

interface OrdersProps {
  readonly orders: readonly OrderRow[];
  readonly more: boolean;
  readonly onOpen: (orderId: string) => void;
}

function Orders({ orders, more, onOpen }: OrdersProps) {
  const { texts, language } = useTill();
  const said = texts.returns.find;
  const id = useId();
  return (
    <section className="return-results" aria-labelledby={id}>
      <h3 id={id} className="field-label">
        {said.results}
      </h3>
      <ul className="cards">
        {orders.map((order) => (
          <li key={order.orderId}>
            <button type="button" className="menu-item" onClick={() => onOpen(order.orderId)}>
              <span className="card-words">
                <strong>
                  {[order.storeName, fill(said.row, { number: order.receiptNumber })].filter((part) => part !== null).join(' · ')}
                </strong>
                <small className="figures">
                  {fill(said.at, {
                    date: dateText(localDate(order.completedAtMs), said.dateFormat, texts.months),
                    time: clockText(order.completedAtMs),
                    register: order.registerId,
                  })}
                </small>
              </span>
              <span className="card-amount">{formatOre(order.totalOre, language)}</span>
              <ForwardIcon />
            </button>
          </li>
        ))}
      </ul>
      {more ? <p className="hint">{said.more}</p> : null}
    </section>
  );
}

/** One purchase at a time: what is there already is finished, or let go of, first. */
function AlreadyReturning({ onClose }: { readonly onClose: () => void }) {
  const { till, view, texts, state } = useTill();
  const said = texts.returns.basket;
  return (
    <PaneFrame title={texts.returns.title} back={texts.pay.back} onBack={onClose} focusTitle>
      <div className="question">
        <p className="question-title">{said.already}</p>
        <p className="hint">{said.alreadyHow}</p>
        <p>{view.basket?.returned?.title}</p>
        <EntryButtons
          back={{
            label: said.remove,
            disabled: state.underWay.has('{"type":"remove-return"}'),
            onPress: () => void till.send({ type: 'remove-return' }),
          }}
          backIsAnAnswer
          on={{ label: said.keep, onPress: onClose }}
        />
      </div>
    </PaneFrame>
  );
}
