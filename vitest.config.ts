import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.ts';

/** What only computes: one a core. */
const BUSY_WORKERS = 2;
/** What starts programs and browsers waits for them half of the time. */
const WAITING_WORKERS = 3;

/** Programs and browsers in one group, so that no worker is idle while the longest file of one of them is played. */
const LAST_GROUP = 2;

/** The groups run one after the other: what is quick to fail comes first. What is in one group shares its workers. */
const project = (name: string, groupOrder: number, include: string[], exclude: string[] = [], retry = 0) => ({
  extends: true as const,
  test: {
    name,
    include,
    exclude: ['node_modules/**', 'test/electron/real/**', ...exclude],
    maxWorkers: groupOrder === LAST_GROUP ? WAITING_WORKERS : BUSY_WORKERS,
    // A test that starts seven programs waits for two others that do.
    testTimeout: groupOrder === LAST_GROUP ? 60_000 : 30_000,
    sequence: { groupOrder },
    retry,
  },
});

/** Several real browsers, servers and programs share two cores: what fails once is tried once more, and the report says so. */
const RETRIES_BESIDE_OTHERS = 1;

const { TILLIT_DESKTOP_SUITES } = process.env;
const DESKTOP_SUITES = ['test/electron/{scenarios,screens,settings,windows,life,ipc,security}.test.ts'];

export default defineConfig({
  test: {
    hookTimeout: 30_000,
    pool: 'forks',
    // Tests start this project's programs some hundred times: what is read and compiled once is there for the next.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, 'out', 'test', 'compile-cache') },
    sequence: { sequencer: LongestFirst },
    projects: [
      project('rules', 0, ['test/*.test.ts']),
      project('unit', 1, ['test/{app,renderer}/**/*.test.{ts,tsx}']),
      project(
        'integration',
        LAST_GROUP,
        ['test/**/*.test.{ts,tsx}'],
        ['test/*.test.ts', 'test/{app,renderer,browser,electron}/**'],
        RETRIES_BESIDE_OTHERS,
      ),
      // The desktop program's windows are a browser each: its long suites are `npm run test:electron`.
      project(
        'browser',
        LAST_GROUP,
        ['test/{browser,electron}/**/*.test.{ts,tsx}'],
        TILLIT_DESKTOP_SUITES === '1' ? [] : DESKTOP_SUITES,
        RETRIES_BESIDE_OTHERS,
      ),
    ],
  },
});
