/**
 * `npm run pictures`: the README's pictures, made anew. Four are states of the gallery, from fixed data; the receipt is
 * drawn from the bytes that a printer gets.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { salesReceipt } from '../app/receipt/sales-receipt.ts';
import { encodeDocument } from '../hardware/printer/encode.ts';
import { paperToPng } from '../hardware/printer/paper/draw.ts';
import { readPaper } from '../hardware/printer/paper/read.ts';
import { exampleFacts } from '../test/app/receipt/example-sale.ts';
import { launchBrowser } from '../test/support/browser.ts';
import { buildGallery, openState, serveFolder } from '../test/support/gallery.ts';

const PICTURES = [
  { name: 'cashier', screen: 'cashier', state: 'selling', width: 1280, height: 800 },
  { name: 'paying', screen: 'cashier', state: 'pay-waiting-for-approval', width: 1280, height: 800 },
  { name: 'customer', screen: 'customer', state: 'qr', width: 1280, height: 800 },
  { name: 'head-office', screen: 'head-office', state: 'overview', width: 1280, height: 800 },
] as const;
const PAPER_DOTS = 576;

const folder = join(import.meta.dirname, '..', 'docs', 'pictures');
mkdirSync(folder, { recursive: true });
const paper = readPaper(encodeDocument(salesReceipt(exampleFacts()), { columns: 42 }), { widthDots: PAPER_DOTS });
writeFileSync(join(folder, 'receipt.png'), paperToPng(paper));

const built = mkdtempSync(join(tmpdir(), 'tillit-pictures-'));
await buildGallery(built);
const { server, address } = await serveFolder(built);
const browser = await launchBrowser();
try {
  for (const { name, screen, state, width, height } of PICTURES) {
    const page = await browser.newPage({ viewport: { width, height } });
    await openState(page, address, { screen, state });
    await page.screenshot({ path: join(folder, `${name}.png`) });
    await page.close();
  }
} finally {
  await browser.close();
  server.close();
  rmSync(built, { recursive: true, force: true });
}
