import { describe, expect, it } from 'vitest';
import { screenTexts } from '../../../app/text/screen.ts';
import { dateText } from '../../../renderer/shared/date-text.ts';

const say = (date: string, language: 'nb' | 'en') => dateText(date, screenTexts[language].prompt.bornFormat, screenTexts[language].months);

describe('The day that a customer must be born on or before', () => {
  it('is said as each language says it', () => {
    expect([say('2008-11-03', 'nb'), say('2008-11-03', 'en'), say('2008-12-31', 'en')]).toEqual([
      '03.11.2008',
      '3 November 2008',
      '31 December 2008',
    ]);
  });

  it('is shown as it came when it is no date', () => {
    expect(say('tomorrow', 'en')).toBe('tomorrow');
  });
});
