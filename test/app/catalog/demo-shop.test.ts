import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createCatalogue } from '../../../app/catalog/catalogue.ts';
import { importCatalogue } from '../../../app/catalog/import-csv.ts';
import { parseConfiguration } from '../../../app/till/configuration.ts';

const file = (name: string) => new URL(`../../../demo-shop/${name}`, import.meta.url);
const { articles, problems } = importCatalogue(readFileSync(file('articles.csv')), { day: '2026-11-21' });

describe('the demo shop', () => {
  it('has a configuration that a register takes', () => {
    const parsed = parseConfiguration(JSON.parse(readFileSync(file('configuration.json'), 'utf8')));
    expect(parsed).toMatchObject({ configuration: { provider: null, catalogue: { file: 'articles.csv' } } });
  });
  it('has about 150 articles in 8 groups, without a problem', () => {
    expect(problems).toEqual([]);
    expect(articles.length).toBeGreaterThanOrEqual(145);
    const catalogue = createCatalogue(articles);
    expect(catalogue.groups().map((group) => group.name)).toEqual([
      'Bakst',
      'Meieri',
      'Frukt og grønt',
      'Drikke',
      'Kiosk',
      'Tørrvarer',
      'Kjøtt og fisk',
      'Blomster og annet',
    ]);
    for (const { groupId } of catalogue.groups()) expect(catalogue.articlesOf(groupId).length).toBeGreaterThanOrEqual(16);
  });
  it('has something of everything: weights, deposits, ages, and three VAT rates', () => {
    expect(articles.some((one) => one.weighed && one.unit === 'kg')).toBe(true);
    expect(new Set(articles.map((one) => one.depositOre))).toEqual(new Set([null, 200, 300]));
    expect(new Set(articles.map((one) => one.ageLimitYears))).toEqual(new Set([null, 16, 18]));
    expect(new Set(articles.map((one) => one.vatBasisPoints))).toEqual(new Set([1_500, 2_500, 0]));
  });
  it('sells alcohol and tobacco to adults only', () => {
    const grownUp = articles.filter((one) => /^(Pils|Lettøl|Hveteøl|Eplecider|Snus|Sigaretter)/.test(one.name));
    expect(grownUp).toHaveLength(6);
    expect(grownUp.every((one) => one.ageLimitYears === 18 && one.vatBasisPoints === 2_500)).toBe(true);
  });
  it('has no label prefix among its EANs', () => {
    expect(articles.every((one) => one.ean === null || one.ean.startsWith('7090000'))).toBe(true);
  });
});
