import type { Scenario } from './scenario.ts';

const KNEIPP_ORE = 3_990;
const MILK_ORE = 2_490;
/** Into the articles of the receipt. */
const CABLE_HOLDS_BYTES = 450;

const GONE = 'Skriver: ikke tilkoblet';

export const printerUnplugged: Scenario = {
  name: 'printer-unplugged',
  story: 'The cable is pulled in the middle of a receipt, and again before the next customer pays: seen in time, and nothing is lost.',
  counter: {},
  async play(scene) {
    const { record, shop, counter } = scene;
    const { cashier, customer, phone } = shop;
    const { printer, port } = counter;
    const isWell = () => cashier.comesToHaveNo(cashier.page.getByText(GONE));

    await scene.step('cashier', 'scans bread', async () => {
      await cashier.scan('7090000010010');
      await cashier.hasLine('Kneipp, grovt');
    });
    record.check('cashier screen: nothing is wrong with the printer', await isWell());
    printer.breakLineAfter(CABLE_HOLDS_BYTES);
    await scene.step('cashier', 'takes cash, and the cable is pulled in the middle of the receipt', async () => {
      await cashier.payBy('F8');
      await cashier.confirm('Ta imot 40,00');
      await cashier.shows(GONE);
    });
    await cashier.shows('Kom papiret?');
    const torn = counter.drawBegun(record.folder, 'torn');
    record.check('printer: half a receipt hangs out of it', torn.includes('Kolonialen') && !torn.includes('Takk for handelen'), torn);
    await scene.photograph('pulled');

    await scene.step('printer', 'is plugged in again', () => port.plugIn());
    record.check('cashier screen: the printer is there again', await isWell());
    await cashier.shows('Kom papiret?');
    await scene.photograph('plugged-in');
    await scene.step('cashier', 'says that the receipt did not come', () => cashier.tap('Nei, skriv ut på nytt'));
    await cashier.receiptIsPrinted();
    const copy = await scene.takeReceipt();
    record.check('receipt: says KOPI', /K ?O ?P ?I/.test(copy), copy);
    record.equal('printer: the half one was cut off before it', counter.papers.length, 2);
    await scene.photograph('printed-again');
    await scene.step('cashier', 'takes the next customer', () => cashier.nextCustomer());
    await customer.sees('idle');

    await scene.step('printer', 'is unplugged while nobody prints', () => port.unplug());
    await cashier.shows(GONE);
    await scene.step('cashier', 'scans milk, and would take cash', async () => {
      await cashier.scan('7090000020019');
      await cashier.hasLine('Lettmelk 1 l');
      await cashier.payBy('F8');
    });
    record.check(
      'cashier screen: says before the money is taken that the receipt must come',
      await cashier.comesToRead('Salget må ha kvittering før neste kunde'),
      await cashier.text(),
    );
    await scene.photograph('before-paying');

    await scene.step('cashier', 'goes back and takes Vipps instead', async () => {
      await cashier.press('Escape');
      await cashier.payBy('F9');
    });
    await customer.seesQr();
    await scene.scanFromScreen();
    await scene.step('phone', 'approves', () => phone.approve());
    await cashier.isFinished();
    await customer.shows('Takk, ha en fin dag!');
    const payment = scene.newestPayment();
    await scene.step('cashier', 'asks for the receipt all the same', () => cashier.tap('Skriv ut kvittering'));
    await cashier.shows('Kvitteringen venter på skriveren');
    await scene.photograph('waits');
    await scene.step('cashier', 'takes the next customer: wholly paid by Vipps, the sale may go on', () => cashier.nextCustomer());

    await scene.step('printer', 'is plugged in again', () => port.plugIn());
    record.check('cashier screen: the printer is there again', await isWell());
    await scene.until('the receipt that waited comes out by itself', () => counter.papers.length === 3);
    const receipt = await scene.takeReceipt();
    record.check('receipt: of the milk, and no copy', receipt.includes('Lettmelk 1 l') && !/K ?O ?P ?I/.test(receipt), receipt);
    record.check('printer: nothing reached it that a printer does not know', printer.refusal === null, String(printer.refusal));
    await scene.photograph('came');

    scene.checkCompletedSale(1, KNEIPP_ORE, [{ kind: 'cash', amountOre: KNEIPP_ORE, roundingOre: 10, receivedOre: 4_000, changeOre: 0 }]);
    scene.checkCompletedSale(2, MILK_ORE, [{ kind: 'vipps', amountOre: MILK_ORE, reference: payment.reference }]);
    scene.checkCapturedOnce(payment.reference, MILK_ORE);
    await scene.until('the receipt stands in the journal as printed', () =>
      scene.readJournal((_, { of }) => of('receipt.printed').length === 2),
    );
    const papers = scene.readJournal((_, journal) => ({
      intended: journal.of('receipt.print-intended').map(({ payload }) => payload.what),
      unknown: journal.of('receipt.print-unknown').map(({ payload }) => payload.reason),
      answered: journal.of('receipt.print-answered').map(({ payload }) => payload.paperCame),
    }));
    record.equal('journal: one receipt of unknown end, its copy, and one that waited', papers, {
      intended: ['receipt', 'copy', 'receipt'],
      unknown: ['gone'],
      answered: [false],
    });
    scene.checkBytes([2]);
  },
};
