import type { Command, Language, Theme } from '../../app/till/contract.ts';
import { CheckIcon, PersonIcon } from '../shared/icons.tsx';
import { Light } from './header.tsx';
import { TILES } from './pane.ts';
import { useTill } from './use-till.ts';

export function Operators() {
  const { till, view, texts } = useTill();
  return (
    <ul className="cards">
      {view.operators.map((operator) => {
        const on = operator.operatorId === view.operator.operatorId;
        return (
          <li key={operator.operatorId}>
            <button
              type="button"
              className="menu-item"
              aria-pressed={on}
              onClick={() => {
                if (on) till.open(TILES);
                else void till.send({ type: 'sign-in', operatorId: operator.operatorId });
              }}
            >
              <PersonIcon />
              <span className="menu-label">{operator.name}</span>
              {on ? (
                <span className="menu-note">
                  {texts.menu.signedIn} <CheckIcon />
                </span>
              ) : null}
            </button>
          </li>
        );
      })}
    </ul>
  );
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly command: (value: T) => Command;
}

function Choice<T extends string>({ label, value, options, command }: ChoiceProps<T>) {
  const { till } = useTill();
  return (
    <div className="setting">
      <span className="setting-label">{label}</span>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend in the layout */}
      <div className="choice" role="group" aria-label={label}>
        {options.map((option) => (
          <button
            key={option.value}
            type="button"
            className="choice-option"
            aria-pressed={option.value === value}
            onClick={() => void till.send(command(option.value))}
          >
            {option.label}
          </button>
        ))}
      </div>
    </div>
  );
}

export function Screens() {
  const { view, texts } = useTill();
  const languages: readonly { value: Language; label: string }[] = [
    { value: 'nb', label: texts.menu.nb },
    { value: 'en', label: texts.menu.en },
  ];
  const themes: readonly { value: Theme; label: string }[] = [
    { value: 'light', label: texts.menu.light },
    { value: 'dark', label: texts.menu.dark },
  ];
  const screens = [
    { screen: 'cashier', title: texts.menu.cashierScreen, language: view.language, theme: view.theme },
    { screen: 'customer', title: texts.menu.customerScreen, language: view.customerLanguage, theme: view.customerTheme },
  ] as const;
  return (
    <div className="menu">
      {screens.map(({ screen, title, language, theme }) => (
        <section key={screen} className="settings" aria-label={title}>
          <h3>{title}</h3>
          <Choice
            label={texts.menu.language}
            value={language}
            options={languages}
            command={(value) => ({ type: 'set-language', screen, language: value })}
          />
          <Choice
            label={texts.menu.theme}
            value={theme}
            options={themes}
            command={(value) => ({ type: 'set-theme', screen, theme: value })}
          />
        </section>
      ))}
    </div>
  );
}

export function Devices() {
  const { view, texts } = useTill();
  return (
    <div className="menu">
      <ul className="cards">
        {view.lights.map((light) => (
          <li key={light.device} className="card-row device-row" data-state={light.state}>
            <Light state={light.state} />
            <span className="card-words">{light.text}</span>
            <span className="hint">{texts.header.states[light.state]}</span>
          </li>
        ))}
      </ul>
      {view.practice === null ? null : (
        <section className="settings" aria-label={texts.header.practice}>
          <h3>{view.practice.text}</h3>
          <div className="link-buttons">
            {view.practice.phoneUrl === null ? null : (
              <a className="button" href={view.practice.phoneUrl} target="_blank" rel="noreferrer">
                {texts.header.openPhone}
              </a>
            )}
            {view.practice.printerUrl === null ? null : (
              <a className="button" href={view.practice.printerUrl} target="_blank" rel="noreferrer">
                {texts.header.openPrinter}
              </a>
            )}
          </div>
        </section>
      )}
    </div>
  );
}

export function Queue() {
  const { till, view, texts } = useTill();
  if (view.printQueue.length === 0) return <p className="hint">{texts.queue.none}</p>;
  return (
    <ul className="cards">
      {view.printQueue.map((job) => (
        <li key={job.jobId} className="card-row">
          <span className="card-words">
            <strong>{job.title}</strong>
            <small>{job.text}</small>
          </span>
          {job.state === 'unknown' ? (
            <span className="link-buttons">
              <button
                type="button"
                className="button"
                data-size="small"
                onClick={() => void till.send({ type: 'answer-print', jobId: job.jobId, paperCame: false })}
              >
                {texts.queue.didNotCome}
              </button>
              <button
                type="button"
                className="button"
                data-size="small"
                onClick={() => void till.send({ type: 'answer-print', jobId: job.jobId, paperCame: true })}
              >
                {texts.queue.cameOut}
              </button>
            </span>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
