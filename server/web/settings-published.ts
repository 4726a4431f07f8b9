/** How far the register has come with what head office publishes, for the manager: which version stands, and what is in the way. */
import type { FetchView } from '../../app/chain/fetch-published.ts';
import { fill } from '../../app/text/screen.ts';
import type { SettingsTexts } from '../../app/text/settings.ts';
import type { PublicationsView } from '../../app/till/publications.ts';
import type { DeviceFact, DeviceLook } from '../../app/till/settings-devices.ts';

/** Both halves: what has been fetched, and what of it stands. */
export interface PublishedStatus {
  readonly fetched: FetchView;
  readonly till: PublicationsView;
}

/** @param momentText a moment as people in the shop say it. */
export function publishedLook(
  { fetched, till }: PublishedStatus,
  words: SettingsTexts['published'],
  nowMs: number,
  momentText: (atMs: number) => string,
): DeviceLook {
  const next = till.coming.find(({ startMs }) => startMs > nowMs);
  const fact = (label: string, value: string): DeviceFact => ({ label, value, tone: 'plain' });
  const version = (one: { readonly version: number; readonly name: string }, atMs: number) =>
    fill(words.version, { version: String(one.version), name: one.name, at: momentText(atMs) });
  return {
    ...saidOf({ fetched, till }, words, nowMs),
    facts: [
      ...(till.standing === null ? [] : [fact(words.facts.last, version(till.standing, till.standing.atMs))]),
      ...(next === undefined ? [] : [fact(words.facts.next, version(next, next.startMs))]),
      ...(fetched.askedAtMs === null ? [] : [fact(words.facts.asked, momentText(fetched.askedAtMs))]),
    ],
  };
}

function saidOf({ fetched, till }: PublishedStatus, words: SettingsTexts['published'], nowMs: number): Pick<DeviceLook, 'tone' | 'text'> {
  if (till.trouble !== null || fetched.trouble?.why === 'storage') return { tone: 'bad', text: words.notKept };
  if (fetched.trouble?.why === 'damaged') {
    return { tone: 'care', text: fill(words.damaged, { version: String(fetched.trouble.version ?? '') }) };
  }
  if (till.coming.some(({ startMs }) => startMs <= nowMs)) return { tone: 'wait', text: words.waits };
  if (till.coming.length > 0) return { tone: 'good', text: words.comes };
  if (till.standing !== null) return { tone: 'good', text: words.standing };
  return { tone: 'wait', text: fetched.askedAtMs === null ? words.asking : words.none };
}
