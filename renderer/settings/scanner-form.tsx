/** Which scanner, and what it says: every byte, and what the register takes it for. */
import { useId, useRef, useState } from 'react';
import type { SectionValues } from '../../app/till/settings.ts';
import type { HeardCode } from '../../app/till/settings-devices.ts';
import { useWedge } from '../shared/use-wedge.ts';
import { DeviceCard, PortFields } from './device-parts.tsx';
import { CheckButton, ChoiceField, Sheet, TextField } from './fields.tsx';
import { useDevices } from './use-devices.ts';
import { useSection, useSettings } from './use-section.ts';

type Scanner = SectionValues['scanner'];
type Serial = Extract<Scanner, { kind: 'serial' }>;

const FRESH: Serial = {
  kind: 'serial',
  path: '',
  baudRate: 9_600,
  dataBits: 8,
  stopBits: 1,
  parity: 'none',
  flowControl: 'none',
  suffix: 'cr',
  prefix: '',
};
/** The fields stay where they are, however much is scanned. */
const SHOWN = 3;

/** Codes of a scanner that types: only the page hears them. */
function useTypedCodes(): readonly HeardCode[] {
  const { link } = useSettings();
  const [typed, setTyped] = useState<readonly HeardCode[]>([]);
  const count = useRef(0);
  useWedge((code) => {
    link.ask({ type: 'check', what: 'code', code }).then(
      (answer) => {
        if (!answer.ok || answer.type !== 'heard') return;
        count.current += 1;
        const heard = { id: -count.current, ...answer.heard };
        setTyped((old) => [heard, ...old].slice(0, SHOWN));
      },
      () => {},
    );
  });
  return typed;
}

export function ScannerForm() {
  const { texts } = useSettings();
  const words = texts.devices.scanner;
  const { draft, setDraft, setSaid, save, check, said, busy } = useSection('scanner');
  const serial = useRef<Serial>(FRESH);
  const devices = useDevices({ scanner: draft });
  const typed = useTypedCodes();
  const isRegisters =
    draft.kind === 'serial' && devices?.ports.some(({ path, usedBy }) => path === draft.path && usedBy === 'scanner') === true;
  const set = (value: Scanner) => {
    if (value.kind === 'serial') serial.current = value;
    setDraft(value);
    setSaid(null);
  };
  return (
    <Sheet
      said={said}
      busy={busy}
      onSave={() => void save()}
      action={
        draft.kind === 'serial' ? (
          <CheckButton label={words.listen} busy={busy} onCheck={() => void check({ type: 'check', what: 'scanner', scanner: draft })} />
        ) : null
      }
    >
      <ChoiceField<Scanner['kind']>
        label={words.kind}
        value={draft.kind}
        options={(['keyboard', 'serial'] as const).map((kind) => ({ value: kind, label: words[kind] }))}
        onChange={(kind) => set(kind === 'serial' ? serial.current : { kind: 'keyboard' })}
      />
      <DeviceCard title={words.hears} look={devices?.scanner ?? null}>
        <Heard codes={draft.kind === 'keyboard' ? typed : (devices?.heard ?? [])} alsoSold={isRegisters} />
      </DeviceCard>
      {draft.kind === 'keyboard' ? (
        <p className="hint">{words.keyboardHow}</p>
      ) : (
        <>
          <PortFields
            draft={draft}
            devices={devices}
            said={said}
            forWhat="scanner"
            onChange={(part) => set({ ...draft, ...part } as Scanner)}
          />
          <TextField
            label={words.prefix}
            value={draft.prefix}
            hint={words.prefixHow}
            field="prefix"
            said={said}
            onChange={(prefix) => set({ ...draft, prefix })}
          />
        </>
      )}
    </Sheet>
  );
}

/** What was heard, the newest on top. */
function Heard({ codes, alsoSold }: { readonly codes: readonly HeardCode[]; readonly alsoSold: boolean }) {
  const { texts } = useSettings();
  const words = texts.devices.scanner;
  const id = useId();
  return (
    <div className="heard" role="log" aria-labelledby={id}>
      <p id={id} className={codes.length === 0 || alsoSold ? 'hint' : 'sr-only'}>
        {codes.length === 0 ? words.nothing : alsoSold ? words.alsoSold : words.hears}
      </p>
      {codes.length === 0 ? null : (
        <ol>
          {codes.slice(0, SHOWN).map(({ id: key, shown, said }) => (
            <li key={key}>
              <code>{shown}</code>
              <span>{said}</span>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
