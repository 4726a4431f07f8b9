import { describe, expect, it } from 'vitest';
import { type Arrow, arrowLeadsTo } from '../../../renderer/shared/roving.ts';

/** Three to a row, the last row with one; tops differ by a pixel, as drawn boxes do. */
const grid = Array.from({ length: 7 }, (_, index) => ({
  left: (index % 3) * 110,
  top: Math.floor(index / 3) * 90 + (index % 2),
  width: 100,
  height: 80,
}));
const from = (index: number, key: Arrow) => arrowLeadsTo(grid, index, key);

describe('An arrow key within a group', () => {
  it('goes left and right in order, over the ends of rows', () => {
    expect([from(1, 'ArrowRight'), from(2, 'ArrowRight'), from(3, 'ArrowLeft')]).toEqual([2, 3, 2]);
  });

  it('goes up and down to the nearest in the next row', () => {
    expect([from(1, 'ArrowDown'), from(4, 'ArrowUp'), from(5, 'ArrowDown')]).toEqual([4, 1, 6]);
  });

  it('stays where there is nothing further', () => {
    expect([from(0, 'ArrowLeft'), from(0, 'ArrowUp'), from(6, 'ArrowRight'), from(6, 'ArrowDown')]).toEqual([0, 0, 6, 6]);
  });

  it('has Home and End for the first and the last', () => {
    expect([from(4, 'Home'), from(2, 'End')]).toEqual([0, 6]);
  });
});
