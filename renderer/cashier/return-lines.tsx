/**
 * The lines of a purchase to choose from. One of them is where the keys go: up and down move between them, left and right (or −
 * and +) choose less and more. Tab reaches the buttons of that line alone.
 */
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { formatOre, formatQuantityMilli } from '../../app/money/format.ts';
import { fill } from '../../app/text/screen.ts';
import type { OrderLineView, OrderView } from '../../app/till/contract.ts';
import { MinusIcon, PlusIcon } from '../shared/icons.tsx';
import { TYPED } from '../shared/typing.ts';
import { type Chosen, chosenOf, isChoosable } from './return-sums.ts';
import { useTill } from './use-till.ts';

const PIECE_MILLI = 1_000;

interface LinesProps {
  readonly order: OrderView;
  readonly chosen: Chosen;
  readonly disabled: boolean;
  readonly onChange: (line: OrderLineView, quantityMilli: number) => void;
  readonly onEnter: (lineNo: number) => void;
}

export function ReturnLines({ order, chosen, disabled, onChange, onEnter }: LinesProps) {
  const { texts } = useTill();
  const list = useRef<HTMLOListElement>(null);
  const choosable = disabled ? [] : order.lines.filter(isChoosable);
  const [active, setActive] = useState(choosable[0]?.lineNo ?? null);
  const step = (line: OrderLineView | undefined, stepMilli: number) => {
    if (line === undefined) return;
    const before = chosen.get(line.lineNo) ?? 0;
    // Weighed goods come back whole by a key; by weight they are typed.
    if (line.weighed) onChange(line, stepMilli > 0 ? line.leftMilli : 0);
    else onChange(line, before + stepMilli);
  };
  const latest = useRef({ step, active, choosable });
  useEffect(() => {
    latest.current = { step, active, choosable };
  });
  const focus = (lineNo: number) => list.current?.querySelector<HTMLElement>(`[data-return-line="${lineNo}"]`)?.focus();
  // biome-ignore lint/correctness/useExhaustiveDependencies: only as the list comes
  useEffect(() => {
    if (active !== null) focus(active);
    const onTyped = (event: Event) => {
      const typed = event instanceof CustomEvent ? String(event.detail) : '';
      const now = latest.current;
      const line = now.choosable.find(({ lineNo }) => lineNo === now.active);
      if (typed === '+') now.step(line, PIECE_MILLI);
      else if (typed === '-' || typed === '−') now.step(line, -PIECE_MILLI);
    };
    window.addEventListener(TYPED, onTyped);
    return () => window.removeEventListener(TYPED, onTyped);
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    const index = choosable.findIndex(({ lineNo }) => lineNo === active);
    const move = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const more = { ArrowLeft: -PIECE_MILLI, ArrowRight: PIECE_MILLI }[event.key];
    if (event.altKey || event.ctrlKey || event.metaKey || (move === undefined && more === undefined)) return;
    event.preventDefault();
    if (more !== undefined) step(choosable[index], more);
    const next = move === undefined ? undefined : choosable[index + move];
    if (next === undefined) return;
    setActive(next.lineNo);
    focus(next.lineNo);
  };
  return (
    <>
      <ol className="return-lines" aria-label={texts.returns.choose.lines} ref={list} onKeyDown={onKeyDown}>
        {order.lines.map((line) => (
          <li key={line.lineNo} className="return-line" data-deposit={line.belongsToLineNo !== null || undefined}>
            <Line
              line={line}
              chosenMilli={chosenOf(chosen, line)}
              isActive={line.lineNo === active}
              disabled={disabled || !isChoosable(line)}
              onActive={() => setActive(line.lineNo)}
              onStep={(stepMilli) => {
                setActive(line.lineNo);
                step(line, stepMilli);
              }}
              onAll={() => {
                setActive(line.lineNo);
                onChange(line, (chosen.get(line.lineNo) ?? 0) === line.leftMilli ? 0 : line.leftMilli);
              }}
              onEnter={() => onEnter(line.lineNo)}
            />
          </li>
        ))}
      </ol>
      {disabled ? null : <p className="sr-only">{texts.returns.choose.keys}</p>}
    </>
  );
}

interface LineProps {
  readonly line: OrderLineView;
  readonly chosenMilli: number;
  readonly isActive: boolean;
  readonly disabled: boolean;
  readonly onActive: () => void;
  readonly onStep: (stepMilli: number) => void;
  readonly onAll: () => void;
  readonly onEnter: () => void;
}

function Line({ line, chosenMilli, isActive, disabled, onActive, onStep, onAll, onEnter }: LineProps) {
  const { texts, language } = useTill();
  const said = texts.returns.choose;
  const amountText = (milli: number) => {
    const number = formatQuantityMilli(milli, language, { weighed: line.weighed && milli > 0 });
    return line.weighed ? `${number}\u00a0${line.unit}` : number;
  };
  const left = amountText(line.leftMilli);
  const sold = line.weighed || line.soldMilli !== PIECE_MILLI ? `${amountText(line.soldMilli)} × ` : '';
  const words = (
    <span className="return-line-words">
      <span className="line-name">{line.name}</span>
      <small className="figures">
        {sold}
        {line.weighed
          ? fill(said.each, { price: formatOre(line.unitPriceOre, language), unit: line.unit })
          : formatOre(line.unitPriceOre, language)}
      </small>
      {line.note === null ? null : <small className="return-note">{line.note}</small>}
    </span>
  );
  const price = <span className="card-amount">{formatOre(line.netOre, language)}</span>;
  if (disabled) {
    return (
      <div className="return-row" data-off={line.belongsToLineNo === null || undefined}>
        {words}
        {line.belongsToLineNo !== null && chosenMilli > 0 ? <span className="return-chosen figures">{amountText(chosenMilli)}</span> : null}
        {price}
      </div>
    );
  }
  const tab = isActive ? 0 : -1;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot have the focus
    <div
      className="return-row"
      role="group"
      data-return-line={line.lineNo}
      data-active={isActive || undefined}
      data-chosen={chosenMilli > 0 || undefined}
      tabIndex={tab}
      aria-label={fill(said.chosen, { name: line.name, chosen: amountText(chosenMilli), left })}
      onFocus={onActive}
    >
      {words}
      <span className="return-stepper">
        {line.weighed ? null : (
          <button
            type="button"
            className="button"
            tabIndex={tab}
            aria-label={fill(said.fewer, { name: line.name })}
            disabled={chosenMilli === 0}
            onClick={() => onStep(-PIECE_MILLI)}
          >
            <MinusIcon />
          </button>
        )}
        <button type="button" className="return-count figures" tabIndex={tab} onClick={onEnter}>
          <strong>{amountText(chosenMilli)}</strong>
          <small>{fill(said.of, { left })}</small>
          <span className="sr-only">{fill(said.enter, { name: line.name })}</span>
        </button>
        {line.weighed ? null : (
          <button
            type="button"
            className="button"
            tabIndex={tab}
            aria-label={fill(said.more, { name: line.name })}
            disabled={chosenMilli >= line.leftMilli}
            onClick={() => onStep(PIECE_MILLI)}
          >
            <PlusIcon />
          </button>
        )}
        <button type="button" className="button return-all" tabIndex={tab} aria-pressed={chosenMilli === line.leftMilli} onClick={onAll}>
          {line.weighed ? said.whole : said.all}
          <span className="sr-only"> {line.name}</span>
        </button>
      </span>
      {price}
    </div>
  );
}
