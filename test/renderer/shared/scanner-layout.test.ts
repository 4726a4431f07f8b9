import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type WedgeSettings, type WedgeState, wedgeIdle, wedgeKey } from '../../../renderer/shared/wedge.ts';
import { americanScanner, norwegianScanner, type Stroke } from './norwegian-keyboard.ts';

const OTHERWISE = { alt: false, meta: false, altGraph: false, capsLock: false, repeat: false };

/** Scans one code after the other, with one state as the page has it. */
function hear(
  codes: readonly (readonly Stroke[])[],
  settings: WedgeSettings = {},
  more: Partial<typeof OTHERWISE> = {},
): (string | null)[] {
  let state: WedgeState = wedgeIdle;
  let atMs = 0;
  return codes.map((strokes) => {
    for (const stroke of strokes) {
      atMs += 8;
      state = wedgeKey(state, { ...OTHERWISE, ...more, ...stroke, atMs }, true, settings).state;
    }
    atMs += 8;
    const last = wedgeKey(state, { ...OTHERWISE, key: 'Enter', code: 'Enter', shift: false, ctrl: false, atMs }, true, settings);
    state = last.state;
    atMs += 1_000;
    return last.scan;
  });
}

const PERSONAL = 'https://qr.vipps.no/28/2/01/031/4791234567?v=1';

describe('A scanner that believes in an American keyboard, under a Norwegian layout', () => {
  it.each([
    PERSONAL,
    'https://qr.vipps.no/p/aB3-x_Y=z',
    ']C10107038010000123',
    ']d2010703801000012310A-1/b\u001d21x',
    'T1S.KOLO.1.1042.5G',
    'A-100',
    '7038010000123',
    '(01)07038010000123',
  ])('is heard right: %s', (code) => {
    expect(hear([americanScanner(code)])).toEqual([code]);
  });

  it('is heard right with Caps Lock on', () => {
    expect(hear([americanScanner(PERSONAL)], {}, { capsLock: true })).toEqual([PERSONAL]);
  });

  it('is known from then on: what could be meant either way is meant the same way', () => {
    const [, after] = hear([americanScanner(PERSONAL), americanScanner('A:B;C')]);
    expect(after).toBe('A:B;C');
  });

  it('is heard right in everything that it can send, once the shop has said so', () => {
    const text = fc.string({ unit: fc.constantFrom(...'abcXYZ0189-/:?=&_.,;+*!@#$%^()[]{}<>|~"\'` '), minLength: 3, maxLength: 40 });
    fc.assert(
      fc.property(text, (code) => {
        expect(hear([americanScanner(code)], { layout: 'american' })).toEqual([code]);
      }),
    );
  });
});

describe('A scanner that was set up for the Norwegian layout', () => {
  it.each([PERSONAL, 'https://qr.vipps.no/p/aB3-x_Y=z', 'T1S.KOLO.1.1042.5G', 'A-100', 'A/100', 'BLÅBÆR-Ø', 'GRØNN', '7038010000123'])(
    'is heard right: %s',
    (code) => {
      expect(hear([norwegianScanner(code)])).toEqual([code]);
    },
  );

  it('is believed again after another one was heard', () => {
    expect(hear([americanScanner(PERSONAL), norwegianScanner(PERSONAL), norwegianScanner('A:B')])).toEqual([PERSONAL, PERSONAL, 'A:B']);
  });
});

describe('A scanner’s own prefix', () => {
  it('is taken off where it stands, and a code without it is a code', () => {
    const scanned = hear([americanScanner('~F7038010000123'), americanScanner('7038010000123'), americanScanner('~F~F1')], {
      prefix: '~F',
      layout: 'american',
    });
    expect(scanned).toEqual(['7038010000123', '7038010000123', '~F1']);
  });
  it('alone is no code', () => {
    expect(hear([americanScanner('ABC')], { prefix: 'ABC' })).toEqual([null]);
  });
});

describe('A person who writes an accent', () => {
  it('has the key that waits for its letter go its way', () => {
    const key = { ...OTHERWISE, key: 'Dead', code: 'BracketRight', shift: false, ctrl: false, atMs: 0 };
    expect(wedgeKey(wedgeIdle, key)).toMatchObject({ swallow: false, release: '', scan: null });
  });
});
