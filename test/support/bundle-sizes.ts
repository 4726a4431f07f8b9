/** What a window loads before it shows anything: its page, scripts and styles, each compressed as gzip does it. Fonts and pictures come later. */
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { gzipSync } from 'node:zlib';
import { rendererDir } from '../../server/web/built-screens.ts';

/** Bytes after gzip; 1 kB is 1 000 of them. */
export const MOST_BYTES = { cashier: 180_000, customer: 90_000 } as const;

/** @param page `cashier` or `customer`, as it was built. */
export function gzipBytes(page: keyof typeof MOST_BYTES): number {
  const seen = new Set<string>();
  const waiting = [`${page}.html`];
  let bytes = 0;
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    const text = readFileSync(join(rendererDir, file), 'utf8');
    bytes += gzipSync(text, { level: 9 }).length;
    const named = file.endsWith('.html')
      ? text.matchAll(/(?:src|href)="(?:\.\/)?([^"]+\.(?:js|css))"/g)
      : file.endsWith('.js')
        ? text.matchAll(/(?:from|import)\s*\(?\s*["'`](\.\.?\/[^"'`]+\.js)["'`]/g)
        : [];
    for (const [, name = ''] of named) waiting.push(posix.normalize(posix.join(posix.dirname(file), name)));
  }
  return bytes;
}
