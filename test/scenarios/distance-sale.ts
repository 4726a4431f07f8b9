import type { Scenario, Scene } from './scenario.ts';

/** Kneipp 39,90 and milk 24,90. */
const BREAD_ORE = 3_990;
const MILK_ORE = 2_490;
const HOUR_MS = 3_600_000;
/** A register asks twice a minute about whoever has days. */
const ASKED_WITHIN_MS = 45_000;
const DISTANCE_MSN = '222333';

/**
 * Customers who are not there.
 *
 * 1. an order by telephone: a message with a deadline; the register sells on, loses its power twice, and the customer approves
 *    hours later; a part of it is delivered and captured, the rest let go of;
 * 2. a link that is paid by card;
 * 3. an order that nobody approves in time.
 */
export const distanceSale: Scenario = {
  name: 'distance-sale',
  story:
    'A telephone order is reserved, waits while the register sells on, and is collected when it is delivered; a link; one not paid in time.',
  api: 'epayment',
  distanceUnit: { msn: DISTANCE_MSN, name: 'Kolonialen på nett', capture: 'reserve', skipLandingPage: true, longLiving: true },
  async play(scene) {
    const { record, shop } = scene;
    const { cashier, customer, phone } = shop;
    const { control } = shop.sandbox;

    // 1. By telephone.
    await ringUp(scene, true);
    await order(scene, '3 døgn');
    const { reference } = scene.newestPayment();
    record.equal(
      'provider: the payment is the distance unit’s, and was pushed',
      [scene.newestPayment().msn, scene.newestPayment().flow],
      [DISTANCE_MSN, 'push'],
    );
    await Promise.all([
      cashier.shows(/Salg 1 er sendt og satt til side/),
      cashier.shows('Venter på at kunden godkjenner'),
      cashier.shows(/Må godkjennes innen/),
      customer.sees('idle'),
    ]);
    await scene.photograph('set-aside');

    await losePower(scene);
    await startAgain(scene);
    await cashier.shows(/Må godkjennes innen/);
    await sellForCash(scene);
    await losePower(scene);
    control.advance(5 * HOUR_MS);
    await scene.step('phone', 'opens the message five hours later, and reads what it is for', () =>
      phone.openMessage(shop.sandbox.phoneUrl),
    );
    record.check(
      'phone: shows the receipt with both articles',
      await phone.comesToRead(/Kvittering.*Kneipp, grovt.*39,90.*Lettmelk 1 l.*24,90/),
    );
    await phone.page.screenshot({ path: `${record.folder}/phone-receipt.png` });
    await scene.step('phone', 'approves', () => phone.approve());
    await phone.shows('Godkjent');
    record.equal('provider: reserved, and nobody has captured', money(scene, reference), [6_480, 0, 0, 0]);
    await startAgain(scene);
    await cashier.shows('Reservert, ikke trukket');
    await cashier.shows(/Må leveres innen/);
    await scene.photograph('reserved');

    await scene.step('cashier', 'takes the order up: the milk is sold out', async () => {
      await cashier.tap('Hent');
      await cashier.shows('Pengene er reservert');
      await cashier.page
        .getByRole('list', { name: 'Varer i salget' })
        .getByRole('button', { name: /Lettmelk/ })
        .click();
      await cashier.tap('Fjern varen');
      await cashier.shows('Levert: ta betalt 39,90');
    });
    record.check(
      'customer screen: shows nothing of it',
      (await customer.text()).includes('Kolonialen') && !(await customer.text()).includes('Kneipp'),
    );
    await scene.photograph('delivering');
    await scene.step('cashier', 'delivers the bread, and collects', () => cashier.tap('Levert: ta betalt 39,90'));
    await finish(scene, ['Kneipp, grovt', '39,90', 'Frigis', '24,90', reference]);
    await scene.until('the rest is let go of', () => money(scene, reference)[2] === MILK_ORE);
    record.equal('provider: the bread was captured, and the milk let go of', money(scene, reference), [6_480, BREAD_ORE, MILK_ORE, 0]);

    // 2. By a link.
    await ringUp(scene, false);
    await scene.step('cashier', 'makes a link for a card', async () => {
      await cashier.tap('Flere måter');
      await cashier.tap('Kunden er ikke her: lenke til kort');
      await cashier.shows('Lenken er klar');
    });
    record.check(
      'cashier screen: says how the link may not be sent',
      await cashier.comesToRead('tillater ikke at lenken sendes på SMS eller e-post'),
    );
    await scene.photograph('link');
    const link = await cashier.page.getByLabel('Kopier lenken').and(cashier.page.locator('input')).inputValue();
    await scene.step('phone', 'opens the link, and pays by card', async () => {
      await phone.page.goto(link);
      await phone.page.getByRole('button', { name: 'Betal med kort' }).click();
    });
    await cashier.shows('Pengene er reservert');
    const byCard = scene.newestPayment();
    record.equal(
      'provider: it was paid by card at the distance unit',
      [byCard.msn, byCard.method, byCard.phase],
      [DISTANCE_MSN, 'card', 'reserved'],
    );
    await scene.step('cashier', 'delivers, and collects', () => cashier.tap('Levert: ta betalt 39,90'));
    await finish(scene, ['Kneipp, grovt', byCard.reference]);
    record.equal('provider: all of it was captured', money(scene, byCard.reference), [BREAD_ORE, BREAD_ORE, 0, 0]);

    // 3. Not in time.
    await ringUp(scene, false);
    await order(scene, '1 døgn');
    const late = scene.newestPayment();
    control.advance(25 * HOUR_MS);
    record.note('phone', 'nobody opens the message');
    await cashier.page.getByText(/godkjente ikke salg \d i tide/).waitFor({ timeout: ASKED_WITHIN_MS });
    await scene.photograph('not-in-time');
    record.equal(
      'provider: expired, and nothing was charged',
      [control.payment(late.reference).phase, ...money(scene, late.reference)],
      ['expired', 0, 0, 0, 0],
    );
    await scene.step('cashier', 'takes the sale up, and calls it off', async () => {
      await cashier.tap('Hent');
      await cashier.hasLine('Kneipp, grovt');
      await cashier.openMenu('Avbryt salget');
      await cashier.shows(/Avbryte salg \d/);
      await cashier.tap('Avbryt salget');
      await cashier.shows('Klar for neste kunde');
    });

    await scene.until('the app has heard of every receipt', () => scene.readJournal((model) => model.unfinishedAppReceipts().length === 0));
    const totals = scene.providerTotals();
    record.equal('provider: in all', totals, {
      authorisedOre: 6_480 + BREAD_ORE,
      capturedOre: 2 * BREAD_ORE,
      releasedOre: MILK_ORE,
      refundedOre: 0,
    });
    const byPhoneOre = scene.readJournal((_, journal) =>
      journal.of('sale.tender-added').reduce((sum, { payload: { tender } }) => sum + (tender.kind === 'vipps' ? tender.amountOre : 0), 0),
    );
    record.equal('the journal’s tenders are what the provider kept, to the øre', byPhoneOre, totals.capturedOre);
    record.check(
      'journal: holds no whole number',
      !scene.readJournal((_, journal) => JSON.stringify(journal.entries)).includes('91234567'),
    );
    scene.checkCompletedSale(1, BREAD_ORE, [{ kind: 'cash', amountOre: BREAD_ORE }]);
    scene.checkCompletedSale(2, BREAD_ORE, [{ kind: 'vipps', amountOre: BREAD_ORE, reference, reservedOre: 6_480 }]);
    scene.checkCompletedSale(3, BREAD_ORE, [{ kind: 'vipps', amountOre: BREAD_ORE, reference: byCard.reference }]);
  },
};

