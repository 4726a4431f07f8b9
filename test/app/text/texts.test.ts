import { describe, expect, it } from 'vitest';
import { catalogueTexts } from '../../../app/text/catalogue.ts';
import { deviceTexts } from '../../../app/text/devices.ts';
import { texts } from '../../../app/text/index.ts';
import { printerTexts } from '../../../app/text/printer.ts';
import { receiptTexts } from '../../../app/text/receipt.ts';
import { scanTexts } from '../../../app/text/scan.ts';
import { settlementTexts } from '../../../app/text/settlement.ts';
import { storyTexts } from '../../../app/text/story.ts';

const nb = {
  ...texts('nb'),
  receipt: receiptTexts.nb,
  catalogue: catalogueTexts.nb,
  scan: scanTexts.nb,
  printer: printerTexts.nb,
  devices: deviceTexts.nb,
  settlement: settlementTexts.nb,
  story: storyTexts.nb,
};
const en = {
  ...texts('en'),
  receipt: receiptTexts.en,
  catalogue: catalogueTexts.en,
  scan: scanTexts.en,
  printer: printerTexts.en,
  devices: deviceTexts.en,
  settlement: settlementTexts.en,
  story: storyTexts.en,
};

/** Every text with the path of its key; a function is a text with something to fill in. */
function leaves(value: unknown, path = ''): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${path}.${key}`));
}

/** The same, with every sentence said: what is to be filled in is a name. */
function filledIn(value: unknown): [string, unknown][] {
  return leaves(value).flatMap(([path, leaf]): [string, unknown][] =>
    typeof leaf === 'function' ? leaves(leaf('Navn', 'Navn'), path) : [[path, leaf]],
  );
}

/** Without what is filled in, and without signs. */
const words = (text: string) => (text.replace(/\{\w+\}/g, '').match(/\p{L}+/gu) ?? []).length;

const keys = (value: unknown) => leaves(value).map(([path, leaf]) => `${path}: ${typeof leaf}`);

describe('the texts', () => {
  it('have the same keys in both languages', () => {
    const optional = (key: string) => !key.startsWith('.receipt.underMark.'); // in Norwegian the mark says it already
    expect(keys(en).filter(optional)).toEqual(keys(nb).filter(optional));
  });

  it('are never empty', () => {
    const empty = [...leaves(nb), ...leaves(en)].filter(([, text]) => typeof text === 'string' && text.trim() === '');
    expect(empty).toEqual([]);
  });

  it('are translated: a whole sentence is not the same in both', () => {
    const english = new Map(leaves(en));
    const same = leaves(nb).filter(([path, text]) => typeof text === 'string' && words(text) > 3 && english.get(path) === text);
    expect(same).toEqual([]);
  });

  it('name the brand wherever they speak of the provider: no sentence has it built in', () => {
    const built = [...filledIn(texts('nb')), ...filledIn(texts('en'))].filter(([, text]) => /vipps|mobilepay/i.test(String(text)));
    expect(built).toEqual([]);
  });
});

describe('what people read while nobody knows', () => {
  const unknown = (language: 'nb' | 'en') => {
    const { cashier, customer } = texts(language).payment;
    const said = [
      cashier.checking('Vipps'),
      cashier.unreachableWaiting('Vipps'),
      cashier.restarting('Vipps'),
      customer.checking('Vipps'),
      customer.collecting,
    ];
    return said.map(({ title, detail }) => `${title} ${detail}`);
  };

  it('is never called failed', () => {
    expect([...unknown('nb'), ...unknown('en')].filter((text) => /feil|mislyk|fail|error/i.test(text))).toEqual([]);
  });

  it('is never called paid', () => {
    expect([...unknown('nb'), ...unknown('en')].filter((text) => /^(betalt|paid)\b/i.test(text))).toEqual([]);
  });

  it('tells the cashier not to charge again', () => {
    for (const language of ['nb', 'en'] as const) {
      expect(texts(language).payment.cashier.unreachableWaiting('Vipps').detail).toMatch(/Ikke ta betalt på nytt|Do not charge again/);
    }
  });
});

describe('what a customer reads when no money moved', () => {
  it('says that nothing was charged', () => {
    for (const language of ['nb', 'en'] as const) {
      const { rejected, noCover, expired, cancelled, unreachable } = texts(language).payment.customer;
      for (const { detail } of [rejected, noCover, expired, cancelled, unreachable('Vipps')])
        expect(detail).toMatch(/ikke belastet|not been charged/);
    }
  });
});
