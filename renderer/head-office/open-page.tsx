/** What holds goods and money and is not over: how old each is, and for managers the way to free it. */
import { useState } from 'react';
import type { PageAnswers, RefundRowView } from '../../app/head-office/page-contract.ts';
import { fill } from '../../app/text/screen.ts';
import { Heading } from './heading.tsx';
import {
  Answered,
  CurrencyMark,
  Empty,
  Field,
  Money,
  MoreButton,
  Problem,
  RefundState,
  Table,
  useAgo,
  useMoneyText,
  useRegisterName,
} from './parts.tsx';
import { addressOf } from './place.ts';
import { Question } from './question.tsx';
import { useAct, useAnswer, useMore, useOffice } from './use-office.ts';

export function OpenPage() {
  const { texts } = useOffice();
  const words = texts.open;
  const { shown, reload } = useAnswer('open', {}, true);
  const { act, busy, problem } = useAct();
  const money = useMoneyText();
  const registerName = useRegisterName();
  const [asking, setAsking] = useState<RefundRowView | null>(null);
  const [why, setWhy] = useState('');
  const [wrong, setWrong] = useState(false);
  const [done, setDone] = useState(false);
  const withdraw = async ({ refundId }: RefundRowView) => {
    setWrong(why.trim() === '');
    if (why.trim() === '') return;
    const answer = await act('withdraw', { refundId, why: why.trim() });
    setAsking(null);
    setDone(answer !== null);
    reload();
  };
  return (
    <>
      <Heading title={words.title} intro={texts.intros.open} />
      <div className="stack">
        {problem === null ? null : <Problem text={problem} />}
        {done ? (
          <p className="said" role="status">
            {words.withdrawn}
          </p>
        ) : null}
        {asking === null ? null : (
          <Question
            title={fill(words.withdrawAsk, {
              amount: money(asking.amountOre, asking.currency),
              where: `${asking.refundedBy.storeName}, ${registerName(asking.refundedBy.registerId)}`,
            })}
            how={words.withdrawHow}
            yes={words.withdrawYes}
            no={words.keep}
            busy={busy}
            onYes={() => void withdraw(asking)}
            onNo={() => setAsking(null)}
          >
            <Field label={words.why} value={why} onChange={setWhy} wrong={wrong ? words.whyHow : null} required />
          </Question>
        )}
        <Answered shown={shown} reload={reload}>
          {(answer) => (
            <OpenList
              answer={answer}
              onWithdraw={(refund) => {
                setDone(false);
                setWhy('');
                setWrong(false);
                setAsking(refund);
              }}
            />
          )}
        </Answered>
      </div>
    </>
  );
}

interface OpenListProps {
  readonly answer: PageAnswers['open'];
  readonly onWithdraw: (refund: RefundRowView) => void;
}

function OpenList({ answer, onWithdraw }: OpenListProps) {
  const { link, texts, me } = useOffice();
  const words = texts.open;
  const ago = useAgo(answer.nowMs);
  const registerName = useRegisterName();
  const { rows, next, add } = useMore<RefundRowView, string>(answer.refunds, answer.next);
  if (rows.length === 0) return <Empty title={words.none} how={words.noneHow} />;
  const more = async () => {
    if (next === null) return;
    const told = await link.ask('open', { after: next });
    if (told.ok) add(told.answer.refunds, told.answer.next);
  };
  const { columns } = words;
  return (
    <div className="card">
      <p className="hint">{words.how}</p>
      <Table
        name={words.title}
        columns={[
          { label: columns.age },
          { label: columns.where },
          { label: columns.sold },
          { label: columns.receipt },
          { label: columns.state },
          { label: columns.amount, right: true },
          ...(me.role === 'manager' ? [{ label: words.withdraw, hidden: true }] : []),
        ]}
      >
        {rows.map((refund) => (
          <tr key={refund.refundId}>
            <th scope="row">
              <a className="link figures" href={addressOf('refund', refund.refundId)}>
                {ago(refund.askedMs)}
              </a>
            </th>
            <td>
              {refund.refundedBy.storeName}, {registerName(refund.refundedBy.registerId)}
            </td>
            <td>{refund.soldBy.storeName}</td>
            <td className="figures">
              {refund.receiptNumber === null ? (
                '–'
              ) : (
                <a className="link" href={addressOf('order', refund.orderId)}>
                  {refund.receiptNumber}
                </a>
              )}
            </td>
            <td>
              <RefundState state={refund.state} />
            </td>
            <td data-right="">
              <Money ore={refund.amountOre} /> <CurrencyMark currency={refund.currency} />
            </td>
            {me.role === 'manager' ? (
              <td className="acts">
                {refund.state === 'reserved' ? (
                  <button type="button" className="button" data-size="small" onClick={() => onWithdraw(refund)}>
                    {words.withdraw}
                  </button>
                ) : null}
              </td>
            ) : null}
          </tr>
        ))}
      </Table>
      {next === null ? null : <MoreButton busy={false} onMore={() => void more()} />}
    </div>
  );
}
