/** The settings: a page for each section, or, before the register was ever set up, one step after the other. */
import '../shared/base.css';
import '../shared/controls.css';
import '../shared/unpaired.css';
import './settings.css';
import './operators.css';
import './signs.css';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { fill } from '../../app/text/screen.ts';
import { settingsTexts } from '../../app/text/settings.ts';
import type { Theme } from '../../app/till/contract.ts';
import type { SectionName, SettingsView } from '../../app/till/settings.ts';
import { languageOr } from '../shared/first-texts.ts';
import { CheckIcon } from '../shared/icons.tsx';
import { usePage } from '../shared/use-page.ts';
import { ChainPage } from './chain-page.tsx';
import { CheckPage } from './check-page.tsx';
import { DisplayForm } from './display-form.tsx';
import { DrawerForm } from './drawer-form.tsx';
import { OperatorsForm } from './operators-form.tsx';
import { PrinterForm } from './printer-form.tsx';
import { ProviderForm } from './provider-form.tsx';
import { ReachableForm } from './reachable-form.tsx';
import { ReceiptForm } from './receipt-form.tsx';
import { ReturnsForm } from './returns-form.tsx';
import { ScannerForm } from './scanner-form.tsx';
import type { SettingsLink } from './settings-link.ts';
import { SettlementPage } from './settlement-page.tsx';
import { LanguagesForm, RegisterForm, ShopForm } from './shop-forms.tsx';
import { SignsPage } from './signs-page.tsx';
import { SupportPage } from './support-page.tsx';
import { SettingsContext, useAsking, useSettings } from './use-section.ts';

export type SettingsPage = SectionName | 'signs' | 'chain' | 'settlement' | 'check' | 'support';
export const PAGES: readonly SettingsPage[] = [
  'shop',
  'register',
  'operators',
  'languages',
  'provider',
  'printer',
  'drawer',
  'scanner',
  'display',
  'receipt',
  'returns',
  'signs',
  'reachable',
  'chain',
  'settlement',
  'check',
  'support',
];
/** The guided first start asks for what a first sale needs; the last step is the sale. */
const STEPS = ['shop', 'languages', 'provider', 'printer', 'drawer', 'scanner', 'display', 'done'] as const;
type Step = (typeof STEPS)[number];

/** The guided steps have no other way on than to save. */
const ignore = (): void => {};

interface SettingsAppProps {
  readonly link: SettingsLink;
  readonly theme?: Theme;
  /** Where to begin; for pictures. */
  readonly start?: { readonly page?: SettingsPage; readonly step?: Step };
}

export function SettingsApp({ link, theme = 'light', start = {} }: SettingsAppProps) {
  const [settings, setSettings] = useState<SettingsView | null>(null);
  const [lost, setLost] = useState(false);
  // Once begun, the first start is gone through to its end.
  const [guided, setGuided] = useState(false);
  useEffect(() => {
    link.ask({ type: 'read' }).then(
      (answer) => {
        if (answer.ok && answer.type === 'settings') {
          setGuided(answer.settings.firstStart);
          setSettings(answer.settings);
        } else setLost(true);
      },
      () => setLost(true),
    );
  }, [link]);
  const language = settings?.sections.languages.cashier ?? languageOr(undefined);
  const texts = settingsTexts[language];
  usePage(language, theme, `Tillit · ${guided ? texts.firstStart : texts.title}`);
  if (settings === null) {
    return (
      <main className="unpaired">
        <h1>{lost ? texts.lost : texts.loading}</h1>
      </main>
    );
  }
  const place = { settings, texts, link, language, onSettings: setSettings, onUnsaved: ignore };
  return guided ? (
    <SettingsContext value={{ ...place, onSaved: null, onBack: null }}>
      <FirstStart begin={start.step ?? 'shop'} onFinished={() => setGuided(false)} />
    </SettingsContext>
  ) : (
    <SettingsContext value={{ ...place, onSaved: null, onBack: null }}>
      <Pages begin={start.page ?? 'shop'} />
    </SettingsContext>
  );
}

function Pages({ begin }: { readonly begin: SettingsPage }) {
  const place = useSettings();
  const { texts, settings } = place;
  const [page, setPage] = useState(begin);
  const [unsaved, setUnsaved] = useState(false);
  /** Where somebody wants to go while something is not saved. */
  const [leavingFor, setLeavingFor] = useState<SettingsPage | null>(null);
  const goTo = (name: SettingsPage) => {
    setLeavingFor(null);
    if (unsaved && name !== page) setLeavingFor(name);
    else setPage(name);
  };
  useEffect(() => {
    if (!unsaved) return;
    const hold = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', hold);
    return () => window.removeEventListener('beforeunload', hold);
  }, [unsaved]);
  return (
    <div className="settings-page">
      <nav className="settings-nav" aria-label={texts.title}>
        <h1>{texts.title}</h1>
        <ul>
          {PAGES.map((name) => (
            <li key={name}>
              <button type="button" className="settings-link" aria-current={name === page ? 'page' : undefined} onClick={() => goTo(name)}>
                {texts.sections[name]}
              </button>
            </li>
          ))}
        </ul>
      </nav>
      <main className="settings-body">
        {settings.notTakenUp === null ? null : (
          <p className="band" role="alert">
            {fill(texts.notTakenUp, { why: settings.notTakenUp })}
          </p>
        )}
        {leavingFor === null || !unsaved ? null : (
          <div className="band" role="alert">
            <span>{texts.unsaved}</span>
            <span className="band-buttons">
              <button type="button" className="button" data-weight="primary" onClick={() => setLeavingFor(null)}>
                {texts.stay}
              </button>
              <button
                type="button"
                className="button"
                onClick={() => {
                  setLeavingFor(null);
                  setPage(leavingFor);
                }}
              >
                {texts.leave}
              </button>
            </span>
          </div>
        )}
        <SettingsContext value={{ ...place, onUnsaved: setUnsaved }}>
          <Section key={page} name={page} />
        </SettingsContext>
      </main>
    </div>
  );
}

