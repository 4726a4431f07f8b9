import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawnSizePx, pictureSize } from '../../../renderer/customer/qr-size.ts';

const box = fc.integer({ min: 200, max: 2_000 });
const ratio = fc.constantFrom(1, 1.25, 1.5, 2, 3);

describe('A drawn QR', () => {
  it('has whole device pixels a module and fits its box', () => {
    fc.assert(
      fc.property(box, fc.integer({ min: 29, max: 65 }), ratio, (boxPx, modules, pixelRatio) => {
        const size = drawnSizePx(boxPx, modules, pixelRatio);
        const perModule = (size * pixelRatio) / modules;
        expect(Math.abs(perModule - Math.round(perModule))).toBeLessThan(1e-9);
        expect(size).toBeLessThanOrEqual(boxPx);
      }),
    );
  });
});

describe('The provider’s picture', () => {
  it('is shown in whole multiples where there is room', () => {
    expect(pictureSize(760, 720, 1)).toEqual({ sizePx: 720, pixelated: true });
    expect(pictureSize(760, 360, 2)).toEqual({ sizePx: 720, pixelated: true });
  });

  it('is made smaller smoothly where there is not', () => {
    expect(pictureSize(500, 720, 1)).toEqual({ sizePx: 500, pixelated: false });
  });

  it('fills the box before it is known how large it is', () => {
    expect(pictureSize(500, 0, 1)).toEqual({ sizePx: 500, pixelated: false });
  });

  it('never leaves the box and never shrinks far below it', () => {
    fc.assert(
      fc.property(box, fc.integer({ min: 50, max: 2_000 }), ratio, (boxPx, naturalPx, pixelRatio) => {
        const { sizePx } = pictureSize(boxPx, naturalPx, pixelRatio);
        expect(sizePx).toBeLessThanOrEqual(boxPx);
        expect(sizePx).toBeGreaterThanOrEqual(boxPx * 0.7);
      }),
    );
  });
});
