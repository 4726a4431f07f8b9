/** The customer's own phone: the sandbox's page, opened with what the QR says. */
import type { Page } from 'playwright-core';
import { readQr } from '../support/read-qr.ts';
import { Screen } from './screen.ts';

export class Phone extends Screen {
  constructor(page: Page) {
    super(page);
  }

  /** Points the camera at the code: its address opens, with the payment on it. */
  async scan(url: string): Promise<void> {
    await this.page.goto(url);
    await this.page.getByRole('button', { name: 'Godkjenn' }).waitFor();
  }

  async approve(): Promise<void> {
    await this.page.getByRole('button', { name: 'Godkjenn' }).click();
  }

  /** Opens the app and the message that came, with the payment on it. */
  async openMessage(phoneUrl: string): Promise<void> {
    await this.page.goto(phoneUrl);
    await this.page.getByRole('button', { name: 'Åpne varselet' }).first().click();
    await this.page.getByRole('button', { name: 'Godkjenn' }).waitFor();
  }

  /** Shows the customer's own code, and gives what a scanner reads on the screen. */
  async showCode(phoneUrl: string): Promise<string> {
    await this.page.goto(phoneUrl);
    await this.page.locator('[data-action="my-code"]').click();
    await this.page.locator('[data-content]').filter({ hasText: 'https://' }).waitFor();
    const code = readQr(await this.page.locator('.myCode').screenshot());
    if (code === null) throw new Error('The code on the phone cannot be read.');
    return code;
  }

  /** Says no. */
  async reject(): Promise<void> {
    await this.#other('Avslå');
  }

  /** Approves without having the money. */
  async hasNoCover(): Promise<void> {
    await this.#other('Ikke dekning');
  }

  /** Rarer endings may be folded away. */
  async #other(name: string): Promise<void> {
    const button = this.page.getByRole('button', { name });
    if (!(await button.isVisible())) await this.page.getByText('Noe annet skjer').click();
    await button.click();
  }
}
