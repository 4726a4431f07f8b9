/** How the line to head office can be, for the gallery. */
import { fill } from '../../app/text/screen.ts';
import { settingsTexts } from '../../app/text/settings.ts';
import type { Language } from '../../app/till/contract.ts';
import type { ChainView } from '../../app/till/settings.ts';

const momentText = (language: Language, time: string): string => (language === 'nb' ? `21.11.2026 kl. ${time}` : `2026-11-21 at ${time}`);

/** All is well. */
export function chainOf(language: Language): ChainView {
  const { chain: words, published } = settingsTexts[language];
  const { facts } = words;
  return {
    address: 'https://hovedkontor.kolonialen.example',
    look: {
      tone: 'good',
      text: words.linked,
      facts: [
        { label: facts.who, value: fill(words.who, { register: '1', name: 'Kolonialen på hjørnet' }), tone: 'plain' },
        { label: facts.lastHeard, value: momentText(language, '14:03'), tone: 'plain' },
        { label: facts.waiting, value: '0', tone: 'plain' },
      ],
    },
    published: {
      tone: 'good',
      text: published.comes,
      facts: [
        {
          label: published.facts.last,
          value: fill(published.version, { version: '41', name: 'priser-uke-47.csv', at: momentText(language, '07:02') }),
          tone: 'plain',
        },
        {
          label: published.facts.next,
          value: fill(published.version, { version: '42', name: 'juletilbud.csv', at: momentText(language, '18:00') }),
          tone: 'plain',
        },
        { label: published.facts.asked, value: momentText(language, '14:01'), tone: 'plain' },
      ],
    },
    canEnrol: true,
    isEnrolled: true,
    canRetry: false,
  };
}

export function chainStates(language: Language): Readonly<Record<'none' | 'away' | 'halted' | 'practice', ChainView>> {
  const words = settingsTexts[language].chain;
  const well = chainOf(language);
  const last = well.look.facts.slice(0, -1);
  const said = settingsTexts[language].published;
  const damaged: ChainView['published'] = {
    tone: 'care',
    text: fill(said.damaged, { version: '42' }),
    facts: well.published?.facts.slice(0, 1) ?? [],
  };
  const waiting = { label: words.facts.waiting, value: '342', tone: 'care' } as const;
  const none: ChainView = {
    address: null,
    look: { tone: 'wait', text: words.none, facts: [] },
    published: null,
    canEnrol: true,
    isEnrolled: false,
    canRetry: false,
  };
  return {
    none,
    away: {
      ...well,
      look: { tone: 'care', text: fill(words.away, { since: momentText(language, '11:42') }), facts: [...last, waiting] },
      canRetry: true,
    },
    halted: { ...well, published: damaged, look: { tone: 'bad', text: words.halted.journal, facts: [...last, waiting] }, canRetry: true },
    practice: { ...none, look: { tone: 'wait', text: words.practice, facts: [] }, canEnrol: false },
  };
}
