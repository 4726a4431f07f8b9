/** Shop, register, languages: what they are called, and what they speak. */
import { fill } from '../../app/text/screen.ts';
import type { Language } from '../../app/till/contract.ts';
import { CheckButton, ChoiceField, Sheet, TextField, Tick } from './fields.tsx';
import { useSection, useSettings } from './use-section.ts';

const MARKETS = ['NO', 'DK', 'FI'] as const;

export function ShopForm() {
  const { texts, settings } = useSettings();
  const { draft, change, save, check, said, busy } = useSection('shop');
  const { market = 'NO' } = draft;
  const [first = '', second = ''] = draft.address;
  const lines = (a: string, b: string) => (b === '' ? [a] : [a, b, ...draft.address.slice(2)]);
  return (
    <Sheet said={said} busy={busy} onSave={() => void save()}>
      <TextField label={texts.fields.name} value={draft.name} onChange={(name) => change({ name })} field="name" said={said} />
      <TextField
        label={texts.fields.address}
        value={first}
        onChange={(text) => change({ address: lines(text, second) })}
        field="address.0"
        said={said}
      />
      <TextField
        label={texts.fields.addressHow}
        value={second}
        onChange={(text) => change({ address: lines(first, text) })}
        field="address.1"
        said={said}
      />
      {settings.firstStart ? (
        <ChoiceField
          label={texts.fields.market}
          value={market}
          options={MARKETS.map((value) => ({ value, label: texts.markets[value] }))}
          onChange={(to) => change({ market: to })}
        />
      ) : null}
      <p className="hint" data-tone={said?.field === 'market' ? 'bad' : undefined}>
        {fill(settings.firstStart ? texts.marketHow : texts.marketFixed, { country: texts.markets[market] })}
      </p>
      <TextField
        label={texts.fields.orgNumber}
        value={draft.orgNumber}
        onChange={(orgNumber) => change({ orgNumber })}
        field="orgNumber"
        said={said}
        figures
        action={
          <CheckButton
            label={texts.checks.orgNumber}
            busy={busy}
            onCheck={() => void check({ type: 'check', what: 'org-number', orgNumber: draft.orgNumber, market })}
          />
        }
      />
      <Tick label={texts.fields.vatRegistered} checked={draft.vatRegistered} onChange={(vatRegistered) => change({ vatRegistered })} />
      {market === 'NO' ? (
        <Tick
          label={texts.fields.foretaksregisteret}
          checked={draft.foretaksregisteret}
          onChange={(foretaksregisteret) => change({ foretaksregisteret })}
        />
      ) : null}
    </Sheet>
  );
}

export function RegisterForm() {
  const { texts, settings } = useSettings();
  const { draft, change, save, said, busy } = useSection('register');
  return (
    <Sheet said={said} busy={busy} onSave={() => void save()}>
      <TextField
        label={texts.fields.registerName}
        value={draft.name}
        onChange={(name) => change({ name })}
        field="name"
        said={said}
        hint={fill(texts.fixedIds, { store: settings.storeId, register: settings.registerId })}
      />
    </Sheet>
  );
}

export function LanguagesForm() {
  const { texts } = useSettings();
  const { draft, change, save, said, busy } = useSection('languages');
  const options: readonly { value: Language; label: string }[] = [
    { value: 'nb', label: texts.nb },
    { value: 'en', label: texts.en },
  ];
  return (
    <Sheet said={said} busy={busy} onSave={() => void save()}>
      <ChoiceField
        label={texts.fields.cashierLanguage}
        value={draft.cashier}
        options={options}
        onChange={(cashier) => change({ cashier })}
      />
      <ChoiceField
        label={texts.fields.customerLanguage}
        value={draft.customer}
        options={options}
        onChange={(customer) => change({ customer })}
      />
    </Sheet>
  );
}
