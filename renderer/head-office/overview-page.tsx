/** What needs somebody first, then every store with its registers. */
import { useContext, useId, useState } from 'react';
import type { Overview, PageAnswers, StoreRow } from '../../app/head-office/page-contract.ts';
import { fill } from '../../app/text/screen.ts';
import { CheckIcon } from '../shared/icons.tsx';
import { alarmWords } from './alarm-words.ts';
import { Heading } from './heading.tsx';
import { Answered, Empty, Field, MoreButton, StoreLink, useAgo, useRegisterName } from './parts.tsx';
import { addressOf } from './place.ts';
import { RegisterTable, StoreFacts } from './register-table.tsx';
import { OverviewContext, useAnswer, useMore, useOffice } from './use-office.ts';

export function OverviewPage() {
  const { texts } = useOffice();
  const { shown, reload } = useContext(OverviewContext);
  return (
    <>
      <Heading title={texts.pages.overview} intro={texts.intros.overview} />
      <div className="stack">
        <Answered shown={shown} reload={reload}>
          {(overview) => <Needs overview={overview} />}
        </Answered>
        <Stores overview={shown.state === 'here' ? shown.answer : null} />
      </div>
    </>
  );
}

function Needs({ overview }: { readonly overview: Overview }) {
  const { texts } = useOffice();
  const words = texts.overview;
  const ago = useAgo(overview.nowMs);
  const registerName = useRegisterName();
  const { alarms, openAlarms, reserved, sending, silent } = overview;
  if (openAlarms + reserved.count + sending.count + silent.length === 0) {
    return (
      <section className="verdict" data-tone="good">
        <h3>
          <CheckIcon />
          {words.calm}
        </h3>
        <p>{words.calmHow}</p>
      </section>
    );
  }
  return (
    <div className="needs">
      {openAlarms === 0 ? null : (
        <section className="need" data-tone="bad">
          <h3>{openAlarms === 1 ? words.alarm : fill(words.alarms, { n: openAlarms })}</h3>
          <ul className="need-list">
            {alarms.slice(0, 4).map((alarm) => (
              <li key={alarm.alarmNo}>
                <span>{alarmWords(texts, alarm.what).title}</span>
                <span className="hint">
                  {alarm.register === null ? texts.alarms.chain : `${alarm.register.storeName}, ${registerName(alarm.register.registerId)}`}
                  {' · '}
                  {ago(alarm.lastMs)}
                </span>
              </li>
            ))}
          </ul>
          <a className="button" data-size="small" href={addressOf('alarms')}>
            {words.allAlarms}
          </a>
        </section>
      )}
      {reserved.count + sending.count === 0 ? null : (
        <section className="need" data-tone="care">
          {reserved.count === 0 ? null : (
            <>
              <h3>{reserved.count === 1 ? words.reserved : fill(words.reserveds, { n: reserved.count })}</h3>
              <p className="hint">{fill(words.oldest, { ago: ago(reserved.oldestMs) })}</p>
            </>
          )}
          {sending.count === 0 ? null : <h3>{sending.count === 1 ? words.sending : fill(words.sendings, { n: sending.count })}</h3>}
          <a className="button" data-size="small" href={addressOf('open')}>
            {words.see}
          </a>
        </section>
      )}
      {silent.length === 0 ? null : (
        <section className="need" data-tone="care">
          <h3>{silent.length === 1 ? words.silent : fill(words.silents, { n: silent.length })}</h3>
          <ul className="need-list">
            {silent.slice(0, 4).map((register) => (
              <li key={`${register.storeId} ${register.registerId}`}>
                <span>
                  <StoreLink store={register} />, {registerName(register.registerId)}
                </span>
                <span className="hint">{ago(register.lastSeenMs)}</span>
              </li>
            ))}
          </ul>
          <p className="hint">{words.silentHow}</p>
        </section>
      )}
    </div>
  );
}

function Stores({ overview }: { readonly overview: Overview | null }) {
  const { texts } = useOffice();
  const words = texts.overview;
  const [find, setFind] = useState('');
  const wanted = find.trim();
  const { shown, reload } = useAnswer('stores', wanted === '' ? {} : { find: wanted }, true);
  const heading = useId();
  return (
    <section className="part" aria-labelledby={heading}>
      <div className="part-head">
        <div>
          <h3 id={heading}>{words.stores}</h3>
          {overview === null ? null : (
            <p className="hint figures">{fill(words.size, { stores: overview.stores, registers: overview.registers })}</p>
          )}
        </div>
        {overview === null || overview.stores < 2 ? null : (
          <div className="part-find">
            <Field label={words.find} value={find} onChange={setFind} type="search" />
          </div>
        )}
      </div>
      <Answered shown={shown} reload={reload}>
        {(answer) => <StoreList answer={answer} find={wanted} />}
      </Answered>
    </section>
  );
}

function StoreList({ answer, find }: { readonly answer: PageAnswers['stores']; readonly find: string }) {
  const { link, texts } = useOffice();
  const words = texts.overview;
  const { rows, next, add } = useMore<StoreRow, string>(answer.stores, answer.next);
  if (rows.length === 0) {
    return find === '' ? (
      <Empty title={words.noStores} how={words.noStoresHow} />
    ) : (
      <Empty title={fill(words.noMatch, { text: find })} how={words.noMatchHow} />
    );
  }
  const more = async () => {
    if (next === null) return;
    const told = await link.ask('stores', find === '' ? { after: next } : { find, after: next });
    if (told.ok) add(told.answer.stores, told.answer.next);
  };
  return (
    <>
      <ul className="stores">
        {rows.map((store) => (
          <li key={store.storeId} className="card">
            <div className="card-head">
              <h4>
                <StoreLink store={store} />
              </h4>
              <p className="hint">
                <StoreFacts store={store} />
              </p>
            </div>
            {store.registers.length === 0 ? (
              <p className="hint">{texts.store.noRegisters}</p>
            ) : (
              <RegisterTable store={store} nowMs={answer.nowMs} />
            )}
          </li>
        ))}
      </ul>
      {next === null ? null : <MoreButton busy={false} onMore={() => void more()} />}
    </>
  );
}
