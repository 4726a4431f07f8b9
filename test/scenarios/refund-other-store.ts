/** The three ways of a chain's keys: bread is sold in one store and comes back in another, and only the seller's sales unit gives it back. */
import { canChoose, openByReceipt } from './return-desk.ts';
import type { Scenario, Scene } from './scenario.ts';
import { BREAD_ORE, besides, breadComesBackIn, checkAgreement, OTHER, SELLER, sell } from './two-stores.ts';

async function play(scene: Scene, checkKeys: (reference: string) => void): Promise<void> {
  const { record, shop } = scene;
  const { reference, receipt } = await sell(scene);
  await besides(scene, OTHER.storeId, async (there) => {
    await breadComesBackIn(scene, there, receipt, reference);
    await scene.step('cashier', 'of the other store scans the receipt once more', () => openByReceipt(there, receipt));
    record.check('cashier screen: the bread cannot be chosen again there', !(await canChoose(there, 'Kneipp, grovt')));
    await record.photograph('bread-is-back', there.pages);
    await checkAgreement(scene, there, reference, BREAD_ORE);
  });
  await scene.step('cashier', 'of the store that sold scans it too', () => openByReceipt(shop, receipt));
  record.check('cashier screen: nor can it in the store that sold it', !(await canChoose(shop, 'Kneipp, grovt')));
  record.check('cashier screen: the milk can be chosen', await canChoose(shop, 'Lettmelk 1 l'));
  await scene.photograph('in-the-store-that-sold');
  await shop.cashier.press('Escape');
  await shop.cashier.press('Escape');
  checkKeys(reference);
}

/** With which keys the provider was asked for the refund. */
const refundedWith = ({ shop }: Scene, reference: string) =>
  shop.sandbox.control.requests({ route: 'refund', reference }).map(({ msn, clientId }) => [msn, clientId]);

export const refundPartnerKeys: Scenario = {
  name: 'refund-partner-keys',
  story: 'Bought in one store, back in another. Head office has a partner’s keys, and names the sales unit of the store that sold.',
  api: 'epayment',
  chain: [
    { ...SELLER, way: 'partner' },
    { ...OTHER, way: 'partner' },
  ],
  play: (scene) =>
    play(scene, (reference) => {
      const [partner] = scene.shop.sandbox.partners;
      scene.record.equal('provider: the refund came with the partner’s keys, for the seller’s sales unit', refundedWith(scene, reference), [
        [SELLER.msn, partner?.clientId],
      ]);
    }),
};

export const refundStoreKeys: Scenario = {
  name: 'refund-store-keys',
  story: 'Bought in one store, back in another. Each store has keys of its own; head office has all of them, and uses the seller’s.',
  api: 'epayment',
  chain: [SELLER, OTHER],
  play: (scene) =>
    play(scene, (reference) => {
      const unit = scene.shop.sandbox.salesUnits.find(({ msn }) => msn === SELLER.msn);
      scene.record.equal('provider: the refund came with the seller’s own keys', refundedWith(scene, reference), [
        [SELLER.msn, unit?.clientId],
      ]);
    }),
};

export const refundSharedUnit: Scenario = {
  name: 'refund-shared-unit',
  story: 'Bought in one store, back in another. Both sell with one sales unit, and the reference says which of them sold.',
  api: 'epayment',
  chain: [
    { ...SELLER, way: 'shared' },
    { ...OTHER, msn: SELLER.msn, way: 'shared' },
  ],
  play: (scene) =>
    play(scene, (reference) => {
      scene.record.check(
        'provider: the reference begins with the store that sold',
        reference.startsWith(`${SELLER.storeId}-1-`),
        reference,
      );
      const msns = refundedWith(scene, reference).map(([msn]) => msn);
      scene.record.equal('provider: the refund came for the one sales unit', msns, [SELLER.msn]);
    }),
};
