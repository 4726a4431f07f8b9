/** Every refund of the chain, by store, day and state. */
import type { PageAnswers, PageRequest, RefundFilter, RefundRowView } from '../../app/head-office/page-contract.ts';
import { Heading } from './heading.tsx';
import { Answered, Empty, Field, MoreButton, Select } from './parts.tsx';
import { addressOf, goTo, type Place } from './place.ts';
import { RefundTable } from './refund-table.tsx';
import { useAnswer, useMore, useOffice } from './use-office.ts';
import { storeOptions, useStores } from './use-stores.ts';

/** Named here and not taken from the contract, whose values would bring all its schemas along. */
const STATES: readonly RefundFilter[] = ['reserved', 'sending', 'done', 'refused', 'withdrawn'];

function filterOf({ state = '', by = '', of = '', from = '', to = '' }: Place['fields']): PageRequest<'refunds'> {
  const known = STATES.find((each) => each === state);
  return {
    ...(known === undefined ? {} : { state: known }),
    ...(by === '' ? {} : { refundedBy: by }),
    ...(of === '' ? {} : { soldBy: of }),
    ...(from === '' ? {} : { fromDate: from }),
    ...(to === '' ? {} : { toDate: to }),
  };
}

export function RefundsPage({ fields }: { readonly fields: Place['fields'] }) {
  const { texts } = useOffice();
  const words = texts.refunds;
  const stores = useStores();
  const filter = filterOf(fields);
  const { shown, reload } = useAnswer('refunds', filter);
  const field = (name: string) => ({
    value: fields[name] ?? '',
    onChange: (value: string) => goTo(addressOf('refunds', '', { ...fields, [name]: value })),
  });
  return (
    <>
      <Heading title={texts.pages.refunds} intro={texts.intros.refunds} />
      <div className="stack">
        <div className="card form-fields">
          <Select
            label={words.state}
            options={[{ value: '', label: words.anyState }, ...STATES.map((value) => ({ value, label: words.states[value] }))]}
            {...field('state')}
          />
          <Select label={words.refundedBy} options={storeOptions(stores, texts.search.anyStore)} {...field('by')} />
          <Select label={words.soldBy} options={storeOptions(stores, texts.search.anyStore)} {...field('of')} />
          <Field label={texts.search.fromDate} type="date" {...field('from')} />
          <Field label={texts.search.toDate} type="date" {...field('to')} />
        </div>
        <Answered shown={shown} reload={reload}>
          {(answer) => <List answer={answer} filter={filter} />}
        </Answered>
      </div>
    </>
  );
}

function List({ answer, filter }: { readonly answer: PageAnswers['refunds']; readonly filter: PageRequest<'refunds'> }) {
  const { link, texts } = useOffice();
  const words = texts.refunds;
  const { rows, next, add } = useMore<RefundRowView, string>(answer.refunds, answer.next);
  if (rows.length === 0) {
    if (Object.keys(filter).length === 0) return <Empty title={words.none} how={words.noneHow} />;
    return (
      <Empty title={words.noMatch} how={words.noMatchHow}>
        <a className="button" data-size="small" href={addressOf('refunds')}>
          {words.clear}
        </a>
      </Empty>
    );
  }
  const more = async () => {
    if (next === null) return;
    const told = await link.ask('refunds', { ...filter, after: next });
    if (told.ok) add(told.answer.refunds, told.answer.next);
  };
  return (
    <div className="card">
      <RefundTable name={texts.pages.refunds} refunds={rows} />
      {next === null ? null : <MoreButton busy={false} onMore={() => void more()} />}
    </div>
  );
}
