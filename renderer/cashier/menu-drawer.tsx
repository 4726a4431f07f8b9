/** Opening the drawer without a sale: never without a reason, and a reason is all it takes. */
import { useId, useState } from 'react';
import type { Command } from '../../app/till/contract.ts';
import { DrawerIcon } from '../shared/icons.tsx';
import { TILES } from './pane.ts';
import { useTill } from './use-till.ts';

export function OpenDrawer() {
  const { till, view, texts, state } = useTill();
  const [note, setNote] = useState('');
  const noteId = useId();
  const busy = [...state.underWay].some((key) => key.includes('"open-drawer"'));
  const disabled = busy || view.drawer === null || view.drawer.state === 'open';
  const open = async (command: Extract<Command, { type: 'open-drawer' }>) => {
    const answer = await till.send(command);
    if (answer.ok === true) till.open(TILES);
  };
  const reasons = [
    ['change-money', texts.drawer.changeMoney],
    ['check', texts.drawer.check],
  ] as const;
  return (
    <div className="menu">
      <section aria-label={texts.drawer.why}>
        <h3>{texts.drawer.why}</h3>
        <ul>
          {reasons.map(([reason, label]) => (
            <li key={reason}>
              <button type="button" className="menu-item" disabled={disabled} onClick={() => void open({ type: 'open-drawer', reason })}>
                <DrawerIcon />
                <span className="menu-label">{label}</span>
              </button>
            </li>
          ))}
        </ul>
      </section>
      <form
        className="drawer-other"
        onSubmit={(event) => {
          event.preventDefault();
          if (!disabled && note.trim() !== '') void open({ type: 'open-drawer', reason: 'other', note: note.trim() });
        }}
      >
        <label className="field-label" htmlFor={noteId}>
          {texts.drawer.other}
        </label>
        <div className="drawer-note">
          <input
            id={noteId}
            className="text-field"
            type="text"
            autoComplete="off"
            maxLength={80}
            data-typing="pane"
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <button type="submit" className="button" data-size="large" disabled={disabled || note.trim() === ''}>
            {texts.drawer.open}
          </button>
        </div>
        <p className="hint">{view.drawer?.state === 'open' ? view.drawer.text : texts.drawer.recorded}</p>
      </form>
    </div>
  );
}
