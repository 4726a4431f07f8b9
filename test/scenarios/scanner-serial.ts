import { eanCheckDigit } from '../../app/catalog/ean.ts';
import type { Scenario } from './scenario.ts';

/** Kneipp 39,90 ×2, milk 24,90, 0,822 kg apples at 39,90 = 32,80. */
const TOTAL_ORE = 2 * 3_990 + 2_490 + 3_280;
const GONE = 'Skanner: ikke tilkoblet';

/** A scale's label: prefix 23, the item's number, grams. */
function weightLabel(item: string, grams: number): string {
  const digits = `23${item.padStart(5, '0')}${String(grams).padStart(5, '0')}`;
  return `${digits}${eanCheckDigit(digits)}`;
}

export const scannerSerial: Scenario = {
  name: 'scanner-serial',
  story: 'A scanner on a line of its own: goods, a scale’s label, GS1, a receipt, an unknown code; behind dialogs; unplugged and back.',
  counter: { scanner: true },
  async play(scene) {
    const { record, shop, counter } = scene;
    const { cashier, customer } = shop;
    const { scanner } = counter;
    const lines = async () => (await shop.register.cashierView()).basket?.lines.length ?? 0;
    await cashier.comesToHaveNo(cashier.page.getByText(GONE));

    await scene.step('cashier', 'types 2 × and scans bread', async () => {
      await cashier.type('2x');
      await cashier.page.getByRole('button', { name: /^Antall 2/ }).waitFor();
      await scanner.scan('7090000010010');
      await cashier.hasLine('Kneipp, grovt');
    });
    record.check('customer screen: two breads', await customer.comesToRead('79,80'));
    record.check(
      'cashier screen: the quantity is used up',
      await cashier.comesToHaveNo(cashier.page.getByRole('button', { name: /^Antall 2/ })),
    );
    await scene.photograph('ean');
    await scene.step('cashier', 'scans a scale’s label', () => scanner.scan(weightLabel('3001', 822)));
    record.check('customer screen: the weight and its price', await customer.comesToRead('0,822 kg × 39,90'), await customer.text());
    await scene.step('cashier', 'scans milk by its GS1 DataMatrix, with date and batch', () =>
      scanner.scan(`]d2010709000002001915281231${'10'}A42`),
    );
    await cashier.hasLine('Lettmelk 1 l');
    await customer.reads('137,50');
    await scene.photograph('label-and-gs1');

    await scene.step('cashier', 'scans a code that nobody knows', () => scanner.scan('5901234123457'));
    await cashier.shows('Ingen vare har koden 5901234123457. Søk på navnet, eller skann igjen.');
    record.equal('register: nothing was added', await lines(), 3);
    await scene.photograph('unknown');

    await scene.step('cashier', 'is asked for an age, and scans on', async () => {
      await scanner.scan('7090000040093');
      await cashier.shows('Er kunden fylt 18 år?');
      await scanner.scan('7090000010010');
      await cashier.shows('Svar på spørsmålet på skjermen først.');
    });
    record.equal('register: nothing was added behind the question', await lines(), 3);
    await scene.photograph('age');
    await scene.step('cashier', 'says no', () => cashier.tap('Nei'));
    await cashier.shows(/Pils.*ble ikke lagt til/);

    await scene.step('cashier', 'opens the menu, and scans with it open', async () => {
      await cashier.page.getByRole('button', { name: 'Mer', exact: true }).click();
      await cashier.page.getByRole('heading', { name: 'Mer', exact: true }).waitFor();
      await scanner.scan('7090000020019');
    });
    record.check('customer screen: another milk', await customer.comesToRead('162,40'), await customer.text());
    await scene.photograph('menu');

    await scene.step('scanner', 'is unplugged', () => scanner.unplug());
    await cashier.shows(GONE);
    await scene.photograph('unplugged');
    await scene.step('scanner', 'is plugged in again', () => scanner.plugIn());
    record.check('cashier screen: the scanner is there again', await cashier.comesToHaveNo(cashier.page.getByText(GONE)));

    await scene.step('cashier', 'takes cash', async () => {
      await cashier.press('Escape');
      await cashier.payBy('F8');
      await cashier.confirm(/^Ta imot/);
      await cashier.isFinished();
      await cashier.receiptIsPrinted();
    });
    await scene.takeReceipt();
    const code = counter.papers.at(-1)?.blocks.find((block) => block.kind === 'barcode' || block.kind === 'qr');
    await cashier.nextCustomer();
    await scene.step('cashier', 'scans the code on the receipt that came out', () =>
      scanner.scan(code !== undefined && 'content' in code ? code.content : ''),
    );
    await cashier.page.getByRole('heading', { name: 'Kvittering 1', exact: true }).waitFor();
    await cashier.shows('Hvorfor?');
    await scene.photograph('receipt');

    scene.checkCompletedSale(1, TOTAL_ORE + 2_490, [{ kind: 'cash', amountOre: TOTAL_ORE + 2_490 }]);
    const rung = scene.readJournal((_, journal) => journal.of('sale.line-added').length);
    record.equal('journal: three articles were rung up, and nothing else', rung, 3);
    record.check('printer: nothing reached it that a printer does not know', counter.printer.refusal === null);
    scene.checkBytes([0]);
  },
};
