/** Keeps keys out of messages. What the provider sends back may repeat what we sent. */

/** Takes text and gives it without secrets, on one line, short enough for a log and a support sheet (300 characters, or `longest`). */
export type Redact = (text: string, longest?: number) => string;

const LONGEST = 300;
const HIDDEN = '[hidden]';
/** Shorter ones would hide ordinary words. No key of the provider is this short. */
const SHORTEST_SECRET = 6;

/**
 * Builds a redactor for these keys; what is added to the list later is hidden from then on. Tokens are known by their shape
 * too (`eyJ…`, `Bearer …`), payment links by their parameter.
 */
export function createRedact(secrets: readonly string[]): Redact {
  return (text, longest = LONGEST) => {
    const known = secrets.filter((secret) => secret.length >= SHORTEST_SECRET).sort((a, b) => b.length - a.length);
    let clean = text;
    for (const secret of known) clean = clean.replaceAll(secret, HIDDEN).replaceAll(encodeURIComponent(secret), HIDDEN);
    clean = clean
      .replace(/eyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*){0,4}/g, HIDDEN)
      .replace(/\b(bearer)\s+[^\s"',;]+/gi, `$1 ${HIDDEN}`)
      .replace(/([?&]token=)[^\s"'&]+/gi, `$1${HIDDEN}`)
      .replace(/\p{Cc}+/gu, ' ')
      .trim();
    // Whole characters only: a journal cannot keep half of one, and what cannot be written cannot be gone on from.
    return (clean.length <= longest ? clean : `${clean.slice(0, longest - 1)}…`).toWellFormed();
  };
}

/**
 * An answer in words that nobody has described may repeat what it was asked about: telephone numbers (and any other long
 * number) and mail addresses are left out of it.
 */
export function withoutPeople(text: string): string {
  return text.replace(/[^\s"'<>]+@[^\s"'<>]+/g, HIDDEN).replace(/\+?\d(?:[\s-]?\d){7,}/g, HIDDEN);
}
