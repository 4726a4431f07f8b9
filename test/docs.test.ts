/** What the documents say of the house, held to it: a file that was moved must not be looked for in vain. */
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectFiles, readProjectFile } from './support/source-files.ts';

const files = projectFiles();
const exists = (path: string) => files.some((file) => file === path || file.startsWith(path.endsWith('/') ? path : `${path}/`));
const documents = files.filter((path) => /^(?:README|docs\/.*)\.md$/.test(path)).map((path) => ({ path, text: readProjectFile(path) }));

describe('the documents', () => {
  it('name only files that are there', () => {
    const named = documents.flatMap(({ path, text }) =>
      [...text.matchAll(/`((?:app|server|hardware|renderer|main|test|scripts)\/[^`\s*{…]*)`/g)].map(([, file = '']) => ({ path, file })),
    );
    expect(named.length).toBeGreaterThan(60);
    expect(named.filter(({ file }) => !exists(file))).toEqual([]);
  });

  it('link only to what is there', () => {
    const linked = documents.flatMap(({ path, text }) =>
      [...text.matchAll(/\]\((?!https?:)([^)#\s]+)[^)]*\)/g)].map(([, target = '']) => ({
        path,
        to: posix.join(posix.dirname(path), target),
      })),
    );
    expect(linked.length).toBeGreaterThan(20);
    expect(linked.filter(({ to }) => !exists(to))).toEqual([]);
  });

  it('draw a payment’s life as the code does', () => {
    const drawing = /^ \* ```\n(.*?)^ \* ```/ms.exec(readProjectFile('app/payment/payment.ts'))?.[1]?.replaceAll(/^ \* /gm, '');
    expect(drawing).toContain('planned');
    expect(readProjectFile('docs/payment.md')).toContain(drawing);
  });

  it('give every decision a number of its own', () => {
    const numbers = documents.flatMap(({ path }) => /^docs\/decisions\/(\d{4})-/.exec(path)?.[1] ?? []);
    expect(numbers).toEqual(numbers.map((_, index) => String(index + 1).padStart(4, '0')));
  });
});
