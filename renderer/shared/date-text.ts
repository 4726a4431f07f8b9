/** Days of the calendar as people say them. */
import { fill, type ScreenTexts } from '../../app/text/screen.ts';

/** `2008-11-21` in a form such as `{dd}.{mm}.{yyyy}` or `{d} {month} {yyyy}`. Another kind of text is given back as it came. */
export function dateText(date: string, form: string, months: ScreenTexts['months']): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (match === null) return date;
  const [, yyyy = '', mm = '', dd = ''] = match;
  return fill(form, { yyyy, mm, dd, d: Number.parseInt(dd, 10), month: months[Number.parseInt(mm, 10) - 1] ?? mm });
}

/** The day of a moment, `2008-11-21`, in this machine's own time zone. */
export function localDate(atMs: number): string {
  const at = new Date(atMs);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}
