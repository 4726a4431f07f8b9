import type { Scenario } from './scenario.ts';

/** Surdeigsbrød 64,90, Smør 64,90, Brunost 79,90. */
const TOTAL_ORE = 6_490 + 6_490 + 7_990;
const CASH_ORE = 5_000;
const CARD_ORE = 6_050;
const REST_ORE = TOTAL_ORE - CASH_ORE - CARD_ORE;

export const saleSplit: Scenario = {
  name: 'sale-split',
  story: 'A part in cash, a part on a card terminal, the rest by Vipps; what is left is always on both screens.',
  async play(scene) {
    const { record, shop } = scene;
    const { cashier, customer, phone } = shop;

    await scene.step('cashier', 'scans bread, butter and cheese', async () => {
      for (const [code, name] of [
        ['7090000010089', 'Surdeigsbrød'],
        ['7090000020033', 'Smør 500 g'],
        ['7090000020064', 'Brunost 500 g'],
      ] as const) {
        await cashier.scan(code);
        await cashier.hasLine(name);
      }
    });
    await customer.reads('209,70');
    await scene.photograph('basket');

    await scene.step('cashier', 'takes 50 kr in cash as a part', async () => {
      await cashier.tap('Kontant');
      await cashier.shows('I kontanter 210,00');
      await cashier.type('50');
      await cashier.tap('Ta imot 50,00 kr som delbetaling');
    });
    await Promise.all([cashier.shows('Gjenstår'), customer.shows('Gjenstår')]);
    await customer.reads('159,70');
    await cashier.hasLine('Brunost 500 g');
    record.check('cashier screen: 159,70 is left', await cashier.comesToRead('159,70'));
    await scene.photograph('after-cash');

    await scene.step('cashier', 'registers 60,50 kr on a card', async () => {
      await cashier.payBy('F10');
      await cashier.page.getByLabel('Beløp', { exact: true }).click();
      await cashier.type('60,50');
      await cashier.page.getByLabel('Referanse fra terminalen').click();
      await cashier.type('T-4711');
    });
    await scene.photograph('card');
    await cashier.tap('Registrer 60,50 kr på kort');
    await customer.reads('99,20');
    record.check(
      'cashier screen: nothing of the part stands in a field any more',
      await cashier.comesToHaveNo(cashier.page.getByLabel('Beløp', { exact: true })),
    );
    record.check('cashier screen: 99,20 is left', await cashier.comesToRead('99,20'));
    await scene.photograph('after-card');

    await scene.step('cashier', 'presses F9 for the rest', () => cashier.payBy('F9'));
    await customer.seesQr();
    await scene.measureTimeToQr();
    await scene.photograph('qr');
    const payment = scene.newestPayment();
    record.equal('provider: the payment is for what was left', payment.amountOre, REST_ORE);
    await scene.scanFromScreen();
    await scene.step('phone', 'approves', () => phone.approve());
    await Promise.all([cashier.isFinished(), customer.shows('Takk, ha en fin dag!')]);
    await scene.measureApprovedToPaid();
    await cashier.receiptIsPrinted();
    await scene.photograph('paid');

    const receipt = await scene.takeReceipt();
    for (const words of ['209,70', 'Kontant', '50,00', 'T-4711', '60,50', 'Vipps', '99,20']) {
      record.check(`receipt: says ${words}`, receipt.includes(words));
    }
    await scene.step('cashier', 'takes the next customer with Enter', () => cashier.nextCustomer());
    await customer.sees('idle');

    scene.checkCapturedOnce(payment.reference, REST_ORE);
    record.equal('provider: in all', scene.providerTotals(), {
      authorisedOre: REST_ORE,
      capturedOre: REST_ORE,
      releasedOre: 0,
      refundedOre: 0,
    });
    scene.checkCompletedSale(1, TOTAL_ORE, [
      { kind: 'cash', amountOre: CASH_ORE, roundingOre: 0 },
      { kind: 'card', amountOre: CARD_ORE, terminalReference: 'T-4711' },
      { kind: 'vipps', amountOre: REST_ORE, reference: payment.reference },
    ]);
  },
};
