/** What the pages about devices share: a list to choose from, the port and its speed, and what a device says. */
import { type ReactNode, useId, useState } from 'react';
import { fill } from '../../app/text/screen.ts';
import type { DeviceLook, DevicesView } from '../../app/till/settings-devices.ts';
import { TextField } from './fields.tsx';
import { type Said, useSettings } from './use-section.ts';

interface SelectFieldProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
  /** What is wrong with the choice. */
  readonly wrong?: string | null;
  readonly hint?: string | undefined;
}

export function SelectField({ label, value, options, onChange, wrong = null, hint }: SelectFieldProps) {
  const id = useId();
  const note = wrong ?? hint;
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <select
        id={id}
        className="text-field"
        value={value}
        aria-invalid={wrong !== null}
        aria-describedby={note === undefined ? undefined : `${id}-note`}
        onChange={(event) => onChange(event.target.value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      {note === undefined ? null : (
        <p id={`${id}-note`} className="hint" data-tone={wrong === null ? undefined : 'bad'}>
          {note}
        </p>
      )}
    </div>
  );
}

interface NumberFieldProps {
  readonly label: string;
  /** `NaN` while nothing stands there. */
  readonly value: number;
  readonly field: string;
  readonly said: Said | null;
  readonly onChange: (value: number) => void;
}

/** A whole number, as text: what it must be is said by whoever keeps it. */
export function WholeNumberField({ value, onChange, ...rest }: NumberFieldProps) {
  return (
    <TextField
      {...rest}
      figures
      value={Number.isNaN(value) ? '' : String(value)}
      onChange={(typed) => {
        const digits = typed.replace(/\D/g, '').slice(0, 6);
        onChange(digits === '' ? Number.NaN : Number(digits));
      }}
    />
  );
}

/** The speeds that shops meet, and whichever else was set. */
const SPEEDS = [9_600, 19_200, 38_400, 57_600, 115_200] as const;

export interface SerialDraft {
  readonly path: string;
  readonly baudRate: number;
  readonly flowControl: 'none' | 'hardware' | 'xon-xoff';
}

interface PortFieldsProps {
  readonly draft: SerialDraft;
  readonly devices: DevicesView | null;
  readonly said: Said | null;
  readonly onChange: (part: Partial<SerialDraft>) => void;
  /** Who uses the port that is offered, when it is not this device. */
  readonly forWhat: 'printer' | 'scanner';
}

const OTHER = ' ';
const shortName = (path: string): string => path.split('/').at(-1) ?? path;

export function PortFields({ draft, devices, said, onChange, forWhat }: PortFieldsProps) {
  const { texts } = useSettings();
  const words = texts.devices.printer;
  const [typing, setTyping] = useState(false);
  const ports = devices?.ports ?? [];
  const isListed = ports.some(({ path }) => path === draft.path);
  const wrong = said?.tone === 'bad' && said.field === 'path' ? said.message : null;
  const nameOf = (port: DevicesView['ports'][number]) => {
    if (port.usedBy === null || port.usedBy === forWhat) return port.name;
    return fill(port.usedBy === 'printer' ? words.usedByPrinter : words.usedByScanner, { name: port.name });
  };
  return (
    <>
      <div className="port-fields">
        <SelectField
          label={words.port}
          value={typing ? OTHER : draft.path}
          wrong={typing ? null : wrong}
          hint={devices !== null && ports.length === 0 && draft.path === '' && !typing ? words.noPorts : undefined}
          options={[
            ...(draft.path === '' ? [{ value: '', label: words.choosePort }] : []),
            ...ports.map((port) => ({ value: port.path, label: nameOf(port) })),
            ...(draft.path === '' || isListed || typing
              ? []
              : [{ value: draft.path, label: devices === null ? draft.path : fill(words.portGone, { name: shortName(draft.path) }) }]),
            { value: OTHER, label: words.otherPort },
          ]}
          onChange={(path) => {
            setTyping(path === OTHER);
            onChange({ path: path === OTHER ? '' : path });
          }}
        />
        <SelectField
          label={words.speed}
          value={String(draft.baudRate)}
          options={[...new Set<number>([...SPEEDS, draft.baudRate])].map((speed) => ({ value: String(speed), label: String(speed) }))}
          onChange={(speed) => onChange({ baudRate: Number(speed) })}
        />
        <SelectField
          label={words.flow}
          value={draft.flowControl}
          options={(['none', 'hardware', 'xon-xoff'] as const).map((flow) => ({ value: flow, label: words.flows[flow] }))}
          onChange={(flow) => onChange({ flowControl: flow === 'hardware' || flow === 'xon-xoff' ? flow : 'none' })}
        />
      </div>
      {typing ? (
        <TextField
          label={words.portName}
          value={draft.path}
          hint={words.portHow}
          field="path"
          said={said}
          onChange={(path) => onChange({ path })}
        />
      ) : null}
    </>
  );
}

interface DeviceCardProps {
  readonly title: string;
  readonly look: DeviceLook | null;
  /** What is said while nothing is known of it. */
  readonly none?: string;
  readonly children?: ReactNode;
}

/** What a device, or a way in from outside, says of itself now. */
export function DeviceCard({ title, look, none = '', children }: DeviceCardProps) {
  const id = useId();
  return (
    <section className="device" aria-labelledby={id} data-tone={look?.tone}>
      <h3 id={id}>{title}</h3>
      <p className="device-says" role="status">
        {look?.text ?? none}
      </p>
      {look === null || look.facts.length === 0 ? null : (
        <dl className="device-facts">
          {look.facts.map((fact) => (
            <div key={fact.label}>
              <dt>{fact.label}</dt>
              <dd data-tone={fact.tone}>{fact.value}</dd>
            </div>
          ))}
        </dl>
      )}
      {children}
    </section>
  );
}
