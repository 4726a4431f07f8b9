/** What a cashier does all day and the scenarios do not show, through the screens: one browser, one shop, one register. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Cashier } from '../scenarios/cashier.ts';
import { clearCounter } from '../scenarios/clear-counter.ts';
import type { Customer } from '../scenarios/customer.ts';
import { plain } from '../scenarios/screen.ts';
import { chosenShell, Shop } from '../scenarios/shop.ts';
import { launchBrowser } from '../support/browser.ts';

let browser: Browser;
let shop: Shop;
let cashier: Cashier;
let customer: Customer;

beforeAll(async () => {
  browser = await launchBrowser();
  shop = await Shop.open(browser, chosenShell());
  ({ cashier, customer } = shop);
}, 90_000);
beforeEach(async () => {
  await clearCounter(shop.register);
  await cashier.shows('Klar for neste kunde');
  await customer.sees('idle');
});
afterEach(async ({ task }) => {
  expect(shop.complaints.splice(0)).toEqual([]);
  // What a failed test left open on the cashier's own side must not fail the next one.
  if (task.result?.state === 'fail') await cashier.page.reload();
});
afterAll(async () => {
  await shop?.close();
  await browser?.close();
});

const search = () => cashier.page.getByRole('combobox', { name: 'Søk eller skann en vare' });
const matches = async () => (await cashier.page.getByRole('option').allInnerTexts()).map(plain);
const dialog = () => cashier.page.getByRole('dialog');
const papers = async () => (await shop.register.papers()).papers;
/** The sale's total and lines, as the till has them. */
const basket = async () => {
  const view = await shop.register.cashierView();
  return { totalOre: view.basket?.totalOre ?? 0, lines: (view.basket?.lines ?? []).map(({ name }) => name) };
};

/** Kneipp in cash, exact: the shortest way to a receipt. */
async function sellForCash(): Promise<void> {
  await cashier.scan('7090000010010');
  await cashier.hasLine('Kneipp, grovt');
  await cashier.payBy('F8');
  await cashier.tap('Ta imot 40,00 kr');
  await cashier.isFinished();
}

describe('finding articles', () => {
  it('searches while a person types: part of a name, an article number, an EAN; arrows choose, Enter takes, Esc clears', async () => {
    await cashier.type('/');
    await cashier.type('olle');
    await expect.poll(matches).toContainEqual(expect.stringContaining('Skolebolle'));
    const found = await matches();
    expect(found.length).toBeGreaterThan(1);
    await cashier.press('ArrowDown');
    await cashier.press('Enter');
    const second = (found[1] ?? '').replace(/ \d{4}.*$/, '');
    await cashier.hasLine(second);
    await cashier.type('2001');
    await expect.poll(matches).toEqual([expect.stringContaining('Lettmelk 1 l')]);
    await cashier.press('Escape');
    await expect.poll(() => search().inputValue()).toBe('');
    await cashier.type('7090000010010');
    await expect.poll(matches).toEqual([expect.stringContaining('Kneipp, grovt')]);
    await cashier.press('Escape');
    await cashier.type('qqq');
    await cashier.shows('Ingen varer passer til «qqq».');
    await cashier.press('Escape');
    expect((await basket()).lines).toEqual([second]);
  });

  it('takes a scan behind a question and with a half typed search, and says when nobody knows the code', async () => {
    await cashier.type('/');
    await cashier.type('mel');
    await cashier.scan('7090000010010');
    await cashier.hasLine('Kneipp, grovt');
    await expect.poll(() => search().inputValue()).toBe('mel');
    await cashier.press('Escape');
    await cashier.scan('7090000099992');
    await cashier.shows('Ingen vare har koden 7090000099992');
    await cashier.page.getByRole('button', { name: 'Lukk meldingen' }).click();
    expect(await basket()).toEqual({ totalOre: 3_990, lines: ['Kneipp, grovt'] });
  });
});

