/**
 * GS1 Digital Link: a product's code as a web address, `https://example.no/01/07038010000123/10/A1?17=261231`
 * (GS1 Digital Link Standard: URI Syntax). The host is anybody's; only the path and the query are read.
 */
import { checkedElements, type Element, type Elements } from './gs1-elements.ts';

/** The last `/01/` that a GTIN follows: what stands before it is the owner's own. Short GTINs come from older links. */
const LINK = /^https?:\/\/[^/?#\s]+(?:\/[^?#\s]*)?\/01\/(\d{8}|\d{12,14})((?:\/[^?#\s]*)?)(?:\?([^#\s]*))?(?:#\S*)?$/i;

/** What the link says about the product; null when it is no such link. Never throws. */
export function readDigitalLink(text: string): Elements | null {
  const match = LINK.exec(text);
  if (match === null) return null;
  const [, gtin = '', path = '', query = ''] = match;
  const elements: Element[] = [{ identifier: '01', value: gtin.padStart(14, '0') }];
  const steps = path.split('/').filter((step) => step !== '');
  for (let index = 0; index < steps.length; index += 2) {
    const identifier = steps[index] ?? '';
    if (!/^\d{2,4}$/.test(identifier)) return { trouble: { why: 'unknown-identifier', identifier: identifier.slice(0, 4) } };
    elements.push({ identifier, value: steps[index + 1] ?? '' });
  }
  for (const pair of query.split(/[&;]/)) {
    const equals = pair.indexOf('=');
    const identifier = pair.slice(0, Math.max(0, equals));
    // The owner's own parameters have other names.
    if (/^\d{2,4}$/.test(identifier)) elements.push({ identifier, value: pair.slice(equals + 1) });
  }
  const decoded: Element[] = [];
  for (const { identifier, value } of elements) {
    try {
      decoded.push({ identifier, value: decodeURIComponent(value) });
    } catch {
      return { trouble: { why: 'control-character', identifier } };
    }
  }
  return checkedElements(decoded);
}
