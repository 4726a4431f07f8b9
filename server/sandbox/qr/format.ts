import { invalidParams, unsupportedMediaType } from '../gateway/problem.ts';

const defaultSizePx = 800;
const formats = ['image/png', 'image/svg+xml', 'image/*', 'text/targetUrl'] as const;

/** The picture asked for in Accept; anything else is a 415. */
export function readFormat(accept: string | null): (typeof formats)[number] {
  const asked = (accept ?? '').split(',').map((each) => (each.split(';')[0] ?? '').trim().toLowerCase());
  for (const each of asked) {
    const format = formats.find((known) => known.toLowerCase() === each);
    if (format !== undefined) return format;
  }
  throw unsupportedMediaType(`Accept must be one of ${formats.join(', ')}.`);
}

/** The picture's size in pixels, 800 when none was asked for. */
export function readSize(value: string | null): number {
  const sizePx = value === null ? defaultSizePx : Number(value);
  if (Number.isInteger(sizePx) && sizePx >= 100 && sizePx <= 2000) return sizePx;
  throw invalidParams([{ name: 'Size', reason: 'The field Size must be a whole number between 100 and 2000.' }]);
}
