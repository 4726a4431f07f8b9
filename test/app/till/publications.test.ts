import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../app/journal/entry.ts';
import { BAG, BOOK, BREAD, FISH, SODA } from '../../simulation/shop.ts';
import { MORNING_MS } from '../../simulation/virtual-time.ts';
import { Counter } from './counter.ts';
import { arrives, asPublished, breadOre, imports, keep, paysCash, priceOf, type Version } from './published-versions.ts';
import { newestOrder, take } from './returning.ts';

const priceEntries = (counter: Counter) =>
  counter.box.entries().flatMap(({ type, payload, operator }) => (type === 'catalogue.price-changed' ? [{ ...payload, operator }] : []));
const DEARER: Version = { version: 1, kind: 'prices', rows: [priceOf(BREAD, 4_490)] };

describe('prices that head office has published', () => {
  it('stand at once where nobody is in a sale, are on record each by itself, and the cashier reads that they are new', async () => {
    const counter = new Counter();
    await arrives(counter, {
      version: 7,
      kind: 'prices',
      rows: [priceOf(BREAD, 4_490), priceOf(SODA, 2_490), { articleNumber: 'x', unitPriceOre: 1 }],
    });
    expect(counter.view.notice).toMatchObject({ tone: 'info', text: 'Nye priser fra hovedkontoret.' });
    expect(priceEntries(counter)).toEqual([{ articleNumber: '1001', fromOre: 3_990, toOre: 4_490, operator: 'system' }]);
    expect(imports(counter)).toEqual([{ fileName: 'fil-7', imported: 2, refused: 1, sha256: '7'.padStart(64, '0'), published: 7 }]);
    expect(await breadOre(counter)).toBe(4_490);
  });

  it('wait for the end of a sale, whose lines keep their prices', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    await arrives(counter, DEARER);
    await counter.ring(BREAD);
    expect(counter.view.basket?.dueOre).toBe(7_980);
    expect(priceEntries(counter)).toEqual([]);
    await paysCash(counter);
    await counter.time.pass(1_000);
    expect(priceEntries(counter)).toHaveLength(1);
    expect(counter.finished.totalOre).toBe(7_980);
    expect(await breadOre(counter)).toBe(4_490);
  });

  it('wait for the answer to a question about an article', async () => {
    const counter = new Counter();
    await counter.do({ type: 'add-article', articleNumber: FISH.articleNumber });
    expect(counter.view.prompt).toMatchObject({ kind: 'weight', unitPriceOre: 18_933 });
    await arrives(counter, { version: 1, kind: 'prices', rows: [priceOf(FISH, 20_000)] });
    await counter.do({ type: 'answer-weight', quantityMilli: 1_000 });
    expect(counter.view.basket?.dueOre).toBe(18_933);
    await counter.do({ type: 'abort-sale' });
    await counter.time.pass(1_000);
    expect(priceEntries(counter)).toHaveLength(1);
  });

  it('wait while goods come back, and what is taken for them costs what it cost before', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    await paysCash(counter);
    await counter.time.pass(2_000);
    await counter.do({ type: 'next-customer' }, take(await newestOrder(counter.box)));
    await arrives(counter, DEARER);
    await counter.ring(BREAD);
    expect(counter.view.basket?.totalOre).toBe(0);
    await counter.do({ type: 'remove-line', lineId: counter.view.basket?.lines[0]?.lineId ?? '' });
    await counter.time.pass(1_000);
    expect(priceEntries(counter)).toEqual([]);
    await counter.do({ type: 'abort-sale' });
    await counter.time.pass(1_000);
    expect(await breadOre(counter)).toBe(4_490);
  });

  it('leave a sale that waits aside as it was rung up, also when it is taken up again', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    await counter.do({ type: 'park-sale' });
    await arrives(counter, DEARER);
    expect(priceEntries(counter)).toHaveLength(1);
    const [parked] = counter.view.parked;
    await counter.do({ type: 'resume-sale', saleId: parked?.saleId ?? '' });
    await counter.ring(BREAD);
    expect(counter.view.basket?.lines.map(({ unitPriceOre }) => unitPriceOre)).toEqual([3_990, 4_490]);
  });

  it('stand from their time on, by the shop’s own clock and without anybody to ask', async () => {
    const counter = new Counter();
    await arrives(counter, { ...DEARER, from: '2026-11-23T06:00' });
    await counter.time.pass(44 * 3_600_000 - 60_000);
    expect(await breadOre(counter)).toBe(3_990);
    await counter.time.pass(61_000);
    expect(await breadOre(counter)).toBe(4_490);
    expect(counter.box.till.published()).toEqual({
      standing: { version: 1, name: 'fil-1', atMs: expect.any(Number) },
      coming: [],
      trouble: null,
    });
  });

  it('whose time comes in the middle of a sale stand from its end on', async () => {
    const counter = new Counter();
    await arrives(counter, { ...DEARER, from: '2026-11-21T10:10' });
    await counter.ring(BREAD);
    await counter.time.pass(30 * 60_000);
    await counter.ring(BREAD);
    expect(counter.view.basket?.dueOre).toBe(7_980);
    await counter.do({ type: 'abort-sale' });
    await counter.time.pass(1_000);
    expect(await breadOre(counter)).toBe(4_490);
  });

  it('come after days away to the newest, and only what was really changed is on record', async () => {
    const counter = new Counter();
    await counter.time.pass(4 * 86_400_000);
    await arrives(
      counter,
      { version: 1, kind: 'prices', rows: [priceOf(BREAD, 4_100), priceOf(BAG, 500)] },
      { version: 2, kind: 'prices', rows: [priceOf(BREAD, 4_200)], from: '2026-11-24T06:00' },
      { version: 3, kind: 'prices', rows: [priceOf(BREAD, 4_300)], publishedAtMs: MORNING_MS + 86_400_000 },
    );
    expect(priceEntries(counter).map(({ articleNumber, toOre }) => [articleNumber, toOre])).toEqual([
      ['1001', 4_200],
      ['1005', 500],
    ]);
    expect(imports(counter).map(({ published }) => published)).toEqual([1, 2, 3]);
  });

  it('that arrive late do not undo what stands since later', async () => {
    const counter = new Counter();
    await counter.time.pass(86_400_000);
    await arrives(counter, { version: 5, kind: 'prices', rows: [priceOf(BREAD, 5_000)], publishedAtMs: MORNING_MS + 3_600_000 });
    await arrives(counter, { version: 4, kind: 'prices', rows: [priceOf(BREAD, 4_000), priceOf(BAG, 400)] });
    expect(await breadOre(counter)).toBe(5_000);
    expect(priceEntries(counter).map(({ articleNumber, toOre }) => [articleNumber, toOre])).toEqual([
      ['1001', 5_000],
      ['1005', 400],
    ]);
  });

  it('that head office takes back give way to those before them', async () => {
    const counter = new Counter();
    await arrives(counter, DEARER, { version: 2, kind: 'prices', rows: [priceOf(BREAD, 9_990)] });
    expect(await breadOre(counter)).toBe(9_990);
    counter.box.publications.markGone([2]);
    counter.box.till.publishedArrived();
    await counter.time.pass(5_000);
    expect(await breadOre(counter)).toBe(4_490);
    expect(imports(counter).at(-1)).toMatchObject({ published: 2, imported: 0, withdrawn: true });
  });

  it('are tried again where the disk does not take them, and the old ones sell meanwhile', async () => {
    const counter = new Counter();
    counter.box.storageTrouble = 'disk-full';
    await arrives(counter, DEARER);
    expect(counter.box.till.published()?.trouble).toBe('storage');
    expect(counter.box.log).toContainEqual(expect.objectContaining({ level: 'error', event: 'published.not-taken' }));
    counter.box.storageTrouble = null;
    expect(await breadOre(counter)).toBe(3_990);
    await counter.time.pass(61_000);
    expect(await breadOre(counter)).toBe(4_490);
    expect(counter.box.till.published()?.trouble).toBeNull();
  });

  it('that somebody has spoiled on the register’s own disk keep nobody from selling, and the log says so', async () => {
    const counter = new Counter();
    counter.box.publications.begin({ version: 1, kind: 'prices' } as never, MORNING_MS);
    counter.restart();
    expect(await breadOre(counter)).toBe(3_990);
    expect(counter.box.log).toContainEqual(expect.objectContaining({ level: 'error', event: 'published.not-taken' }));
    expect(counter.box.till.published()?.trouble).toBe('damaged');
  });

  it('are not forgotten when the power goes in the middle of a sale', async () => {
    const counter = new Counter();
    await counter.ring(BREAD);
    await arrives(counter, DEARER);
    counter.restart();
    await counter.time.pass(1_000);
    expect(counter.view.basket?.dueOre).toBe(3_990);
    await counter.do({ type: 'abort-sale' });
    await counter.time.pass(1_000);
    expect(await breadOre(counter)).toBe(4_490);
  });
});

