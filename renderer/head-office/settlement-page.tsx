/** What the stores owe each other over a time: pair by pair, down to each refund, and as a file. */
import { type SubmitEvent, useState } from 'react';
import type { PageAnswers, SettledPair, SettledRow, Settlement } from '../../app/head-office/page-contract.ts';
import { fill } from '../../app/text/screen.ts';
import { localDate } from '../shared/date-text.ts';
import { Heading } from './heading.tsx';
import { Answered, CurrencyMark, Empty, Field, Moment, Money, MoreButton, Table } from './parts.tsx';
import { addressOf, goTo, type Place } from './place.ts';
import { useAnswer, useMore, useOffice } from './use-office.ts';

interface Period {
  readonly fromDate: string;
  readonly toDate: string;
}

const quickPeriods = {
  thisMonth(today: string): Period {
    return { fromDate: `${today.slice(0, 7)}-01`, toDate: today };
  },
  lastMonth(today: string): Period {
    const lastDay = new Date(Date.UTC(Number(today.slice(0, 4)), Number(today.slice(5, 7)) - 1, 0)).toISOString().slice(0, 10);
    return { fromDate: `${lastDay.slice(0, 7)}-01`, toDate: lastDay };
  },
  today: (today: string): Period => ({ fromDate: today, toDate: today }),
};
const QUICK = ['thisMonth', 'lastMonth', 'today'] as const;

export function SettlementPage({ fields }: { readonly fields: Place['fields'] }) {
  const { link, texts } = useOffice();
  const words = texts.settlement;
  const today = localDate(Date.now());
  const { from = quickPeriods.thisMonth(today).fromDate, to = today } = fields;
  const period = { fromDate: from, toDate: to };
  const { shown, reload } = useAnswer('settlement', to < from ? null : period);
  const show = ({ fromDate, toDate }: Period) => goTo(addressOf('settlement', '', { from: fromDate, to: toDate }));
  return (
    <>
      <Heading title={texts.pages.settlement} intro={texts.intros.settlement} />
      <div className="stack">
        <PeriodForm key={`${from} ${to}`} period={period} onShow={show}>
          {QUICK.map((name) => (
            <button key={name} type="button" className="chip" onClick={() => show(quickPeriods[name](today))}>
              {words.quick[name]}
            </button>
          ))}
        </PeriodForm>
        {to < from ? (
          <Empty title={words.wrongPeriod} how={words.noneHow} />
        ) : (
          <Answered shown={shown} reload={reload}>
            {(settlement) => <Settled settlement={settlement} period={period} file={link.settlementAddress(from, to)} />}
          </Answered>
        )}
      </div>
    </>
  );
}

interface PeriodFormProps {
  readonly period: Period;
  readonly onShow: (period: Period) => void;
  readonly children: React.ReactNode;
}

function PeriodForm({ period, onShow, children }: PeriodFormProps) {
  const { texts } = useOffice();
  const [draft, setDraft] = useState(period);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    onShow(draft);
  };
  return (
    <form className="card form" onSubmit={submit}>
      <div className="form-row">
        <Field
          label={texts.search.fromDate}
          type="date"
          required
          value={draft.fromDate}
          onChange={(fromDate) => setDraft({ ...draft, fromDate })}
        />
        <Field
          label={texts.search.toDate}
          type="date"
          required
          value={draft.toDate}
          onChange={(toDate) => setDraft({ ...draft, toDate })}
        />
        <button type="submit" className="button" data-weight="primary">
          {texts.settlement.show}
        </button>
      </div>
      <div className="chips">{children}</div>
    </form>
  );
}

interface SettledProps {
  readonly settlement: Settlement;
  readonly period: Period;
  readonly file: string;
}

const keyOf = ({ refundedBy, soldBy, currency }: SettledPair): string => `${refundedBy.storeId} ${soldBy.storeId} ${currency}`;

