import type { CSSProperties } from 'react';
import type { Brand } from '../../app/till/contract.ts';

/** The provider's colours for the style sheet, which uses them only while a button can be pressed. */
export function brandColours(brand: Brand): CSSProperties {
  return { '--brand': brand.background, '--brand-ink': brand.ink } as CSSProperties;
}
