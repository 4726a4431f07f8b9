/**
 * A shop for an hour: a provider to practise against, a register in a process of its own, its two screens and the
 * customer's phone in a real browser, or its screens as windows of the desktop program. The provider outlives the register, so that a restart meets the same payments.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { defaultSalesUnits, type SalesUnitOptions } from '../../server/sandbox/sales-units.ts';
import { type Sandbox, startSandbox } from '../../server/sandbox/sandbox.ts';
import type { ReadyLine } from '../../server/web/register.ts';
import { RunningDesktop } from '../electron/running-desktop.ts';
import { type EndedProcess, RunningRegister } from '../support/running-register.ts';
import { sandboxConfiguration } from '../support/sandbox-configuration.ts';
import { Cashier } from './cashier.ts';
import { Chain, type ChainStore } from './chain.ts';
import { Customer } from './customer.ts';
import { watchMarks } from './marks.ts';
import { Phone } from './phone.ts';

/** How long any single thing may take before it counts as not coming. */
const PATIENCE_MS = 20_000;
/** The counter's screen and the customer's. */
const SIZES = { cashier: { width: 1280, height: 800 }, customer: { width: 1280, height: 800 }, phone: { width: 480, height: 900 } };

/** Where the register's screens are: pages of any browser, or windows of the desktop program. */
export type ShellName = 'web' | 'desktop';

/** Which of the provider's APIs the register talks to. ePayment does not tell that a code was scanned. */
export type ApiName = 'ecom' | 'epayment';

/** The shell that a suite is to use: `TILLIT_SHELL`, else the web. */
export const chosenShell = (): ShellName => (process.env.TILLIT_SHELL === 'desktop' ? 'desktop' : 'web');

/** A register that runs, and the desktop program that it runs in, if it does. */
interface Started {
  readonly register: RunningRegister;
  readonly desktop: RunningDesktop | null;
}

/** The provider's sales units, and its clock; the chain that the shop is a store of. */
export interface Units {
  readonly unit?: SalesUnitOptions;
  readonly distanceUnit?: SalesUnitOptions;
  readonly atNoon?: true;
  /** The stores of a chain; this shop is the first. */
  readonly chain?: readonly ChainStore[];
}

/** A further register of a chain: its provider and its head office are there. */
interface Seat {
  readonly chain: Chain;
  readonly storeId: string;
  readonly registerId: string;
}

export class Shop {
  readonly sandbox: Sandbox;
  readonly api: ApiName;
  readonly dataDir: string;
  readonly cashier: Cashier;
  readonly customer: Customer;
  readonly phone: Phone;
  /** What the pages complained of: scripts, policies, missing files. A line to a register that was killed is none. */
  readonly complaints: string[];
  readonly #chain: Chain | null;
  /** Ends what this shop has started beside its screens and its register. */
  readonly #end: () => Promise<void>;
  readonly #folder: string;
  readonly #contexts: readonly BrowserContext[];
  #started: Started;

  private constructor(
    sandbox: Sandbox,
    api: ApiName,
    folder: string,
    started: Started,
    contexts: readonly BrowserContext[],
    pages: { readonly cashier: Page; readonly customer: Page; readonly phone: Page },
    complaints: string[],
    chain: Chain | null,
    end: () => Promise<void>,
  ) {
    this.#chain = chain;
    this.#end = end;
    this.sandbox = sandbox;
    this.api = api;
    this.dataDir = dataDirIn(folder);
    this.cashier = new Cashier(pages.cashier);
    this.customer = new Customer(pages.customer);
    this.phone = new Phone(pages.phone);
    this.complaints = complaints;
    this.#folder = folder;
    this.#started = started;
    this.#contexts = contexts;
  }

  /**
   * Starts all of it and waits until both screens show the shop. Close it when done. `changes` go over the shop's
   * configuration; `atNoon` is the time at the provider then, on this machine's day.
   */
  static async open(
    browser: Browser,
    shell: ShellName = 'web',
    changes: Readonly<Record<string, unknown>> = {},
    api: ApiName = 'ecom',
    units: Units = {},
  ): Promise<Shop> {
    const sandbox = await startProvider(units);
    let chain: Chain | null = null;
    const end = async () => {
      await chain?.close();
      await sandbox.close();
    };
    try {
      const [first] = units.chain ?? [];
      if (units.chain !== undefined) chain = await Chain.open(sandbox, units.chain, api);
      const seat = chain === null || first === undefined ? null : { chain, storeId: first.storeId, registerId: '1' };
      return await Shop.#openAt(browser, shell, sandbox, seat, { ...distanceOf(sandbox, units.distanceUnit), ...changes }, api, end);
    } catch (error) {
      await end();
      throw error;
    }
  }

