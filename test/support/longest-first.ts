/**
 * The order in which files of tests begin. Without a record of earlier runs (a fresh clone) vitest begins with the largest
 * file, and the scenarios, small files that take minutes, would come last, one worker idle beside them.
 */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const LONGEST = [
  'browser/scenarios.test',
  'browser/scenarios-chain.test',
  'browser/gallery-screens.test',
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
