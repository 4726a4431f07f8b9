/**
 * Text as it is compared: without case, accents and punctuation, so that `brod` finds `Brød` and `creme` finds `Crème`.
 * æ is AE, ø is O, å and aa are A. Folding keeps parts: a part of a name, folded, is in the folded name.
 */

const PLAIN_ASCII = /^[A-Z0-9 ]*$/;

/** Folds a text to capitals with single spaces. */
export function fold(text: string): string {
  // Capitals, because lower case is not made letter by letter: the Greek sigma depends on its neighbours.
  let folded = text.toUpperCase();
  if (!PLAIN_ASCII.test(folded)) {
    folded = folded
      .normalize('NFKD')
      .replace(/\p{M}+/gu, '')
      .toUpperCase()
      .replaceAll('Æ', 'AE')
      .replaceAll('Ø', 'O')
      .replace(/[\p{P}\p{Z}\p{C}]+/gu, ' ');
  }
  return folded.replaceAll('AA', 'A').replace(/ {2,}/g, ' ').trim();
}
