import { toString as toSvg } from 'qrcode';
import { describe, expect, it } from 'vitest';
import { inspectSvg } from '../../../app/vipps/svg.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const SHAPES = '<path d="M0 0h9v9H0z"/>';
const svg = (inside: string, attributes = 'viewBox="0 0 41 41"') =>
  bytes(`<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${inside}</svg>`);

describe('a picture in vectors', () => {
  it('as a QR library draws it may be shown', async () => {
    const drawn = await toSvg('https://qr.vipps.no/28/2/05/031/abc', { type: 'svg' });
    expect(inspectSvg(bytes(drawn))).toEqual({ text: drawn });
  });

  it('says how large it is by its box or by its sides', () => {
    expect(inspectSvg(svg(SHAPES, 'width="720" height="720"'))).toHaveProperty('text');
    expect(inspectSvg(svg(SHAPES, ''))).toEqual({ problem: 'an SVG that does not say its size' });
    expect(inspectSvg(svg(SHAPES, 'viewBox="0 0 41 20"'))).toEqual({ problem: 'not square: 41 × 20' });
  });

  it.each(['<html></html>', 'not found', '', '{"url": "https://qr.vipps.no/x"}', '%PDF-1.4'])('is not %j', (text) => {
    expect(inspectSvg(bytes(text))).toEqual({ problem: 'not an SVG: it does not begin as one' });
  });

  it('that was cut off is not shown, wherever it was', () => {
    const whole = svg(SHAPES);
    for (let length = 0; length < whole.length; length += 1) expect(inspectSvg(whole.subarray(0, length))).toHaveProperty('problem');
  });

  it.each([
    '<script>alert(1)</script>',
    '<image href="https://elsewhere.example/x.png"/>',
    '<foreignObject><body/></foreignObject>',
    '<use xlink:href="#a"/>',
    '<rect onload="x()"/>',
    '<rect style="fill:url(https://elsewhere.example)"/>',
    '<a><path/></a>',
  ])('with more in it than shapes is not shown: %s', (inside) => {
    expect(inspectSvg(svg(inside))).toEqual({ problem: 'an SVG with more in it than shapes' });
  });
});
