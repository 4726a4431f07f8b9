/** Where the customer looks. */
import { useEffect } from 'react';
import { fill } from '../../app/text/screen.ts';
import { CheckButton, ChoiceField, Sheet } from './fields.tsx';
import { useSection, useSettings } from './use-section.ts';

const LOOK_EVERY_MS = 1_500;

/** Displays are plugged in while somebody looks at this page. Nobody is told when that cannot be asked: the next look may. */
function useFreshDisplays(): void {
  const { link, settings, onSettings } = useSettings();
  useEffect(() => {
    if (!settings.canShowNumbers) return;
    const timer = window.setInterval(() => {
      link.ask({ type: 'read' }).then(
        (answer) => {
          if (answer.ok && answer.type === 'settings') onSettings(answer.settings);
        },
        () => {},
      );
    }, LOOK_EVERY_MS);
    return () => window.clearInterval(timer);
  }, [link, settings.canShowNumbers, onSettings]);
}

export function DisplayForm() {
  const { texts, settings } = useSettings();
  const { draft, change, save, check, said, busy } = useSection('display');
  useFreshDisplays();
  const gone = draft.screenId !== null && !settings.displays.some(({ screenId }) => screenId === draft.screenId);
  return (
    <Sheet said={said} busy={busy} onSave={() => void save()}>
      <ChoiceField
        label={texts.fields.customerScreen}
        value={draft.customer}
        options={[
          { value: 'screen' as const, label: texts.fields.screen },
          { value: 'tablet' as const, label: texts.fields.tablet },
        ]}
        onChange={(customer) => change({ customer: customer === 'tablet' ? 'tablet' : 'screen' })}
      />
      {draft.customer === 'tablet' ? <p className="hint">{texts.tabletHow}</p> : null}
      {draft.customer === 'screen' && settings.displays.length > 0 ? (
        <fieldset className="displays">
          <legend className="field-label">{texts.fields.whichScreen}</legend>
          {[null, ...settings.displays].map((display) => (
            <label key={display?.screenId ?? ''} className="tick">
              <input
                type="radio"
                name="display"
                checked={draft.screenId === (display?.screenId ?? null)}
                onChange={() => change({ screenId: display?.screenId ?? null })}
              />
              <span>
                {display === null
                  ? texts.fields.automatic
                  : fill(display.label === '' ? texts.fields.displayWithoutLabel : texts.fields.display, {
                      number: display.number,
                      label: display.label,
                      width: display.widthPx,
                      height: display.heightPx,
                    })}
                {display?.shows == null ? null : (
                  <span className="hint">
                    {' '}
                    · {display.shows === 'cashier' ? texts.fields.displayCashier : texts.fields.displayCustomer}
                  </span>
                )}
              </span>
            </label>
          ))}
          {gone ? (
            <label className="tick">
              <input type="radio" name="display" checked readOnly />
              <span>{fill(texts.fields.displayGone, { name: draft.screenId?.replace(/^-?\d+ /, '') ?? '' })}</span>
            </label>
          ) : null}
        </fieldset>
      ) : null}
      {settings.canShowNumbers ? (
        <div>
          <CheckButton label={texts.checks.display} busy={busy} onCheck={() => void check({ type: 'check', what: 'display' })} />
        </div>
      ) : (
        <p className="hint">{texts.service.displayNone}</p>
      )}
    </Sheet>
  );
}