function Settled({ settlement, period, file }: SettledProps) {
  const { texts } = useOffice();
  const words = texts.settlement;
  const [opened, setOpened] = useState<string | null>(null);
  if (settlement.pairs.length === 0) return <Empty title={words.none} how={words.noneHow} />;
  const { columns } = words;
  const detail = settlement.pairs.find((pair) => keyOf(pair) === opened);
  return (
    <>
      <section className="card">
        <div className="card-head">
          <h3>{words.pairs}</h3>
          <a className="button" data-size="small" href={file} download>
            {words.file}
          </a>
        </div>
        <Table
          name={words.pairs}
          columns={[
            { label: columns.refundedBy },
            { label: columns.soldBy },
            { label: columns.refunds, right: true },
            { label: columns.vipps, right: true },
            { label: columns.handedOut, right: true },
            { label: columns.amount, right: true },
            { label: words.open, hidden: true },
          ]}
          foot={settlement.sums.map((sum) => (
            <tr key={sum.currency}>
              <th scope="row" colSpan={2}>
                {words.sum} <CurrencyMark currency={sum.currency} />
              </th>
              <td data-right="">{sum.refunds}</td>
              <td data-right="">
                <Money ore={sum.vippsOre} />
              </td>
              <td data-right="">
                <Money ore={sum.handedOutOre} />
              </td>
              <td data-right="">
                <Money ore={sum.amountOre} />
              </td>
              <td />
            </tr>
          ))}
        >
          {settlement.pairs.map((pair) => (
            <tr key={keyOf(pair)}>
              <th scope="row">{pair.refundedBy.storeName}</th>
              <td>{pair.soldBy.storeName}</td>
              <td data-right="">{pair.refunds}</td>
              <td data-right="">
                <Money ore={pair.vippsOre} />
              </td>
              <td data-right="">
                <Money ore={pair.handedOutOre} />
              </td>
              <td data-right="">
                <Money ore={pair.amountOre} />
              </td>
              <td className="acts">
                <button
                  type="button"
                  className="button"
                  data-size="small"
                  aria-expanded={opened === keyOf(pair)}
                  onClick={() => setOpened(opened === keyOf(pair) ? null : keyOf(pair))}
                >
                  {opened === keyOf(pair) ? words.close : words.open}
                </button>
              </td>
            </tr>
          ))}
        </Table>
      </section>
      {detail === undefined ? null : <Detail key={keyOf(detail)} pair={detail} period={period} />}
      <section className="card">
        <h3>{words.owed}</h3>
        {settlement.owed.length === 0 ? (
          <p>{words.square}</p>
        ) : (
          <ul className="tenders">
            {settlement.owed.map(({ from, to, currency, amountOre }) => (
              <li key={`${from.storeId} ${to.storeId} ${currency}`}>
                <span>{fill(words.owes, { from: from.storeName, to: to.storeName })}</span>
                <span>
                  <Money ore={amountOre} /> <CurrencyMark currency={currency} />
                </span>
              </li>
            ))}
          </ul>
        )}
        <p className="hint">{words.owedHow}</p>
      </section>
    </>
  );
}

function Detail({ pair, period }: { readonly pair: SettledPair; readonly period: Period }) {
  const words = useOffice().texts.settlement;
  const request = { ...period, refundedBy: pair.refundedBy.storeId, soldBy: pair.soldBy.storeId, currency: pair.currency };
  const { shown, reload } = useAnswer('settled', request);
  const title = fill(words.detail, { refunding: pair.refundedBy.storeName, selling: pair.soldBy.storeName });
  return (
    <section className="card">
      <h3>{title}</h3>
      <Answered shown={shown} reload={reload}>
        {(answer) => <DetailTable name={title} answer={answer} request={request} />}
      </Answered>
    </section>
  );
}

interface DetailTableProps {
  readonly name: string;
  readonly answer: PageAnswers['settled'];
  readonly request: Period & { readonly refundedBy: string; readonly soldBy: string; readonly currency: string };
}

function DetailTable({ name, answer, request }: DetailTableProps) {
  const { link, texts } = useOffice();
  const words = texts.settlement;
  const { rows, next, add } = useMore<SettledRow, string>(answer.refunds, answer.next);
  const more = async () => {
    if (next === null) return;
    const told = await link.ask('settled', { ...request, after: next });
    if (told.ok) add(told.answer.refunds, told.answer.next);
  };
  const { detailColumns, columns } = words;
  return (
    <>
      <Table
        name={name}
        columns={[
          { label: detailColumns.when },
          { label: detailColumns.receipt },
          { label: columns.vipps, right: true },
          { label: columns.handedOut, right: true },
          { label: columns.amount, right: true },
        ]}
      >
        {rows.map((refund) => (
          <tr key={refund.refundId}>
            <th scope="row">
              <a className="link" href={addressOf('refund', refund.refundId)}>
                <Moment atMs={refund.endedMs} />
              </a>
            </th>
            <td className="figures">
              <a className="link" href={addressOf('order', refund.orderId)}>
                {refund.receiptNumber ?? refund.orderId}
              </a>
            </td>
            <td data-right="">
              <Money ore={refund.vippsOre} />
            </td>
            <td data-right="">
              <Money ore={refund.handedOutOre} />
            </td>
            <td data-right="">
              <Money ore={refund.amountOre} />
            </td>
          </tr>
        ))}
      </Table>
      {next === null ? null : <MoreButton busy={false} onMore={() => void more()} />}
    </>
  );
}
