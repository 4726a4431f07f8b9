/** Whether and where the provider can reach the register, and how that stands right now. */
import { DeviceCard } from './device-parts.tsx';
import { ChoiceField, Sheet, TextField, Tick } from './fields.tsx';
import { useSection, useSettings } from './use-section.ts';
import { useSigns } from './use-signs.ts';

export function ReachableForm() {
  const { texts, settings } = useSettings();
  const { signs } = useSigns();
  const { draft, change, save, said, busy } = useSection('reachable');
  const words = texts.signs.reachable;
  const practises = settings.sections.provider.environment === 'practice';
  const port = Number.isFinite(draft.port) ? String(draft.port) : '';
  return (
    <Sheet said={said} busy={busy} onSave={() => void save()}>
      <p className="hint">{words.how}</p>
      <Tick label={words.on} checked={draft.on} onChange={(on) => change({ on })} />
      {draft.on ? (
        <>
          <TextField
            label={words.publicUrl}
            value={draft.publicUrl ?? ''}
            onChange={(url) => change({ publicUrl: url.trim() === '' ? null : url })}
            field="publicUrl"
            said={said}
            hint={practises ? `${words.publicUrlHint} ${words.publicUrlPractice}` : words.publicUrlHint}
          />
          <TextField
            label={words.port}
            value={port}
            onChange={(text) => change({ port: /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN })}
            field="port"
            said={said}
            figures
          />
          <ChoiceField
            label={words.checkIns}
            value={draft.checkIns}
            options={[
              { value: 'off' as const, label: words.checkInsOff },
              { value: 'ask' as const, label: words.checkInsAsk },
              { value: 'at-once' as const, label: words.checkInsAtOnce },
            ]}
            onChange={(checkIns) => change({ checkIns })}
          />
          <p className="hint">{words.checkInsHow}</p>
        </>
      ) : null}
      {signs === null ? null : <DeviceCard title={texts.sections.reachable} look={signs.outside} none={words.notHere} />}
    </Sheet>
  );
}
