/** The cash drawer: whether there is one, how it is opened, and how the register learns to see that it is open. */
import { DeviceCard, WholeNumberField } from './device-parts.tsx';
import { CheckButton, ChoiceField, Sheet, Tick } from './fields.tsx';
import { useDevices } from './use-devices.ts';
import { useSection, useSettings } from './use-section.ts';

export function DrawerForm() {
  const { texts, link, onSettings } = useSettings();
  const words = texts.devices.drawer;
  const { draft, change, setDraft, save, check, ask, said, busy } = useSection('drawer');
  // The printer that the shop has chosen is opened for this page, before it is taken up.
  const devices = useDevices({ open: true });
  const calibrate = async (step: 'shut' | 'open') => {
    const answer = await ask({ type: 'calibrate-drawer', step }, texts.checking);
    if (answer?.ok !== true || step !== 'open') return;
    const fresh = await link.ask({ type: 'read' }).catch(() => null);
    if (fresh?.ok !== true || fresh.type !== 'settings') return;
    onSettings(fresh.settings);
    setDraft((old) => ({ ...old, openWhen: fresh.settings.sections.drawer.openWhen }));
  };
  return (
    <Sheet said={said} busy={busy} onSave={() => void save()}>
      <Tick label={words.connected} checked={draft.connected} onChange={(connected) => change({ connected })} />
      {draft.connected ? (
        <>
          <DeviceCard title={words.says} look={devices?.drawer ?? null}>
            <div>
              <CheckButton
                label={words.openNow}
                busy={busy}
                onCheck={() => void check({ type: 'check', what: 'drawer', pin: draft.pin })}
              />
            </div>
          </DeviceCard>
          <section className="device" aria-label={words.calibration}>
            <h3>{words.calibration}</h3>
            {draft.openWhen === null ? null : <p>{words.calibrated}</p>}
            <ol className="calibration">
              {(['shut', 'open'] as const).map((step) => (
                <li key={step}>
                  <CheckButton label={words.steps[step]} busy={busy} onCheck={() => void calibrate(step)} />
                </li>
              ))}
            </ol>
          </section>
          <div className="field-pair">
            <ChoiceField
              label={words.pin}
              value={draft.pin}
              options={([2, 5] as const).map((pin) => ({ value: pin, label: words.pins[pin] }))}
              onChange={(pin) => change({ pin: pin === 5 ? 5 : 2 })}
            />
            <WholeNumberField
              label={words.alarm}
              value={draft.alarmAfterSeconds}
              field="alarmAfterSeconds"
              said={said}
              onChange={(alarmAfterSeconds) => change({ alarmAfterSeconds })}
            />
          </div>
          <Tick label={words.tone} checked={draft.alarmTone} onChange={(alarmTone) => change({ alarmTone })} />
        </>
      ) : null}
    </Sheet>
  );
}
