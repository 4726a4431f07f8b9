/** Name and password. */
import { type SubmitEvent, useState } from 'react';
import type { Me } from '../../app/head-office/page-contract.ts';
import type { HeadOfficePageTexts } from '../../app/text/head-office-page.ts';
import type { OfficeLink } from './office-link.ts';
import { Field, Problem } from './parts.tsx';
import { problemText } from './use-office.ts';

interface SignInProps {
  readonly link: OfficeLink;
  readonly texts: HeadOfficePageTexts;
  /** Why somebody stands here again. */
  readonly why: string | null;
  readonly onSignedIn: (me: Me) => void;
}

export function SignIn({ link, texts, why, onSignedIn }: SignInProps) {
  const words = texts.signIn;
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState(why);
  const [busy, setBusy] = useState(false);
  const enter = async () => {
    setBusy(true);
    setProblem(null);
    const told = await link.ask('sign-in', { name, password });
    setBusy(false);
    if (told.ok) return onSignedIn(told.answer);
    setPassword('');
    setProblem(problemText(texts, told));
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!busy && name !== '' && password !== '') void enter();
  };
  return (
    <main className="sign-in">
      <form className="sign-in-card" onSubmit={submit}>
        <h1>{words.title}</h1>
        <p className="hint">{words.how}</p>
        {problem === null ? null : <Problem text={problem} />}
        <Field label={words.name} value={name} onChange={setName} autoComplete="username" required />
        <Field label={words.password} value={password} onChange={setPassword} type="password" autoComplete="current-password" required />
        <button type="submit" className="button" data-weight="primary" aria-disabled={busy}>
          {busy ? words.entering : words.enter}
        </button>
      </form>
    </main>
  );
}
