import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CodeSettings, CUT_OFF_MS, createCodeReader, type Heard, MOST_BYTES, SILENCE_MS } from '../../../hardware/scanner/codes.ts';
import { createTimeline } from './timeline.ts';

function listen(settings: CodeSettings = {}) {
  const heard: Heard[] = [];
  const { timers, pass } = createTimeline();
  const reader = createCodeReader(timers, (one) => heard.push(one), settings);
  return {
    heard,
    pass,
    reset: () => reader.reset(),
    say: (text: string | readonly number[]) => reader.push(typeof text === 'string' ? Buffer.from(text, 'utf8') : Uint8Array.from(text)),
    codes: () => heard.flatMap((one) => (one.kind === 'code' ? [one.code] : [])),
    dropped: () => heard.flatMap((one) => (one.kind === 'dropped' ? [one.why] : [])),
  };
}
/** Well beyond any silence. */
const LONG_MS = 10_000;

describe('A scanner on a line', () => {
  it.each([
    ['CR', '\r'],
    ['LF', '\n'],
    ['CR LF', '\r\n'],
    ['Tab', '\t'],
    ['ETX', '\u0003'],
  ])('may end its codes with %s', (_, ending) => {
    const scanner = listen();
    scanner.say(`7038010000123${ending}96385074${ending}`);
    expect(scanner.codes()).toEqual(['7038010000123', '96385074']);
    scanner.pass(LONG_MS);
    expect(scanner.heard).toHaveLength(2);
  });

  it('is heard at once, without waiting for silence', () => {
    const scanner = listen();
    scanner.say('7038010000123\r');
    expect(scanner.heard).toMatchObject([{ kind: 'code', code: '7038010000123', ending: 'suffix' }]);
  });

  it('may end its codes with nothing, and silence does', () => {
    const scanner = listen();
    scanner.say('70380100');
    scanner.pass(SILENCE_MS - 1);
    scanner.say('00123');
    scanner.pass(SILENCE_MS - 1);
    expect(scanner.heard).toEqual([]);
    scanner.pass(LONG_MS);
    expect(scanner.heard).toMatchObject([{ kind: 'code', code: '7038010000123', ending: 'silence' }]);
  });

  it('that ends its codes is not believed when one stops in the middle', () => {
    const scanner = listen();
    scanner.say('7038010000123\r');
    scanner.say('100');
    scanner.pass(LONG_MS);
    scanner.say('1001\r');
    expect(scanner.codes()).toEqual(['7038010000123', '1001']);
    expect(scanner.dropped()).toEqual(['cut-off']);
  });

  it('may be slow in the middle of a code when it is known to end them', () => {
    const scanner = listen();
    scanner.say('1\r7038');
    scanner.pass(CUT_OFF_MS - 1);
    scanner.say('010000123\r');
    expect(scanner.codes()).toEqual(['1', '7038010000123']);
  });

  it('may frame its codes with STX and ETX, and have a prefix of its own', () => {
    const scanner = listen({ prefix: 'F' });
    scanner.say('\u0002F7038010000123\u0003F96385074\r');
    expect(scanner.codes()).toEqual(['7038010000123', '96385074']);
  });

  it('keeps the separators inside a GS1 code', () => {
    const scanner = listen();
    scanner.say(']d20107038010000123\u001d10A\r');
    expect(scanner.codes()).toEqual([']d20107038010000123\u001d10A']);
  });

  it('is understood in UTF-8, in Latin-1, and in Latin-1 that nobody set up', () => {
    const latin = [...Buffer.from('BLÅBÆR-Ø', 'latin1'), 13];
    for (const [settings, bytes] of [
      [{}, [...Buffer.from('BLÅBÆR-Ø\r', 'utf8')]],
      [{ encoding: 'latin-1' }, latin],
      [{}, latin],
    ] as const) {
      const scanner = listen(settings);
      scanner.say(bytes);
      expect(scanner.codes()).toEqual(['BLÅBÆR-Ø']);
    }
  });

  it('says nothing with an ending alone, or with the zeros of a line that comes up', () => {
    const scanner = listen();
    scanner.say('\r\n\t\u0003');
    scanner.say([0, 0, 0]);
    scanner.pass(LONG_MS);
    expect(scanner.heard).toEqual([]);
    scanner.say([0, 0x39, 0, 0x36, 13]);
    expect(scanner.codes()).toEqual(['96']);
  });

  it('forgets half a code when its line goes away', () => {
    const scanner = listen();
    scanner.say('70380100');
    scanner.reset();
    scanner.pass(LONG_MS);
    scanner.say('96385074\r');
    expect(scanner.codes()).toEqual(['96385074']);
  });
});

describe('Bytes without end', () => {
  it('are dropped once, with how they began and how long they were', () => {
    const scanner = listen();
    for (let count = 0; count < 100; count += 1) scanner.say('x'.repeat(1_000));
    expect(scanner.heard).toEqual([]);
    scanner.say('\r');
    expect(scanner.heard).toEqual([
      { kind: 'dropped', raw: Uint8Array.from(Buffer.from('x'.repeat(64))), byteCount: 100_000, why: 'too-long' },
    ]);
    scanner.say('96385074\r');
    expect(scanner.codes()).toEqual(['96385074']);
  });
  it('are dropped when they stop without an ending, too', () => {
    const scanner = listen();
    scanner.say('x'.repeat(MOST_BYTES + 1));
    scanner.pass(LONG_MS);
    expect(scanner.dropped()).toEqual(['too-long']);
  });
});

describe('However the bytes are cut into portions', () => {
  it('the codes are the same', () => {
    const code = fc.string({ unit: fc.constantFrom(...'0123456789ABCæøå-/:?\u001d'), minLength: 1, maxLength: 40 });
    const ending = fc.constantFrom('\r', '\n', '\r\n', '\t', '\u0003');
    fc.assert(
      fc.property(
        fc.array(code, { minLength: 1, maxLength: 8 }),
        ending,
        fc.infiniteStream(fc.integer({ min: 1, max: 30 })),
        (codes, end, sizes) => {
          const scanner = listen();
          let bytes = Buffer.from(codes.map((one) => `${one}${end}`).join(''), 'utf8');
          for (const size of sizes) {
            scanner.say([...bytes.subarray(0, size)]);
            bytes = bytes.subarray(size);
            scanner.pass(SILENCE_MS - 1);
            if (bytes.length === 0) break;
          }
          expect(scanner.codes()).toEqual(codes);
        },
      ),
    );
  });
  it('noise never throws, and never grows without bound', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.uint8Array({ maxLength: 600 }), fc.integer({ min: 0, max: 500 })), { maxLength: 40 }), (steps) => {
        const scanner = listen();
        for (const step of steps) {
          if (typeof step === 'number') scanner.pass(step);
          else scanner.say([...step]);
        }
        scanner.pass(LONG_MS);
        for (const one of scanner.heard) expect(one.raw.length).toBeLessThanOrEqual(MOST_BYTES);
      }),
    );
  });
});
