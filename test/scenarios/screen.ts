/** What any screen can be asked: does it show these words, does it not, what does it say as a whole. */
import type { Locator, Page } from 'playwright-core';

/** Every kind of white space is a plain space: amounts are written with ones that do not break. */
export const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();

export class Screen {
  #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get page(): Page {
    return this.#page;
  }

  /** The screen is another window from now on: the program that had the first one was started anew. */
  moveTo(page: Page): void {
    this.#page = page;
  }

  /** Waits until the words can be seen. Fails with them when they do not come. */
  async shows(words: string | RegExp): Promise<void> {
    await this.page.getByText(words).filter({ visible: true }).first().waitFor();
  }

  /** All that can be read on it now. */
  async text(): Promise<string> {
    return plain(await this.page.locator('body').innerText());
  }

  /** Waits until a text stands somewhere on the screen, even when it is drawn in pieces (kroner large, øre small). */
  async reads(words: string | RegExp): Promise<void> {
    const wanted = typeof words === 'string' ? words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : words.source;
    await this.page.waitForFunction(
      (pattern) => new RegExp(pattern).test(document.body.innerText.replace(/\s+/g, ' ').replace(/ (?=,\d\d)/g, '')),
      wanted,
    );
  }

  /** Whether the screen comes to read so: each screen hears of a change by itself, and not at the same moment. */
  async comesToRead(words: string | RegExp): Promise<boolean> {
    return this.reads(words).then(
      () => true,
      () => false,
    );
  }

  /** Whether nothing of this is left on the screen, or will be in a moment. */
  async comesToHaveNo(what: Locator): Promise<boolean> {
    return what
      .filter({ visible: true })
      .first()
      .waitFor({ state: 'hidden' })
      .then(
        () => true,
        () => false,
      );
  }
}
