/** One section's form: what is typed, what was saved, what a check said. */
import { createContext, useContext, useEffect, useState } from 'react';
import type { SettingsTexts } from '../../app/text/settings.ts';
import type { Language } from '../../app/till/contract.ts';
import type { SectionName, SectionValues, SettingsAnswer, SettingsRequest, SettingsView } from '../../app/till/settings.ts';
import type { SettingsLink } from './settings-link.ts';

export interface SettingsPlace {
  readonly settings: SettingsView;
  readonly texts: SettingsTexts;
  readonly link: SettingsLink;
  readonly language: Language;
  /** A newer picture of all settings came. */
  readonly onSettings: (settings: SettingsView) => void;
  /** In the guided first start: on to the next step. `null` on the ordinary pages. */
  readonly onSaved: (() => void) | null;
  /** Back a step; `null` where there is none. */
  readonly onBack: (() => void) | null;
  /** Whether the open form holds something that was not saved: asked before it is left. */
  readonly onUnsaved: (unsaved: boolean) => void;
}

export const SettingsContext = createContext<SettingsPlace | null>(null);

export function useSettings(): SettingsPlace {
  const place = useContext(SettingsContext);
  if (place === null) throw new Error('The settings are used outside their page.');
  return place;
}

/** What stands below the fields, or beside one of them. */
export interface Said {
  readonly tone: 'good' | 'bad' | 'wait';
  readonly field: string | null;
  readonly message: string;
}

/** Asks, and keeps what was answered for the page to show. */
export function useAsking() {
  const { link, texts, onSettings } = useSettings();
  const [said, setSaid] = useState<Said | null>(null);
  const ask = async (request: SettingsRequest, waiting: string): Promise<SettingsAnswer | null> => {
    setSaid({ tone: 'wait', field: null, message: waiting });
    try {
      const answer = await link.ask(request);
      if (!answer.ok) setSaid({ tone: 'bad', field: answer.field, message: answer.message });
      else if (answer.type === 'settings') onSettings(answer.settings);
      else if (answer.type === 'checked') setSaid({ tone: 'good', field: null, message: answer.message });
      return answer;
    } catch {
      setSaid({ tone: 'bad', field: null, message: texts.lost });
      return null;
    }
  };
  return { said, setSaid, ask, busy: said?.tone === 'wait' };
}

/** The draft of a section, with saving and checking. */
export function useSection<Name extends SectionName>(section: Name) {
  const { settings, texts, onSaved, onUnsaved } = useSettings();
  const [draft, setDraft] = useState<SectionValues[Name]>(settings.sections[section]);
  const isUnsaved = JSON.stringify(draft) !== JSON.stringify(settings.sections[section]);
  useEffect(() => {
    onUnsaved(isUnsaved);
    return () => onUnsaved(false);
  }, [isUnsaved, onUnsaved]);
  const asking = useAsking();
  const { ask, setSaid } = asking;

  /** `false` when it was refused. */
  const save = async (value: SectionValues[Name] = draft): Promise<boolean> => {
    const answer = await ask({ type: 'save', section, value } as SettingsRequest, texts.saving);
    if (answer?.ok !== true || answer.type !== 'settings') return false;
    setDraft(answer.settings.sections[section]);
    setSaid({ tone: 'good', field: null, message: answer.settings.restartWaits ? texts.savedWaits : texts.saved });
    onSaved?.();
    return true;
  };
  const check = (request: SettingsRequest) => ask(request, texts.checking);
  const change = (part: Partial<SectionValues[Name]>) => {
    setDraft((old) => ({ ...old, ...part }));
    setSaid(null);
  };
  return { ...asking, draft, setDraft, change, save, check };
}
