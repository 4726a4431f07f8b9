/** What belongs to the counter and to no sale: who stands there, which language, which articles. */
import { createCatalogueInSteps } from '../catalog/catalogue.ts';
import { type CatalogueStore, heldEanProblems } from '../catalog/catalogue-store.ts';
import { importCatalogueInSteps } from '../catalog/import-csv.ts';
import type { CatalogueProblem } from '../catalog/problem.ts';
import type { Steps } from '../catalog/steps.ts';
import { describeCatalogueProblem } from '../text/catalogue.ts';
import { decodeBase64InSteps } from './base64.ts';
import type { CatalogueReport, Command, CommandAnswer } from './contract.ts';
import { type Desk, DONE } from './desk.ts';
import { runInSteps } from './run-in-steps.ts';
import { priceEntries, type Shelving } from './shelving.ts';

type Of<Type extends Command['type']> = Extract<Command, { type: Type }>;

const MOST_PROBLEMS_TOLD = 100;

export class Counter {
  readonly #desk: Desk;
  readonly #store: CatalogueStore;
  readonly #shelving: Shelving;
  #stopped = false;

  constructor(desk: Desk, store: CatalogueStore, shelving: Shelving) {
    this.#desk = desk;
    this.#store = store;
    this.#shelving = shelving;
  }

  signIn(command: Of<'sign-in'>): CommandAnswer {
    const operator = this.#desk.operators.find(({ operatorId }) => operatorId === command.operatorId);
    if (operator === undefined) return this.#desk.refuse('unknown-operator');
    const { operatorId, name } = operator;
    this.#desk.register.append([
      {
        type: 'operator.signed-out',
        version: 1,
        operator: this.#desk.operator.operatorId,
        payload: { operatorId: this.#desk.operator.operatorId },
      },
      { type: 'operator.signed-in', version: 1, operator: operatorId, payload: { operatorId, name } },
      { type: 'register.setting-changed', version: 1, operator: operatorId, payload: { name: 'operator', value: operatorId } },
    ]);
    this.#desk.changed();
    return DONE;
  }

  setLanguage(command: Of<'set-language'>): CommandAnswer {
    return this.#set(`language.${command.screen}`, command.language);
  }

  setTheme(command: Of<'set-theme'>): CommandAnswer {
    return this.#set(`theme.${command.screen}`, command.theme);
  }

  /**
   * The good rows come in, the bad ones are told by line; a file with no good row changes nothing. A large file gives way
   * every so many rows, to payments and to the cashier, and the old articles sell until the new ones are in.
   */
  async importCatalogue(command: Of<'import-catalogue'>): Promise<CommandAnswer> {
    if (!this.#shelving.beginImport()) return this.#desk.refuse('import-under-way');
    try {
      return await runInSteps(this.#import(command), this.#desk.ports.timers, () => !this.#stopped);
    } finally {
      this.#shelving.endImport();
    }
  }

  /** Ends an import that is under way: nothing of it stands. */
  stop(): void {
    this.#stopped = true;
  }

  *#import(command: Of<'import-catalogue'>): Steps<CommandAnswer> {
    const { register, ports, words } = this.#desk;
    const bytes = yield* decodeBase64InSteps(command.base64);
    const { articles, problems, refusedRows, lines } = yield* importCatalogueInSteps(bytes, {
      day: this.#desk.today,
      market: this.#desk.configuration.shop.market,
    });
    if (articles.length === 0) {
      const [first] = this.#told(problems);
      return { ok: false, code: 'bad-catalogue', message: words.till.badCatalogue(first?.message ?? command.fileName) };
    }
    const { changes, articles: coming, commit } = yield* this.#store.prepare(articles, 'merge');
    const counts = { imported: articles.length - changes.refused.length, refused: refusedRows + changes.refused.length };
    const problemsTold = this.#told([...problems, ...heldEanProblems(changes.refused, lines)]);
    const report: CatalogueReport = { ...counts, problems: problemsTold };
    const catalogue = yield* createCatalogueInSteps(coming);
    // Written down before the new prices stand: no price changes without a word of it, even when the disk is full.
    const { before, last } = priceEntries(changes.priceChanges);
    for (const page of before) {
      this.#desk.record(page);
      yield;
    }
    const sha256 = ports.hasher.sha256Hex(bytes);
    commit(() =>
      this.#desk.record([{ type: 'catalogue.imported', version: 1, payload: { fileName: command.fileName, ...counts, sha256 } }, ...last]),
    );
    register.catalogue = catalogue;
    register.catalogueVersion += 1;
    this.#desk.changed();
    return { ok: true, report };
  }

  #told(problems: readonly CatalogueProblem[]): CatalogueReport['problems'] {
    const language = this.#desk.language('cashier');
    const inOrder = problems.toSorted((a, b) => a.line - b.line);
    return inOrder
      .slice(0, MOST_PROBLEMS_TOLD)
      .map((problem) => ({ line: problem.line, message: describeCatalogueProblem(problem, language) }));
  }

  #set(name: string, value: string): CommandAnswer {
    this.#desk.record([{ type: 'register.setting-changed', version: 1, payload: { name, value } }]);
    this.#desk.changed();
    return DONE;
  }
}
