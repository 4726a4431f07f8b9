import { describe, expect, it } from 'vitest';
import { isReadable, RULES, ruleViolations } from './support/rules.ts';
import { projectFiles, readProjectFile } from './support/source-files.ts';

const files = projectFiles()
  .filter(isReadable)
  .map((path) => ({ path, text: readProjectFile(path) }));

describe('the repository', () => {
  it.each(RULES.map((rule) => ({ name: rule.name, rule })))('$name', ({ rule }) => {
    expect(ruleViolations(files, [rule])).toEqual([]);
  });

  it('needs no second package of the same name among its own', () => {
    const { dependencies, devDependencies } = JSON.parse(readProjectFile('package.json')) as Record<string, Record<string, string>>;
    expect(Object.keys(dependencies ?? {}).filter((name) => name in (devDependencies ?? {}))).toEqual([]);
  });

  it('pins every package to one version', () => {
    const { dependencies, devDependencies } = JSON.parse(readProjectFile('package.json')) as Record<string, Record<string, string>>;
    const versions = Object.entries({ ...dependencies, ...devDependencies });
    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[a-z]+\.\d+)?$/.test(version))).toEqual([]);
  });
});

describe('each rule', () => {
  const broken = (path: string, text: string) => ruleViolations([{ path, text }]);

  // Each row is a text that a rule must refuse: marks of unfinished work, skipped tests and the like stand here as such.
  it('finds what it forbids', () => {
    for (const [path, text] of [
      ['app/sale/x.ts', 'const now = Date.now();'],
      ['app/sale/x.ts', 'const now = Date\n  .now();'],
      ['app/sale/x.ts', 'const now = new Date();'],
      ['app/sale/x.ts', 'const chance = Math.random();'],
      ['app/sale/x.ts', 'setTimeout(() => {}, 10);'],
      ['app/sale/x.ts', 'await fetch(address);'],
      ['app/sale/x.ts', "console.log('x');"],
      ['app/sale/x.ts', 'const { env } = process.versions;'],
      ['app/money/x.ts', 'const kroner = parseFloat(text);'],
      ['app/money/x.ts', 'const text = (ore / 100).toFixed(2);'],
      ['renderer/shared/x.ts', 'const text = amount().toFixed(2);'],
      ['app/sale/x.ts', 'line();\n'.repeat(401)],
      ['app/sale/x.ts', 'export default 1;'],
      ['app/sale/x.ts', 'const a = 1; export { a as default };'],
      ['app/utils/x.ts', ''],
      ['renderer/common/x.ts', ''],
      ['app/sale/SaleLine.ts', ''],
      ['app/sale/x.ts', '// TODO later'],
      ['docs/x.md', 'FIXME: words'],
      ['test/app/x.test.ts', "it.only('x', () => {});"],
      ['test/app/x.test.ts', "describe.skip('x', () => {});"],
      ['test/app/x.test.ts', "it.skipIf(process.env.CI)('x', () => {});"],
      ['app/sale/x.ts', '// @ts-ignore'],
      ['app/sale/x.ts', 'const x = y as any;'],
      ['docs/x.md', 'See /root/shop/app.'],
      ['docs/x.md', 'See /home/kari/tillit.'],
      ['docs/x.md', 'See ../shared/facts/vipps.md.'],
      ['package-lock.json', '"resolved": "https://registry.npmjs.org/zod/-/zod-4.6.7.tgz"'],
      ['.npmrc', 'registry=https://packages.example'],
      ['docs/x.md', '<<<<<<< HEAD'],
    ] as const) {
      expect([path, text, broken(path, text).length]).toEqual([path, text, expect.toSatisfy((count: number) => count >= 1)]);
    }
  });

  it('lets through what only looks like it', () => {
    for (const [path, text] of [
      ['app/sale/x.ts', '// Date.now() is not to be had here\nconst text = "Math.random()";\nconst at = clock.nowMs();'],
      ['app/sale/x.ts', 'const utc = new Date(atMs).toISOString();'],
      ['hardware/http/x.ts', 'const now = Date.now();'],
      ['vitest.config.ts', 'export default {};'],
      ['renderer/shared/x.ts', ''],
      ['app/sale/sale-line.test.ts', ''],
      ['server/web/x.ts', "const path = '/workers/';"],
      ['test/app/x.test.ts', "it('skips a blank row', () => {});"],
      ['app/sale/x.ts', 'const title: string = "any";'],
    ] as const) {
      expect([path, broken(path, text)]).toEqual([path, []]);
    }
  });
});
