/** A purchase as it was sold, and what of it comes back: which goods, how many, why. */
import { useCallback, useEffect, useState } from 'react';
import { fill } from '../../app/text/screen.ts';
import type { Command, OrderView, SearchProblem } from '../../app/till/contract.ts';
import { dateText, localDate } from '../shared/date-text.ts';
import { BusyRing } from '../shared/ring.tsx';
import { clockText } from '../shared/till-clock.ts';
import { type Approval, Approve } from './approve.tsx';
import { type Pane, TILES } from './pane.ts';
import { PaneFrame } from './pane-frame.tsx';
import { Problem } from './return-find.tsx';
import { ReturnFoot } from './return-foot.tsx';
import { KeepWish } from './return-keep.tsx';
import { ReturnLines } from './return-lines.tsx';
import { ReturnQuantity } from './return-quantity.tsx';
import { wishText } from './return-search.ts';
import { type Chosen, everything, isChoosable, sumOf, withQuantity } from './return-sums.ts';
import { useTill } from './use-till.ts';

type OrderPane = Extract<Pane, { kind: 'return-order' }>;
type Asked =
  | { readonly kind: 'asking' | 'lost' }
  | { readonly kind: 'told'; readonly order: OrderView | null; readonly problem: SearchProblem | null };
type Step = { readonly kind: 'choose' | 'approve' } | { readonly kind: 'quantity'; readonly lineNo: number };

const CHOOSE: Step = { kind: 'choose' };

export function ReturnOrder({ pane }: { readonly pane: OrderPane }) {
  const { till, texts } = useTill();
  const said = texts.returns.choose;
  const [asked, setAsked] = useState<Asked>({ kind: 'asking' });
  const { orderId } = pane;
  const ask = useCallback(
    () =>
      till.link.ask({ type: 'order', orderId }).then(
        ({ order, problem }) => setAsked({ kind: 'told', order, problem }),
        () => setAsked({ kind: 'lost' }),
      ),
    [till, orderId],
  );
  useEffect(() => void ask(), [ask]);
  const back = () => {
    const { form, wishId } = pane;
    till.open({ kind: 'return', form, run: { id: `back-${orderId}`, opens: false }, ...(wishId === undefined ? {} : { wishId }) });
  };
  if (asked.kind === 'told' && asked.order !== null)
    return <Choosing pane={pane} order={asked.order} mustWait={asked.problem?.kind === 'offline'} onBack={back} onAskAgain={ask} />;
  return (
    <PaneFrame title={texts.returns.title} back={said.back} onBack={back} focusTitle>
      {asked.kind === 'asking' ? (
        <p className="return-busy" role="status">
          <BusyRing />
          {said.loading}
        </p>
      ) : (
        <Problem text={asked.kind === 'told' ? (asked.problem?.text ?? said.gone) : texts.payments.lost} />
      )}
    </PaneFrame>
  );
}

interface ChoosingProps {
  readonly pane: OrderPane;
  readonly order: OrderView;
  /** Head office is away, and nothing of it can come back without. */
  readonly mustWait: boolean;
  readonly onBack: () => void;
  readonly onAskAgain: () => Promise<void>;
}

