/** Goods that come back, as a cashier takes them: found, chosen, given back. Works at any shop of a scenario. */
import { receiptCode } from '../../app/receipt/receipt-code.ts';
import { readQr } from '../support/read-qr.ts';
import { readJournal } from './journal-account.ts';
import type { Scene } from './scenario.ts';
import type { Shop } from './shop.ts';

export const REASON = 'Angrer';

/** Scans a receipt while nothing is being paid: the purchase opens by itself. */
export async function openByReceipt({ cashier }: Shop, code: string): Promise<void> {
  await cashier.scan(code);
  await purchaseIsOpen(cashier);
}

/** Looks for a purchase by what somebody reads out: a receipt's number, a reference. */
export async function openByText(shop: Shop, text: string): Promise<void> {
  await searchFor(shop, text);
  await purchaseIsOpen(shop.cashier);
}

export async function searchFor({ cashier }: Shop, text: string): Promise<void> {
  await cashier.press('F6');
  const field = cashier.page.locator('input[data-typing="pane"]');
  await field.waitFor();
  await cashier.type(text);
  await cashier.confirm('Søk');
}

async function purchaseIsOpen({ page }: Shop['cashier']): Promise<void> {
  await page.getByRole('list', { name: 'Varene i kjøpet' }).waitFor();
}

/** One piece of each of these, and why. */
export async function choose({ cashier }: Shop, ...names: readonly string[]): Promise<void> {
  for (const name of names) await cashier.tap(`Én til: ${name}`);
  await cashier.tap(REASON);
}

/** Whether a line of the open purchase can be chosen. */
export async function canChoose({ cashier }: Shop, name: string): Promise<boolean> {
  return (await cashier.button(`Én til: ${name}`).count()) > 0;
}

/** Takes what was chosen: it stands in the basket, held. */
export async function take({ cashier }: Shop, amount: string): Promise<void> {
  await cashier.confirm(`Ta i retur ${amount}`);
  await cashier.page.getByRole('region', { name: 'Varer i retur' }).waitFor();
  await cashier.page.locator('.returned:not([data-holding])').waitFor();
}

/** All that is left of the open purchase, and why. */
export async function takeAll(shop: Shop, amount: string): Promise<void> {
  await shop.cashier.tap('Ta alt');
  await shop.cashier.tap(REASON);
  await take(shop, amount);
}

/** The one button that gives the money back, or ends an even exchange. */
export async function giveBack({ cashier }: Shop, words: string | RegExp = 'Gi tilbake'): Promise<void> {
  await cashier.confirm(words);
}

/** Hands out what is cash. */
export async function handOut({ cashier }: Shop, amount: string): Promise<void> {
  await cashier.confirm(`Gi ut ${amount}`);
}

/** The money is back, and its paper has come. */
export async function isGivenBack(shop: Shop): Promise<void> {
  await shop.cashier.isFinished();
  await shop.cashier.shows('Gitt tilbake');
}

/** What stands on a sale's receipt to be scanned. */
export const codeOf = (storeId: string, receiptNumber: number): string =>
  receiptCode({ series: 'sale', storeId, registerId: '1', receiptNumber });

/** The same, read off the picture of the paper that came out last. */
export function receiptOf(scene: Scene, storeId: string, receiptNumber: number): string {
  const code = codeOf(storeId, receiptNumber);
  const { receiptPng } = scene.measures;
  if (receiptPng !== null)
    scene.record.equal(`receipt: its code can be read, and is that of receipt ${receiptNumber}`, readQr(receiptPng), code);
  return code;
}

/** What the register's journal says of a return receipt: Σ, and each way back. Negative amounts, as the sale has them. */
export function returnDocument(shop: Shop, number: number) {
  return readJournal(shop.dataDir, (model, journal) => {
    const completed = journal.of('sale.completed').find(({ document }) => document?.series === 'return' && document.number === number);
    const sale = completed === undefined ? null : model.sale(completed.payload.saleId);
    return {
      totalOre: completed?.payload.totalOre ?? null,
      ways: (sale?.tenders ?? []).map((tender) =>
        tender.kind === 'refund' ? [tender.way, tender.amountOre, tender.roundingOre] : [tender.kind],
      ),
      isSigned: (completed?.transaction?.signature.length ?? 0) > 100,
    };
  });
}

/** Checks a return receipt, and that every return that was begun is over. */
export function checkReturned(
  scene: Scene,
  shop: Shop,
  number: number,
  totalOre: number,
  ways: readonly (readonly [way: string, amountOre: number, roundingOre: number])[],
): void {
  const found = returnDocument(shop, number);
  scene.record.equal(`journal: return receipt ${number} comes to ${totalOre} øre`, found.totalOre, totalOre);
  scene.record.equal(`journal: return receipt ${number} says which way each part went`, found.ways, ways);
  scene.record.check(`journal: return receipt ${number} is signed`, found.isSigned);
}

/** What one payment has been given back of, at the provider. */
export function refundedOre({ sandbox }: Shop, reference: string): number {
  return sandbox.control.payment(reference).refundedOre;
}
