/** A day of sales, and the owner's settlement of it. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { dayBeside } from '../../app/report/reconcile-day.ts';
import { root } from '../support/source-files.ts';
import { paidWhileCancelled } from './direct-capture.ts';
import type { Scenario, Scene } from './scenario.ts';
import { plain } from './screen.ts';

/** Kneipp 39,90 and milk 24,90. */
const TOTAL_ORE = 3_990 + 2_490;
const DAY_MS = 86_400_000;

/**
 * All kinds of sales on one day of a sales unit with direct capture: paid, rejected and paid after all, paid while it was being
 * cancelled and paid back, cancelled in time, cash. Then the day is over, and the owner compares: every øre matches. Then the
 * provider's ledger loses a row, and another time has an amount of its own: the page and the command say which.
 */
export const reconcileDay: Scenario = {
  name: 'reconcile-day',
  story:
    'A day of sales of all kinds matches the provider’s ledger to the øre; a row that is missing and an amount that differs are named.',
  unit: { msn: '654321', name: 'Kiosken', capture: 'direct' },
  api: 'ecom',
  atNoon: true,
  async play(scene) {
    const { record, shop } = scene;
    const { cashier, sandbox } = shop;
    const first = await sellAllKinds(scene);
    const date = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Oslo', dateStyle: 'short' }).format(sandbox.control.nowMs());

    const early = await reconcile(scene, date);
    record.check('command: says that the day is not over, and ends with 2', early.code === 2 && early.said.includes('not over yet'), early);
    await scene.step('provider', 'the day is over', async () => sandbox.control.advance(DAY_MS));

    const manager = await scene.step('cashier', 'as the owner, opens the settlement', () => shop.openManager());
    await manager.getByRole('button', { name: 'Oppgjør', exact: true }).click();
    const compare = async (): Promise<void> => {
      await manager.getByLabel('Dag').fill(date);
      await manager.getByRole('button', { name: 'Sammenlign', exact: true }).click();
    };
    await compare();
    await manager.locator('.verdict[data-tone="good"]').getByText('Alt stemmer').waitFor();
    const green = await textOf(manager);
    record.check(
      'settlement: green, with all four movements',
      green.includes('Alle 4 posteringer er de samme hos Vipps og i kassen'),
      green,
    );
    // 3 × 64,80 taken, 64,80 paid back, and 1,75 % of each capture kept: 1,13.
    for (const words of ['194,40', '−64,80', '−3,39', '126,21']) record.check(`settlement: says ${words}`, green.includes(words), green);
    await record.photograph('settlement-matches', { cashier: manager, customer: shop.pages.customer });

    const good = await reconcile(scene, date, '--json');
    const told = JSON.parse(good.said) as {
      readonly ok: boolean;
      readonly matched: readonly unknown[];
      readonly differences: readonly unknown[];
    };
    record.equal('command: all matches, and it ends with 0', [good.code, told.ok, told.matched.length, told.differences], [0, true, 4, []]);

    // The first question is for the ledger itself, the second for the day's funds.
    sandbox.control.addFault({ kind: 'missing-field', route: 'report', field: 'items.0', skip: 1 });
    await scene.step('cashier', 'as the owner, compares again, and the ledger has lost a row', compare);
    const difference = manager.getByRole('list', { name: 'Avvik' }).getByRole('listitem');
    await difference.first().waitFor();
    const missing = plain(await difference.allInnerTexts().then((texts) => texts.join(' | ')));
    record.equal('settlement: one difference', await difference.count(), 1);
    for (const words of ['Mangler hos Vipps', 'Kvittering 1', first, 'ingenting', '64,80 kr']) {
      record.check(`settlement: the difference says ${words}`, missing.includes(words), missing);
    }
    await record.photograph('settlement-differs', { cashier: manager, customer: shop.pages.customer });

    sandbox.control.addFault({ kind: 'other-amount', route: 'report', byOre: 1, field: 'items.0.amount', skip: 1 });
    const other = await reconcile(scene, date);
    const isNamed =
      other.said.includes(`The amounts differ: Receipt 1, ${first}`) &&
      plain(other.said).includes('At Vipps NOK 64.81, in the register NOK 64.80');
    record.check('command: names the amount that differs by one øre, and ends with 1', other.code === 1 && isNamed, other);
    const mended = await reconcile(scene, date);
    record.equal('command: matches again when the ledger is itself again', mended.code, 0);
    const nonsense = await reconcile(scene, 'i går');
    record.equal('command: a day that is none ends with 2', nonsense.code, 2);

    await askWhatHappened(scene);
    await cashier.page.keyboard.press('Escape');
    record.equal('provider: in all', scene.providerTotals(), {
      authorisedOre: 3 * TOTAL_ORE,
      capturedOre: 3 * TOTAL_ORE,
      releasedOre: 0,
      refundedOre: TOTAL_ORE,
    });
    record.equal('provider: the day after has nothing', (await reconcile(scene, dayBeside(date, 1), '--json')).code, 2);
  },
};

