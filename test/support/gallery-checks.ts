/** What must hold for every state of a screen. Each check gives sentences about what is wrong; none is good. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { BrowserContext, Page } from 'playwright-core';
import { type GalleryState, onPages, openState } from './gallery.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeViolation {
  readonly id: string;
  readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[];
}

function watch(page: Page, problems: string[], name: string): () => void {
  const onConsole = (message: { type(): string; text(): string }) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(`${name}: console: ${message.text()}`);
  };
  const onError = (error: Error) => problems.push(`${name}: ${error.message}`);
  page.on('console', onConsole);
  page.on('pageerror', onError);
  return () => {
    page.off('console', onConsole);
    page.off('pageerror', onError);
  };
}

async function axe(page: Page): Promise<readonly string[]> {
  // Through the debugger's door, so that the page's own policy stays as strict as it is in the shop.
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axeSource);
  // All else that it tells, of hundreds of states, need not come out of the page.
  const violations = (await page.evaluate(
    'axe.run(document, { resultTypes: ["violations"] }).then((run) => run.violations)',
  )) as readonly AxeViolation[];
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id} ${JSON.stringify(node.target)} ${node.failureSummary ?? ''}`));
}

/** Console, accessibility and page scrolling, in bokmål by day and in English by night. */
export async function checkStates(context: BrowserContext, address: string, states: readonly GalleryState[]): Promise<readonly string[]> {
  const problems: string[] = [];
  const looks = [
    { language: 'nb', theme: 'light' },
    { language: 'en', theme: 'dark' },
  ];
  const visits = states.flatMap((state) => looks.map((look) => ({ ...state, ...look })));
  await onPages(context, visits, async (page, visit) => {
    const name = `${visit.screen}/${visit.state} ${visit.language} ${visit.theme}`;
    const stop = watch(page, problems, name);
    await openState(page, address, visit, visit.language, visit.theme);
    const { words, scrolls } = await page.evaluate(() => ({
      words: document.body.innerText.trim().length,
      scrolls: document.documentElement.scrollHeight > window.innerHeight || document.documentElement.scrollWidth > window.innerWidth,
    }));
    if (words === 0) problems.push(`${name}: nothing is shown`);
    if (scrolls && visit.screen !== 'printer') problems.push(`${name}: the page scrolls`);
    for (const found of await axe(page)) problems.push(`${name}: ${found}`);
    stop();
  });
  return problems;
}

/**
 * A 1024 × 768 screen at 200 % has 512 × 384 left: the page may scroll down, but nothing may be cut off or lie outside,
 * save what is meant to be cut with an ellipsis or to scroll by itself.
 */
export async function checkZoom(context: BrowserContext, address: string, states: readonly GalleryState[]): Promise<readonly string[]> {
  const problems: string[] = [];
  await onPages(context, states, async (page, state) => {
    await openState(page, address, state);
    const cut = await page.evaluate(() => {
      const found: string[] = [];
      if (document.documentElement.scrollWidth > window.innerWidth) found.push(`the page is ${document.documentElement.scrollWidth} wide`);
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const text = node.textContent?.trim() ?? '';
        const parent = node.parentElement;
        if (text === '' || parent === null || parent.closest('.sr-only, [aria-hidden="true"], [inert], option') !== null) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        const box = range.getBoundingClientRect();
        if (box.width === 0 || box.height === 0) continue;
        for (let holder: Element | null = parent; holder !== null && holder !== document.body; holder = holder.parentElement) {
          const style = getComputedStyle(holder);
          if (style.position === 'fixed') break;
          const meant = style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none';
          if (meant || /auto|scroll/.test(style.overflowY + style.overflowX)) break;
          const frame = holder.getBoundingClientRect();
          const hidesX = style.overflowX !== 'visible' && (box.right > frame.right + 1 || box.left < frame.left - 1);
          const hidesY = style.overflowY !== 'visible' && (box.bottom > frame.bottom + 1 || box.top < frame.top - 1);
          if (hidesX || hidesY) {
            found.push(`"${text}" is cut off`);
            break;
          }
        }
      }
      return found;
    });
    for (const sentence of cut) problems.push(`${state.screen}/${state.state}: ${sentence}`);
  });
  return problems;
}
