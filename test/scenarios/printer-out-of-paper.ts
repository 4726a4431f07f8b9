import type { Scenario } from './scenario.ts';

/** Kneipp 39,90, milk 24,90 and coffee 39,00. */
const TOTAL_ORE = 3_990 + 2_490 + 3_900;
const IN_CASH_ORE = 10_400;
/** The shop's name and the first articles have come by then. */
const PAPER_LEFT_BYTES = 500;

export const printerOutOfPaper: Scenario = {
  name: 'printer-out-of-paper',
  story: 'The paper ends in the middle of a receipt; a new roll, the question, the receipt once more as a copy, the next customer.',
  counter: {},
  async play(scene) {
    const { record, shop, counter } = scene;
    const { cashier, customer } = shop;
    const { printer } = counter;

    await scene.step('cashier', 'scans bread and milk, and taps coffee', async () => {
      await cashier.scanBreadAndMilk();
      await cashier.tapArticle('Bakst', 'Kaffe, stor');
      await cashier.hasLine('Kaffe, stor');
    });
    await customer.reads('103,80');
    record.check(
      'cashier screen: nothing is wrong with the printer',
      await cashier.comesToHaveNo(cashier.page.getByText('Skriver: ikke tilkoblet')),
    );
    await scene.photograph('basket');

    printer.endPaperAfter(PAPER_LEFT_BYTES);
    await scene.step('cashier', 'takes cash, and the paper ends in the middle of the receipt', async () => {
      await cashier.payBy('F8');
      await cashier.confirm('Ta imot 104,00');
      await cashier.shows('Skriver: tom for papir');
    });
    await cashier.shows('Kom papiret?');
    record.check(
      'cashier screen: says which paper stopped',
      await cashier.comesToRead('Utskriften stoppet midt i: Kvittering 1. Sjekk skriveren.'),
    );
    const torn = counter.drawBegun(record.folder, 'torn');
    record.check('printer: half a receipt hangs out of it', torn.includes('Kolonialen') && !torn.includes('Takk for handelen'), torn);
    record.equal('printer: nothing was cut off', counter.papers.length, 0);
    record.check('customer screen: thanks, all the same', await customer.comesToRead('Takk'));
    await scene.photograph('out-of-paper');

    await scene.step('printer', 'gets a new roll', async () => printer.setPaper('present'));
    record.check('cashier screen: the printer is well', await cashier.comesToHaveNo(cashier.page.getByText('Skriver: tom for papir')));
    await cashier.shows('Kom papiret?');
    await scene.photograph('new-roll');

    await scene.step('cashier', 'says that the receipt did not come whole', () => cashier.tap('Nei, skriv ut på nytt'));
    await cashier.receiptIsPrinted();
    await scene.photograph('printed-again');
    const copy = await scene.takeReceipt();
    record.check('receipt: says KOPI', /K ?O ?P ?I/.test(copy), copy);
    for (const words of ['Kneipp, grovt', 'Lettmelk 1 l', 'Kaffe, stor', '103,80', 'Kontant']) {
      record.check(`receipt: says ${words}`, copy.includes(words), copy);
    }
    record.equal('printer: what waited of the first paper came out with the new roll, then the copy', counter.papers.length, 2);
    record.check('printer: nothing reached it that a printer does not know', printer.refusal === null, String(printer.refusal));

    await scene.step('cashier', 'takes the next customer', () => cashier.nextCustomer());
    await customer.sees('idle');
    await scene.step('cashier', 'sells a bread, and its receipt prints by itself', async () => {
      await cashier.scan('7090000010010');
      await cashier.hasLine('Kneipp, grovt');
      await cashier.payBy('F8');
      await cashier.confirm('Ta imot 40,00');
      await cashier.isFinished();
      await cashier.receiptIsPrinted();
      await scene.takeReceipt();
      await cashier.nextCustomer();
    });
    await scene.photograph('next-customer');

    scene.checkCompletedSale(1, TOTAL_ORE, [
      { kind: 'cash', amountOre: TOTAL_ORE, roundingOre: IN_CASH_ORE - TOTAL_ORE, receivedOre: IN_CASH_ORE, changeOre: 0 },
    ]);
    const papers = scene.readJournal((_, journal) => ({
      intended: journal.of('receipt.print-intended').map(({ payload }) => payload.what),
      unknown: journal.of('receipt.print-unknown').map(({ payload }) => payload.reason),
      answered: journal.of('receipt.print-answered').map(({ payload }) => [payload.paperCame, payload.replacedBy !== null]),
      printed: journal.of('receipt.printed').length,
    }));
    record.equal('journal: a receipt of unknown end, the answer, its copy, and the next receipt', papers, {
      intended: ['receipt', 'copy', 'receipt'],
      unknown: ['paper-out'],
      answered: [[false, true]],
      printed: 2,
    });
    scene.checkBytes([0, 2]);
  },
};
