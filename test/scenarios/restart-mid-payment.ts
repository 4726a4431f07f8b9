import type { Scenario } from './scenario.ts';

/** Kneipp 39,90 and milk 24,90. */
const TOTAL_ORE = 3_990 + 2_490;

export const restartMidPayment: Scenario = {
  name: 'restart-mid-payment',
  story: 'The register loses its power while the QR is up; the customer approves meanwhile; it starts again and goes on.',
  async play(scene) {
    const { record, shop } = scene;
    const { cashier, customer, phone } = shop;

    await scene.step('cashier', 'scans bread and milk', () => cashier.scanBreadAndMilk());
    await scene.step('cashier', 'presses F9', () => cashier.payBy('F9'));
    await customer.seesQr();
    await scene.measureTimeToQr();
    await scene.photograph('qr');
    const url = await customer.readQr();
    const { reference } = scene.newestPayment();
    const opened = await Promise.all([cashier, customer].map(({ page }) => page.evaluate(() => performance.timeOrigin)));

    await scene.step('register', 'loses its power (SIGKILL)', () => shop.kill());
    if (shop.screensOutliveTill) {
      await Promise.all([customer.sees('offline'), cashier.shows('Ingen kontakt med kassen')]);
      const stale = await customer.text();
      record.check(
        'customer screen: without the till it says the shop’s name and "Et øyeblikk"',
        /Kolonialen på hjørnet AS.*Et øyeblikk/.test(stale),
        stale,
      );
      record.check('customer screen: without the till no QR and no basket', !(await customer.hasQr()) && !stale.includes('Kneipp'), stale);
      record.check(
        'cashier screen: without the till nothing can be pressed',
        await cashier.comesToHaveNo(cashier.button(/Vipps QR|Avbryt|Sjekk/).and(cashier.page.locator(':enabled'))),
      );
      await scene.photograph('without-power');
    } else {
      record.check(
        'screens: the windows went with their program',
        [cashier, customer].every(({ page }) => page.isClosed()),
      );
    }

    await scene.step('phone', 'had the code in its camera, and approves while the register is down', async () => {
      await phone.scan(url);
      await phone.approve();
      await phone.shows('Godkjent');
    });
    record.equal(
      'provider: reserved, and nobody has captured',
      [scene.newestPayment().phase, scene.newestPayment().capturedOre],
      ['reserved', 0],
    );

    await scene.step('register', 'starts again, with the same data', () => shop.startAgain());
    await Promise.all([cashier.isFinished(), customer.shows('Takk, ha en fin dag!')]);
    record.note('register', 'took the payment up and captured it');
    await scene.photograph('paid');
    if (shop.screensOutliveTill) {
      record.equal(
        'screens: came back by themselves, not by being loaded again',
        await Promise.all([cashier, customer].map(({ page }) => page.evaluate(() => performance.timeOrigin))),
        opened,
      );
    }
    await scene.step('cashier', 'prints the receipt', () => cashier.printReceipt());
    const receipt = await scene.takeReceipt();
    await scene.photograph('receipt');
    for (const words of ['Kneipp, grovt', 'Lettmelk 1 l', '64,80', reference])
      record.check(`receipt: says ${words}`, receipt.includes(words));
    await scene.step('cashier', 'takes the next customer with Enter', () => cashier.nextCustomer());
    await customer.sees('idle');

    scene.checkCapturedOnce(reference, TOTAL_ORE);
    record.equal('provider: one payment in all', shop.sandbox.control.payments().length, 1);
    record.equal(
      'journal: the register was started twice, and never stopped by itself',
      scene.readJournal((_, journal) => [journal.of('register.started').length, journal.of('register.stopped').length]),
      [2, 0],
    );
    scene.checkCompletedSale(1, TOTAL_ORE, [{ kind: 'vipps', amountOre: TOTAL_ORE, reference }]);
  },
};
