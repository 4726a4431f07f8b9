/** A register in Denmark and one in Finland: their own money, brand, rounding, VAT and business number, through ePayment. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '../../../server/sandbox/sandbox.ts';
import { RunningRegister } from '../../support/running-register.ts';
import { sandboxConfiguration } from '../../support/sandbox-configuration.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

interface Country {
  readonly market: 'DK' | 'FI';
  readonly currency: 'DKK' | 'EUR';
  readonly orgNumber: string;
  readonly orgLine: string;
  /** Dearest first: its price, VAT and what it costs in cash. */
  readonly bread: { readonly price: string; readonly vat: string; readonly ore: number; readonly inCashOre: number };
  readonly handedOre: number;
  readonly changeText: string;
  readonly refused: { readonly ore: number; readonly text: string };
}

const COUNTRIES: readonly Country[] = [
  {
    market: 'DK',
    currency: 'DKK',
    orgNumber: '12345674',
    orgLine: 'CVR-nr. 12345674',
    bread: { price: '39,90', vat: '25', ore: 3_990, inCashOre: 4_000 },
    handedOre: 5_000,
    changeText: 'Tilbake: 10,00\u00a0kr',
    refused: { ore: 4_025, text: '0,50\u00a0kr' },
  },
  {
    market: 'FI',
    currency: 'EUR',
    orgNumber: '1234567-1',
    orgLine: 'Y-tunnus 1234567-1',
    bread: { price: '3,98', vat: '13,5', ore: 398, inCashOre: 400 },
    handedOre: 500,
    changeText: 'Tilbake: 1,00\u00a0€',
    refused: { ore: 402, text: '0,05\u00a0€' },
  },
];

async function open({ market, orgNumber, bread }: Country) {
  const sandbox = await startSandbox({ salesUnits: [{ msn: '333333', market, name: 'Hjørnet' }] });
  onTestFinished(() => sandbox.close());
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'articles.csv'), `varenummer;navn;varegruppe;pris;mva\n1;Brød;Bakeri;${bread.price};${bread.vat}\n`);
  const base = sandboxConfiguration(sandbox, 'epayment') as { readonly shop: object };
  const configFile = join(folder, 'configuration.json');
  const shop = { ...base.shop, market, orgNumber, foretaksregisteret: false };
  writeFileSync(configFile, JSON.stringify({ ...base, shop, catalogue: { file: 'articles.csv' } }));
  const register = await RunningRegister.start({ dataDir: join(folder, 'data'), configFile });
  onTestFinished(async () => void (await register.kill()));
  return { sandbox, register };
}

describe.each(COUNTRIES)('a register in $market', (country) => {
  const { currency, bread } = country;

  it('takes MobilePay in its own currency, and says so on the receipt', async () => {
    const { sandbox, register } = await open(country);
    expect(await register.cashierView()).toMatchObject({ currency, brand: { name: 'MobilePay' } });
    await register.must({ type: 'add-article', articleNumber: '1' });
    await register.must({ type: 'pay-vipps' });
    const { stage } = await register.until((view) => view.stage.kind === 'payment' && view.stage.phase === 'waiting-for-scan');
    const reference = stage.kind === 'payment' ? stage.reference : '';
    expect(sandbox.control.payment(reference)).toMatchObject({ currency, amountOre: bread.ore });
    sandbox.control.customer('approve', reference);
    await register.until((view) => view.stage.kind === 'finished');
    expect(sandbox.control.payment(reference)).toMatchObject({ capturedOre: bread.ore });
    await register.must({ type: 'print-receipt' });
    await register.until((view) => view.stage.kind === 'finished' && view.stage.receipt.state === 'printed');
    const text = (await register.papers()).papers[0]?.text ?? '';
    for (const words of [`TOTALT ${currency}`, country.orgLine, 'MobilePay', bread.price, `${bread.vat} %`]) expect(text).toContain(words);
    expect(text).not.toMatch(/Vipps|NOK|Org\.nr/);
  });

  it('rounds cash as its coins are, and offers what people hand over there', async () => {
    const { register } = await open(country);
    await register.must({ type: 'add-article', articleNumber: '1' });
    const { basket } = await register.cashierView();
    expect(basket).toMatchObject({ dueOre: bread.ore, dueInCashOre: bread.inCashOre });
    expect(basket?.quickCashOre).toEqual(expect.arrayContaining([bread.inCashOre, country.handedOre]));
    const refused = await register.command({ type: 'pay-cash', receivedOre: country.refused.ore });
    expect(refused).toMatchObject({ ok: false, code: 'not-whole-kroner', message: expect.stringContaining(country.refused.text) });
    await register.must({ type: 'pay-cash', receivedOre: country.handedOre });
    await register.until((view) => view.stage.kind === 'finished' && view.stage.receipt.state === 'printed');
    expect((await register.customerView()).screen).toMatchObject({ kind: 'result', detail: expect.stringContaining(country.changeText) });
  });
});