describe('articles that head office has published', () => {
  const milk = asPublished(BREAD, { articleNumber: '2001', name: 'Melk', ean: '7038010000027', unitPriceOre: 2_190 });

  it('come beside those that only the shop has, and replace what they name', async () => {
    const counter = new Counter();
    await arrives(counter, {
      version: 1,
      kind: 'catalogue',
      rows: [milk, asPublished(BREAD, { name: 'Kneipp, grov', unitPriceOre: 4_190 })],
    });
    expect(counter.view.notice?.text).toBe('Nye priser fra hovedkontoret.');
    await counter.do({ type: 'scan', code: '7038010000027' });
    await counter.ring(BREAD, BOOK);
    expect(counter.view.basket?.lines.map(({ name, unitPriceOre }) => [name, unitPriceOre])).toEqual([
      ['Melk', 2_190],
      ['Kneipp, grov', 4_190],
      ['Lokalhistorie', 29_900],
    ]);
  });

  it('take an EAN from an article of the shop’s own, which is still sold by its number', async () => {
    const counter = new Counter();
    await arrives(counter, { version: 1, kind: 'catalogue', rows: [{ ...milk, ean: BREAD.ean }] });
    await counter.do({ type: 'scan', code: BREAD.ean ?? '' });
    expect(counter.view.basket?.lines.map(({ name }) => name)).toEqual(['Melk']);
    await counter.ring(BREAD);
    expect(counter.view.basket?.lines.map(({ name }) => name)).toEqual(['Melk', 'Kneipp']);
    expect(counter.box.log).toContainEqual(expect.objectContaining({ event: 'published.ean-taken', facts: { articleNumber: '1001' } }));
  });

  it('and a file that the manager imports: the later word counts, article by article', async () => {
    const counter = new Counter();
    const imports = async (text: string) =>
      counter.do({
        type: 'import-catalogue',
        fileName: 'egne.csv',
        base64: Buffer.from(`Varenr;Navn;Pris;Mva\n${text}`).toString('base64'),
      });
    await arrives(counter, { version: 1, kind: 'catalogue', rows: [milk, asPublished(BREAD, { unitPriceOre: 4_190 })] });
    await imports('1001;Kneipp;38,00;15');
    expect(await breadOre(counter)).toBe(3_800);
    // Speaks of another article.
    await arrives(counter, { version: 2, kind: 'prices', rows: [priceOf(milk, 2_300)], publishedAtMs: MORNING_MS + 1_000 });
    expect(await breadOre(counter)).toBe(3_800);
    await arrives(counter, { version: 3, kind: 'prices', rows: [priceOf(BREAD, 4_500)], publishedAtMs: MORNING_MS + 2_000 });
    expect(await breadOre(counter)).toBe(4_500);
  });

  it('wait while the manager imports a file, and are prepared again upon it', async () => {
    const counter = new Counter();
    await counter.ring(BAG);
    await arrives(counter, DEARER);
    const rows = Array.from({ length: 1_000 }, (_, index) => `L${index};Vare ${index};10,00;15`).join('\n');
    const text = `Varenr;Navn;Pris;Mva\n1001;Kneipp;38,00;15\n${rows}`;
    let imported = false;
    void counter.ask({ type: 'import-catalogue', fileName: 'a.csv', base64: Buffer.from(text).toString('base64') }).then((answer) => {
      imported = answer.ok;
    });
    await counter.do({ type: 'abort-sale' });
    await counter.time.until(() => imported, 'the import is in');
    await counter.time.pass(5_000);
    expect(await breadOre(counter)).toBe(4_490);
    expect(priceEntries(counter).map(({ fromOre, toOre }) => [fromOre, toOre])).toEqual([
      [3_990, 3_800],
      [3_800, 4_490],
    ]);
    await counter.ring({ articleNumber: 'L999' });
    expect(counter.view.basket?.dueOre).toBe(1_000);
  });

  it('fifty thousand of them, are prepared while the register sells, and stand from one moment on', async () => {
    const counter = new Counter();
    counter.time.leastWaitMs = 10;
    const rows = Array.from({ length: 50_000 }, (_, index) => ({ ...milk, articleNumber: `L${index}`, ean: null }));
    keep(counter.box.publications, { version: 1, kind: 'catalogue', rows: [...rows, asPublished(BREAD, { unitPriceOre: 4_190 })] });
    counter.box.till.publishedArrived();
    await counter.ring(BREAD);
    await counter.showQr();
    await counter.approve();
    expect(counter.finished.totalOre).toBe(3_990);
    await counter.do({ type: 'decline-receipt' }, { type: 'next-customer' });
    expect(await breadOre(counter)).toBe(3_990);
    await counter.time.until(() => counter.box.till.published()?.standing !== null, 'it stands', 600_000);
    expect(await breadOre(counter)).toBe(4_190);
    await counter.ring({ articleNumber: 'L49999' });
    expect(counter.view.basket?.dueOre).toBe(2_190);
    expect(imports(counter)).toMatchObject([{ imported: 50_001, refused: 0 }]);
  });

  it('with many new prices write them down between sales only, and before they stand', async () => {
    const counter = new Counter();
    counter.time.leastWaitMs = 10;
    const rows = Array.from({ length: 1_000 }, (_, index) => ({ ...milk, articleNumber: `L${index}`, ean: null }));
    await arrives(counter, { version: 1, kind: 'catalogue', rows });
    keep(counter.box.publications, { version: 2, kind: 'prices', rows: rows.map((row) => priceOf(row, 2_500)) });
    counter.box.till.publishedArrived();
    await counter.time.until(() => priceEntries(counter).length === 250, 'the first are written down', 60_000, 5);
    await counter.ring({ articleNumber: 'L1' });
    await counter.time.pass(60_000);
    expect(counter.view.basket?.dueOre).toBe(2_190);
    expect(priceEntries(counter)).toHaveLength(250);
    await counter.do({ type: 'abort-sale' });
    await counter.time.pass(5_000);
    expect(priceEntries(counter)).toHaveLength(1_000);
    expect(imports(counter)).toHaveLength(2);
    await counter.ring({ articleNumber: 'L1' });
    expect(counter.view.basket?.dueOre).toBe(2_500);
  });
});

