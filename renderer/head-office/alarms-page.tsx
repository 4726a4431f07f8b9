/** What somebody must look at: what it means, where it is, what to do, and for managers the word that closes it. */
import { type SubmitEvent, useState } from 'react';
import type { AlarmRow, PageAnswers } from '../../app/head-office/page-contract.ts';
import { fill } from '../../app/text/screen.ts';
import { CheckIcon } from '../shared/icons.tsx';
import { alarmWords } from './alarm-words.ts';
import { Heading } from './heading.tsx';
import { Answered, Choice, Empty, Field, Moment, MoreButton, momentText, Problem, StoreLink, useRegisterName } from './parts.tsx';
import { useAct, useAnswer, useMore, useOffice } from './use-office.ts';

export function AlarmsPage() {
  const { texts } = useOffice();
  const words = texts.alarms;
  const [which, setWhich] = useState<'waiting' | 'closed'>('waiting');
  const { shown, reload } = useAnswer('alarms', { closed: which === 'closed' }, true);
  return (
    <>
      <Heading title={texts.pages.alarms} intro={texts.intros.alarms}>
        <Choice
          label={texts.pages.alarms}
          value={which}
          options={[
            { value: 'waiting', label: words.waiting },
            { value: 'closed', label: words.closed },
          ]}
          onChange={setWhich}
        />
      </Heading>
      <Answered shown={shown} reload={reload}>
        {(answer) => <List key={which} answer={answer} closed={which === 'closed'} onClosed={reload} />}
      </Answered>
    </>
  );
}

interface ListProps {
  readonly answer: PageAnswers['alarms'];
  readonly closed: boolean;
  readonly onClosed: () => void;
}

function List({ answer, closed, onClosed }: ListProps) {
  const { link, texts } = useOffice();
  const words = texts.alarms;
  const { rows, next, add } = useMore<AlarmRow, number>(answer.alarms, answer.next);
  if (rows.length === 0) {
    return closed ? (
      <Empty title={words.noneClosed} how={words.noneHow} />
    ) : (
      <section className="verdict" data-tone="good">
        <h3>
          <CheckIcon />
          {words.none}
        </h3>
        <p>{words.noneHow}</p>
      </section>
    );
  }
  const more = async () => {
    if (next === null) return;
    const told = await link.ask('alarms', { closed, after: next });
    if (told.ok) add(told.answer.alarms, told.answer.next);
  };
  return (
    <div className="stack">
      <ul className="alarms">
        {rows.map((alarm) => (
          <Alarm key={alarm.alarmNo} alarm={alarm} onClosed={onClosed} />
        ))}
      </ul>
      {next === null ? null : <MoreButton busy={false} onMore={() => void more()} />}
    </div>
  );
}

function Alarm({ alarm, onClosed }: { readonly alarm: AlarmRow; readonly onClosed: () => void }) {
  const { texts, language, me } = useOffice();
  const words = texts.alarms;
  const registerName = useRegisterName();
  const { title, todo } = alarmWords(texts, alarm.what);
  const [closing, setClosing] = useState(false);
  return (
    <li className="card alarm" data-tone={alarm.closed === null ? 'bad' : undefined}>
      <h3>{title}</h3>
      <p className="hint">
        {alarm.register === null ? (
          words.chain
        ) : (
          <>
            <StoreLink store={alarm.register} />, {registerName(alarm.register.registerId)}
          </>
        )}
        {' · '}
        <Moment atMs={alarm.firstMs} />
        {alarm.times > 1 ? ` · ${fill(words.times, { n: alarm.times, when: momentText(alarm.lastMs, language) })}` : null}
      </p>
      <p>{todo}</p>
      <details>
        <summary>{words.details}</summary>
        <code>
          {alarm.what}: {alarm.details}
        </code>
      </details>
      {alarm.closed === null ? null : (
        <p>{fill(words.closedBy, { who: alarm.closed.by, when: momentText(alarm.closed.atMs, language), note: alarm.closed.note })}</p>
      )}
      {alarm.closed !== null || me.role !== 'manager' ? null : closing ? (
        <CloseForm alarmNo={alarm.alarmNo} onClosed={onClosed} onCancel={() => setClosing(false)} />
      ) : (
        <button
          type="button"
          className="button"
          data-size="small"
          aria-label={`${words.closeThis} ${title}`}
          onClick={() => setClosing(true)}
        >
          {words.closeThis}
        </button>
      )}
    </li>
  );
}

interface CloseFormProps {
  readonly alarmNo: number;
  readonly onClosed: () => void;
  readonly onCancel: () => void;
}

function CloseForm({ alarmNo, onClosed, onCancel }: CloseFormProps) {
  const words = useOffice().texts.alarms;
  const { act, busy, problem } = useAct();
  const [note, setNote] = useState('');
  const close = async () => {
    if ((await act('close-alarm', { alarmNo, note: note.trim() })) !== null) onClosed();
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!busy && note.trim() !== '') void close();
  };
  return (
    <form className="form-row" onSubmit={submit}>
      <Field label={words.note} value={note} onChange={setNote} required />
      <button type="submit" className="button" data-weight="primary" aria-disabled={busy}>
        {words.close}
      </button>
      <button type="button" className="button" data-weight="quiet" onClick={onCancel}>
        {words.cancel}
      </button>
      {problem === null ? null : <Problem text={problem} />}
    </form>
  );
}
