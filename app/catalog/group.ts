/** A group's id, made from its name. */
import { fold } from './fold.ts';

/**
 * `Frukt og grønt` → `frukt-og-gront`: the same for the same name on every machine, whatever its case and spaces.
 * A name without a letter or digit that folds to ASCII gets its code points instead.
 */
export function groupIdOf(groupName: string): string {
  const folded = fold(groupName);
  const slug = folded
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  const wholly = /^[A-Z0-9 ]+$/.test(folded);
  if (wholly && slug !== '') return slug;
  const points = [...groupName.trim()].slice(0, 10).map((character) => (character.codePointAt(0) ?? 0).toString(16));
  return `g-${points.join('-')}`;
}
