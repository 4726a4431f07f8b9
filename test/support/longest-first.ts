/**
 * The order in which files of tests begin. Without a record of earlier runs (a fresh clone) vitest begins with the largest
 * file, and the scenarios, small files that take minutes, would come last, one worker idle beside them.
 */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const LONGEST = [
  'browser/scenarios-later.test',
  'browser/gallery-screens.test',
  'browser/scenarios-ways.test',
  'browser/scenarios-sales.test',
  'browser/scenarios-chain.test',
  'browser/scenarios-counter.test',
  'browser/gallery-keys.test',
  'server/web/register.test',
  'browser/settings.test',
  'browser/register.test',
  'server/web/without-keys.test',
  'server/web/doctor.test',
  'scripts/bench-head-office.test',
  'simulation/simulation.test',
  'scripts/help.test',
  'server/head-office/program.test',
  'browser/scenarios.test',
  'browser/scenarios-epayment.test',
];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const found = LONGEST.findIndex((name) => moduleId.replaceAll('\\', '/').includes(name));
      return found === -1 ? LONGEST.length : found;
    };
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b));
  }
}
