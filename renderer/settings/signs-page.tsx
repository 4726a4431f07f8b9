/** The shop's printed codes: the sign at this register, and codes that open a page of the shop's. */
import { useId, useRef, useState } from 'react';
import { fill } from '../../app/text/screen.ts';
import type { SignsView } from '../../app/till/settings.ts';
import { TextField } from './fields.tsx';
import { type Paper, PrintedSign } from './printed-sign.tsx';
import { useSettings } from './use-section.ts';
import { useSigns } from './use-signs.ts';

type Signs = ReturnType<typeof useSigns>;

export function SignsPage() {
  const { texts } = useSettings();
  const asking = useSigns();
  const { signs, said, change, busy, ask, setSaid } = asking;
  const [paper, setPaper] = useState<Paper | null>(null);
  const print = async (redirect: string | null, words: Omit<Paper, 'png'>) => {
    const answer = await ask({ type: 'sign-picture', redirect }, texts.signs.loading);
    if (answer?.ok !== true || answer.type !== 'sign-picture') return;
    setSaid(null);
    setPaper({ ...words, png: answer.png });
  };
  return (
    <div className="sheet">
      <div className="sheet-fields">
        {signs === null ? <p className="hint">{texts.signs.loading}</p> : null}
        {signs === null || signs.trouble === null ? null : (
          <div className="band" role="alert">
            <span>{signs.trouble}</span>
            <button type="button" className="button" aria-disabled={busy} onClick={() => void change({ type: 'signs' })}>
              {texts.signs.again}
            </button>
          </div>
        )}
        {signs === null || signs.trouble !== null ? null : (
          <>
            <SignCard
              signs={signs}
              asking={asking}
              onPrint={() => void print(null, { heading: texts.signs.paper.sign, foot: signs.location })}
            />
            <RedirectCodes
              signs={signs}
              asking={asking}
              onPrint={(id) => void print(id, { heading: texts.signs.paper.redirect, foot: null })}
            />
          </>
        )}
      </div>
      <div className="sheet-foot">
        <p className="said" role="status" data-tone={said?.tone}>
          {said === null || said.field !== null ? '' : said.message}
        </p>
      </div>
      {paper === null ? null : <PrintedSign paper={paper} onPrinted={() => setPaper(null)} />}
    </div>
  );
}

interface CardProps {
  readonly signs: SignsView;
  readonly asking: Signs;
}

function SignCard({ signs, asking, onPrint }: CardProps & { readonly onPrint: () => void }) {
  const { texts } = useSettings();
  const words = texts.signs.sign;
  const { busy, change } = asking;
  const [sure, setSure] = useState(false);
  const id = useId();
  const { sign, location, signProblem } = signs;
  const title = useRef<HTMLHeadingElement>(null);
  // The button that was pressed is gone afterwards: whoever has no mouse must not begin at the top of the page.
  const changeSign = async (type: 'put-sign' | 'delete-sign') => {
    await change({ type });
    title.current?.focus();
  };
  const remove = async () => {
    setSure(!sure);
    if (sure) await changeSign('delete-sign');
  };
  const isRenamed = sign !== null && sign.location !== location;
  const says = sign === null ? words.none : fill(isRenamed ? words.renamed : words.there, { location: sign.location, name: location });
  return (
    <section className="device" aria-labelledby={id} data-tone={signProblem === null ? 'good' : 'care'}>
      <h3 id={id} ref={title} tabIndex={-1}>
        {words.title}
      </h3>
      <p className="hint">{fill(words.how, { brand: signs.brand })}</p>
      <p>{says}</p>
      {signProblem === null ? null : <p className="device-says">{signProblem}</p>}
      {sure ? <p role="alert">{texts.signs.removeSure}</p> : null}
      <div className="device-buttons">
        {sign !== null && !isRenamed ? null : (
          <button
            type="button"
            className="button"
            data-weight="primary"
            aria-disabled={busy}
            onClick={() => void (busy ? null : changeSign('put-sign'))}
          >
            {sign === null ? words.make : words.rename}
          </button>
        )}
        {sign === null ? null : (
          <>
            <button type="button" className="button" aria-disabled={busy} onClick={() => (busy ? undefined : onPrint())}>
              {words.print}
            </button>
            <button type="button" className="button" data-weight="quiet" aria-disabled={busy} onClick={() => void (busy ? null : remove())}>
              {words.remove}
            </button>
          </>
        )}
      </div>
    </section>
  );
}

/** What is being written: a new code, or another address for one that is there. */
interface Draft {
  readonly id: string;
  readonly redirectUrl: string;
  readonly isNew: boolean;
}

const NEW: Draft = { id: '', redirectUrl: 'https://', isNew: true };

function RedirectCodes({ signs, asking, onPrint }: CardProps & { readonly onPrint: (id: string) => void }) {
  const { texts } = useSettings();
  const words = texts.signs.redirects;
  const { busy, change, said } = asking;
  const [draft, setDraft] = useState(NEW);
  const [sure, setSure] = useState<string | null>(null);
  const id = useId();
  const save = async () => {
    if (await change({ type: 'save-redirect', ...draft }, fill(words.saved, { id: draft.id }))) setDraft(NEW);
  };
  const remove = async (code: string) => {
    setSure(sure === code ? null : code);
    if (sure === code) await change({ type: 'delete-redirect', id: code }, fill(words.removed, { id: code }));
  };
  return (
    <section className="device" aria-labelledby={id}>
      <h3 id={id}>{words.title}</h3>
      <p className="hint">{fill(words.how, { brand: signs.brand })}</p>
      {signs.redirects.length === 0 ? <p>{words.none}</p> : null}
      <ul className="sign-codes">
        {signs.redirects.map((code) => (
          <li key={code.id}>
            <span className="sign-code">
              <strong>{code.id}</strong>
              <span className="hint">{code.redirectUrl}</span>
            </span>
            <span className="device-buttons">
              <button type="button" className="button" aria-disabled={busy} onClick={() => (busy ? undefined : onPrint(code.id))}>
                {fill(words.print, { id: code.id })}
              </button>
              <button type="button" className="button" data-weight="quiet" onClick={() => setDraft({ ...code, isNew: false })}>
                {fill(words.edit, { id: code.id })}
              </button>
              <button
                type="button"
                className="button"
                data-weight="quiet"
                aria-disabled={busy}
                onClick={() => void (busy ? null : remove(code.id))}
              >
                {fill(words.remove, { id: code.id })}
              </button>
            </span>
            {sure === code.id ? <p role="alert">{texts.signs.removeSure}</p> : null}
          </li>
        ))}
      </ul>
      <form
        className="sign-draft"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void save();
        }}
      >
        <h4>{draft.isNew ? words.addTitle : fill(words.edit, { id: draft.id })}</h4>
        {draft.isNew ? (
          <TextField
            label={words.id}
            value={draft.id}
            field="id"
            said={said}
            hint={words.idHint}
            onChange={(name) => setDraft({ ...draft, id: name })}
          />
        ) : null}
        <TextField
          label={words.url}
          value={draft.redirectUrl}
          field="redirectUrl"
          said={said}
          onChange={(redirectUrl) => setDraft({ ...draft, redirectUrl })}
        />
        <div className="device-buttons">
          <button type="submit" className="button" aria-disabled={busy}>
            {draft.isNew ? words.add : words.change}
          </button>
          {draft.isNew ? null : (
            <button type="button" className="button" data-weight="quiet" onClick={() => setDraft(NEW)}>
              {words.cancel}
            </button>
          )}
        </div>
      </form>
    </section>
  );
}
