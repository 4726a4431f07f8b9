import type { Scenario, Scene } from './scenario.ts';

/** Kneipp and milk; milk alone; and what is reserved for apples that are weighed afterwards. */
const BREAD_ORE = 3_990;
const MILK_ORE = 2_490;
const RESERVED_ORE = 50_000;
/** 2,345 kg at 39,90. */
const APPLES_ORE = 9_357;
const COLLECTED_ORE = BREAD_ORE + APPLES_ORE;
/** How long the provider holds the release of the rest: far longer than it takes to pull a plug. */
const HELD_MS = 2_500;

/**
 * Reserve more, capture less.
 *
 * 1. a line is taken away while the customer approves: the true total is captured, the rest let go of;
 * 2. 500,00 is reserved, goods are added and weighed, the sale is set aside and taken up again; collected, and the power goes
 *    in the middle of the rest's release;
 * 3. the sales unit captures no parts: all is captured, and the difference goes back.
 */
export const partialCapture: Scenario = {
  name: 'partial-capture',
  story: 'The customer approves more than the sale comes to: the true total is taken, and the rest is theirs again at once.',
  async play(scene) {
    const { record, shop } = scene;
    const { cashier, customer, phone } = shop;

    const less = await payForBreadAlone(scene, 'line-removed');
    await cashier.comesToRead('Reservert 64,80, 24,90 frigitt');
    await finish(scene, ['Reservert', '64,80', 'Trukket', '39,90', 'Frigis', '24,90']);
    record.equal('provider: the true total was captured, and the rest let go of', moneyOf(scene, less), [6_480, BREAD_ORE, MILK_ORE, 0]);

    await scene.step('cashier', 'scans bread, and reserves 500,00 for what is still to be weighed', async () => {
      await cashier.scan('7090000010010');
      await cashier.hasLine('Kneipp, grovt');
      await cashier.tap('Flere måter');
      await cashier.tap('Reserver nå, ta betalt senere');
      await cashier.tap('500,00');
      await cashier.shows(/Plass til 460,10\skr mer/);
      await scene.photograph('how-much');
      await cashier.tap('Reserver 500,00');
    });
    await customer.seesQr();
    record.check('customer screen: only what is bought is taken', await customer.comesToRead('Bare det du handler for, trekkes'));
    await scene.scanFromScreen();
    await scene.showsScanned();
    await scene.step('phone', 'approves 500,00', () => phone.approve());
    await cashier.shows('Pengene er reservert');
    const { reference: held } = scene.newestPayment();
    await scene.step('cashier', 'adds apples, weighs them, and weighs them again', async () => {
      await cashier.tapArticle('Frukt og grønt', 'Eple, Aroma');
      await cashier.shows('Hvor mye veier det?');
      await cashier.type('2,5');
      await cashier.tap(/^Legg til$/);
      await cashier.shows('Reservert 500,00 · kurven 139,65');
      await tapLine(scene, /Eple/);
      await cashier.shows('Endre vekt');
      await cashier.type('2,345');
      await cashier.tap(/^Endre vekt$/);
      await cashier.shows('Reservert 500,00 · kurven 133,47');
    });
    record.check('customer screen: what is reserved, and what it comes to', await customer.comesToRead(/133,47.*500,00 kr er reservert/));
    await scene.photograph('held');
    record.equal('provider: nothing was taken yet', moneyOf(scene, held), [RESERVED_ORE, 0, 0, 0]);

    await scene.step('cashier', 'sets it aside for the next customer', () => cashier.tap('Sett til side'));
    await Promise.all([cashier.shows('Reservert, ikke trukket'), customer.sees('idle')]);
    await scene.photograph('set-aside');
    await scene.step('cashier', 'takes it up again', () => cashier.tap('Hent'));
    await cashier.shows('Pengene er reservert');

    shop.sandbox.control.addFault({ kind: 'latency', route: 'cancel', ms: HELD_MS });
    await scene.step('cashier', 'collects 133,47', () => cashier.tap('Ta betalt 133,47'));
    await Promise.all([cashier.isFinished(), customer.shows('Takk, ha en fin dag!')]);
    record.check('customer screen: says what comes back', await customer.comesToRead('366,53 kr frigis'));
    await scene.until('the release of the rest is on its way', () => scene.asked('cancel', held) > 0);
    await scene.step('register', 'loses its power in the middle of the release (SIGKILL)', () => shop.kill());
    await scene.step('register', 'starts again, with the same data', () => shop.startAgain());
    await cashier.isFinished();
    await scene.until('the rest was read back as released', () =>
      scene.readJournal((_, journal) => journal.of('payment.rest-released').length === 2),
    );
    await cashier.shows('Reservert 500,00, 366,53 frigitt');
    await scene.photograph('collected');
    await finish(scene, ['Reservert', '500,00', 'Trukket', '133,47', 'Frigis', '366,53']);
    record.equal('provider: captured once, and the rest let go of once', moneyOf(scene, held), [
      RESERVED_ORE,
      COLLECTED_ORE,
      RESERVED_ORE - COLLECTED_ORE,
      0,
    ]);
    record.equal('provider: one release took effect', entriesOf(scene, held, 'void'), 1);

    record.note('register', 'from now on the sales unit captures no parts');
    const [unit] = shop.sandbox.salesUnits;
    shop.sandbox.control.changeUnit(unit?.msn ?? '', { partialCapture: false });
    const whole = await payForBreadAlone(scene, 'whole');
    await cashier.shows('Trukket 64,80, 24,90 gitt tilbake');
    await scene.photograph('given-back');
    await finish(scene, ['Trukket', '64,80', 'Gis tilbake', '24,90']);
    record.equal('provider: all was captured, and the difference refunded', moneyOf(scene, whole), [6_480, 6_480, 0, MILK_ORE]);
    record.equal('provider: one refund took effect', entriesOf(scene, whole, 'refund'), 1);
    await customer.sees('idle');

    const totals = scene.providerTotals();
    record.equal('provider: in all', totals, {
      authorisedOre: 2 * 6_480 + RESERVED_ORE,
      capturedOre: BREAD_ORE + COLLECTED_ORE + 6_480,
      releasedOre: MILK_ORE + RESERVED_ORE - COLLECTED_ORE,
      refundedOre: MILK_ORE,
    });
    const tendersOre = scene.readJournal((_, journal) =>
      journal.of('sale.tender-added').reduce((sum, { payload }) => sum + payload.tender.amountOre, 0),
    );
    record.equal('the journal’s tenders are what the provider kept, to the øre', tendersOre, totals.capturedOre - totals.refundedOre);
    scene.checkCompletedSale(1, BREAD_ORE, [{ kind: 'vipps', amountOre: BREAD_ORE, reference: less, reservedOre: 6_480 }]);
    scene.checkCompletedSale(2, COLLECTED_ORE, [{ kind: 'vipps', amountOre: COLLECTED_ORE, reference: held, reservedOre: RESERVED_ORE }]);
    scene.checkCompletedSale(3, BREAD_ORE, [{ kind: 'vipps', amountOre: BREAD_ORE, reference: whole, takenOre: 6_480 }]);
  },
};

