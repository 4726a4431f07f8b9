/** The settings in a browser that nobody gave the manager's key: asks for it, once for this tab. */
import '../shared/base.css';
import '../shared/controls.css';
import '../shared/unpaired.css';
import './settings.css';
import { useState } from 'react';
import { settingsTexts } from '../../app/text/settings.ts';
import { languageOr } from '../shared/first-texts.ts';
import { usePage } from '../shared/use-page.ts';
import { TextField } from './fields.tsx';

/** The key in what was typed: itself, or the whole address that it came with. */
const keyIn = (typed: string): string => (/#token=([^\s&]+)/.exec(typed)?.[1] ?? typed).trim();

/** @param onKey tries a key; `false` when it opens nothing. */
export function AskKey({ onKey }: { readonly onKey: (key: string) => Promise<boolean> }) {
  const language = languageOr(undefined);
  const texts = settingsTexts[language];
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState(false);
  usePage(language, 'light', `Tillit · ${texts.title}`);
  return (
    <main className="unpaired">
      <h1>{texts.title}</h1>
      <p>{texts.askKey.how}</p>
      <form
        className="sheet-fields"
        onSubmit={(event) => {
          event.preventDefault();
          if (keyIn(typed) !== '') void onKey(keyIn(typed)).then((opened) => setWrong(!opened));
        }}
      >
        <TextField
          label={texts.askKey.key}
          value={typed}
          type="password"
          onChange={(text) => {
            setTyped(text);
            setWrong(false);
          }}
          field="key"
          said={wrong ? { tone: 'bad', field: 'key', message: texts.askKey.wrong } : null}
        />
        <button type="submit" className="button" data-weight="primary">
          {texts.askKey.open}
        </button>
      </form>
    </main>
  );
}
