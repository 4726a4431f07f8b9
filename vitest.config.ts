import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.ts';

/** The groups run one after the other: what is quick to fail comes first, the browser last. */
const project = (name: string, groupOrder: number, include: string[], exclude: string[] = [], retry = 0) => ({
  extends: true as const,
  test: { name, include, exclude: ['node_modules/**', 'test/electron/real/**', ...exclude], sequence: { groupOrder }, retry },
});

/** Several real browsers, servers and programs share two cores: what fails once is tried once more, and the report says so. */
const BROWSER_RETRIES = 1;

const { TILLIT_DESKTOP_SUITES } = process.env;
const DESKTOP_SUITES = ['test/electron/{scenarios,screens,settings,windows,life,ipc,security}.test.ts'];

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 30_000,
    pool: 'forks',
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      project('rules', 0, ['test/*.test.ts']),
      project('unit', 1, ['test/{app,renderer}/**/*.test.{ts,tsx}']),
      project('integration', 2, ['test/**/*.test.{ts,tsx}'], ['test/*.test.ts', 'test/{app,renderer,browser,electron}/**']),
      // The desktop program's windows are a browser each: its long suites are `npm run test:electron`.
      project(
        'browser',
        3,
        ['test/{browser,electron}/**/*.test.{ts,tsx}'],
        TILLIT_DESKTOP_SUITES === '1' ? [] : DESKTOP_SUITES,
        BROWSER_RETRIES,
      ),
    ],
  },
});
