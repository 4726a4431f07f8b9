/** What a scenario leaves behind: a timeline, checks, pictures of both screens. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Page } from 'playwright-core';

export type Who = 'cashier' | 'customer' | 'phone' | 'register' | 'provider' | 'printer' | 'scanner' | 'journal' | 'head office';

export interface TimelineRow {
  /** Since the scenario began. */
  readonly atMs: number;
  readonly who: Who;
  readonly what: string;
}

export interface Check {
  readonly what: string;
  readonly ok: boolean;
  /** What was found in place of what was expected; only of a check that is not ok. */
  readonly found?: string;
}

export class Record {
  readonly timeline: TimelineRow[] = [];
  readonly checks: Check[] = [];
  readonly screenshots: string[] = [];
  readonly folder: string;
  readonly #startedAtMs = performance.now();
  readonly #tell: (row: TimelineRow) => void;

  /** `folder` is emptied. `tell` hears every row of the timeline as it happens. */
  constructor(folder: string, tell: (row: TimelineRow) => void = () => {}) {
    this.folder = folder;
    this.#tell = tell;
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }

  get elapsedMs(): number {
    return Math.round(performance.now() - this.#startedAtMs);
  }

  /** A row of the timeline. */
  note(who: Who, what: string): void {
    const row = { atMs: this.elapsedMs, who, what };
    this.timeline.push(row);
    this.#tell(row);
  }

  /** Something that must be true. `found` is told when it is not. */
  check(what: string, ok: boolean, found: unknown = undefined): void {
    this.checks.push(ok || found === undefined ? { what, ok } : { what, ok, found: show(found) });
  }

  /** Something that must be exactly so. */
  equal(what: string, found: unknown, expected: unknown): void {
    this.check(what, isDeepStrictEqual(found, expected), found);
  }

  /** Photographs both screens as `NN-name-cashier.png` and `NN-name-customer.png`. Gives the customer's picture. */
  async photograph(name: string, screens: { readonly cashier: Page; readonly customer: Page }): Promise<Buffer> {
    const number = String(this.screenshots.length / 2 + 1).padStart(2, '0');
    const take = (page: Page, who: string): Promise<Buffer> => {
      const path = join(this.folder, `${number}-${name}-${who}.png`);
      this.screenshots.push(path);
      return page.screenshot({ path, animations: 'disabled' });
    };
    const [, customer] = await Promise.all([take(screens.cashier, 'cashier'), take(screens.customer, 'customer')]);
    return customer;
  }

  get ok(): boolean {
    return this.checks.length > 0 && this.checks.every((check) => check.ok);
  }
}

function show(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return text.length > 500 ? `${text.slice(0, 500)} …` : text;
}
