/** Who sells here: names, roles, and the code that a manager approves with. A code is typed twice and never shown again. */
import { useState } from 'react';
import { fill } from '../../app/text/screen.ts';
import type { SectionValues } from '../../app/till/settings.ts';
import { CloseIcon, PlusIcon } from '../shared/icons.tsx';
import { ChoiceField, Sheet, TextField } from './fields.tsx';
import { useSection, useSettings } from './use-section.ts';

type Operator = SectionValues['operators']['operators'][number];

/** What a row has beside the person: both of it is gone once it was saved. */
interface Typed {
  readonly again: string;
  readonly isNew: boolean;
}

const KEPT: Typed = { again: '', isNew: false };

export function OperatorsForm() {
  const { texts } = useSettings();
  const { draft, change, save, said, setSaid, busy } = useSection('operators');
  const { operators } = draft;
  const [typed, setTyped] = useState<readonly Typed[]>(operators.map(() => KEPT));
  const set = (index: number, part: Partial<Operator>, also: Partial<Typed> = {}) => {
    change({ operators: operators.map((one, at) => (at === index ? { ...one, ...part } : one)) });
    setTyped(typed.map((one, at) => (at === index ? { ...one, ...also } : one)));
  };
  const remove = (index: number) => {
    change({ operators: operators.filter((_, at) => at !== index) });
    setTyped(typed.filter((_, at) => at !== index));
  };
  const add = () => {
    change({ operators: [...operators, { id: freeNumber(operators), name: '', role: 'cashier', pin: null }] });
    setTyped([...typed, { again: '', isNew: true }]);
  };
  const saveAll = async () => {
    const differs = operators.findIndex(({ role, pin }, at) => role === 'manager' && (pin ?? '') !== typed[at]?.again);
    if (differs >= 0) {
      setSaid({ tone: 'bad', field: `operators.${differs}.again`, message: texts.mistakes['pins-differ'] });
      return;
    }
    if (await save()) setTyped(operators.map(() => KEPT));
  };
  return (
    <Sheet said={said} busy={busy} onSave={() => void saveAll()}>
      <ul className="people">
        {operators.map((operator, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place; its number is being typed
          <li key={index} className="device">
            <div className="person">
              {typed[index]?.isNew === true ? (
                <TextField
                  label={texts.fields.operatorId}
                  value={operator.id}
                  onChange={(id) => set(index, { id })}
                  field={`operators.${index}.id`}
                  said={said}
                />
              ) : (
                <div className="field">
                  <span className="field-label">{texts.fields.operatorId}</span>
                  <span className="person-id">{operator.id}</span>
                </div>
              )}
              <TextField
                label={texts.fields.operatorName}
                value={operator.name}
                onChange={(name) => set(index, { name })}
                field={`operators.${index}.name`}
                said={said}
              />
              <button
                type="button"
                className="icon-button"
                data-framed
                aria-label={fill(texts.fields.removeOperator, { name: operator.name })}
                disabled={operators.length === 1}
                onClick={() => remove(index)}
              >
                <CloseIcon />
              </button>
            </div>
            <ChoiceField
              label={texts.fields.role}
              value={operator.role}
              options={[
                { value: 'cashier', label: texts.fields.cashier },
                { value: 'manager', label: texts.fields.manager },
              ]}
              onChange={(role) => set(index, { role, pin: null }, { again: '' })}
            />
            {operator.role === 'manager' ? (
              <Code
                operator={operator}
                index={index}
                again={typed[index]?.again ?? ''}
                said={said}
                onPin={(pin) => set(index, { pin })}
                onAgain={(again) => set(index, {}, { again })}
              />
            ) : null}
          </li>
        ))}
      </ul>
      <button type="button" className="button" data-size="small" onClick={add}>
        <PlusIcon />
        {texts.fields.addOperator}
      </button>
    </Sheet>
  );
}

interface CodeProps {
  readonly operator: Operator;
  readonly index: number;
  readonly again: string;
  readonly said: ReturnType<typeof useSection>['said'];
  readonly onPin: (pin: string | null) => void;
  readonly onAgain: (again: string) => void;
}

function Code({ operator, index, again, said, onPin, onAgain }: CodeProps) {
  const { texts, settings } = useSettings();
  const hasCode = settings.withCode.includes(operator.id);
  const digits = (text: string) => text.replace(/\D/g, '').slice(0, LONGEST);
  return (
    <div className="person-code">
      <TextField
        label={texts.fields.pin}
        value={operator.pin ?? ''}
        onChange={(text) => onPin(digits(text) === '' ? null : digits(text))}
        field={`operators.${index}.pin`}
        said={said}
        type="password"
        figures
        hint={hasCode ? texts.fields.pinKept : texts.fields.pinHow}
      />
      <TextField
        label={texts.fields.pinAgain}
        value={again}
        onChange={(text) => onAgain(digits(text))}
        field={`operators.${index}.again`}
        said={said}
        type="password"
        figures
      />
    </div>
  );
}

const LONGEST = 8;

/** The lowest number that nobody has. */
function freeNumber(operators: readonly Operator[]): string {
  const taken = new Set(operators.map(({ id }) => id));
  let number = 1;
  while (taken.has(String(number))) number += 1;
  return String(number);
}
