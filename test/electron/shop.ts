/** The desktop program with the demo shop, on the double: what the desktop's own tests start from. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { CashierView, Command, CommandAnswer } from '../../app/till/contract.ts';
import { build, needsBuild } from '../../scripts/build.ts';
import type { ReadyLine } from '../../server/web/register.ts';
import { DEMO_CONFIGURATION } from '../support/running-register.ts';
import type { DoubleChoices } from './run-double.ts';
import { RunningDesktop } from './running-desktop.ts';

export interface ShopStart {
  readonly data: string;
  readonly args?: readonly string[];
  readonly choices?: DoubleChoices;
  readonly configFile?: string;
}

export const newData = (): string => mkdtempSync(join(tmpdir(), 'tillit-desktop-'));
export const removeData = (data: string): void => rmSync(data, { recursive: true, force: true });

/** Builds what is missing or old. */
export function ensureDesktopBuilt(): void {
  if (needsBuild() && !build()) throw new Error('The desktop program could not be built; the reason stands above.');
}

export const shopArguments = ({ data, args = [], configFile = DEMO_CONFIGURATION }: ShopStart): readonly string[] => [
  '--config',
  configFile,
  '--data',
  data,
  '--ready',
  ...args,
];

/** A running desktop shop. */
export class Shop {
  readonly desktop: RunningDesktop;
  readonly line: ReadyLine;

  private constructor(desktop: RunningDesktop) {
    this.desktop = desktop;
    this.line = JSON.parse(desktop.ownLine) as ReadyLine;
  }

  static async open(start: ShopStart): Promise<Shop> {
    ensureDesktopBuilt();
    const desktop = await RunningDesktop.start({
      args: shopArguments(start),
      waitForOwnLine: true,
      ...(start.choices === undefined ? {} : { choices: start.choices }),
    });
    return new Shop(desktop);
  }

  cashier(): Promise<Page> {
    return this.desktop.page('/cashier');
  }

  customer(): Promise<Page> {
    return this.desktop.page('/customer');
  }

  /** As the cashier's page does it. */
  async send(command: Command): Promise<CommandAnswer> {
    const page = await this.cashier();
    return page.evaluate(`window.tillit.send(${JSON.stringify(command)})`);
  }

  /** Sends a message that no page of ours would. */
  forge(ending: '/cashier' | '/customer', channel: string, message: unknown, more: { url?: string | null; inside?: boolean } = {}) {
    return this.desktop.window(ending).then(({ id }) =>
      this.desktop.control<{ readonly ok?: boolean; readonly code?: string }>({
        do: 'forge',
        window: id,
        channel,
        args: [message],
        ...more,
      }),
    );
  }

  /** What the till itself says, over the web shell beside the windows. */
  async view(): Promise<CashierView> {
    const response = await fetch(`${this.line.api}/api/views/cashier`, {
      headers: { authorization: `Bearer ${this.line.tokens.cashier}` },
    });
    return (await response.json()) as CashierView;
  }

  /** Rings up one article and shows the QR; gives the picture that the customer sees. */
  async showQr(): Promise<string> {
    await this.send({ type: 'add-article', articleNumber: '1001' });
    await this.send({ type: 'pay-vipps' });
    return this.qr();
  }

  /** The picture on the customer's screen, once it is there. */
  async qr(): Promise<string> {
    const page = await this.customer();
    const picture = page.locator('img[src^="data:image/png"], canvas').first();
    await picture.waitFor({ timeout: 20_000 });
    return (await picture.getAttribute('src')) ?? 'drawn';
  }

  async windowAt(ending: '/cashier' | '/customer') {
    return this.desktop.window(ending);
  }
}

/** The technical log's lines of a data folder. */
export function logLines(data: string): readonly string[] {
  return readdirSync(data, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('tillit.log'))
    .flatMap((path) => readFileSync(join(data, path), 'utf8').trimEnd().split('\n'));
}
