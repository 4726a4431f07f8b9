/** Head office does not answer: what was searched for is kept, and offered again. */
import { useId, useState } from 'react';
import { TILES } from './pane.ts';
import { useTill } from './use-till.ts';

const LONGEST_NOTE = 200;

export function KeepWish({ text }: { readonly text: string }) {
  const { till, texts, state } = useTill();
  const said = texts.returns.keep;
  const [note, setNote] = useState('');
  const [noteId, howId] = [useId(), useId()];
  const written = note.trim();
  const command = { type: 'keep-return-wish', text, ...(written === '' ? {} : { note: written }) } as const;
  const keep = async () => {
    const answer = await till.send(command);
    if (answer.ok === true) till.open(TILES);
  };
  return (
    <div className="return-keep">
      <label className="field-label" htmlFor={noteId}>
        {said.note}
      </label>
      <div className="drawer-note">
        <input
          id={noteId}
          className="text-field"
          type="text"
          autoComplete="off"
          maxLength={LONGEST_NOTE}
          aria-describedby={howId}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <button
          type="button"
          className="button"
          data-size="large"
          disabled={text === '' || state.underWay.has(JSON.stringify(command))}
          onClick={() => void keep()}
        >
          {said.title}
        </button>
      </div>
      <p id={howId} className="hint">
        {said.noteHow} {said.how}
      </p>
    </div>
  );
}
