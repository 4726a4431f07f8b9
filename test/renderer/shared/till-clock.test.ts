import { describe, expect, it } from 'vitest';
import { clockFrom, minutesLeft, shareLeft, stoppedClock } from '../../../renderer/shared/till-clock.ts';

describe('The clock of a screen', () => {
  it('goes on from the till’s time, whatever this machine’s clock says', () => {
    let monotonicMs = 500;
    const clock = clockFrom(1_800_000_000_000, 500, () => monotonicMs);
    monotonicMs = 2_750;
    expect(clock.nowMs()).toBe(1_800_000_002_250);
  });

  it('stands still in the gallery', () => {
    expect(stoppedClock(7).nowMs()).toBe(7);
  });
});

describe('The time left', () => {
  it('is minutes and seconds, and 0:00 only when it is over', () => {
    expect([minutesLeft(600_000), minutesLeft(61_001), minutesLeft(1), minutesLeft(0), minutesLeft(-5_000)]).toEqual([
      '10:00',
      '1:02',
      '0:01',
      '0:00',
      '0:00',
    ]);
  });

  it('is a share between all and nothing', () => {
    expect([shareLeft(700, 600), shareLeft(300, 600), shareLeft(-1, 600), shareLeft(1, 0)]).toEqual([1, 0.5, 0, 0]);
  });
});
