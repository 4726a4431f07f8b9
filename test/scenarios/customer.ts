/** The screen that faces the customer. Nobody touches it: it is only looked at. */
import type { Page } from 'playwright-core';
import { readQr } from '../support/read-qr.ts';
import { Screen } from './screen.ts';

export type CustomerSees = 'idle' | 'basket' | 'qr' | 'scanned' | 'wait' | 'return' | 'result' | 'offline';

export class Customer extends Screen {
  /** Every message that the page sent over its line, and every request that was more than asking for a file. */
  readonly sent: string[] = [];

  constructor(page: Page) {
    super(page);
    this.#listen(page);
  }

  override moveTo(page: Page): void {
    super.moveTo(page);
    this.#listen(page);
  }

  #listen(page: Page): void {
    page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => this.sent.push(payload.toString())));
    page.on('request', (request) => {
      if (request.method() !== 'GET') this.sent.push(`${request.method()} ${request.url()}`);
    });
  }

  /** Waits until the screen is of a kind. */
  async sees(kind: CustomerSees): Promise<void> {
    await this.page.locator(`main[data-screen="${kind}"]`).waitFor();
  }

  /** Waits until a QR code is drawn. */
  async seesQr(): Promise<void> {
    await this.sees('qr');
    await this.page.waitForFunction(() => {
      const picture = document.querySelector<HTMLImageElement>('img.qr');
      return (picture?.complete === true && picture.naturalWidth > 0) || document.querySelector('svg.qr') !== null;
    });
  }

  /** Whether a QR code is anywhere in the page. */
  async hasQr(): Promise<boolean> {
    return (await this.page.locator('.qr').count()) > 0;
  }

  /** Whether no QR code is left in the page, or will be in a moment. */
  async losesQr(): Promise<boolean> {
    return this.comesToHaveNo(this.page.locator('.qr'));
  }

  /** Waits until the picture of the screen has a code that can be read, and gives what it says. */
  async readQr(): Promise<string> {
    await this.seesQr();
    for (let tries = 0; tries < 20; tries += 1) {
      const url = readQr(await this.page.screenshot({ animations: 'disabled' }));
      if (url !== null) return url;
    }
    throw new Error('The QR on the customer screen cannot be read.');
  }
}
