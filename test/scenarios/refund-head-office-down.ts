import { scryptHasher } from '../../hardware/crypto/slow-hash.ts';
import { canChoose, choose, codeOf, handOut, isGivenBack, openByReceipt, refundedOre, searchFor } from './return-desk.ts';
import type { Scenario, Scene } from './scenario.ts';
import type { Shop } from './shop.ts';
import { BREAD_ORE, besides, headOfficeHasAll, MILK_ORE, OTHER, SELLER, sell, TOTAL_ORE } from './two-stores.ts';

const PIN = '2580';
const OPERATORS = [
  { id: '12', name: 'Kari N.' },
  { id: '14', name: 'Ola S.', role: 'manager', pinHash: await scryptHasher.hash(PIN) },
];
/** What a manager may approve without head office: the bread, and not bread and milk. */
const OFFLINE_MOST_ORE = 5_000;

/** A sale in cash, with its receipt. */
async function sellForCash({ cashier }: Shop): Promise<void> {
  await cashier.scanBreadAndMilk();
  await cashier.payBy('F8');
  await cashier.confirm('Ta imot');
  await cashier.isFinished();
  await cashier.receiptIsPrinted();
  await cashier.nextCustomer();
}

async function leave({ cashier }: Shop): Promise<void> {
  await cashier.press('Escape');
  await cashier.press('Escape');
  await cashier.page.locator('.tiles').waitFor();
}

export const refundHeadOfficeDown: Scenario = {
  name: 'refund-head-office-down',
  story:
    'Head office is away. Another store’s goods wait, and so does what Vipps has paid; a little cash goes back on a manager’s word. When head office answers again it checks that, and the wish is taken up.',
  api: 'epayment',
  chain: [SELLER, OTHER],
  configuration: { operators: OPERATORS, returns: { offlineMostOre: OFFLINE_MOST_ORE } },
  async play(scene) {
    const { record, shop } = scene;
    const { cashier, customer } = shop;
    const { reference, receipt } = await sell(scene);
    await scene.step('cashier', 'sells bread and milk for cash', () => sellForCash(shop));
    const cashReceipt = codeOf(SELLER.storeId, 2);
    await scene.until('head office has all of it', () => headOfficeHasAll(scene, shop));

    await besides(scene, OTHER.storeId, async (there) => {
      await scene.step('head office', 'loses its power', () => shop.chain.kill());

      await scene.step('cashier', 'of the other store looks for the purchase', () => searchFor(there, receipt));
      await there.cashier.shows('Hovedkontoret svarer ikke');
      await record.photograph('other-store-offline', there.pages);
      await scene.step('cashier', 'keeps it for later', async () => {
        await there.cashier.page.getByLabel('Notat').fill('Ett kneipp, uåpnet');
        await there.cashier.tap('Legg på vent');
      });
      await there.cashier.shows('Returer på vent');
      record.check('cashier screen: the wish waits for head office', await there.cashier.comesToRead('Venter på hovedkontoret'));
      await record.photograph('wish-waits', there.pages);

      await scene.step('cashier', 'of the store that sold scans what Vipps has paid', () => openByReceipt(shop, receipt));
      record.check('cashier screen: it cannot be taken now, and says why', await cashier.comesToRead('pengene kan ikke gis tilbake nå'));
      record.check('cashier screen: nothing of it can be chosen', !(await canChoose(shop, 'Kneipp, grovt')));
      record.check('cashier screen: it can be kept for later', (await cashier.button('Legg på vent').count()) > 0);
      await scene.photograph('vipps-offline');
      await leave(shop);

      await scene.step('cashier', 'scans what was paid in cash: more than a manager may approve', () => openByReceipt(shop, cashReceipt));
      await choose(shop, 'Kneipp, grovt', 'Lettmelk 1 l');
      await approve(shop, '64,80');
      await cashier.shows(/høyst 50,00/);
      await scene.photograph('above-what-may-be');
      await scene.step('cashier', 'takes the bread alone, with a manager’s code', async () => {
        await cashier.tap('Én mindre: Lettmelk 1 l');
        await approve(shop, '39,90');
      });
      await cashier.page.locator('.returned:not([data-holding])').waitFor();
      await customer.reads('39,90');
      await scene.photograph('approved');
      await cashier.confirm('Gi tilbake');
      await handOut(shop, '40,00');
      await isGivenBack(shop);
      await cashier.receiptIsPrinted();
      await scene.takeReceipt();
      await scene.photograph('handed-out');
      await cashier.nextCustomer();
      record.equal('provider: nothing has gone back', scene.providerTotals().refundedOre, 0);

      await scene.step('head office', 'is back', () => shop.chain.start());
      await there.cashier.shows('Hovedkontoret svarer: kan tas nå');
      await record.photograph('wish-ready', there.pages);
      await scene.step('cashier', 'of the other store takes the wish up', () => there.cashier.tap('Ta opp'));
      await there.cashier.page.getByRole('list', { name: 'Varene i kjøpet' }).waitFor();
      await choose(there, 'Kneipp, grovt');
      await there.cashier.confirm('Ta i retur 39,90');
      await there.cashier.page.locator('.returned:not([data-holding])').waitFor();
      await there.cashier.confirm('Gi tilbake');
      await isGivenBack(there);
      await there.cashier.receiptIsPrinted();
      await record.photograph('wish-done', there.pages);
      await there.cashier.nextCustomer();
      record.check('cashier screen: no wish is left', await there.cashier.comesToHaveNo(there.cashier.page.getByText('Returer på vent')));
      await scene.until('head office has all of both', async () => (await headOfficeHasAll(scene, shop)) && headOfficeHasAll(scene, there));
      record.equal('provider: what the other store took back', refundedOre(there, reference), BREAD_ORE);
    });

    record.equal('provider: in all', scene.providerTotals(), {
      authorisedOre: TOTAL_ORE,
      capturedOre: TOTAL_ORE,
      releasedOre: 0,
      refundedOre: BREAD_ORE,
    });
    await scene.step('cashier', 'scans the cash receipt again, and head office answers', () => openByReceipt(shop, cashReceipt));
    record.check('head office: has heard that the bread is back', !(await canChoose(shop, 'Kneipp, grovt')));
    record.check('cashier screen: the milk is left', await canChoose(shop, 'Lettmelk 1 l'));
    await scene.photograph('checked-afterwards');
    await leave(shop);
    const totals = scene.readJournal((model) => model.grandTotals());
    record.equal('journal: what came back in the store that sold', totals.returns.amountOre, BREAD_ORE);
    record.equal('journal: sold there', totals.sales.amountOre, 2 * (BREAD_ORE + MILK_ORE));
    record.equal('journal: the manager’s id stands in it, and no code', approvals(scene), [['14', false]]);
  },
};

/** Presses the one button, and enters the only manager's code. */
async function approve({ cashier }: Shop, amount: string): Promise<void> {
  await cashier.confirm(`Ta i retur ${amount}`);
  await cashier.page.locator('input[type="password"]').waitFor();
  await cashier.type(PIN);
  await cashier.confirm(`Ta i retur ${amount}`);
}

/** Who approved each return, and whether the code stands anywhere in the journal. */
function approvals(scene: Scene) {
  return scene.readJournal((_, journal) =>
    journal.of('return.asked').map(({ payload }) => [payload.approvedBy, JSON.stringify(journal.entries).includes(`"${PIN}"`)]),
  );
}
