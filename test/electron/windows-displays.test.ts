import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type DisplayFacts,
  findRemembered,
  isReachable,
  placeCashier,
  placeCustomer,
  readScreenId,
  screenIdOf,
} from '../../main/displays.ts';

const display = (id: number, label = `D${id}`, x = (id - 1) * 1280): DisplayFacts => {
  const bounds = { x, y: 0, width: 1280, height: 800 };
  return { id, label, bounds, workArea: { ...bounds, height: 760 } };
};

describe('the customer’s place', () => {
  it('is the second display, full screen', () => {
    expect(placeCustomer([display(1), display(2)], 1, null)).toMatchObject({ kind: 'full-screen', display: { id: 2 } });
  });

  it('is the remembered display when there are several', () => {
    expect(placeCustomer([display(1), display(2), display(3)], 1, { id: 3, label: 'D3' })).toMatchObject({ display: { id: 3 } });
  });

  it('is another one while the remembered display is away, and the remembered one when it is back', () => {
    const remembered = { id: 3, label: 'D3' };
    expect(placeCustomer([display(1), display(2)], 1, remembered)).toMatchObject({ kind: 'full-screen', display: { id: 2 } });
    expect(placeCustomer([display(1), display(2), display(3)], 1, remembered)).toMatchObject({ display: { id: 3 } });
  });

  it('is found by its label where the system gave the display another number, unless two have that label', () => {
    const remembered = { id: 77, label: 'Elo' };
    expect(findRemembered([display(1), display(4, 'Elo')], remembered)?.id).toBe(4);
    expect(findRemembered([display(1), display(4, 'Elo'), display(5, 'Elo')], remembered)).toBeNull();
    expect(findRemembered([display(1, ''), display(2, '')], { id: 77, label: '' })).toBeNull();
  });

  it('is a window on the only display, in the corner that is not the payment’s', () => {
    const place = placeCustomer([display(1)], 1, { id: 2, label: 'D2' });
    expect(place).toEqual({ kind: 'window', area: { x: 0, y: 228, width: 420, height: 532 } });
  });

  it('is never the cashier’s display, whatever is remembered', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 5 }),
        fc.option(fc.integer({ min: 1, max: 6 })),
        (count, at, id) => {
          const displays = Array.from({ length: count }, (_, index) => display(index + 1));
          const place = placeCustomer(displays, at, id === null ? null : { id, label: `D${id}` });
          if (place.kind === 'full-screen') expect(place.display.id).not.toBe(at);
          else expect(displays.filter((one) => one.id !== at)).toEqual([]);
        },
      ),
    );
  });
});

describe('a display’s name in the configuration', () => {
  it('leads back to the display, by number and label', () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom('', 'Elo', 'DELL U24 7', '12'), (id, label) => {
        expect(readScreenId(screenIdOf({ id, label }))).toEqual({ id, label });
      }),
    );
  });

  it('may be a label alone, written by hand, or nothing', () => {
    expect(readScreenId('Elo 15')).toEqual({ id: null, label: 'Elo 15' });
    expect(findRemembered([display(1), display(4, 'Elo 15')], readScreenId('Elo 15'))?.id).toBe(4);
    expect(screenIdOf({ id: null, label: 'Elo 15' })).toBe('Elo 15');
    expect(readScreenId(null)).toBeNull();
  });
});

describe('the cashier’s place', () => {
  it('is the primary display, unless that is the customer’s', () => {
    const [first, second] = [display(1), display(2)];
    expect(placeCashier([first, second], first, null).id).toBe(1);
    expect(placeCashier([first, second], first, { id: 2, label: 'D2' }).id).toBe(1);
    expect(placeCashier([first, second], first, { id: 1, label: 'D1' }).id).toBe(2);
    expect(placeCashier([first], first, { id: 1, label: 'D1' }).id).toBe(1);
  });
});

describe('a window that nobody can reach', () => {
  it('lies on no display, or only with an edge', () => {
    const displays = [display(1)];
    expect(isReachable({ x: 100, y: 100, width: 400, height: 400 }, displays)).toBe(true);
    expect(isReachable({ x: 1280, y: 0, width: 400, height: 400 }, displays)).toBe(false);
    expect(isReachable({ x: 1240, y: 0, width: 400, height: 400 }, displays)).toBe(false);
    expect(isReachable({ x: 100, y: -300, width: 400, height: 400 }, displays)).toBe(false);
    expect(isReachable({ x: 100, y: 750, width: 400, height: 400 }, displays)).toBe(false);
  });
});