/** Bread and milk; the milk is taken away once the customer has scanned, and then they approve. Gives the reference. */
async function payForBreadAlone(scene: Scene, photograph: string): Promise<string> {
  const { record, shop } = scene;
  const { cashier, customer, phone } = shop;
  await scene.ringUp();
  await customer.seesQr();
  await scene.measureTimeToQr();
  await scene.scanFromScreen();
  await scene.showsScanned();
  await scene.step('cashier', 'takes the milk away: the customer does not want it after all', async () => {
    await tapLine(scene, /Lettmelk/);
    await cashier.tap('Fjern varen');
  });
  record.check('cashier screen: what will be taken', await cashier.comesToRead('Appen viser 64,80. Bare 39,90 trekkes.'));
  record.check('customer screen: the same', await customer.comesToRead('Appen viser 64,80 kr. Bare 39,90 kr trekkes.'));
  await scene.photograph(photograph);
  await scene.step('phone', 'approves 64,80', () => phone.approve());
  await Promise.all([cashier.isFinished(), customer.shows('Takk, ha en fin dag!')]);
  await scene.measureApprovedToPaid();
  return scene.newestPayment().reference;
}

/** The receipt, with these words on it, and the next customer. */
async function finish(scene: Scene, words: readonly string[]): Promise<void> {
  const { cashier } = scene.shop;
  await scene.step('cashier', 'prints the receipt', () => cashier.printReceipt());
  const receipt = await scene.takeReceipt();
  for (const word of words) scene.record.check(`receipt: says ${word}`, receipt.includes(word), receipt);
  await scene.photograph('receipt');
  await scene.step('cashier', 'takes the next customer with Enter', () => cashier.nextCustomer());
}

async function tapLine({ shop }: Scene, name: RegExp): Promise<void> {
  await shop.cashier.page.getByRole('list', { name: 'Varer i salget' }).getByRole('button', { name }).click();
}

/** Authorised, captured, released, refunded: as the provider has them, in øre. */
function moneyOf({ shop }: Scene, reference: string): readonly number[] {
  const { authorisedOre, capturedOre, releasedOre, refundedOre } = shop.sandbox.control.payment(reference);
  return [authorisedOre, capturedOre, releasedOre, refundedOre];
}

const entriesOf = ({ shop }: Scene, reference: string, kind: 'void' | 'refund'): number =>
  shop.sandbox.control.payment(reference).entries.filter((entry) => entry.kind === kind && entry.ok).length;
