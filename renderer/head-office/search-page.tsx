/** Finding a purchase by what somebody has of it: its receipt, its reference, its day and amount, or an article. */
import { type SubmitEvent, useState } from 'react';
import type { PageAnswers, PageRequest } from '../../app/head-office/page-contract.ts';
import { parseKronerToOre } from '../../app/money/parse.ts';
import { parseReceiptCode } from '../../app/receipt/receipt-code.ts';
import type { HeadOfficePageTexts } from '../../app/text/head-office-page.ts';
import { localDate } from '../shared/date-text.ts';
import { Heading } from './heading.tsx';
import { Answered, Choice, CurrencyMark, Empty, Field, Moment, Money, Select, Table, useRegisterName } from './parts.tsx';
import { addressOf, goTo, type Place } from './place.ts';
import { useAnswer, useOffice } from './use-office.ts';
import { storeOptions, useStores } from './use-stores.ts';

const WAYS = ['receipt', 'reference', 'date', 'article'] as const;
type Way = (typeof WAYS)[number];
type Fields = Place['fields'];
const MONTH_MS = 30 * 86_400_000;
/** A purchase's own name, which a payment's reference goes on from with one number more. */
const ORDER_ID = /^[a-z][a-z0-9]{1,11}-[a-z0-9]{1,6}-\d{4}-[a-z][a-z0-9]{3,5}-[1-9]\d{0,9}$/;

const wayOf = (fields: Fields): Way => WAYS.find((way) => way === fields.by) ?? 'receipt';

/** The question that a filled-in form comes to; `null` while it is not filled in. */
function searchOf(fields: Fields): PageRequest<'orders'> | null {
  const { number = '', store = '', register = '', date = '', reference = '', amount = '', article = '', from = '', to = '' } = fields;
  const inStore = store === '' ? {} : { storeId: store };
  switch (wayOf(fields)) {
    case 'receipt': {
      const code = parseReceiptCode(number);
      if (code?.series === 'sale') {
        const { storeId, registerId, receiptNumber } = code;
        return { by: 'receipt', storeId, registerId, receiptNumber };
      }
      const receiptNumber = Number(number);
      if (!/^\d{1,15}$/.test(number) || receiptNumber < 1) return null;
      return {
        by: 'receipt',
        receiptNumber,
        ...inStore,
        ...(register === '' ? {} : { registerId: register }),
        ...(date === '' ? {} : { date }),
      };
    }
    case 'reference':
      return reference === '' ? null : { by: 'reference', reference };
    case 'date': {
      const parsed = amount === '' ? null : parseKronerToOre(amount);
      if (store === '' || date === '' || parsed?.ok === false) return null;
      return { by: 'date', storeId: store, date, ...(parsed === null ? {} : { amountOre: parsed.amountOre }) };
    }
    case 'article':
      return article === '' || from === '' || to === '' ? null : { by: 'article', article, fromDate: from, toDate: to, ...inStore };
  }
}

export function SearchPage({ fields }: { readonly fields: Fields }) {
  const { texts } = useOffice();
  const words = texts.search;
  const request = searchOf(fields);
  const { shown, reload } = useAnswer('orders', request);
  return (
    <>
      <Heading title={texts.pages.search} intro={texts.intros.search} />
      <div className="stack">
        <SearchForm key={JSON.stringify(fields)} fields={fields} />
        {request === null ? (
          <Empty title={words.start} how={words.startHow} />
        ) : (
          <Answered shown={shown} reload={reload}>
            {(answer) => <Found answer={answer} />}
          </Answered>
        )}
      </div>
    </>
  );
}

function wrongReceipt(words: HeadOfficePageTexts['search'], typed: string): string {
  if (parseReceiptCode(typed)?.series === 'return') return words.returnReceipt;
  return /^\s*T1[SR]\./i.test(typed) ? words.unreadable : words.wrongNumber;
}

function firstFields(fields: Fields): Fields {
  const now = Date.now();
  return { by: 'receipt', from: localDate(now - MONTH_MS), to: localDate(now), ...fields };
}