describe('ringing up', () => {
  it('asks for the weight of a weighed article, takes it from the pad, and forgets it with Esc', async () => {
    await cashier.tapArticle('Frukt og grønt', 'Banan');
    await dialog().getByText('Hvor mye veier det?').waitFor();
    await cashier.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    await cashier.tapArticle('Frukt og grønt', 'Banan');
    for (const key of ['1', 'Komma', '2', '5']) await dialog().getByRole('button', { name: key, exact: true }).click();
    await dialog().getByRole('button', { name: 'Legg til' }).click();
    await customer.shows('Banan');
    await customer.reads('1,250 kg × 26,90');
    expect(await basket()).toEqual({ totalOre: 3_363, lines: ['Banan'] });
  });

  it('asks for age once, leaves the article out at no, and takes the deposit along at yes', async () => {
    const today = new Date();
    const born = `${String(today.getDate()).padStart(2, '0')}.${String(today.getMonth() + 1).padStart(2, '0')}.${today.getFullYear() - 18}`;
    await cashier.scan('7090000040093');
    await dialog().getByText('Er kunden fylt 18 år?').waitFor();
    await dialog().getByText(`Født ${born} eller før`).waitFor();
    await dialog().getByRole('button', { name: 'Nei, ta varen ut' }).click();
    await cashier.shows('ble ikke lagt til');
    expect((await basket()).lines).toEqual([]);
    await cashier.scan('7090000040093');
    await dialog().getByRole('button', { name: 'Ja, fylt 18' }).click();
    await customer.shows('Pils 0,5 l boks');
    expect(await basket()).toEqual({ totalOre: 3_690 + 200, lines: ['Pils 0,5 l boks', expect.stringContaining('Pant')] });
    await cashier.scan('7090000040123');
    await customer.shows('Eplecider');
    expect(await dialog().count()).toBe(0);
  });

  it('gives a discount on a line and on the sale, with a reason, shows both to the customer, and takes one back', async () => {
    await cashier.scan('7090000010010');
    await cashier.scan('7090000010089');
    await cashier.hasLine('Surdeigsbrød');
    const line = cashier.page.getByRole('list', { name: 'Varer i salget' }).getByRole('button', { name: /Surdeigsbrød/ });
    await line.click();
    await cashier.tap(/^Rabatt$/);
    await cashier.page.getByLabel('Rabatt i prosent').waitFor();
    await cashier.type('10');
    expect(await cashier.page.getByRole('button', { name: 'Gi rabatt' }).isDisabled()).toBe(true);
    await cashier.tap('Siste salgsdag');
    await cashier.tap('Gi rabatt');
    await customer.shows('−10 % Siste salgsdag');
    expect((await basket()).totalOre).toBe(3_990 + 6_490 - 649);

    await cashier.openMenu('Rabatt på hele salget');
    await cashier.page.getByRole('group', { name: 'Kroner eller prosent' }).getByRole('button', { name: 'kr' }).click();
    await cashier.page.getByLabel('Rabatt i kr').click();
    await cashier.type('8,31');
    await cashier.tap('Stamkunde');
    await cashier.tap('Gi rabatt');
    await customer.shows('Du sparer 14,80 kr');
    expect((await basket()).totalOre).toBe(9_000);

    await line.click();
    await cashier.tap(/^Rabatt$/);
    await cashier.tap('Fjern rabatten');
    await customer.shows('Du sparer 8,31 kr');
    expect((await basket()).totalOre).toBe(3_990 + 6_490 - 831);
  });

  it('changes a quantity, removes a line, and aborts a sale only after asking', async () => {
    await cashier.scan('7090000010010');
    await cashier.scan('7090000020019');
    await cashier.hasLine('Lettmelk 1 l');
    const lines = cashier.page.getByRole('list', { name: 'Varer i salget' });
    await lines.getByRole('button', { name: /Kneipp/ }).click();
    await cashier.tap('Én til');
    await customer.shows('2 × 39,90');
    await cashier.press('Escape');
    await lines.getByRole('button', { name: /Lettmelk/ }).click();
    await cashier.tap('Fjern varen');
    await customer.page.getByText('Lettmelk 1 l').waitFor({ state: 'detached' });
    expect(await basket()).toEqual({ totalOre: 7_980, lines: ['Kneipp, grovt'] });
    await cashier.openMenu('Avbryt salget');
    await cashier.tap('Behold salget');
    expect((await basket()).lines).toEqual(['Kneipp, grovt']);
    await cashier.openMenu('Avbryt salget');
    await cashier.page
      .getByRole('heading', { name: /Avbryte salg \d+\?/ })
      .or(cashier.page.getByText(/Avbryte salg \d+\?/))
      .first()
      .waitFor();
    await cashier.page.locator('.question').getByRole('button', { name: 'Avbryt salget' }).click();
    await cashier.shows('Klar for neste kunde');
    await customer.sees('idle');
  });

  it('parks a sale, serves another customer meanwhile, and takes the first up again', async () => {
    await cashier.scan('7090000010010');
    await customer.shows('Kneipp, grovt');
    await cashier.tap('Parkér');
    await customer.sees('idle');
    expect(await customer.comesToHaveNo(customer.page.getByText('Kneipp'))).toBe(true);
    await cashier.scan('7090000020019');
    await customer.shows('Lettmelk 1 l');
    await cashier.tap('Parkert');
    await cashier.shows('Parkér eller gjør ferdig salget som er åpent');
    expect(await cashier.page.getByRole('button', { name: /^Hent: Salg/ }).isDisabled()).toBe(true);
    await cashier.payBy('F8');
    await cashier.confirm('Ta imot 25,00');
    await cashier.nextCustomer();
    await cashier.tap(/^Hent: Salg/);
    await customer.shows('Kneipp, grovt');
    expect((await basket()).lines).toEqual(['Kneipp, grovt']);
  });

  it('sells with the keyboard alone', async () => {
    await cashier.type('/');
    await cashier.type('3x');
    await cashier.type('kneipp');
    await expect.poll(matches).toContainEqual(expect.stringContaining('Kneipp'));
    await cashier.press('Enter');
    await cashier.hasLine('Kneipp, grovt');
    await cashier.payBy('F10');
    await cashier.shows('Ta betalingen på kortterminalen først');
    await cashier.type('A-1');
    await cashier.confirm('Registrer');
    await cashier.isFinished();
    await customer.shows('Takk, ha en fin dag!');
    await cashier.receiptIsPrinted();
    expect((await papers())[0]?.text).toMatch(/3 x Kneipp, grovt[\s\S]*119,70[\s\S]*A-1/);
    await cashier.nextCustomer();
  });
});

