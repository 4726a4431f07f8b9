import { describe, expect, it } from 'vitest';
import { type CountedTap, distanceTo, isSecondTap } from '../../../renderer/cashier/second-tap.ts';

const at = (atMs: number, x = 100, y = 100) => ({ atMs, x, y });
/** "Kontant" was tapped, and "Kort" stood beside it. */
const before: CountedTap<string> = {
  ...at(1_000),
  lastAtMs: 1_000,
  around: new Map([
    ['cash', 'on Kontant'],
    ['card', 'on Kort'],
  ]),
};

describe('A tap right after another, at the same place', () => {
  it('counts on the same button: two taps are two pieces', () => {
    expect(isSecondTap(before, at(1_150), 'cash', 'on Kontant')).toBe(false);
  });

  it('counts on a button that stood beside it: a pad is typed on quickly', () => {
    expect(isSecondTap(before, at(1_150, 110), 'card', 'on Kort')).toBe(false);
  });

  it('does not count on a button that was not there', () => {
    expect(isSecondTap(before, at(1_150), 'take', 'on Ta imot 200,00')).toBe(true);
  });

  it('does not count on the same button when it says something else', () => {
    expect(isSecondTap(before, at(1_150), 'cash', 'on Ny kunde')).toBe(true);
  });

  it('does not count on a button that could not be pressed then', () => {
    const off = { ...before, around: new Map([['next', 'off Ny kunde']]) };
    expect(isSecondTap(off, at(1_150), 'next', 'on Ny kunde')).toBe(true);
  });
});

describe('A tap on something new', () => {
  it('counts when it is the first', () => {
    expect(isSecondTap(null, at(1_150), 'take', 'on Ta imot')).toBe(false);
  });

  it('counts when the finger has rested', () => {
    expect(isSecondTap(before, at(1_501), 'take', 'on Ta imot')).toBe(false);
  });

  it('counts when the finger went elsewhere', () => {
    expect(isSecondTap(before, at(1_150, 126), 'take', 'on Ta imot')).toBe(false);
  });

  it('still does not count as the third or fourth of a row', () => {
    expect(isSecondTap({ ...before, lastAtMs: 1_400 }, at(1_800), 'take', 'on Ta imot')).toBe(true);
  });

  it('counts after a second, however often it was tapped', () => {
    expect(isSecondTap({ ...before, lastAtMs: 1_900 }, at(2_001), 'take', 'on Ta imot')).toBe(false);
  });
});

describe('The distance from a box', () => {
  const box = { left: 10, right: 20, top: 10, bottom: 20 };

  it('is nothing within it', () => {
    expect(distanceTo(box, at(0, 15, 10))).toBe(0);
  });

  it('is to the nearest side or corner without', () => {
    expect([distanceTo(box, at(0, 15, 26)), distanceTo(box, at(0, 23, 24))]).toEqual([6, 5]);
  });
});