function SearchForm({ fields }: { readonly fields: Fields }) {
  const { texts } = useOffice();
  const words = texts.search;
  const stores = useStores();
  const [draft, setDraft] = useState(() => firstFields(fields));
  const [tried, setTried] = useState(false);
  const way = wayOf(draft);
  const field = (name: string) => ({
    value: draft[name] ?? '',
    onChange: (value: string) => {
      setDraft({ ...draft, [name]: value.trim() === '' ? '' : value });
      setTried(false);
    },
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const trimmed = Object.fromEntries(Object.entries(draft).map(([name, value]) => [name, value.trim()]));
    setTried(true);
    if (way === 'reference' && ORDER_ID.test(trimmed.reference ?? '')) goTo(addressOf('order', trimmed.reference));
    else if (searchOf(trimmed) !== null) goTo(addressOf('search', '', trimmed));
  };
  const store = <Select label={words.store} options={storeOptions(stores, words.anyStore)} {...field('store')} />;
  const wrongNumber = tried && searchOf(draft) === null ? wrongReceipt(words, draft.number ?? '') : null;
  const wrongAmount = tried && (draft.amount ?? '') !== '' && searchOf(draft) === null ? words.wrongAmount : null;
  return (
    <form className="card form" onSubmit={submit}>
      <Choice
        label={words.by}
        value={way}
        options={WAYS.map((value) => ({ value, label: words.ways[value] }))}
        onChange={(value) => {
          setDraft({ ...draft, by: value });
          setTried(false);
        }}
      />
      <div className="form-fields">
        {way === 'receipt' ? (
          <>
            <Field label={words.receiptNumber} hint={words.receiptHow} wrong={wrongNumber} {...field('number')} />
            {store}
            <Field label={words.registerId} {...field('register')} />
            <Field label={words.date} type="date" {...field('date')} />
          </>
        ) : null}
        {way === 'reference' ? <Field label={words.reference} hint={words.referenceHow} required {...field('reference')} /> : null}
        {way === 'date' ? (
          <>
            <Select label={words.store} options={storeOptions(stores, '–')} required {...field('store')} />
            <Field label={words.date} type="date" required {...field('date')} />
            <Field label={words.amount} figures hint={words.amountHow} wrong={wrongAmount} {...field('amount')} />
          </>
        ) : null}
        {way === 'article' ? (
          <>
            <Field label={words.article} required {...field('article')} />
            {store}
            <Field label={words.fromDate} type="date" required {...field('from')} />
            <Field label={words.toDate} type="date" hint={words.articleHow} required {...field('to')} />
          </>
        ) : null}
      </div>
      <button type="submit" className="button" data-weight="primary">
        {words.find}
      </button>
    </form>
  );
}

function Found({ answer }: { readonly answer: PageAnswers['orders'] }) {
  const { texts } = useOffice();
  const words = texts.search;
  const registerName = useRegisterName();
  if (answer.orders.length === 0) return <Empty title={words.none} how={words.noneHow} />;
  return (
    <div className="card">
      {answer.more ? <p className="hint">{words.many}</p> : null}
      <Table
        name={texts.pages.search}
        columns={[
          { label: words.columns.receipt },
          { label: words.columns.sold },
          { label: words.columns.where },
          { label: words.columns.total, right: true },
        ]}
      >
        {answer.orders.map((order) => (
          <tr key={order.orderId}>
            <th scope="row" className="figures">
              <a className="link" href={addressOf('order', order.orderId)}>
                {order.receiptNumber}
              </a>
            </th>
            <td>
              <Moment atMs={order.completedAtMs} />
            </td>
            <td>
              {order.soldBy.storeName}, {registerName(order.soldBy.registerId)}
            </td>
            <td data-right="">
              <Money ore={order.totalOre} /> <CurrencyMark currency={order.currency} />
            </td>
          </tr>
        ))}
      </Table>
    </div>
  );
}