describe('people that head office has published', () => {
  const EVA = { operatorId: 'eva', name: 'Eva Berg' };
  const PER = { operatorId: 'per', name: 'Per Dal' };
  const names = (counter: Counter) => counter.view.operators.map(({ name }) => name);

  it('may be chosen instead of the register’s own, who come back when head office names nobody', async () => {
    const counter = new Counter();
    expect(names(counter)).toEqual(['Kari', 'Ola']);
    await arrives(counter, { version: 1, kind: 'operators', rows: [EVA, PER] });
    expect(names(counter)).toEqual(['Eva Berg', 'Per Dal']);
    expect(counter.view.notice?.text).toBe('Hovedkontoret har endret hvem som kan velges i kassen.');
    expect(counter.types('operator.list-published')).toHaveLength(1);
    expect(await counter.ask({ type: 'sign-in', operatorId: 'ola' })).toMatchObject({ ok: false, code: 'unknown-operator' });
    await counter.do({ type: 'sign-in', operatorId: 'eva' });
    expect(counter.view.operator).toEqual(EVA);
    counter.restart();
    await counter.time.pass(1_000);
    expect(counter.view.operator).toEqual(EVA);
    counter.box.publications.markGone([1]);
    counter.box.till.publishedArrived();
    await counter.time.pass(1_000);
    expect(names(counter)).toEqual(['Kari', 'Ola']);
    expect(counter.view.operator).toEqual(EVA);
  });

  it('are managers with the code that head office has given them, or with the register’s own where it has given none', async () => {
    const pinHash = `scrypt$15$8$3$${'s'.repeat(22)}$${'k'.repeat(43)}`;
    const kari = { id: 'kari', name: 'Kari', role: 'manager', pinHash };
    const counter = new Counter({ configuration: { operators: [kari, { ...kari, id: 'ola', name: 'Ola' }] } });
    const managers = () => counter.view.operators.filter(({ isManager }) => isManager === true).map(({ operatorId }) => operatorId);
    expect(managers()).toEqual(['kari', 'ola']);
    const sent = { ...EVA, role: 'manager', pinHash };
    await arrives(counter, {
      version: 1,
      kind: 'operators',
      rows: [sent, { ...PER, role: 'manager' }, { operatorId: 'kari', name: 'Kari' }],
    });
    expect(managers()).toEqual(['eva', 'kari']);
    counter.restart();
    expect(managers()).toEqual(['eva', 'kari']);
    expect(JSON.stringify(counter.box.entries())).not.toContain(pinHash);
  });

  it('are not put in anybody’s place: whoever is signed in stays so, in a sale and after it', async () => {
    const counter = new Counter();
    await counter.do({ type: 'sign-in', operatorId: 'ola' });
    await counter.ring(BREAD);
    await arrives(counter, { version: 1, kind: 'operators', rows: [EVA] });
    expect(names(counter)).toEqual(['Kari', 'Ola']);
    await paysCash(counter);
    await counter.time.pass(1_000);
    expect(names(counter)).toEqual(['Eva Berg']);
    expect(counter.view.operator).toEqual({ operatorId: 'ola', name: 'Ola' });
    await counter.do({ type: 'sign-in', operatorId: 'eva' });
    expect(counter.view.operator).toEqual(EVA);
  });
});