/** Gives the reference of the first payment. */
async function sellAllKinds(scene: Scene): Promise<string> {
  const { cashier, customer, phone } = scene.shop;
  const approve = async (): Promise<void> => {
    await customer.seesQr();
    await scene.scanFromScreen();
    await scene.showsScanned();
    await scene.step('phone', 'approves', () => phone.approve());
    await cashier.isFinished();
  };
  const finish = async (): Promise<void> => {
    await scene.step('cashier', 'prints the receipt', () => cashier.printReceipt());
    await scene.step('cashier', 'takes the next customer with Enter', () => cashier.nextCustomer());
  };

  await scene.ringUp();
  await approve();
  const first = scene.newestPayment().reference;
  await finish();
  await scene.takeReceipt();
  await scene.photograph('paid');

  await scene.ringUp();
  await customer.seesQr();
  await scene.scanFromScreen();
  await scene.showsScanned();
  await scene.step('phone', 'rejects', () => phone.reject());
  await cashier.shows('Kunden avbrøt i appen');
  await scene.step('cashier', 'tries again', () => cashier.tap('Prøv igjen'));
  await approve();
  await finish();
  await scene.photograph('paid-after-all');

  await scene.ringUp();
  await paidWhileCancelled(scene);
  await scene.step('cashier', 'pays it back', () => cashier.tap('Betal tilbake'));
  await cashier.shows('Betalt tilbake');
  await scene.photograph('paid-back');
  await scene.step('cashier', 'tries again, and cancels in time', async () => {
    await cashier.tap('Prøv igjen');
    await customer.seesQr();
    await cashier.tap('Avbryt betalingen');
    await cashier.shows('Betalingen er avbrutt');
  });
  await scene.step('cashier', 'takes cash instead', async () => {
    await cashier.tap('Andre betalingsmåter');
    await cashier.payBy('F8');
    await cashier.confirm(/Ta imot/);
    await cashier.isFinished();
    await cashier.receiptIsPrinted();
    await cashier.nextCustomer();
  });
  await scene.photograph('cash');
  return first;
}

/** A customer comes back and says "I was charged": the cashier finds it, and the provider says what happened. */
async function askWhatHappened(scene: Scene): Promise<void> {
  const { record, shop } = scene;
  const { cashier } = shop;
  await scene.step('cashier', 'finds the payment that was paid back', async () => {
    await cashier.openMenu('Betalinger');
    await cashier.tap('Kvittering 3');
    await cashier.shows('Kunden har fått alt tilbake.');
  });
  const story = plain(await cashier.page.locator('.story').innerText());
  for (const words of ['Slik Vipps ser det nå', 'Trukket', 'Betalt tilbake', 'Avbrutt', '2 til 10 bankdager']) {
    record.check(`payment’s story: says ${words}`, story.includes(words), story);
  }
  await scene.photograph('story');
}

const textOf = async (page: Page): Promise<string> => plain(await page.locator('main').innerText());

/** `npm run reconcile`, while the register runs: its exit code and what it said. */
function reconcile(scene: Scene, date: string, ...more: readonly string[]): Promise<{ readonly code: number; readonly said: string }> {
  const { configFile, dataDir } = scene.shop;
  scene.record.note('register', `npm run reconcile -- --date ${date} ${more.join(' ')}`.trimEnd());
  const words = [join(root, 'scripts', 'reconcile.ts'), '--config', configFile, '--data', dataDir, '--date', date, ...more];
  return new Promise((resolve) => {
    const child = execFile(process.execPath, words, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, said: (stdout + stderr).trim() }),
    );
  });
}
