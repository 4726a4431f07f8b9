import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mistakeText, settingsTexts } from '../../../app/text/settings.ts';
import { countryOfOrgNumber, orgNumberMistake, tidyOrgNumber } from '../../../app/till/org-number.ts';
import { parseSettingsRequest } from '../../../app/till/settings.ts';

/** A request that saves these people: each a good manager but for what is given. */
const people = (...changes: readonly object[]) => ({
  type: 'save',
  section: 'operators',
  value: { operators: changes.map((change) => ({ id: '1', name: 'Kari', role: 'manager', pin: '4711', ...change })) },
});
const shop = { name: 'Butikken', address: ['Storgata 1'], orgNumber: '974 760 673', vatRegistered: true, foretaksregisteret: false };

describe('An organisation number', () => {
  it('is taken when its check digit is right', () => {
    for (const number of ['974760673', '999999999', '889640782']) expect(orgNumberMistake(number)).toBeNull();
    expect(orgNumberMistake('974760674')).toBe('bad-check-digit');
    expect(orgNumberMistake('97476067')).toBe('not-nine-digits');
    expect(tidyOrgNumber('NO 974 760 673 MVA')).toBe('974760673');
  });

  it('is refused whenever one digit of a right one is another', () => {
    fc.assert(
      fc.property(fc.nat({ max: 8 }), fc.integer({ min: 1, max: 9 }), (place, shift) => {
        const right = '974760673';
        const digit = (Number(right[place]) + shift) % 10;
        expect(orgNumberMistake(right.slice(0, place) + String(digit) + right.slice(place + 1))).toBe('bad-check-digit');
      }),
    );
  });
});

describe('A request', () => {
  it('is parsed, with what people add taken off', () => {
    expect(parseSettingsRequest({ type: 'save', section: 'shop', value: shop })).toEqual({
      request: { type: 'save', section: 'shop', value: { ...shop, orgNumber: '974760673' } },
    });
  });

  it('that is wrong names its field and a reason that has a sentence in both languages', () => {
    for (const [request, field, mistake] of [
      [{ type: 'save', section: 'shop', value: { ...shop, name: ' ' } }, 'name', 'missing'],
      [{ type: 'save', section: 'shop', value: { ...shop, address: ['a\nb'] } }, 'address.0', 'not-one-line'],
      [{ type: 'save', section: 'shop', value: { ...shop, orgNumber: '974760674' } }, 'orgNumber', 'bad-check-digit'],
      [{ type: 'save', section: 'operators', value: { operators: [] } }, 'operators', 'missing'],
      [people({ id: 'Ø' }), 'operators.0.id', 'not-operator-id'],
      [people({ name: ' ' }), 'operators.0.name', 'missing'],
      [people({ pin: '123' }), 'operators.0.pin', 'not-a-pin'],
      [people({ pin: '47x1' }), 'operators.0.pin', 'not-a-pin'],
      [people({ pin: '0000' }), 'operators.0.pin', 'easy-pin'],
      [people({ pin: '345678' }), 'operators.0.pin', 'easy-pin'],
      [people({ pin: '9876' }), 'operators.0.pin', 'easy-pin'],
      [people({}, {}), 'operators', 'twice'],
      [{ type: 'check', what: 'provider', baseUrl: 'http://x.no', merchantSerialNumber: '12345', clientId: 'a' }, 'baseUrl', 'not-https'],
    ] as const) {
      expect(parseSettingsRequest(request)).toEqual({ field, mistake });
      for (const texts of [settingsTexts.nb, settingsTexts.en]) expect(mistakeText(texts, mistake)).not.toBe(texts.mistakes.unknown);
    }
  });

  it('that is nonsense is a mistake, whatever it is', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(parseSettingsRequest(value)).toHaveProperty('mistake');
      }),
    );
  });

  it('that is wrong never repeats what was entered: it may be a key', () => {
    const secret = 'hemmelig nøkkel 123';
    for (const request of [
      { type: 'set-secret', name: 'clientSecret', value: secret },
      { type: 'set-secret', name: secret, value: 'x' },
      { type: secret },
      { type: 'save', section: secret, value: {} },
    ]) {
      expect(JSON.stringify(parseSettingsRequest(request))).not.toContain('hemmelig');
    }
  });
});

describe('a company’s number', () => {
  it('is checked by its own country’s weights', () => {
    for (const [number, country] of [
      ['974760673', 'NO'],
      ['12345674', 'DK'],
      ['1234567-1', 'FI'],
    ] as const) {
      expect([number, countryOfOrgNumber(number), orgNumberMistake(number, country)]).toEqual([number, country, null]);
    }
    expect([orgNumberMistake('12345675', 'DK'), orgNumberMistake('1234567-2', 'FI')]).toEqual(['bad-check-digit', 'bad-check-digit']);
    for (const none of ['', '1234567', '12345678-1', 'abcdefgh']) expect([none, countryOfOrgNumber(none)]).toEqual([none, null]);
  });
});
