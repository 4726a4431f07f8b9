/**
 * When something could be seen, noted by the pages themselves: a press, a QR code, a paid sale. A test that asks from
 * outside is late by its own round trips; these moments are the page's, to the frame.
 */
import type { Page } from 'playwright-core';

export type Mark = 'pressed' | 'qr' | 'paid';

/** Runs in the page before anything else. Times are milliseconds since 1970, so that pages can be compared. */
const WATCH = `(() => {
  const marks = [];
  const shown = new Set();
  const note = (what, atMs) => marks.push({ what, atMs: performance.timeOrigin + atMs });
  const seen = {
    qr: () => {
      const picture = document.querySelector('img.qr');
      return (picture !== null && picture.complete && picture.naturalWidth > 0) || document.querySelector('svg.qr') !== null;
    },
    paid: () => document.querySelector('[data-finished], [data-screen="result"] [data-tone="good"]') !== null,
  };
  const look = () => {
    for (const what of Object.keys(seen)) {
      if (!seen[what]()) shown.delete(what);
      else if (!shown.has(what)) {
        shown.add(what);
        requestAnimationFrame(() => note(what, performance.now()));
      }
    }
  };
  for (const kind of ['pointerdown', 'keydown']) addEventListener(kind, (event) => note('pressed', event.timeStamp), true);
  addEventListener('load', look, true);
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
  window.tillitMarks = marks;
})()`;

/** Makes the page note its moments from here on: what it shows now, and whatever is opened in it later. */
export async function watchMarks(page: Page): Promise<void> {
  await page.addInitScript(WATCH);
  if (!page.url().startsWith('about:')) await page.evaluate(WATCH);
}

/** The latest moment of its kind that the page noted, in ms since 1970. Waits for the first: it is noted with the next frame. */
export async function lastMark(page: Page, what: Mark): Promise<number> {
  const found = await page.waitForFunction((wanted) => {
    const marks = Reflect.get(window, 'tillitMarks') as readonly { readonly what: string; readonly atMs: number }[];
    return marks.findLast((mark) => mark.what === wanted)?.atMs;
  }, what);
  return (await found.jsonValue()) ?? Number.NaN;
}
