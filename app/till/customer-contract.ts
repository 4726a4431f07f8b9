/** What a customer's display is shown: a part of the contract. It gets no other view, and can send nothing. */
import type { Brand, Language, Theme } from './contract.ts';
import type { CustomerReturn } from './return-contract.ts';

/** Money as it is drawn: øre smaller than kroner. `text` is the whole for screen readers. */
export interface DrawnAmount {
  readonly major: string;
  readonly minor: string;
  readonly text: string;
}

export interface CustomerLine {
  readonly lineId: string;
  readonly name: string;
  readonly detail: string | null;
  readonly amount: string;
}

/** The provider's picture, or what to draw in its place. */
export type CustomerQr = { readonly kind: 'png' | 'svg'; readonly dataUrl: string } | { readonly kind: 'draw'; readonly text: string };

export interface LabelledAmount {
  readonly label: string;
  readonly amount: string;
}

export type CustomerScreen =
  | { readonly kind: 'idle'; readonly greeting: string }
  | {
      readonly kind: 'basket';
      readonly lines: readonly CustomerLine[];
      readonly newestLineId: string | null;
      readonly totalLabel: string;
      readonly total: DrawnAmount;
      readonly saving: string | null;
      /** What the sale comes to and what has been paid of it, while `total` is what is left; null before the first part. */
      readonly paid: { readonly sum: LabelledAmount; readonly parts: readonly LabelledAmount[] } | null;
      /** That more is reserved, and that only the total is taken. */
      readonly reserved?: string;
    }
  | {
      readonly kind: 'qr';
      readonly title: string;
      readonly amount: DrawnAmount;
      readonly qr: CustomerQr;
      readonly expiresAtMs: number;
      readonly totalMs: number;
      /** "Gjelder i {time}": the screen fills in m:ss. */
      readonly countdownText: string;
      readonly lines: readonly CustomerLine[];
      readonly totalLabel: string;
      readonly reserved?: string;
    }
  /** The customer's own phone counts down now, by rules that only the provider knows: no second clock beside it. */
  | { readonly kind: 'scanned'; readonly title: string; readonly amount: DrawnAmount; readonly reserved?: string }
  | CustomerReturn
  /** Something is being made sure of: being created, collected, checked, given back. Never failed, never paid. */
  | {
      readonly kind: 'wait';
      readonly title: string;
      readonly detail: string | null;
      readonly amount: DrawnAmount;
      readonly reserved?: string;
    }
  | {
      readonly kind: 'result';
      readonly tone: 'good' | 'care' | 'bad';
      readonly title: string;
      readonly detail: string | null;
      readonly amount: DrawnAmount | null;
    };

/** All that a customer's display ever gets: preformatted words of this sale, no command, no credential. */
export interface CustomerView {
  readonly version: number;
  readonly nowMs: number;
  readonly language: Language;
  readonly theme: Theme;
  readonly shopName: string;
  readonly brand: Brand;
  /** "Øvelse – ingen penger flyttes", while no real money moves. */
  readonly practice: string | null;
  /** Said when the line to the till is gone: shop name and this. */
  readonly offlineText: string;
  readonly screen: CustomerScreen;
}
