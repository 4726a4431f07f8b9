/** Which printer, how it is reached, and what it says: it can be tried before anything is saved. */
import { useRef } from 'react';
import type { SectionValues } from '../../app/till/settings.ts';
import { DeviceCard, PortFields, SelectField, WholeNumberField } from './device-parts.tsx';
import { CheckButton, ChoiceField, Sheet, TextField, Tick } from './fields.tsx';
import { useDevices } from './use-devices.ts';
import { useSection, useSettings } from './use-section.ts';

type Printer = SectionValues['printer'];
type Kind = Printer['kind'];

const SERIAL = { dataBits: 8, stopBits: 1, parity: 'none', flowControl: 'none' } as const;

/** How printers leave the factory, mostly. */
function fresh(kind: Kind, columns: 42 | 32): Printer {
  switch (kind) {
    case 'virtual':
      return { kind, columns };
    case 'serial':
      return { kind, path: '', baudRate: 9_600, ...SERIAL, model: null, columns };
    case 'network':
      return { kind, host: '', port: 9_100, shared: false, model: null, columns };
  }
}

export function PrinterForm() {
  const { texts } = useSettings();
  const words = texts.devices.printer;
  const { draft, setDraft, setSaid, save, check, said, busy } = useSection('printer');
  const drafts = useRef<Partial<Record<Kind, Printer>>>({});
  const devices = useDevices({ printer: draft });
  const set = (value: Printer) => {
    drafts.current[value.kind] = value;
    setDraft(value);
    setSaid(null);
  };
  return (
    <Sheet
      said={said}
      busy={busy}
      onSave={() => void save()}
      action={
        <CheckButton
          label={texts.checks.printer}
          busy={busy}
          onCheck={() => void check({ type: 'check', what: 'printer', printer: draft })}
        />
      }
    >
      <ChoiceField<Kind>
        label={words.kind}
        value={draft.kind}
        options={(['virtual', 'serial', 'network'] as const).map((kind) => ({ value: kind, label: words[kind] }))}
        onChange={(kind) => set(drafts.current[kind] ?? fresh(kind, draft.columns))}
      />
      <DeviceCard title={words.says} look={devices?.printer ?? null} />
      {draft.kind === 'virtual' ? <p className="hint">{words.virtualHow}</p> : null}
      {draft.kind === 'serial' ? (
        <>
          <PortFields
            draft={draft}
            devices={devices}
            said={said}
            forWhat="printer"
            onChange={(part) => set({ ...draft, ...part } as Printer)}
          />
          <p className="hint">{words.serialHow}</p>
        </>
      ) : null}
      {draft.kind === 'network' ? (
        <>
          <div className="field-pair">
            <TextField
              label={words.host}
              value={draft.host}
              hint={words.hostHow}
              field="host"
              said={said}
              onChange={(host) => set({ ...draft, host })}
            />
            <WholeNumberField
              label={words.tcpPort}
              value={draft.port}
              field="port"
              said={said}
              onChange={(port) => set({ ...draft, port })}
            />
          </div>
          <Tick label={words.shared} checked={draft.shared} onChange={(shared) => set({ ...draft, shared })} />
        </>
      ) : null}
      <PaperFields draft={draft} onChange={set} />
    </Sheet>
  );
}

function PaperFields({ draft, onChange }: { readonly draft: Printer; readonly onChange: (value: Printer) => void }) {
  const { texts, settings } = useSettings();
  const words = texts.devices.printer;
  const model = draft.kind === 'virtual' ? null : draft.model;
  return (
    <div className="field-pair">
      {draft.kind === 'virtual' ? null : (
        <SelectField
          label={words.model}
          value={model ?? ''}
          options={[{ value: '', label: words.anyModel }, ...settings.printerModels.map(({ id, name }) => ({ value: id, label: name }))]}
          onChange={(id) => {
            const chosen = settings.printerModels.find((one) => one.id === id);
            onChange({ ...draft, model: chosen?.id ?? null, columns: chosen?.columns ?? draft.columns });
          }}
        />
      )}
      {model === null ? (
        <ChoiceField
          label={texts.fields.columns}
          value={draft.columns}
          options={[
            { value: 42 as const, label: texts.fields.wide },
            { value: 32 as const, label: texts.fields.narrow },
          ]}
          onChange={(columns) => onChange({ ...draft, columns: columns === 32 ? 32 : 42 })}
        />
      ) : null}
    </div>
  );
}
