/** The sales unit's keys, or practice. Keys go one way: a kept one is never shown again. */
import { useState } from 'react';
import type { SectionValues } from '../../app/till/settings.ts';
import { CheckButton, ChoiceField, Sheet, TextField } from './fields.tsx';
import { useSection, useSettings } from './use-section.ts';

type Provider = SectionValues['provider'];
type Environment = Provider['environment'];

/** Vipps' own two hosts (developer.vippsmobilepay.com, "API endpoints"). */
const ADDRESSES = { test: 'https://apitest.vipps.no', production: 'https://api.vipps.no' } as const;

/** The provider gives new sales units ePayment and nothing else. */
const NEW_UNIT = { merchantSerialNumber: '', clientId: '', api: 'epayment', keys: 'merchant' } as const;

const WAYS = ['practice', 'test', 'production', 'head-office'] as const;

type Money = Extract<Provider, { environment: 'head-office' }>['money'];
/** A sandbox behind head office is for whoever has written it into the file. */
const moneys = (now: Money): readonly Money[] => (now === 'sandbox' ? ['sandbox', 'test', 'production'] : ['test', 'production']);

function ApiChoice({ api, onChange }: { readonly api: 'ecom' | 'epayment'; readonly onChange: (api: 'ecom' | 'epayment') => void }) {
  const { texts } = useSettings();
  return (
    <>
      <ChoiceField
        label={texts.fields.api}
        value={api}
        options={(['epayment', 'ecom'] as const).map((value) => ({ value, label: texts.fields[value] }))}
        onChange={onChange}
      />
      <p className="hint">{texts.apiHow[api]}</p>
    </>
  );
}

export function ProviderForm() {
  const { texts, settings } = useSettings();
  const { draft, setDraft, save, check, ask, said, setSaid, busy } = useSection('provider');
  const [secrets, setSecrets] = useState({ clientSecret: '', subscriptionKey: '' });
  const { keyStore } = settings;
  /** The sales unit whose keys are here. */
  const own = draft.environment === 'test' || draft.environment === 'production' ? draft : null;
  const elsewhere = !settings.bringsSandbox || (draft.environment === 'practice' && draft.address !== null);

  const ways = WAYS.filter((way) => way !== 'head-office' || settings.inChain || draft.environment === 'head-office');

  const choose = (environment: Environment) => {
    setSaid(null);
    if (environment === 'practice') return setDraft({ environment, address: null });
    if (environment === 'head-office')
      return setDraft({ environment, money: own?.environment ?? 'production', api: own?.api ?? 'epayment' });
    const unit = own ?? NEW_UNIT;
    const keys = environment === 'test' ? 'merchant' : unit.keys;
    setDraft({ ...unit, keys, environment, baseUrl: ADDRESSES[environment] });
  };
  const change = (part: object) => {
    if (draft.environment !== 'practice') setDraft({ ...draft, ...part } as Provider);
    setSaid(null);
  };
  const entered = () =>
    (['clientSecret', 'subscriptionKey'] as const).flatMap((name) => (secrets[name] === '' ? [] : [[name, secrets[name]] as const]));

  async function saveAll(): Promise<void> {
    if (own !== null) {
      for (const [name, value] of entered()) {
        const answer = await ask({ type: 'set-secret', name, value }, texts.saving);
        if (answer?.ok !== true) return;
      }
    }
    if (await save()) setSecrets({ clientSecret: '', subscriptionKey: '' });
  }

  const secretField = (name: 'clientSecret' | 'subscriptionKey') => (
    <TextField
      label={texts.fields[name]}
      value={secrets[name]}
      type="password"
      onChange={(value) => {
        setSecrets((old) => ({ ...old, [name]: value }));
        setSaid(null);
      }}
      field={name}
      said={said}
      {...(settings.secrets[name] ? { hint: texts.fields.kept } : {})}
    />
  );

  return (
    <Sheet said={said} busy={busy} onSave={() => void saveAll()}>
      <ChoiceField
        label={texts.fields.environment}
        value={draft.environment}
        options={ways.map((value) => ({ value, label: texts.fields[value] }))}
        onChange={choose}
      />
      <p className="hint">
        {own !== null
          ? texts.productionHow
          : draft.environment === 'head-office'
            ? texts.headOfficeHow
            : elsewhere
              ? texts.practiceElsewhere
              : texts.practiceHow}
      </p>
      {draft.environment === 'practice' && elsewhere ? (
        <TextField
          label={texts.fields.practiceAddress}
          value={draft.address ?? ''}
          onChange={(address) => {
            setDraft({ ...draft, address: address === '' ? null : address });
            setSaid(null);
          }}
          field="address"
          said={said}
        />
      ) : null}
      {draft.environment === 'head-office' ? (
        <>
          <ChoiceField
            label={texts.fields.money}
            value={draft.money}
            options={moneys(draft.money).map((value) => ({ value, label: texts.fields[value] }))}
            onChange={(money) => change({ money })}
          />
          <ApiChoice api={draft.api} onChange={(api) => change({ api })} />
        </>
      ) : null}
      {own === null ? null : (
        <>
          {keyStore.trouble === null ? null : (
            <div className="band" role="alert">
              <p>{keyStore.trouble === 'weak' ? texts.weak : texts.service.keyStore[keyStore.trouble]}</p>
              {keyStore.trouble === 'weak' ? (
                <button
                  type="button"
                  className="button"
                  data-weight="care"
                  onClick={() => void ask({ type: 'allow-weak-store', allowed: true }, texts.saving).then(() => setSaid(null))}
                >
                  {texts.allowWeak}
                </button>
              ) : null}
            </div>
          )}
          <div className="field-pair">
            <TextField
              label={texts.fields.merchantSerialNumber}
              value={own.merchantSerialNumber}
              onChange={(merchantSerialNumber) => change({ merchantSerialNumber })}
              field="merchantSerialNumber"
              said={said}
              figures
            />
            <TextField
              label={texts.fields.baseUrl}
              value={own.baseUrl}
              onChange={(baseUrl) => change({ baseUrl })}
              field="baseUrl"
              said={said}
            />
          </div>
          <ApiChoice api={own.api} onChange={(api) => change({ api })} />
          {own.environment === 'test' ? null : (
            <>
              <ChoiceField
                label={texts.fields.keys}
                value={own.keys}
                options={(['merchant', 'partner'] as const).map((value) => ({ value, label: texts.fields[value] }))}
                onChange={(keys) => change({ keys })}
              />
              {own.keys === 'partner' ? <p className="hint">{texts.partnerHow}</p> : null}
            </>
          )}
          <TextField
            label={texts.fields.clientId}
            value={own.clientId}
            onChange={(clientId) => change({ clientId })}
            field="clientId"
            said={said}
          />
          <div className="field-pair">
            {secretField('clientSecret')}
            {secretField('subscriptionKey')}
          </div>
          <div>
            <CheckButton
              label={texts.checks.provider}
              busy={busy}
              onCheck={() => {
                const { baseUrl, merchantSerialNumber, clientId } = own;
                const typed = Object.fromEntries(entered());
                void check({ type: 'check', what: 'provider', baseUrl, merchantSerialNumber, clientId, ...typed });
              }}
            />
          </div>
        </>
      )}
    </Sheet>
  );
}
