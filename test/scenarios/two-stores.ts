/** Two stores of one chain: goods are sold in the one and come back in the other. What the scenarios of a chain have in common. */
import { readJournal } from './journal-account.ts';
import { checkReturned, choose, giveBack, isGivenBack, openByReceipt, receiptOf, refundedOre, take } from './return-desk.ts';
import type { Scene } from './scenario.ts';
import type { Shop } from './shop.ts';

/** Kneipp 39,90 and milk 24,90. */
export const BREAD_ORE = 3_990;
export const MILK_ORE = 2_490;
export const TOTAL_ORE = BREAD_ORE + MILK_ORE;

export const SELLER = { storeId: 'kolo', name: 'Kolonial på hjørnet', msn: '123456' } as const;
export const OTHER = { storeId: 'nord', name: 'Kolonial nord', msn: '654321' } as const;

/** Opens the other store's register for as long as `act` takes. */
export async function besides(
  scene: Scene,
  storeId: string,
  act: (there: Shop) => Promise<void>,
  changes: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  scene.record.note('register', `starts in ${storeId} too, and enrols at head office`);
  const there = await scene.shop.openBesides(storeId, '1', changes);
  try {
    await act(there);
    scene.record.equal(`screens: no page of ${storeId} complained`, there.complaints, []);
    scene.record.equal(`customer screen of ${storeId}: sent nothing`, there.customer.sent, []);
  } catch (error) {
    await scene.record.photograph(`stuck-in-${storeId}`, there.pages).catch(() => undefined);
    throw error;
  } finally {
    await there.close();
  }
}

/** Bread and milk by Vipps, with its receipt. Gives the payment's reference and the receipt's code. */
export async function sell(scene: Scene, receiptNumber = 1): Promise<{ readonly reference: string; readonly receipt: string }> {
  const { cashier, customer, phone } = scene.shop;
  await scene.ringUp();
  await customer.seesQr();
  await scene.measureTimeToQr();
  const { reference } = scene.newestPayment();
  await scene.scanFromScreen();
  await scene.step('phone', 'approves', () => phone.approve());
  await Promise.all([cashier.isFinished(), customer.shows('Takk, ha en fin dag!')]);
  await scene.measureApprovedToPaid();
  await cashier.printReceipt();
  await scene.takeReceipt();
  const receipt = receiptOf(scene, SELLER.storeId, receiptNumber);
  await cashier.nextCustomer();
  await scene.until('head office has all of it', () => headOfficeHasAll(scene, scene.shop));
  return { reference, receipt };
}

/** Head office has a register's journal to its last entry. */
export async function headOfficeHasAll(scene: Scene, shop: Shop): Promise<boolean> {
  const last = readJournal(shop.dataDir, (_, { entries }) => entries.at(-1));
  const outcome = await scene.shop.chain.as(shop).whoAmI();
  return outcome.kind === 'ok' && outcome.value.position?.hash === last?.hash;
}

/** The bread comes back in the other store: chosen as it was sold, given back to the customer's Vipps. */
export async function breadComesBackIn(scene: Scene, there: Shop, receipt: string, reference: string): Promise<void> {
  const { record } = scene;
  const { cashier, customer } = there;
  await scene.step('cashier', 'of the other store scans the receipt', () => openByReceipt(there, receipt));
  const text = await cashier.text();
  for (const words of [SELLER.name, 'Kneipp, grovt', '39,90', 'Lettmelk 1 l', '24,90', 'Vipps'])
    record.check(`cashier screen of ${OTHER.storeId}: shows the purchase as it was sold, ${words}`, text.includes(words));
  await choose(there, 'Kneipp, grovt');
  await record.photograph('chosen', there.pages);
  await take(there, '39,90 kr');
  await Promise.all([customer.sees('basket'), customer.reads('39,90')]);
  await record.photograph('in-the-basket', there.pages);
  record.equal('provider: nothing has gone back yet', refundedOre(there, reference), 0);
  await scene.step('cashier', 'gives the money back with Enter', () => giveBack(there));
  await isGivenBack(there);
  await customer.reads('39,90');
  await record.photograph('given-back', there.pages);
  await cashier.receiptIsPrinted();
  const [paper] = (await there.register.papers()).papers;
  for (const words of ['Returkvittering', OTHER.name, SELLER.name, '39,90'])
    record.check(`return receipt: says ${words}`, paper?.text.includes(words) ?? false, paper?.text);
  await cashier.nextCustomer();
}

/** Sales, returns, head office and the provider come to the same øre. */
export async function checkAgreement(scene: Scene, there: Shop, reference: string, returnedOre: number): Promise<void> {
  const { record, shop } = scene;
  await scene.until('head office has all of the return', () => headOfficeHasAll(scene, there));
  record.equal('provider: in all', scene.providerTotals(), {
    authorisedOre: TOTAL_ORE,
    capturedOre: TOTAL_ORE,
    releasedOre: 0,
    refundedOre: returnedOre,
  });
  record.equal('provider: exactly one refund was asked for', scene.asked('refund', reference), 1);
  scene.checkCompletedSale(1, TOTAL_ORE, [{ kind: 'vipps', amountOre: TOTAL_ORE, reference }]);
  checkReturned(scene, there, 1, -returnedOre, [['vipps', -returnedOre, 0]]);
  const totals = readJournal(there.dataDir, (model) => model.grandTotals());
  record.equal(`journal of ${OTHER.storeId}: its returns`, totals.returns.amountOre, returnedOre);
  const open = readJournal(there.dataDir, (model) => model.openIntents());
  record.equal(`journal of ${OTHER.storeId}: no intent is open`, open, []);
  const found = await shop.chain.as(there).search({ by: 'reference', reference });
  const orderId = found.kind === 'ok' ? (found.value.orders[0]?.orderId ?? '') : '';
  const order = await shop.chain.as(there).order(orderId);
  record.equal(
    'head office: so much of the purchase is back, and no more is held',
    order.kind === 'ok' ? order.value.tenders.map(({ refundedOre: backOre, reservedOre }) => [backOre, reservedOre]) : order,
    [[returnedOre, 0]],
  );
  const [, ...rows] = (await shop.chain.command('settlement', '--from', '2026-01-01', '--to', '2099-01-01')).split('\n');
  record.equal(
    'head office: the settlement says who refunded how much for whom, and that the seller’s sales unit sent it',
    rows.map((row) => row.split(';').slice(3)),
    [[OTHER.storeId, SELLER.storeId, 'NOK', String(returnedOre), String(returnedOre), '0']],
  );
}
