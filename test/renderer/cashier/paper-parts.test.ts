import { expect, it } from 'vitest';
import { paperParts } from '../../../renderer/cashier/paper-parts.ts';

it('A receipt’s text is one part when no code stands in it, without the empty end', () => {
  expect(paperParts('Kolonialen\n\nSum 39,90\n\n')).toEqual([{ kind: 'text', key: 'text-0', text: 'Kolonialen\n\nSum 39,90' }]);
});

it('A code is a part of its own, where it stands', () => {
  expect(paperParts('Sum 39,90\n\n  [QR TILLIT.1.K1-E.7]\nTakk')).toEqual([
    { kind: 'text', key: 'text-0', text: 'Sum 39,90\n' },
    { kind: 'qr', key: 'qr-1', content: 'TILLIT.1.K1-E.7' },
    { kind: 'text', key: 'text-2', text: 'Takk' },
  ]);
});

it('An article whose name looks like a code among other words stays text', () => {
  expect(paperParts('Plakat [QR code]  99,00')).toHaveLength(1);
});