describe('receipts', () => {
  it('lets a customer who paid all by Vipps do without, and prints nothing then', async () => {
    const before = (await papers()).length;
    await cashier.scan('7090000010010');
    await cashier.hasLine('Kneipp, grovt');
    await cashier.payBy('F9');
    await shop.phone.scan(await customer.readQr());
    await shop.phone.approve();
    await cashier.shows('Vil kunden ha kvittering?');
    await cashier.tap('Uten kvittering');
    await cashier.nextCustomer();
    expect((await papers()).length).toBe(before);
  });

  it('prints one copy, marked as such, and never a second', async () => {
    await sellForCash();
    await cashier.receiptIsPrinted();
    await cashier.tap('Skriv ut kopi');
    await expect.poll(async () => (await papers())[0]?.text).toContain('KOPI');
    await cashier.button('Skriv ut kopi').waitFor({ state: 'detached' });
    await cashier.nextCustomer();
    const number = /Kvittering (\d+)/.exec((await papers())[0]?.text ?? '')?.[1];
    await cashier.openMenu('Kopi av en kvittering');
    const row = cashier.page.getByRole('listitem').filter({ hasText: `Kvittering ${number}` });
    await row.getByText('Kopi er skrevet ut').waitFor();
    expect(await row.getByRole('button').count()).toBe(0);
    await cashier.press('Escape');
    await cashier.press('Escape');
  });

  it('keeps a receipt until there is paper again, and then prints it by itself', async () => {
    const printer = await shop.openBeside(shop.register.printerPage);
    try {
      await printer.getByRole('button', { name: 'Tom for papir' }).click();
      await cashier.page.getByRole('button', { name: /tom for papir/ }).waitFor();
      const before = await printer.locator('.paper-out').count();
      await sellForCash();
      await cashier.shows('Kvitteringen venter på skriveren');
      expect(await cashier.page.getByRole('button', { name: 'Ny kunde' }).isDisabled()).toBe(true);
      await printer.getByRole('button', { name: 'Klar', exact: true }).click();
      await cashier.receiptIsPrinted();
      await expect.poll(() => printer.locator('.paper-out').count()).toBe(before + 1);
      await cashier.nextCustomer();
    } finally {
      await printer.close();
    }
  });

  it('asks when the paper was cut off in the middle, and prints it again as the copy', async () => {
    const printer = await shop.openBeside(shop.register.printerPage);
    try {
      await printer.getByRole('button', { name: 'Stopper midt i' }).click();
      await printer.getByRole('button', { name: 'Stopper midt i', pressed: true }).waitFor();
      await sellForCash();
      await dialog().getByText('Kom papiret?').waitFor();
      await printer.getByRole('button', { name: 'Klar', exact: true }).click();
      await dialog().getByRole('button', { name: 'Nei, skriv ut på nytt' }).click();
      await cashier.receiptIsPrinted();
      await expect.poll(async () => (await papers())[0]?.text).toContain('KOPI');
      await cashier.nextCustomer();
    } finally {
      await printer.close();
    }
  });
});

