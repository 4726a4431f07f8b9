/** What the cashier's screen holds besides the till's view: the open pane, the typed quantity, refusals, commands under way. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CashierView, Command, Language, Notice } from '../../app/till/contract.ts';
import type { CashierLink, Delivery } from '../link/link.ts';
import { createViewStore, type ViewStore } from '../shared/view-store.ts';
import { canPayBy, type Means, type Pane, paneAfter, TILES } from './pane.ts';

export interface TillState {
  readonly pane: Pane;
  /** A quantity that waits for the next article, in thousandths. */
  readonly quantityMilli: number | null;
  readonly searchText: string;
  /** A refusal of the last command, until it is closed or its time is over. */
  readonly refusal: Notice | null;
  /** Commands that have not been answered, by their JSON. */
  readonly underWay: ReadonlySet<string>;
}

export interface Till {
  readonly views: ViewStore<CashierView>;
  readonly state: StoreApi<TillState>;
  readonly link: CashierLink;
  open(pane: Pane): void;
  /** Sends once: the same command is not sent again while it is under way, except what may be repeated (articles, scans). */
  send(command: Command): Promise<Delivery>;
  /** Pays, or opens what the means needs; as soon as the articles that are still on their way to the till have come. */
  pay(means: Means): Promise<void>;
  /** Leaves a payment that came to nothing, and opens another means as soon as the sale is back. */
  closePaymentFor(means: Means): Promise<void>;
  /** Adds the quantity that was typed before, and forgets it. */
  takeQuantity(): number | undefined;
  closeNotice(): void;
}

/** Two of the same in a row are meant: two taps on a tile are two pieces. */
const REPEATABLE: ReadonlySet<Command['type']> = new Set(['add-article', 'scan']);

const CLOSE: Command = { type: 'close-payment' };

export interface TillStart {
  readonly pane?: Pane;
  readonly searchText?: string;
  readonly quantityMilli?: number;
}

/** `lostText` is said when the line died under a command. */
export function createTill(link: CashierLink, lostText: (language: Language | undefined) => string, start: TillStart = {}): Till {
  const views = createViewStore<CashierView>(link);
  const state = createStore<TillState>(() => ({
    pane: start.pane ?? TILES,
    quantityMilli: start.quantityMilli ?? null,
    searchText: start.searchText ?? '',
    refusal: null,
    underWay: new Set<string>(),
  }));
  let refusals = 0;
  let nextMeans: Means | null = null;
  /** Taps and scans that the till has not answered yet. */
  const coming = new Set<Promise<Delivery>>();
  let paying = 0;

  views.subscribe((now, before) => {
    if (now.view === null || now.view === before.view) return;
    // A page that was loaded anew has forgotten what the one before it held.
    if (before.view === null && now.view.lineScans !== undefined) void link.send({ type: 'hold-quantity', quantityMilli: null });
    if (before.view?.lineScans !== undefined && before.view.lineScans !== now.view.lineScans) state.setState({ quantityMilli: null });
    let pane = paneAfter(state.getState().pane, before.view, now.view);
    if (nextMeans !== null && now.view.stage.kind === 'selling') {
      if (canPayBy(now.view.basket, nextMeans)) pane = { kind: 'pay', means: nextMeans };
      nextMeans = null;
    }
    if (pane !== state.getState().pane) state.setState({ pane });
  });

  // A scanner with a line of its own does not pass this page: the till takes the quantity for its next scan.
  state.subscribe(({ quantityMilli }, before) => {
    if (quantityMilli !== before.quantityMilli && views.getState().view?.lineScans !== undefined)
      void link.send({ type: 'hold-quantity', quantityMilli });
  });

  const mark = (key: string, under: boolean) => {
    const underWay = new Set(state.getState().underWay);
    if (under) underWay.add(key);
    else underWay.delete(key);
    state.setState({ underWay });
  };

  const refuse = (text: string, support: string | null) => {
    refusals += 1;
    state.setState({ refusal: { id: `refusal-${refusals}`, tone: 'care', text, support } });
  };

  return {
    views,
    state,
    link,
    open: (pane) => state.setState({ pane }),
    async send(command) {
      const key = JSON.stringify(command);
      const once = !REPEATABLE.has(command.type);
      if (once && state.getState().underWay.has(key)) return { ok: 'lost' };
      if (once) mark(key, true);
      state.setState({ refusal: null });
      const sending = link.send(command);
      if (!once) coming.add(sending);
      const answer = await sending;
      coming.delete(sending);
      if (once) mark(key, false);
      if (answer.ok === 'lost') refuse(lostText(views.getState().view?.language), null);
      else if (!answer.ok) refuse(answer.message, answer.code);
      return answer;
    },
    async pay(means) {
      paying += 1;
      const pressed = paying;
      const isPayable = () => {
        const { view } = views.getState();
        return view !== null && view.stage.kind === 'selling' && view.prompt === null && canPayBy(view.basket, means);
      };
      // The till takes commands in their order: where there is something to pay already, what is on its way comes first all the same.
      while (!isPayable() && coming.size > 0) await Promise.allSettled(coming);
      // The key that was pressed last says how.
      if (pressed !== paying || !isPayable()) return;
      if (means === 'vipps') await this.send({ type: 'pay-vipps' });
      else state.setState({ pane: { kind: 'pay', means } });
    },
    async closePaymentFor(means) {
      nextMeans = means;
      // It is being left already: the key that was pressed last says what opens.
      if (state.getState().underWay.has(JSON.stringify(CLOSE))) return;
      const answer = await this.send(CLOSE);
      if (answer.ok !== true) nextMeans = null;
    },
    takeQuantity() {
      const { quantityMilli } = state.getState();
      if (quantityMilli === null) return undefined;
      state.setState({ quantityMilli: null });
      return quantityMilli;
    },
    closeNotice() {
      const { refusal } = state.getState();
      if (refusal !== null) state.setState({ refusal: null });
      // An unknown code is refused, and the till says so as well: the same sentence is closed once.
      const notice = views.getState().view?.notice;
      // Only what was closed: a question that stands above it stays.
      if (notice != null && (refusal === null || notice.text === refusal.text)) void this.send({ type: 'dismiss', noticeId: notice.id });
    },
  };
}