const NO_TILL = 'Ingen kontakt med kassen';

/** The power goes; screens that outlive the register say so. */
async function losePower(scene: Scene): Promise<void> {
  const { shop } = scene;
  await scene.step('register', 'loses its power (SIGKILL)', () => shop.kill());
  if (shop.screensOutliveTill) await shop.cashier.shows(NO_TILL);
}

async function startAgain(scene: Scene): Promise<void> {
  const { shop } = scene;
  await scene.step('register', 'starts again, with the same data', () => shop.startAgain());
  await shop.cashier.comesToHaveNo(shop.cashier.page.getByText(NO_TILL).filter({ visible: true }));
}

async function ringUp({ shop: { cashier } }: Scene, withMilk: boolean): Promise<void> {
  await cashier.scan('7090000010010');
  await cashier.hasLine('Kneipp, grovt');
  if (!withMilk) return;
  await cashier.scan('7090000020019');
  await cashier.hasLine('Lettmelk 1 l');
}

/** A message to the customer's number, with this deadline. */
async function order(scene: Scene, deadline: string): Promise<void> {
  const { cashier } = scene.shop;
  await scene.step('cashier', `takes the order by telephone: a message, and ${deadline} to approve it`, async () => {
    await cashier.tap('Flere måter');
    await cashier.tap('Kunden er ikke her: send til telefon');
    await cashier.shows('Til hvilket nummer?');
    await cashier.type('912 34 567');
    await cashier.confirm('Neste');
    await cashier.shows('Hvor lenge kan kunden vente?');
    await cashier.tap(deadline);
  });
  await scene.photograph(`deadline-${deadline.replace(' ', '-')}`);
  await scene.step('cashier', 'sends', () => cashier.tap('Send'));
  await cashier.shows(/er sendt og satt til side/);
}

async function sellForCash(scene: Scene): Promise<void> {
  const { cashier } = scene.shop;
  await scene.step('cashier', 'sells bread to the next customer, for cash', async () => {
    await ringUp(scene, false);
    await cashier.payBy('F8');
    await cashier.confirm(/Ta imot/);
    await cashier.isFinished();
    await cashier.receiptIsPrinted();
    await cashier.nextCustomer();
  });
}

/** The receipt comes by itself, with these words on it; then the next customer. */
async function finish(scene: Scene, words: readonly string[]): Promise<void> {
  const { cashier } = scene.shop;
  await cashier.isFinished();
  await cashier.receiptIsPrinted();
  const receipt = await scene.takeReceipt();
  for (const word of words) scene.record.check(`receipt: says ${word}`, receipt.includes(word), receipt);
  await scene.step('cashier', 'takes the next customer with Enter', () => cashier.nextCustomer());
}

/** Authorised, captured, released, refunded: as the provider has them, in øre. */
function money({ shop }: Scene, reference: string): readonly number[] {
  const { authorisedOre, capturedOre, releasedOre, refundedOre } = shop.sandbox.control.payment(reference);
  return [authorisedOre, capturedOre, releasedOre, refundedOre];
}
