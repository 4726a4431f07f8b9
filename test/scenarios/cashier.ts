/** The cashier's screen, used as a cashier uses it: what can be read on it is tapped, a few keys, a scanner. */
import type { Locator, Page } from 'playwright-core';
import { SECOND_TAP_MS } from '../../renderer/cashier/second-tap.ts';
import { scanCode } from './keyboard-wedge.ts';
import { Screen } from './screen.ts';

/** Exactly this text, as a name that a screen reader says: nothing before it. */
const beginsWith = (name: string) => new RegExp(`^${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`);

/** The keys that pay, and what stands on the button of each. */
const MEANS = { F8: 'Kontant', F9: 'Vipps QR', F10: 'Kort' } as const;

export class Cashier extends Screen {
  #lastAtMs = Number.NEGATIVE_INFINITY;

  constructor(page: Page) {
    super(page);
  }

  /** A hand that has seen what came before it goes on: anything quicker is a second tap, and the register does not count those. */
  async #look(): Promise<void> {
    const restMs = this.#lastAtMs + SECOND_TAP_MS + 50 - Date.now();
    if (restMs > 0) await this.page.waitForTimeout(restMs);
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name: typeof name === 'string' ? beginsWith(name) : name }).filter({ visible: true });
  }

  /** Taps a button by what stands on it. */
  async tap(name: string | RegExp): Promise<void> {
    await this.#look();
    await this.button(name).first().click();
    this.#lastAtMs = Date.now();
  }

  async press(key: string): Promise<void> {
    if (key === 'Enter') await this.#look();
    await this.page.keyboard.press(key);
    if (key === 'Enter') this.#lastAtMs = Date.now();
  }

  /** Pays with a key, as soon as the means is offered: nobody presses a key for what is not on the screen yet. */
  async payBy(key: keyof typeof MEANS): Promise<void> {
    await this.page
      .getByRole('button', { name: beginsWith(MEANS[key]), disabled: false })
      .filter({ visible: true })
      .first()
      .waitFor();
    await this.press(key);
  }

  /** Presses Enter for the one primary button, as soon as it says this. */
  async confirm(words: string | RegExp): Promise<void> {
    await this.page.locator('button[data-primary]:enabled').filter({ hasText: words, visible: true }).first().waitFor();
    await this.press('Enter');
  }

  /** Types as a person does: slowly enough not to be a scanner. */
  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text, { delay: 65 });
  }

  /** Holds a code under the scanner. */
  async scan(code: string): Promise<void> {
    await scanCode(this.page, code);
  }

  /** The two goods of most scenarios: 39,90 and 24,90. */
  async scanBreadAndMilk(): Promise<void> {
    await this.scan('7090000010010');
    await this.hasLine('Kneipp, grovt');
    await this.scan('7090000020019');
    await this.hasLine('Lettmelk 1 l');
  }

  /** Opens a group of articles and taps one of them. */
  async tapArticle(group: string, name: string): Promise<void> {
    const groups = this.page.getByRole('navigation', { name: 'Varegrupper' });
    await groups.getByRole('button', { name: group, exact: true }).click();
    await this.page
      .getByRole('region', { name: group, exact: true })
      .getByRole('button', { name: beginsWith(name) })
      .click();
  }

  /** Waits until a line stands in the sale. */
  async hasLine(name: string): Promise<void> {
    await this.page.getByRole('list', { name: 'Varer i salget' }).getByText(name).first().waitFor();
  }

  /** Opens a page of the menu. */
  async openMenu(item: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Mer', exact: true }).click();
    await this.page.getByRole('heading', { name: 'Mer', exact: true }).waitFor();
    await this.tap(item);
  }

  /** Waits until the sale is paid. */
  async isFinished(): Promise<void> {
    await this.button('Ny kunde').waitFor();
  }

  /** Waits until the paper came, by what the screen says. */
  async receiptIsPrinted(): Promise<void> {
    await this.shows('Kvitteringen er skrevet ut');
  }

  /** The customer wants paper, and it comes. */
  async printReceipt(): Promise<void> {
    await this.tap('Skriv ut kvittering');
    await this.receiptIsPrinted();
  }

  /** From the finished sale to the next customer, with the Enter key. */
  async nextCustomer(): Promise<void> {
    await this.page.getByRole('button', { name: 'Ny kunde', disabled: false }).waitFor();
    await this.press('Enter');
    await this.shows('Klar for neste kunde');
  }
}
