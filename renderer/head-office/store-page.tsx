/** One store: its registers, and for managers the codes that let registers in and the end of their keys. */
import { type SubmitEvent, useId, useState } from 'react';
import type { PageAnswers, RegisterRow } from '../../app/head-office/page-contract.ts';
import { fill } from '../../app/text/screen.ts';
import { Heading } from './heading.tsx';
import { Answered, Empty, Field, momentText, Problem, useRegisterName } from './parts.tsx';
import { Question } from './question.tsx';
import { RegisterTable, StoreFacts } from './register-table.tsx';
import { useAct, useAnswer, useOffice } from './use-office.ts';

export function StorePage({ storeId }: { readonly storeId: string }) {
  const { shown, reload } = useAnswer('store', { storeId }, true);
  return (
    <Answered shown={shown} reload={reload}>
      {(store) => <Store store={store} onChanged={reload} />}
    </Answered>
  );
}

interface StoreProps {
  readonly store: PageAnswers['store'];
  readonly onChanged: () => void;
}

interface ShownCode {
  readonly registerId: string;
  readonly code: string;
  readonly expiresMs: number;
  /** The register has a key, which ends when the code is used. */
  readonly endsKey: boolean;
}

function Store({ store, onChanged }: StoreProps) {
  const { texts, me } = useOffice();
  const words = texts.store;
  const registerName = useRegisterName();
  const { act, busy, problem } = useAct();
  const [code, setCode] = useState<ShownCode | null>(null);
  const [revoking, setRevoking] = useState<string | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const isManager = me.role === 'manager';

  const makeCode = async (registerId: string) => {
    setDone(null);
    const made = await act('make-code', { storeId: store.storeId, registerId });
    if (made === null) return;
    const endsKey = store.registers.some((register) => register.registerId === registerId && register.key === 'active');
    setCode({ registerId, ...made, endsKey });
    onChanged();
  };
  const revoke = async (registerId: string) => {
    const answer = await act('revoke', { storeId: store.storeId, registerId });
    if (answer === null) return;
    setRevoking(null);
    setDone(words.revoked);
    onChanged();
  };
  const acts = ({ registerId, key }: RegisterRow) => (
    <>
      <button
        type="button"
        className="button"
        data-size="small"
        aria-label={`${words.newCode}: ${registerName(registerId)}`}
        aria-disabled={busy}
        onClick={() => void (busy ? null : makeCode(registerId))}
      >
        {words.newCode}
      </button>
      {key !== 'active' && key !== 'waiting' ? null : (
        <button
          type="button"
          className="button"
          data-size="small"
          data-weight="bad"
          aria-label={`${words.revoke}: ${registerName(registerId)}`}
          onClick={() => setRevoking(registerId)}
        >
          {words.revoke}
        </button>
      )}
    </>
  );

  return (
    <>
      <Heading title={store.storeName} intro={<StoreFacts store={store} />} />
      <div className="stack">
        {problem === null ? null : <Problem text={problem} />}
        {done === null ? null : (
          <p className="said" role="status">
            {done}
          </p>
        )}
        {code === null ? null : <Code code={code} onDone={() => setCode(null)} />}
        {revoking === null ? null : (
          <Question
            title={fill(words.revokeAsk, { register: registerName(revoking) })}
            how={words.revokeHow}
            yes={words.revokeYes}
            no={words.keep}
            busy={busy}
            onYes={() => void revoke(revoking)}
            onNo={() => setRevoking(null)}
          />
        )}
        {store.registers.length === 0 ? (
          <Empty title={words.noRegisters} how={words.noRegistersHow} />
        ) : (
          <div className="card">
            <RegisterTable store={store} nowMs={store.nowMs} {...(isManager ? { acts } : {})} />
          </div>
        )}
        {isManager && store.closedMs === null ? <AddRegister busy={busy} onAdd={(registerId) => void makeCode(registerId)} /> : null}
      </div>
    </>
  );
}

function Code({ code, onDone }: { readonly code: ShownCode; readonly onDone: () => void }) {
  const { texts, language } = useOffice();
  const words = texts.store;
  const registerName = useRegisterName();
  return (
    <section className="card code" role="status">
      <h3>{fill(words.codeTitle, { register: registerName(code.registerId) })}</h3>
      <p className="code-text">{code.code}</p>
      <p className="hint">{fill(words.codeHow, { until: momentText(code.expiresMs, language) })}</p>
      {code.endsKey ? <p className="hint">{words.codeEndsKey}</p> : null}
      <button type="button" className="button" data-size="small" onClick={onDone}>
        {words.done}
      </button>
    </section>
  );
}

function AddRegister({ busy, onAdd }: { readonly busy: boolean; readonly onAdd: (registerId: string) => void }) {
  const words = useOffice().texts.store;
  const [registerId, setRegisterId] = useState('');
  const [wrong, setWrong] = useState(false);
  const heading = useId();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const isGood = /^[a-z0-9]{1,6}$/.test(registerId.trim());
    setWrong(!isGood);
    if (!isGood || busy) return;
    onAdd(registerId.trim());
    setRegisterId('');
  };
  return (
    <section className="part" aria-labelledby={heading}>
      <h3 id={heading}>{words.addRegister}</h3>
      <form className="form-row" onSubmit={submit}>
        <Field
          label={words.registerId}
          value={registerId}
          onChange={(text) => {
            setRegisterId(text);
            setWrong(false);
          }}
          hint={words.registerIdHow}
          wrong={wrong ? words.registerIdHow : null}
        />
        <button type="submit" className="button" aria-disabled={busy}>
          {words.makeCode}
        </button>
      </form>
    </section>
  );
}
