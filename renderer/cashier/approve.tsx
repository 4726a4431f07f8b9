/** A manager's word for what a cashier may not do alone: who, and a code that nobody can read off the screen. */
import { useState } from 'react';
import { fill } from '../../app/text/screen.ts';
import { TextPad } from '../shared/number-field.tsx';
import { EntryButtons } from './entry-buttons.tsx';
import { useTill } from './use-till.ts';

const SHORTEST = 4;
const LONGEST = 8;

export interface Approval {
  readonly managerId: string;
  readonly pin: string;
}

interface ApproveProps {
  /** Why it is asked for. */
  readonly why: string;
  readonly yes: string;
  readonly busy: boolean;
  /** Gives whether it was taken: a code that was not is typed anew. */
  readonly onApprove: (approval: Approval) => Promise<boolean>;
  readonly onBack: () => void;
}

export function Approve({ why, yes, busy, onApprove, onBack }: ApproveProps) {
  const { view, texts } = useTill();
  const said = texts.returns.approve;
  const managers = view.operators.filter(({ isManager }) => isManager === true);
  const [only] = managers.length === 1 ? managers : [];
  const [managerId, setManagerId] = useState<string | null>(only?.operatorId ?? null);
  const [pin, setPin] = useState('');
  const type = (text: string) => setPin(text.replace(/\D/g, '').slice(0, LONGEST));
  const approve = async () => {
    if (managerId === null) return;
    if (!(await onApprove({ managerId, pin }))) setPin('');
  };
  return (
    <div className="approve">
      <p className="approve-why">{why}</p>
      {managers.length === 0 ? <p role="status">{said.nobody}</p> : null}
      <div className="approve-columns">
        <div className="approve-who">
          <span className="field-label" id="approve-who">
            {said.who}
          </span>
          {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend in the layout */}
          <div className="approve-managers" role="group" aria-labelledby="approve-who">
            {managers.map(({ operatorId, name }) => (
              <button
                key={operatorId}
                type="button"
                className="menu-item"
                aria-pressed={operatorId === managerId}
                onClick={() => setManagerId(operatorId)}
              >
                <span className="menu-label">{name}</span>
              </button>
            ))}
          </div>
        </div>
        <div className="approve-code">
          <label className="field">
            <span className="field-label">{said.pin}</span>
            <input
              className="text-field number-field"
              type="password"
              inputMode="none"
              autoComplete="off"
              data-typing="pane"
              maxLength={LONGEST}
              disabled={managers.length === 0}
              // biome-ignore lint/a11y/noAutofocus: the pane was opened for the code
              autoFocus
              value={pin}
              onChange={(event) => type(event.currentTarget.value)}
            />
          </label>
          <TextPad text={pin} longest={LONGEST} onChange={type} texts={texts.pad} />
          <p className="sr-only" role="status">
            {fill(said.pinHow, { count: pin.length })}
          </p>
        </div>
      </div>
      <EntryButtons
        back={{ label: said.no, onPress: onBack }}
        on={{ label: yes, disabled: busy || managerId === null || pin.length < SHORTEST, onPress: () => void approve() }}
      />
    </div>
  );
}