describe('the register', () => {
  it('changes the customer’s language at once, and nothing else', async () => {
    const language = (page: Page) => page.locator('html').getAttribute('lang');
    const choose = async (name: string) => {
      await cashier.openMenu('Språk og utseende');
      await cashier.page.getByRole('region', { name: 'Kundens skjerm' }).getByRole('button', { name }).click();
    };
    await choose('English');
    await customer.shows('Welcome');
    expect([await language(customer.page), await language(cashier.page)]).toEqual(['en', 'nb']);
    await cashier.shows('Kassens skjerm');
    await cashier.press('Escape');
    await cashier.press('Escape');
    await cashier.scan('7090000010010');
    await customer.shows('To pay');
    await cashier.shows('Å betale');
    await choose('Bokmål');
    await customer.shows('Å betale');
    await cashier.press('Escape');
    await cashier.press('Escape');
  });

  it('reads in a file through the menu, tells which row was bad, and sells what was good', async () => {
    const csv = [
      'varenr;ean;navn;gruppe;pris;mva',
      '9901;;Syltetøy, bringebær;Tørrvarer;49,90;15 %',
      '9902;;Uten pris;Tørrvarer;;15 %',
      '9903;7090000099039;Honning;Tørrvarer;89,00;15 %',
    ].join('\r\n');
    await cashier.openMenu('Les inn varer');
    const choosing = cashier.page.waitForEvent('filechooser');
    await cashier.tap('Velg fil');
    await (await choosing).setFiles({ name: 'nye-varer.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    await cashier.shows('1 rad ble ikke tatt med');
    await cashier.shows('2 varer lest inn');
    await cashier.shows('Linje 3');
    await cashier.press('Escape');
    await cashier.press('Escape');
    await cashier.type('/');
    await cashier.type('bringeb');
    await expect.poll(matches).toEqual([expect.stringContaining('Syltetøy, bringebær')]);
    await cashier.press('Enter');
    await customer.shows('Syltetøy, bringebær');
    await cashier.scan('7090000099039');
    await customer.shows('Honning');
  });

  it('leaves nothing stale on the customer screen when it is gone, and is there again by itself', async () => {
    await cashier.scan('7090000010010');
    await customer.shows('Kneipp, grovt');
    await shop.kill();
    if (shop.screensOutliveTill) {
      await customer.sees('offline');
      const alone = await customer.text();
      expect(alone).toContain('Kolonialen på hjørnet AS');
      expect(alone).toContain('Et øyeblikk');
      expect(alone).not.toMatch(/Kneipp|39,90/);
      await cashier.shows('Ingen kontakt med kassen');
      await cashier.press('F9');
      await cashier.press('Enter');
    } else expect(Object.values(shop.pages).map((page) => page.isClosed())).toEqual([true, true]);
    await shop.startAgain();
    await Promise.all([customer.sees('basket'), cashier.hasLine('Kneipp, grovt')]);
    expect(await basket()).toEqual({ totalOre: 3_990, lines: ['Kneipp, grovt'] });
    expect((await shop.register.cashierView()).stage.kind).toBe('selling');
  });

  it('hears nothing from the customer screen, whatever is done to it', async () => {
    await cashier.scan('7090000010010');
    await customer.sees('basket');
    for (const key of ['F8', 'F9', 'F10', 'Enter', 'Escape', '/', '1', 'Tab', 'Space']) await customer.page.keyboard.press(key);
    for (const [x, y] of [
      [200, 200],
      [900, 300],
      [900, 700],
    ] as const) {
      await customer.page.mouse.click(x, y);
    }
    expect(await customer.page.getByRole('button').count()).toBe(0);
    expect(await customer.page.getByRole('textbox').count()).toBe(0);
    expect(customer.sent).toEqual([]);
    expect(await basket()).toEqual({ totalOre: 3_990, lines: ['Kneipp, grovt'] });
  });
});
