import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { icnsOf, icoOf } from '../../scripts/icon-files.ts';
import { root } from '../support/source-files.ts';

const built = (name: string) => readFileSync(join(root, 'build', name));

/** The pictures inside an `.ico`, by its table. */
function inIco(file: Buffer): { size: number; png: Buffer }[] {
  expect([file.readUInt16LE(0), file.readUInt16LE(2)]).toEqual([0, 1]);
  return Array.from({ length: file.readUInt16LE(4) }, (_, index) => {
    const at = 6 + 16 * index;
    const offset = file.readUInt32LE(at + 12);
    return { size: file.readUInt8(at) || 256, png: file.subarray(offset, offset + file.readUInt32LE(at + 8)) };
  });
}

/** The pictures inside an `.icns`, walked from chunk to chunk to the very end. */
function inIcns(file: Buffer): { kind: string; png: Buffer }[] {
  expect([file.toString('latin1', 0, 4), file.readUInt32BE(4)]).toEqual(['icns', file.length]);
  const found: { kind: string; png: Buffer }[] = [];
  for (let at = 8; at < file.length; at += file.readUInt32BE(at + 4)) {
    found.push({ kind: file.toString('latin1', at, at + 4), png: file.subarray(at + 8, at + file.readUInt32BE(at + 4)) });
  }
  return found;
}

function isTheDrawing(png: Buffer, size: number): void {
  const picture = PNG.sync.read(png);
  expect([picture.width, picture.height]).toEqual([size, size]);
  const pixel = (x: number, y: number) => [...picture.data.subarray(4 * (y * size + x), 4 * (y * size + x) + 4)];
  // The corner is outside the rounded square, its lower left is green, the bar of the T is light.
  expect(pixel(0, 0)[3]).toBeLessThan(255);
  expect(pixel(Math.floor(size / 4), Math.floor(size * 0.75))).toEqual([0x1f, 0x5f, 0x4a, 255]);
  if (size >= 32) expect(pixel(size / 2, Math.floor((size * 10) / 32))).toEqual([0xfa, 0xf9, 0xf6, 255]);
}

describe('the icons', () => {
  it('for Windows hold every size up to 256, as it is drawn', () => {
    const pictures = inIco(built('icon.ico'));
    expect(pictures.map(({ size }) => size)).toEqual([16, 24, 32, 48, 64, 128, 256]);
    for (const { size, png } of pictures) isTheDrawing(png, size);
  });

  it('for macOS hold every size up to 1024, each under its kind', () => {
    const pictures = inIcns(built('icon.icns'));
    const sizes = new Map(pictures.map(({ kind, png }) => [kind, PNG.sync.read(png).width]));
    expect(Object.fromEntries(sizes)).toEqual({
      icp4: 16,
      icp5: 32,
      ic11: 32,
      ic12: 64,
      ic07: 128,
      ic13: 256,
      ic08: 256,
      ic14: 512,
      ic09: 512,
      ic10: 1024,
    });
    for (const { png } of pictures) isTheDrawing(png, PNG.sync.read(png).width);
  });

  it('for Linux are files that say their size', () => {
    const names = readdirSync(join(root, 'build', 'icons'));
    expect(names).toContain('512x512.png');
    for (const name of names) isTheDrawing(built(join('icons', name)), Number(name.split('x')[0]));
  });

  it('come back out of both files as they went in', () => {
    const pictures = [16, 256, 1024].map((size) => ({ size, png: Buffer.from(`picture of ${size}`) }));
    expect(inIco(icoOf(pictures)).map(({ size, png }) => [size, png.toString()])).toEqual([
      [16, 'picture of 16'],
      [256, 'picture of 256'],
    ]);
    expect(inIcns(icnsOf(pictures)).map(({ png }) => png.toString())).toEqual([
      'picture of 16',
      'picture of 256',
      'picture of 256',
      'picture of 1024',
    ]);
  });
});
