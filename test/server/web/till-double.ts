/** A till of two views and one sale number, for tests of the shell around it. */
import type { CashierView, Command, CommandAnswer, CustomerView, Query, QueryAnswer } from '../../../app/till/contract.ts';

const BRAND = { name: 'Vipps', background: '#FF5B24', ink: '#FFFFFF' };

export class TillDouble {
  readonly dispatched: Command[] = [];
  version = 1;
  greeting = 'Velkommen';
  answer: () => Promise<CommandAnswer> = async () => ({ ok: true });
  readonly #listeners = new Set<() => void>();

  async dispatch(command: Command): Promise<CommandAnswer> {
    this.dispatched.push(command);
    return this.answer();
  }

  async ask(query: Query): Promise<QueryAnswer> {
    switch (query.type) {
      case 'articles':
        return { type: 'articles', articles: [] };
      case 'recent-sales':
        return { type: 'recent-sales', sales: [] };
      case 'payments':
        return { type: 'payments', payments: [] };
      case 'payment-story':
        return { type: 'payment-story', story: null };
      case 'receipt-text':
        return { type: 'receipt-text', text: `Kvittering ${query.saleId}` };
      case 'orders':
        return { type: 'orders', orders: [], more: false, problem: null };
      case 'order':
        return { type: 'order', order: null, problem: null };
      case 'stores':
        return { type: 'stores', stores: [] };
    }
  }

  cashierView(): CashierView {
    return {
      version: this.version,
      nowMs: 1_795_000_000_000,
      language: 'nb',
      theme: 'light',
      customerLanguage: 'nb',
      customerTheme: 'light',
      shopName: 'Kolonial på hjørnet',
      registerName: 'Kasse 1',
      operator: { operatorId: '1', name: 'Kari' },
      operators: [{ operatorId: '1', name: 'Kari' }],
      brand: BRAND,
      currency: 'NOK',
      practice: null,
      lights: [],
      drawer: null,
      groups: [],
      catalogueVersion: 1,
      basket: null,
      stage: { kind: 'selling' },
      vippsWays: [],
      prompt: null,
      notice: null,
      attention: [],
      reservations: [],
      parked: [],
      returnsAside: [],
      returnWishes: [],
      printQueue: [],
    };
  }

  customerView(): CustomerView {
    return {
      version: this.version,
      nowMs: 1_795_000_000_000,
      language: 'nb',
      theme: 'light',
      shopName: 'Kolonial på hjørnet',
      brand: BRAND,
      practice: null,
      offlineText: 'Et øyeblikk',
      screen: { kind: 'idle', greeting: this.greeting },
    };
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Something happened: a new version, told to whoever listens. */
  change(): void {
    this.version += 1;
    for (const listener of this.#listeners) listener();
  }
}
