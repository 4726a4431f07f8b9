/** Norwegian organisation numbers: nine digits, the last a check digit (modulus 11, weights 3 2 7 6 5 4 3 2; Brønnøysundregistrene). */

const WEIGHTS = [3, 2, 7, 6, 5, 4, 3, 2];

export type OrgNumberMistake = 'not-nine-digits' | 'bad-check-digit';

/** The digits without the spaces that people write between them. */
export function tidyOrgNumber(text: string): string {
  return text
    .replace(/[\s\u00a0.]/g, '')
    .replace(/^NO/i, '')
    .replace(/MVA$/i, '');
}

/** `null` when the number can be one. It does not say that somebody has it. */
export function orgNumberMistake(text: string): OrgNumberMistake | null {
  if (!/^\d{9}$/.test(text)) return 'not-nine-digits';
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(text[index]), 0);
  const rest = sum % 11;
  // 11 - 1 has no digit of its own: such numbers are never given out.
  const check = rest === 0 ? 0 : 11 - rest;
  return check === Number(text[8]) ? null : 'bad-check-digit';
}
