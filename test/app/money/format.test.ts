import { describe, expect, it } from 'vitest';
import { NotAnAmountError } from '../../../app/money/amount.ts';
import {
  formatBasisPoints,
  formatOre,
  formatOrePlain,
  formatQuantityMilli,
  oreToDecimalText,
  splitOre,
} from '../../../app/money/format.ts';

const NBSP = '\u00a0';

describe('amounts as text', () => {
  it('writes bokmål with a comma and no-break spaces', () => {
    expect(formatOre(123_450, 'nb')).toBe(`1${NBSP}234,50`);
    expect(formatOre(123_456_789, 'nb')).toBe(`1${NBSP}234${NBSP}567,89`);
  });
  it('writes English with a point and commas', () => {
    expect(formatOre(123_450, 'en')).toBe('1,234.50');
  });
  it('pads øre below ten', () => {
    expect(formatOre(5, 'nb')).toBe('0,05');
    expect(formatOre(0, 'nb')).toBe('0,00');
    expect(formatOre(100, 'en')).toBe('1.00');
  });
  it('marks a negative amount with the real minus sign', () => {
    expect(formatOre(-40, 'nb')).toBe('\u22120,40');
    expect(formatOre(-123_450, 'en')).toBe('\u22121,234.50');
  });
  it('names the currency when asked', () => {
    expect(formatOre(14_770, 'nb', 'NOK')).toBe(`147,70${NBSP}kr`);
    expect(formatOre(14_770, 'nb', 'EUR')).toBe(`147,70${NBSP}€`);
    expect(formatOre(14_770, 'en', 'DKK')).toBe(`DKK${NBSP}147.70`);
  });
  it('keeps to ASCII on paper', () => {
    expect(formatOrePlain(-123_450, 'nb')).toBe('-1 234,50');
  });
  it('splits into kroner and øre for the screens', () => {
    expect(splitOre(-123_405, 'nb')).toEqual({ major: `\u22121${NBSP}234`, minor: '05', text: `\u22121${NBSP}234,05` });
  });
  it('writes decimals for machines', () => {
    expect(oreToDecimalText(-1250)).toBe('-12.50');
    expect(oreToDecimalText(-5)).toBe('-0.05');
    expect(oreToDecimalText(0)).toBe('0.00');
    expect(oreToDecimalText(123_456_789)).toBe('1234567.89');
  });
  it('refuses a float', () => {
    expect(() => formatOre(12.5, 'nb')).toThrow(NotAnAmountError);
    expect(() => oreToDecimalText(Number.NaN)).toThrow(NotAnAmountError);
  });
});

describe('quantities and rates as text', () => {
  it('writes pieces whole and weights with three decimals', () => {
    expect(formatQuantityMilli(2_000, 'nb', { weighed: false })).toBe('2');
    expect(formatQuantityMilli(1_500, 'nb', { weighed: false })).toBe('1,5');
    expect(formatQuantityMilli(822, 'nb', { weighed: true })).toBe('0,822');
    expect(formatQuantityMilli(2_000, 'en', { weighed: true })).toBe('2.000');
  });
  it('writes rates with only the decimals they have', () => {
    expect(formatBasisPoints(1500, 'nb')).toBe(`15${NBSP}%`);
    expect(formatBasisPoints(1111, 'nb')).toBe(`11,11${NBSP}%`);
    expect(formatBasisPoints(1250, 'en')).toBe('12.5%');
    expect(formatBasisPoints(0, 'nb')).toBe(`0${NBSP}%`);
  });
});
