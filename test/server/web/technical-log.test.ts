import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nodeClock } from '../../../hardware/clock/node-clock.ts';
import { openTechnicalLog } from '../../../server/web/technical-log.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('the technical log', () => {
  it('turns: it keeps the newest lines in five files of bounded size, and loses none of them in between', () => {
    const data = temporaryFolder();
    const log = openTechnicalLog(data, nodeClock, () => {});
    const LINES = 45_000;
    const filler = 'x'.repeat(600);
    for (let number = 1; number <= LINES; number += 1) log.write('info', 'test.line', { number, filler });
    const folder = join(data, 'log');
    const names = ['tillit.4.log', 'tillit.3.log', 'tillit.2.log', 'tillit.1.log', 'tillit.log'];
    expect(readdirSync(folder).sort()).toEqual(names.toSorted());
    const sizes = names.map((name) => statSync(join(folder, name)).size);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(Math.min(...sizes.slice(0, 4)) + 2_000);
    const numbers = names.flatMap((name) =>
      readFileSync(join(folder, name), 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as { readonly number: number }).number),
    );
    expect(numbers.at(-1)).toBe(LINES);
    expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, index) => LINES - numbers.length + 1 + index));
  });
});
