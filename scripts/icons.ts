/**
 * `node scripts/icons.ts`: draws the program's icons from `renderer/shared/icon.svg` into `build/`: PNGs for Linux, one
 * `.ico` for Windows, one `.icns` for macOS. What it makes is kept in Git, so that nobody needs a browser to release.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { ensureBrowser } from './browser.ts';
import { icnsOf, icoOf, type Picture } from './icon-files.ts';

const root = join(import.meta.dirname, '..');
const svg = readFileSync(join(root, 'renderer', 'shared', 'icon.svg'), 'utf8');
const SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];

const browser = await chromium.launch({
  executablePath: await ensureBrowser((line) => process.stderr.write(`${line}\n`)),
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
try {
  const page = await browser.newPage();
  const pictures: Picture[] = [];
  for (const size of SIZES) {
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(
      `<style>html,body{margin:0;background:transparent}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`,
    );
    const png = await page.screenshot({ omitBackground: true, clip: { x: 0, y: 0, width: size, height: size } });
    pictures.push({ size, png });
  }
  const build = join(root, 'build');
  mkdirSync(join(build, 'icons'), { recursive: true });
  for (const { size, png } of pictures) {
    if (size <= 512) writeFileSync(join(build, 'icons', `${size}x${size}.png`), png);
  }
  writeFileSync(join(build, 'icon.png'), pictures.find(({ size }) => size === 1024)?.png ?? new Uint8Array());
  writeFileSync(join(build, 'icon.ico'), icoOf(pictures));
  writeFileSync(join(build, 'icon.icns'), icnsOf(pictures));
} finally {
  await browser.close();
}
