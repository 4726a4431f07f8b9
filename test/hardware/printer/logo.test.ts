import fc from 'fast-check';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { encodeDocument } from '../../../hardware/printer/encode.ts';
import { LogoRefusedError, logoBytes, readLogo } from '../../../hardware/printer/logo.ts';
import { readPaper } from '../../../hardware/printer/paper/read.ts';

type Colour = readonly [number, number, number, number];
const BLACK: Colour = [0, 0, 0, 255];
const GREY: Colour = [128, 128, 128, 255];
const CLEAR: Colour = [0, 0, 0, 0];

function picture(width: number, height: number, colour: (x: number, y: number) => Colour): Uint8Array {
  const png = new PNG({ width, height });
  for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) png.data.set(colour(x, y), 4 * (y * width + x));
  return PNG.sync.write(png);
}

/** Only the beginning of a file that says it is this large. */
function headerOnly(width: number, height: number): Uint8Array {
  const bytes = Buffer.alloc(64);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
}

function blackShare(raster: { readonly rows: Uint8Array }): number {
  const black = raster.rows.reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0);
  return black / (raster.rows.length * 8);
}

describe('a logo', () => {
  it('is made as wide as the paper, and never larger than it is', () => {
    expect(
      readLogo(
        picture(1_008, 100, () => BLACK),
        504,
      ),
    ).toMatchObject({ widthDots: 504, heightDots: 50 });
    expect(
      readLogo(
        picture(80, 20, () => BLACK),
        504,
      ),
    ).toMatchObject({ widthDots: 80, heightDots: 20 });
    expect(
      readLogo(
        picture(100, 900, () => BLACK),
        384,
      ).heightDots,
    ).toBe(400);
  });

  it('keeps black black, grey half black, and what is transparent white', () => {
    expect(
      blackShare(
        readLogo(
          picture(80, 40, () => BLACK),
          384,
        ),
      ),
    ).toBe(1);
    expect(
      blackShare(
        readLogo(
          picture(80, 40, () => CLEAR),
          384,
        ),
      ),
    ).toBe(0);
    expect(
      blackShare(
        readLogo(
          picture(80, 40, () => GREY),
          384,
        ),
      ),
    ).toBeCloseTo(0.5, 1);
  });

  it('of 20 megapixels is refused before it is unpacked, with a sentence', () => {
    expect(() => readLogo(headerOnly(5_000, 4_000), 504)).toThrow(
      'The picture has 5000 × 4000 points; a logo may have 4,000,000. Save it smaller.',
    );
  });

  it('that is no picture, or a damaged one, is refused with a sentence', () => {
    for (const bytes of [
      Buffer.from('GIF89a'),
      new Uint8Array(0),
      headerOnly(0, 5),
      headerOnly(10, 10),
      picture(40, 40, () => GREY).subarray(0, 60),
    ]) {
      expect(() => readLogo(bytes, 504)).toThrow(LogoRefusedError);
    }
  });

  it('stands in the middle, above the receipt, in bands without a gap', () => {
    const logo = readLogo(
      picture(200, 300, (x) => (x < 100 ? BLACK : CLEAR)),
      504,
    );
    const document = { series: 'sale' as const, title: '', blocks: [{ kind: 'mark' as const, text: 'Kvittering' }] };
    const paper = readPaper(encodeDocument(document, { columns: 42, logo }), { widthDots: 576 });
    const images = paper.blocks.filter((block) => block.kind === 'image');
    expect(images.map((image) => [image.xDots, image.widthDots, image.heightDots])).toEqual([
      [188, 200, 128],
      [188, 200, 128],
      [188, 200, 44],
    ]);
    expect(paper.blocks[0]?.kind).toBe('image');
  });

  it('is these bytes', () => {
    const logo = readLogo(
      picture(8, 2, (x, y) => ((x + y) % 2 === 0 ? BLACK : CLEAR)),
      384,
    );
    expect(logoBytes(logo)).toEqual([0x1b, 0x61, 1, 0x1d, 0x76, 0x30, 0, 1, 0, 2, 0, 0b10101010, 0b01010101, 0x1b, 0x61, 0]);
  });

  it('never says to a printer in real time what its dots happen to say', () => {
    const byte = fc.constantFrom(0x10, 0x04, 0x05, 0x14, 0x01, 0x00);
    fc.assert(
      fc.property(fc.array(byte, { minLength: 24, maxLength: 24 }), (bytes) => {
        const dots = bytes.map((value) => value.toString(2).padStart(8, '0')).join('');
        const logo = readLogo(
          picture(64, 3, (x, y) => (dots[y * 64 + x] === '1' ? BLACK : CLEAR)),
          384,
        );
        const sent = logoBytes(logo);
        const obeyed = sent.filter((value, at) => value === 0x10 && [0x04, 0x05, 0x14].includes(sent[at + 1] ?? 0));
        expect(obeyed).toEqual([]);
      }),
    );
  });
});