/** What a shop’s day is made of, as far as prices are concerned. */
type Step = 'ring' | 'abort' | 'park' | 'resume' | 'cash' | 'receipt' | 'arrives' | 'comes later' | 'drops' | 'time' | 'power';
const STEPS: readonly Step[] = ['ring', 'abort', 'park', 'resume', 'cash', 'receipt', 'arrives', 'comes later', 'drops', 'time', 'power'];

/** Walks the journal: what is published is never written into the middle of a sale. */
function assertNeverInside(entries: readonly Entry[]): void {
  let lines = 0;
  const parked = new Map<string, number>();
  for (const { type, payload } of entries) {
    if (type === 'sale.line-added') lines += 1;
    if (type === 'sale.parked') parked.set(payload.saleId, lines);
    if (type === 'sale.resumed') lines = parked.get(payload.saleId) ?? 0;
    else if (['sale.parked', 'sale.aborted', 'sale.completed'].includes(type)) lines = 0;
    if (type.startsWith('catalogue.')) expect(lines).toBe(0);
  }
}

describe('over any day', () => {
  it('no price changes and no article goes inside a sale, and the last word stands in the end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...STEPS), { minLength: 5, maxLength: 40 }), async (steps) => {
        const counter = new Counter();
        let version = 0;
        const publishedAtMs = () => counter.time.clock.nowMs();
        const does: Readonly<Record<Step, () => Promise<unknown>>> = {
          ring: () => counter.ask({ type: 'add-article', articleNumber: BREAD.articleNumber }),
          abort: () => counter.ask({ type: 'abort-sale' }),
          park: () => counter.ask({ type: 'park-sale' }),
          resume: () => counter.ask({ type: 'resume-sale', saleId: counter.view.parked[0]?.saleId ?? 'none' }),
          cash: () => counter.ask({ type: 'pay-cash', receivedOre: 1_000_000 }),
          receipt: () => counter.ask({ type: 'print-receipt' }),
          arrives: async () => {
            version += 1;
            keep(counter.box.publications, {
              version,
              kind: 'prices',
              rows: [priceOf(BREAD, 5_000 + version)],
              publishedAtMs: publishedAtMs(),
            });
            counter.box.till.publishedArrived();
          },
          'comes later': async () => {
            version += 1;
            const from = new Date(publishedAtMs() + 3_600_000 + 30 * 60_000).toISOString().slice(0, 16);
            keep(counter.box.publications, {
              version,
              kind: 'prices',
              rows: [priceOf(BREAD, 5_000 + version)],
              from,
              publishedAtMs: publishedAtMs(),
            });
            counter.box.till.publishedArrived();
          },
          drops: async () => {
            version += 1;
            const { articleNumber } = SODA;
            keep(counter.box.publications, { version, kind: 'dropped', rows: [{ articleNumber }], publishedAtMs: publishedAtMs() });
            counter.box.till.publishedArrived();
          },
          time: () => counter.time.pass(20 * 60_000),
          power: async () => counter.restart(),
        };
        for (const step of steps) {
          await does[step]();
          await counter.time.pass(250);
        }
        await counter.ask({ type: 'abort-sale' });
        await counter.time.pass(3_600_000);
        await counter.ask({ type: 'abort-sale' });
        await counter.time.pass(61_000);
        assertNeverInside(counter.box.entries());
        const right = counter.box.publications
          .all()
          .filter(({ kind }) => kind === 'prices')
          .toSorted((a, b) => a.startMs - b.startMs || a.version - b.version)
          .at(-1);
        const stands = counter.box.till.published();
        expect(stands?.coming).toEqual([]);
        const last = priceEntries(counter).at(-1)?.toOre;
        expect(last).toBe(right === undefined ? undefined : 5_000 + right.version);
      }),
      { numRuns: 60, seed: 20_261_121 },
    );
  });
});