  /** Another register of the same chain, with screens and a phone of its own. Close it before this one. */
  async openBesides(storeId: string, registerId = '1', changes: Readonly<Record<string, unknown>> = {}): Promise<Shop> {
    const browser = this.#contexts[0]?.browser();
    if (browser === null || browser === undefined) throw new Error('The shop has no browser.');
    const shell = this.desktop === null ? 'web' : 'desktop';
    return Shop.#openAt(browser, shell, this.sandbox, { chain: this.chain, storeId, registerId }, changes, this.api, async () => undefined);
  }

  static async #openAt(
    browser: Browser,
    shell: ShellName,
    sandbox: Sandbox,
    seat: Seat | null,
    changes: Readonly<Record<string, unknown>>,
    api: ApiName,
    end: () => Promise<void>,
  ): Promise<Shop> {
    const folder = mkdtempSync(join(tmpdir(), 'tillit-shop-'));
    const ending: (() => Promise<unknown>)[] = [];
    try {
      writeFileSync(configurationIn(folder), JSON.stringify({ ...configurationAt(sandbox, api, seat), ...changes }), { mode: 0o600 });
      const enrolment = seat === null ? [] : ['--enrol', await seat.chain.codeFor(seat.storeId, seat.registerId)];
      const complaints: string[] = [];
      const opening = async (size: { readonly width: number; readonly height: number }): Promise<Page> => {
        const { context, page } = await openPage(browser, size, complaints);
        contexts.push(context);
        ending.push(() => context.close());
        return page;
      };
      const contexts: BrowserContext[] = [];
      const [started, phone] = await Promise.all([start(folder, shell, enrolment), opening(SIZES.phone)]);
      ending.push(() => started.register.kill());
      const { desktop, register } = started;
      const [cashier, customer] =
        desktop === null
          ? await Promise.all([opening(SIZES.cashier), opening(SIZES.customer)])
          : await Promise.all([windowPage(desktop, 'cashier', complaints), windowPage(desktop, 'customer', complaints)]);
      const shop = new Shop(sandbox, api, folder, started, contexts, { cashier, customer, phone }, complaints, seat?.chain ?? null, end);
      if (desktop === null) await Promise.all([cashier.goto(register.ready.cashier), customer.goto(register.ready.customer)]);
      await Promise.all([shop.cashier.shows('Klar for neste kunde'), shop.customer.sees('idle')]);
      return shop;
    } catch (error) {
      await Promise.allSettled(ending.map((end) => end()));
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** The chain that the shop is a store of. */
  get chain(): Chain {
    if (this.#chain === null) throw new RangeError('The shop of this scenario is in no chain.');
    return this.#chain;
  }

  get register(): RunningRegister {
    return this.#started.register;
  }

  /** The desktop program; `null` in the web shell. */
  get desktop(): RunningDesktop | null {
    return this.#started.desktop;
  }

  get electron(): 'real' | 'double' | null {
    return this.desktop?.electron ?? null;
  }

  /** Whether the screens stay when the till's process goes: pages of a browser do, windows of the same program do not. */
  get screensOutliveTill(): boolean {
    return this.desktop === null;
  }

  get pages(): { readonly cashier: Page; readonly customer: Page } {
    return { cashier: this.cashier.page, customer: this.customer.page };
  }

  /** Takes the power away from the register. The provider stays, and so do screens that are not its own. */
  async kill(): Promise<EndedProcess> {
    return this.register.kill();
  }

  /** The configuration of the next start names this API. */
  configureApi(api: ApiName): void {
    const path = this.configFile;
    const configuration = JSON.parse(readFileSync(path, 'utf8')) as { readonly provider: object };
    writeFileSync(path, JSON.stringify({ ...configuration, provider: { ...configuration.provider, api } }));
  }

  /** Starts the register again, on the same data and the same port. Screens that outlived it are not touched. */
  async startAgain(): Promise<void> {
    const { port } = new URL(this.register.ready.api);
    const shell = this.desktop === null ? 'web' : 'desktop';
    this.#started = await start(this.#folder, shell, ['--port', port]);
    const { desktop } = this.#started;
    if (desktop === null) return;
    this.cashier.moveTo(await windowPage(desktop, 'cashier', this.complaints));
    this.customer.moveTo(await windowPage(desktop, 'customer', this.complaints));
  }

  /** A further page of the same shop, such as the printer's. It closes with the shop. */
  async openBeside(address: string): Promise<Page> {
    const [context] = this.#contexts;
    if (context === undefined) throw new Error('The shop has no screens.');
    const page = await context.newPage();
    await page.goto(address);
    return page;
  }

  /** The register's configuration file. */
  get configFile(): string {
    return configurationIn(this.#folder);
  }

  /** The manager's page: in a browser at its own address, in the desktop program as its own window. */
  async openManager(): Promise<Page> {
    if (this.desktop === null) {
      const page = await this.openBeside(this.register.ready.settings);
      await page.setViewportSize({ width: 1024, height: 768 });
      return page;
    }
    const { page } = this.cashier;
    await this.cashier.tap('Mer');
    await page.getByRole('link', { name: 'Innstillinger' }).click();
    await page.keyboard.press('Escape');
    return this.desktop.page('/settings');
  }

  /** Stops everything and leaves nothing behind. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#contexts.map((context) => context.close()));
    await this.register.kill();
    await this.#end();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** A clock that begins in the middle of this machine's day, where the provider is: whatever the time, nothing is booked on two days. */
function fromNoon(): () => number {
  const beganMs = Date.now();
  const today = new Date(beganMs);
  const noonMs = Date.UTC(today.getFullYear(), today.getMonth(), today.getDate(), 11);
  return () => noonMs + Date.now() - beganMs;
}

/** The provider with its sales units; a chain's stores each have one, or share it. */
function startProvider({ unit, distanceUnit, atNoon, chain = [] }: Units): Promise<Sandbox> {
  const counterUnits = unit === undefined ? (chain.length === 0 ? defaultSalesUnits : unitsOf(chain)) : [unit];
  const salesUnits = distanceUnit === undefined ? counterUnits : [...counterUnits, distanceUnit];
  const msns = [...new Set(chain.filter(({ way }) => way === 'partner').map(({ msn }) => msn))];
  const partners = msns.length === 0 ? [] : [{ msns }];
  return startSandbox({ salesUnits, partners, ...(atNoon === true ? { nowMs: fromNoon() } : {}) });
}

function unitsOf(chain: readonly ChainStore[]): readonly SalesUnitOptions[] {
  const units = new Map(chain.map(({ msn, name }) => [msn, { msn, name, skipLandingPage: true }]));
  return [...units.values()];
}

/** The demo shop with this provider; at a seat of a chain, that store's, which sells with its own sales unit. */
function configurationAt(sandbox: Sandbox, api: ApiName, seat: Seat | null): object {
  if (seat === null) return sandboxConfiguration(sandbox, api);
  const store = seat.chain.stores.find(({ storeId }) => storeId === seat.storeId);
  if (store === undefined) throw new RangeError(`The chain has no store ${seat.storeId}.`);
  const shop = sandboxConfiguration(sandbox, store.api ?? api, store.msn) as { readonly shop: object; readonly register: object };
  return {
    ...shop,
    shop: { ...shop.shop, name: store.name },
    store: { id: seat.storeId },
    register: { ...shop.register, id: seat.registerId },
    headOffice: { address: seat.chain.address },
  };
}

/** The configuration of the second sales unit, with the keys that the sandbox gives everybody. */
function distanceOf({ salesUnits }: Sandbox, distanceUnit: SalesUnitOptions | undefined): object {
  const unit = salesUnits.find(({ msn }) => msn === distanceUnit?.msn);
  if (unit === undefined) return {};
  const { msn: merchantSerialNumber, clientId, clientSecret, subscriptionKey } = unit;
  return { distance: { merchantSerialNumber, clientId, clientSecret, subscriptionKey } };
}

const dataDirIn = (folder: string): string => join(folder, 'data');
const configurationIn = (folder: string): string => join(folder, 'tillit.json');

async function start(folder: string, shell: ShellName, args: readonly string[]): Promise<Started> {
  const dataDir = dataDirIn(folder);
  const configFile = configurationIn(folder);
  if (shell === 'web') return { register: await RunningRegister.start({ dataDir, configFile, args }), desktop: null };
  // A tablet's address brings the web shell up beside the windows: the scenarios read papers and views there.
  const own = ['--config', configFile, '--data', dataDir, '--no-kiosk', '--tablet', '127.0.0.1', '--ready', ...args];
  const desktop = await RunningDesktop.start({
    args: own,
    choices: { userData: join(folder, 'home') },
    waitForOwnLine: true,
    mayBeReal: true,
  });
  return { register: new RunningRegister(JSON.parse(desktop.ownLine) as ReadyLine, desktop), desktop };
}

/** A window's page, listened to like any other. */
async function windowPage(desktop: RunningDesktop, role: 'cashier' | 'customer', complaints: string[]): Promise<Page> {
  const page = await desktop.page(`/${role}`);
  page.setDefaultTimeout(PATIENCE_MS);
  listen(page, complaints);
  await watchMarks(page);
  return page;
}

async function openPage(
  browser: Browser,
  viewport: { readonly width: number; readonly height: number },
  complaints: string[],
): Promise<{ readonly context: BrowserContext; readonly page: Page }> {
  const context = await browser.newContext({ viewport, locale: 'nb-NO' });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  await watchMarks(page);
  listen(page, complaints);
  return { context, page };
}

function listen(page: Page, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('WebSocket connection')) complaints.push(message.text());
  });
}
