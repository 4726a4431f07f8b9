/** The documents name files of the house. A file that was moved must not be looked for in vain. */
import { describe, expect, it } from 'vitest';
import { projectFiles, readProjectFile } from './support/source-files.ts';

const files = projectFiles();
const exists = (path: string) => files.some((file) => file === path || file.startsWith(path.endsWith('/') ? path : `${path}/`));

describe('docs/go-live.md', () => {
  it('names only files that are there', () => {
    const text = readProjectFile('docs/go-live.md');
    const named = [...text.matchAll(/`((?:app|server|hardware|renderer|test|scripts)\/[^`\s]*)`/g)].map(([, path = '']) => path);
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((path) => !exists(path))).toEqual([]);
  });
});
