/** A scanner that types like a keyboard: its keys come a few milliseconds apart and end in Enter. */
import type { Page } from 'playwright-core';

/** Between two keys, by the keyboard's own clock. */
const GAP_S = 0.004;
/** As long as all of the keys take to arrive, on a machine that is busy with other things. */
const BUSY_MS = 100;

const SIGNS: Readonly<Record<string, readonly [code: string, shift: boolean, virtualKey: number]>> = {
  ':': ['Semicolon', true, 186],
  '/': ['Slash', false, 191],
  '.': ['Period', false, 190],
  '-': ['Minus', false, 189],
  _: ['Minus', true, 189],
  '?': ['Slash', true, 191],
  '=': ['Equal', false, 187],
};

interface Key {
  readonly key: string;
  readonly code: string;
  readonly text: string;
  readonly modifiers: number;
  readonly windowsVirtualKeyCode: number;
}

/** The key of an American keyboard that writes this. */
function keyOf(character: string): Key {
  const shift = 8;
  const sign = SIGNS[character];
  if (sign !== undefined) {
    const [code, shifted, windowsVirtualKeyCode] = sign;
    return { key: character, code, text: character, modifiers: shifted ? shift : 0, windowsVirtualKeyCode };
  }
  const upper = character.toUpperCase();
  const code = /\d/.test(character) ? `Digit${character}` : `Key${upper}`;
  const modifiers = /[A-Z]/.test(character) ? shift : 0;
  return { key: character, code, text: character, modifiers, windowsVirtualKeyCode: upper.charCodeAt(0) };
}

/**
 * Types a code of digits, or a link, the way a scanner does, whatever has the focus. Each key carries the time at which a scanner would
 * have pressed it, and the page is kept busy until all of them wait in its queue: what is tested is the page, not how
 * steadily this machine hands keys to a browser.
 */
export async function scanCode(page: Page, code: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const startS = Date.now() / 1000;
  const keys = [...code].map(keyOf);
  const enter: Key = { key: 'Enter', code: 'Enter', text: '\r', modifiers: 0, windowsVirtualKeyCode: 13 };
  try {
    const busy = page.evaluate((untilMs) => {
      while (Date.now() < untilMs);
    }, Date.now() + BUSY_MS);
    const sent = [...keys, enter].flatMap(({ text, ...key }, index) => {
      const timestamp = startS + index * GAP_S;
      return [
        session.send('Input.dispatchKeyEvent', { type: 'keyDown', text, unmodifiedText: text, timestamp, ...key }),
        session.send('Input.dispatchKeyEvent', { type: 'keyUp', timestamp: timestamp + GAP_S / 2, ...key }),
      ];
    });
    await Promise.all([busy, ...sent]);
  } finally {
    await session.detach();
  }
}
