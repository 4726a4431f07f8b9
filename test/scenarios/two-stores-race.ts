import { canChoose, choose, giveBack, isGivenBack, openByReceipt } from './return-desk.ts';
import type { Scenario } from './scenario.ts';
import type { Shop } from './shop.ts';
import { BREAD_ORE, besides, headOfficeHasAll, OTHER, SELLER, sell, TOTAL_ORE } from './two-stores.ts';

const RETURNED = '.returned:not([data-holding])';

export const twoStoresRace: Scenario = {
  name: 'two-stores-race',
  story:
    'Two stores confirm the return of the same loaf in the same moment. One gets it; the other reads a sentence, and nothing comes back twice.',
  api: 'epayment',
  chain: [SELLER, OTHER],
  async play(scene) {
    const { record, shop } = scene;
    const { reference, receipt } = await sell(scene);
    await besides(scene, OTHER.storeId, async (there) => {
      const both = [shop, there];
      await scene.step('cashier', 'and the other store’s cashier choose the same loaf', async () => {
        await Promise.all(both.map((one) => openByReceipt(one, receipt)));
        await Promise.all(both.map((one) => choose(one, 'Kneipp, grovt')));
      });
      await record.photograph('both-have-chosen', { cashier: shop.cashier.page, customer: there.cashier.page });
      await scene.step('cashier', 'and the other one press Enter', () =>
        Promise.all(both.map(({ cashier }) => cashier.confirm('Ta i retur 39,90'))),
      );
      await Promise.all(both.map(hasAnswer));
      const got = await Promise.all(both.map(({ cashier }) => cashier.page.locator(RETURNED).count()));
      record.equal('screens: exactly one of the two has the loaf in the basket', got.toSorted(), [0, 1]);
      const [winner, loser] = got[0] === 1 ? [shop, there] : [there, shop];
      record.note('head office', `held it for ${winner === shop ? SELLER.storeId : OTHER.storeId}`);
      record.check('the other’s screen says that it is not left', await loser.cashier.comesToRead('Så mye er det ikke igjen av'));
      record.check('and it cannot be chosen there any more', !(await canChoose(loser, 'Kneipp, grovt')));
      await record.photograph('one-has-it', { cashier: winner.cashier.page, customer: loser.cashier.page });

      await scene.step('cashier', 'who got it gives the money back', () => giveBack(winner));
      await isGivenBack(winner);
      await winner.cashier.receiptIsPrinted();
      await record.photograph('given-back', { cashier: winner.cashier.page, customer: loser.cashier.page });
      await winner.cashier.nextCustomer();

      await loser.cashier.press('Escape');
      await loser.cashier.press('Escape');
      await scene.step('cashier', 'of the other store tries once more', () => openByReceipt(loser, receipt));
      record.check('and still cannot choose it', !(await canChoose(loser, 'Kneipp, grovt')));
      await loser.cashier.press('Escape');
      await loser.cashier.press('Escape');
      await scene.until('head office has all of both', async () => {
        const all = await Promise.all(both.map((one) => headOfficeHasAll(scene, one)));
        return all.every((has) => has);
      });
      record.equal('provider: exactly one refund was asked for', scene.asked('refund', reference), 1);
      record.equal('provider: in all', scene.providerTotals(), {
        authorisedOre: TOTAL_ORE,
        capturedOre: TOTAL_ORE,
        releasedOre: 0,
        refundedOre: BREAD_ORE,
      });
      const open = await shop.chain.command('open');
      record.note('head office', open.split('\n')[0] ?? '');
    });
  },
};

/** The goods are held, or the sentence has come. */
async function hasAnswer({ cashier: { page } }: Shop): Promise<void> {
  await page.locator(`${RETURNED}, .notice[data-tone="care"]`).first().waitFor();
}