function Choosing({ pane, order, mustWait, onBack, onAskAgain }: ChoosingProps) {
  const { till, view, texts, money, state } = useTill();
  const said = texts.returns;
  const [wanted, setWanted] = useState<Chosen>(new Map(pane.begun?.chosen));
  const [reason, setReason] = useState(pane.begun?.reason ?? '');
  const [step, setStep] = useState<Step>(pane.begun?.asksManager === true ? { kind: 'approve' } : CHOOSE);
  const [wasAway, setWasAway] = useState(false);
  // Asked again after a refusal, less may be left of what was chosen before.
  const chosen = [...wanted].reduce<Chosen>((fitting, [lineNo, quantityMilli]) => {
    const line = order.lines.find((each) => each.lineNo === lineNo);
    return line === undefined ? fitting : withQuantity(fitting, line, quantityMilli);
  }, new Map());
  const sumOre = sumOf(order, chosen);
  const isBusy = [...state.underWay].some((key) => key.includes('"take-return"'));
  const { approvalAboveOre: aboveOre, approvalText, cashOnly } = order;
  const why = cashOnly ?? approvalText ?? (aboveOre === null ? null : fill(said.approve.above, { amount: money(aboveOre) }));
  const needsApproval = cashOnly !== null || approvalText !== null || (aboveOre !== null && sumOre > aboveOre);

  const take = async (approval?: Approval): Promise<boolean> => {
    const lines = [...chosen].map(([lineNo, quantityMilli]) => ({ lineNo, quantityMilli }));
    const command: Command = {
      type: 'take-return',
      orderId: order.orderId,
      lines,
      reason: reason.trim(),
      ...(approval === undefined ? {} : { approval }),
      ...(cashOnly === null ? {} : { payOut: 'cash' }),
    };
    const answer = await till.send(command);
    if (answer.ok === true) {
      if (pane.wishId !== undefined) void till.send({ type: 'drop-return-wish', wishId: pane.wishId });
      if (view.foundReceipt !== undefined) void till.send({ type: 'forget-receipt' });
      till.open(TILES);
      return true;
    }
    if (answer.ok === false && answer.code === 'needs-approval') setStep({ kind: 'approve' });
    if (answer.ok === false && answer.code === 'head-office-away') {
      setWasAway(true);
      setStep(CHOOSE);
    }
    // Somebody else may have been quicker: what is left is said anew.
    if (answer.ok === false && answer.code === 'nothing-left') {
      await onAskAgain();
      setStep(CHOOSE);
    }
    return false;
  };

  if (step.kind === 'approve') {
    return (
      <PaneFrame title={said.approve.title} back={said.approve.no} onBack={() => setStep(CHOOSE)}>
        <Approve
          why={why ?? said.approve.title}
          yes={fill(cashOnly === null ? said.choose.take : said.choose.takeCash, { amount: money(sumOre) })}
          busy={isBusy}
          onApprove={take}
          onBack={() => setStep(CHOOSE)}
        />
      </PaneFrame>
    );
  }
  const line = step.kind === 'quantity' ? order.lines.find(({ lineNo }) => lineNo === step.lineNo) : undefined;
  if (line !== undefined) {
    return (
      <ReturnQuantity
        line={line}
        chosenMilli={chosen.get(line.lineNo) ?? 0}
        onChoose={(quantityMilli) => {
          setWanted(withQuantity(chosen, line, quantityMilli));
          setStep(CHOOSE);
        }}
        onBack={() => setStep(CHOOSE)}
      />
    );
  }
  const isOpen = order.problem === null && order.lines.some(isChoosable);
  const isAll = isOpen && order.lines.filter(isChoosable).every(({ lineNo, leftMilli }) => chosen.get(lineNo) === leftMilli);
  return (
    <PaneFrame
      title={fill(said.find.row, { number: order.receiptNumber })}
      back={said.choose.back}
      onBack={onBack}
      aside={
        isOpen ? (
          <button
            type="button"
            className="button pane-aside"
            data-size="small"
            disabled={isBusy}
            onClick={() => setWanted(isAll ? new Map() : everything(order))}
          >
            {isAll ? said.choose.nothing : said.choose.everything}
          </button>
        ) : undefined
      }
      foot={
        isOpen ? (
          <ReturnFoot
            order={order}
            sumOre={sumOre}
            reason={reason}
            onReason={setReason}
            isBusy={isBusy}
            onTake={() => (needsApproval ? setStep({ kind: 'approve' }) : void take())}
          />
        ) : undefined
      }
    >
      <p className="return-sold">
        <span>{soldText(order, said.choose, said.find.dateFormat, texts.months)}</span>
        <span className="figures">{order.paidWith.map(({ text }) => text).join(' · ')}</span>
      </p>
      {order.problem === null ? null : <Problem text={order.problem} />}
      {order.problem === null && cashOnly !== null ? <Problem text={cashOnly} /> : null}
      {mustWait || wasAway ? <KeepWish text={wishText(pane.form, view.nowMs) || String(order.receiptNumber)} /> : null}
      <ReturnLines
        order={order}
        chosen={chosen}
        disabled={!isOpen || isBusy}
        onChange={(changed, quantityMilli) => setWanted(withQuantity(chosen, changed, quantityMilli))}
        onEnter={(lineNo) => setStep({ kind: 'quantity', lineNo })}
      />
    </PaneFrame>
  );
}

type Said = ReturnType<typeof useTill>['texts'];

function soldText(order: OrderView, said: Said['returns']['choose'], form: string, months: Said['months']): string {
  const at = { date: dateText(localDate(order.completedAtMs), form, months), time: clockText(order.completedAtMs) };
  return order.storeName === null ? fill(said.sold, at) : fill(said.soldAt, { ...at, store: order.storeName });
}
