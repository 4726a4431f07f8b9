import type { HeadOfficePageTexts } from '../../app/text/head-office-page.ts';
import { fill } from '../../app/text/screen.ts';

/** What an alarm means and what to do, in plain words; one of a newer head office has at least a name. */
export function alarmWords(texts: HeadOfficePageTexts, what: string): { readonly title: string; readonly todo: string } {
  const kinds: Readonly<Record<string, { readonly title: string; readonly todo: string }>> = texts.alarms.kinds;
  const { title, todo } = texts.alarms.unknown;
  return kinds[what] ?? { title: fill(title, { what }), todo };
}