function FirstStart({ begin, onFinished }: { readonly begin: Step; readonly onFinished: () => void }) {
  const place = useSettings();
  const { texts } = place;
  const { ask, said } = useAsking();
  const [step, setStep] = useState<Step>(begin);
  const at = STEPS.indexOf(step);
  const next = async () => {
    const following = STEPS[at + 1] ?? 'done';
    // The answers are taken up before the test sale, so that it is made with them.
    if (following === 'done' && (await ask({ type: 'finish-first-start' }, texts.saving))?.ok !== true) return;
    setStep(following);
  };
  return (
    <SettingsContext value={{ ...place, onSaved: () => void next(), onBack: at === 0 ? null : () => setStep(STEPS[at - 1] ?? 'shop') }}>
      <div className="settings-page">
        <nav className="settings-nav" aria-label={texts.firstStart}>
          <h1>{texts.firstStart}</h1>
          <p className="hint">{texts.firstStartIntro}</p>
          <ol>
            {STEPS.map((name, index) => (
              <li key={name} className="settings-step" aria-current={name === step ? 'step' : undefined} data-done={index < at}>
                <span className="settings-step-mark" aria-hidden="true">
                  {index < at ? <CheckIcon /> : index + 1}
                </span>
                {texts.sections[name]}
              </li>
            ))}
          </ol>
        </nav>
        <main className="settings-body">
          {step === 'done' ? (
            <TestSale onFinished={onFinished} />
          ) : (
            <Section key={step} name={step} step={fill(texts.step, { step: at + 1, steps: STEPS.length })} />
          )}
          {said?.tone === 'bad' ? (
            <p className="said" role="alert" data-tone="bad">
              {said.message}
            </p>
          ) : null}
        </main>
      </div>
    </SettingsContext>
  );
}

function TestSale({ onFinished }: { readonly onFinished: () => void }) {
  const { texts, settings } = useSettings();
  const words = texts.done;
  return (
    <>
      <Heading step={null} title={texts.sections.done} intro={texts.intros.done} />
      <div className="sheet">
        <div className="sheet-fields">
          <ol className="sale-steps">
            {words.steps.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ol>
          {settings.cashierAddress === null ? <p className="hint">{words.elsewhere}</p> : null}
          {settings.sections.provider.environment === 'production' ? <p className="band">{words.production}</p> : null}
        </div>
        <div className="sheet-foot">
          <span className="said" />
          <button
            type="button"
            className="button"
            data-weight={settings.cashierAddress === null ? 'primary' : undefined}
            onClick={onFinished}
          >
            {words.finish}
          </button>
          {settings.cashierAddress === null ? null : (
            <a className="button" data-weight="primary" href={settings.cashierAddress}>
              {words.open}
            </a>
          )}
        </div>
      </div>
    </>
  );
}

function Section({ name, step = null }: { readonly name: SettingsPage; readonly step?: string | null }) {
  const { texts } = useSettings();
  return (
    <>
      <Heading step={step} title={texts.sections[name]} intro={texts.intros[name]} />
      {formOf(name)}
    </>
  );
}

function Heading({ step, title, intro }: { readonly step: string | null; readonly title: string; readonly intro: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <header className="settings-heading">
      {step === null ? null : <p className="hint figures">{step}</p>}
      <h2 ref={heading} tabIndex={-1}>
        {title}
      </h2>
      <p className="hint">{intro}</p>
    </header>
  );
}

function formOf(name: SettingsPage): ReactNode {
  switch (name) {
    case 'shop':
      return <ShopForm />;
    case 'register':
      return <RegisterForm />;
    case 'operators':
      return <OperatorsForm />;
    case 'languages':
      return <LanguagesForm />;
    case 'provider':
      return <ProviderForm />;
    case 'printer':
      return <PrinterForm />;
    case 'drawer':
      return <DrawerForm />;
    case 'scanner':
      return <ScannerForm />;
    case 'display':
      return <DisplayForm />;
    case 'receipt':
      return <ReceiptForm />;
    case 'returns':
      return <ReturnsForm />;
    case 'signs':
      return <SignsPage />;
    case 'reachable':
      return <ReachableForm />;
    case 'chain':
      return <ChainPage />;
    case 'check':
      return <CheckPage />;
    case 'settlement':
      return <SettlementPage />;
    case 'support':
      return <SupportPage />;
  }
}
