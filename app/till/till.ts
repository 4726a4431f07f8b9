/**
 * A register, wired: commands in, views out. A command is decided and written in one go, synchronously; then the views
 * change, and the effects (requests, paper) start. Whatever they come to returns as another entry.
 */
import type { Catalogue } from '../catalog/catalogue.ts';
import type { CatalogueStore } from '../catalog/catalogue-store.ts';
import type { PublicationStore } from '../catalog/publication-store.ts';
import type { RefundDesk } from '../chain/client.ts';
import type { Journal } from '../journal/journal.ts';
import type { ReadModel } from '../journal/read-model.ts';
import { isAlive } from '../payment/payment.ts';
import type { PaymentProvider } from '../payment/provider.ts';
import { isDone } from '../receipt/print-job.ts';
import type { Sale } from '../sale/sale.ts';
import type { CheckIn } from '../vipps/webhooks/events.ts';
import { AppReceipts } from './app-receipts.ts';
import { Basket } from './basket.ts';
import { cashierView, type PracticeAddresses } from './cashier-view.ts';
import { CheckIns } from './check-ins.ts';
import type { Configuration } from './configuration.ts';
import type { CashierView, Command, CommandAnswer, CustomerView, Query, QueryAnswer } from './contract.ts';
import { Counter } from './counter.ts';
import { customerView } from './customer-view.ts';
import { Desk, type DeskPorts, DONE } from './desk.ts';
import { Drawer } from './drawer.ts';
import { LineScans } from './line-scans.ts';
import { Paper } from './paper.ts';
import { Payments } from './payments.ts';
import { StorageError } from './ports.ts';
import { Publications, type PublicationsView } from './publications.ts';
import { answerQuery } from './queries.ts';
import { type Recovered, Register } from './register.ts';
import { Reservations } from './reservations.ts';
import { Returns } from './returns.ts';
import { Shelving } from './shelving.ts';
import { Stories } from './stories.ts';
import { Tenders } from './tenders.ts';
import { VippsWays } from './vipps-ways.ts';

export interface TillParts {
  readonly configuration: Configuration;
  readonly ports: DeskPorts;
  readonly journal: Journal;
  readonly readModel: ReadModel;
  readonly catalogue: Catalogue;
  readonly catalogueStore: CatalogueStore;
  /** What head office publishes, as far as it has been fetched; missing where the register is in no chain. */
  readonly publicationStore?: PublicationStore | null;
  /** `null` where no sales unit is configured and no sandbox stands in for it. */
  readonly provider: PaymentProvider | null;
  /** Head office, for returns; missing or `null` where the register is in no chain. */
  readonly office?: RefundDesk | null;
  readonly addresses: PracticeAddresses;
  /** Name and version of this program. */
  readonly software: string;
  /** The articles of before were gone or damaged: the cashier is told, because nobody else would know why there are none. */
  readonly catalogueLost?: boolean;
}

export interface Till {
  /** Does what the cashier said, durably, before it answers. Never throws: a refusal is an answer with a sentence. */
  dispatch(command: Command): Promise<CommandAnswer>;
  ask(query: Query): Promise<QueryAnswer>;
  cashierView(): CashierView;
  customerView(): CustomerView;
  /** Calls back after every change of either view; the returned function ends that. */
  onChange(listener: () => void): () => void;
  /** Reads every living payment now: after sleep, after the network came back. */
  wake(): void;
  /**
   * Something has happened to the payment with this reference, says somebody who need not be believed: it is read now.
   * `false`: no living payment of this register has it.
   */
  heard(reference: string): boolean;
  /**
   * Somebody has scanned a sign, by a proven word of the provider's. `false`: it is another register's, was heard before, came
   * too late, or is not wanted here.
   */
  checkedIn(checkIn: CheckIn): boolean;
  /** More of what head office publishes is on disk, or less: it takes its place between sales. */
  publishedArrived(): void;
  /** How far the register has come with that; `null` where it is in no chain. */
  published(): PublicationsView | null;
  /** Ends the loops and says so in the journal. Payments go on where they were at the next start. */
  stop(): Promise<void>;
}

/** Makes a register out of its parts and takes up everything that was not over. */
export function createTill(parts: TillParts): Till {
  const { configuration, ports, journal, readModel } = parts;
  const listeners = new Set<() => void>();
  // Views are numbered from the time of the start, so that a screen that was connected before takes the new ones.
  let version = ports.clock.nowMs();
  const changed = () => {
    version += 1;
    for (const listener of listeners) listener();
    returns.poke();
  };
  const cutOffOpenings = readModel.openIntents().flatMap(({ kind, id }) => (kind === 'drawer.open' ? [id] : []));
  const register = new Register(journal, recovered(readModel), parts.catalogue);
  const desk = new Desk(configuration, ports, register, changed);
  const appReceipts = new AppReceipts(desk, parts.provider, readModel);
  const paper = new Paper(desk, appReceipts, (saleId) => readModel.sale(saleId));
  const payments = new Payments(desk, paper, parts.provider);
  const ways = new VippsWays(desk, payments, parts.provider);
  const reservations = new Reservations(desk, payments);
  const checkIns = new CheckIns(desk, ways);
  const stories = new Stories(desk, readModel, payments.loops, parts.provider);
  const basket = new Basket(
    desk,
    paper,
    reservations,
    () => returns,
    () => payments.loops.warm(),
  );
  const drawer = new Drawer(desk);
  const tenders = new Tenders(desk, paper, drawer);
  const returns: Returns = new Returns(desk, {
    ...{ basket, paper, drawer, readModel },
    office: parts.office ?? null,
    provider: parts.provider,
  });
  const shelving = new Shelving();
  const counter = new Counter(desk, parts.catalogueStore, shelving);
  const { catalogueStore, publicationStore = null } = parts;
  const publications = publicationStore === null ? null : new Publications(desk, catalogueStore, publicationStore, shelving);
  const lineScans = new LineScans(desk, dispatch);

  register.append([{ type: 'register.started', version: 1, operator: 'system', payload: { software: parts.software } }]);
  showWhatWasOnTheScreens(register);
  if (parts.catalogueLost === true) register.notice = { id: desk.newId(), tone: 'bad', text: desk.words.till.catalogueLost, support: null };
  drawer.recover(cutOffOpenings);
  paper.recover();
  payments.loops.recover();
  returns.recover();
  appReceipts.wake();
  lineScans.start();
  const stopHeadOffice = ports.headOffice?.onStatus(changed);
  if (publications !== null) {
    listeners.add(() => publications.changed());
    publications.arrived();
  }

  function handle(command: Command): CommandAnswer | Promise<CommandAnswer> {
    const refusal = drawer.refusal(command) ?? returns.refusal(command);
    if (refusal !== null) return refusal;
    switch (command.type) {
      case 'add-article':
        return basket.addArticle(command);
      case 'scan':
        return ways.scan(command) ?? basket.scan(command);
      case 'hold-quantity':
        return lineScans.holdQuantity(command);
      case 'answer-weight':
        return basket.answerWeight(command);
      case 'answer-age':
        return basket.answerAge(command);
      case 'dismiss':
        if (command.noticeId === undefined) ways.dismiss();
        return basket.dismiss(command);
      case 'set-quantity':
        return basket.setQuantity(command);
      case 'remove-line':
        return basket.removeLine(command);
      case 'discount-line':
        return basket.discountLine(command);
      case 'discount-sale':
        return basket.discountSale(command);
      case 'park-sale':
        return basket.park();
      case 'resume-sale':
        return basket.resume(command);
      case 'abort-sale':
        return basket.abort();
      case 'pay-vipps':
        return command.way === 'checked-in' ? checkIns.pay(command.amountOre) : ways.pay(command);
      case 'forget-check-in':
        return checkIns.forget();
      case 'answer-phone':
        return ways.answerPhone(command);
      case 'choose-phone':
        return ways.choosePhone(command);
      case 'confirm-phone':
        return ways.confirmPhone(command);
      case 'pay-cash':
        return tenders.payCash(command);
      case 'pay-card':
        return tenders.payCard(command);
      case 'return-tender':
        return tenders.returnTender(command);
      case 'new-code':
        return payments.newCode();
      case 'refunded-by-hand':
        return reservations.refundedByHand(command);
      case 'collect-payment':
        return reservations.collect();
      case 'rest-seen':
        return reservations.restSeen(command);
      case 'settled-by-hand':
        return reservations.settledByHand(command);
      case 'take-return':
      case 'remove-return':
      case 'give-back':
      case 'part-handed-out':
      case 'pay-part-out':
      case 'check-return':
      case 'keep-return-wish':
      case 'drop-return-wish':
      case 'show-return':
      case 'forget-receipt':
        return returns.handle(command);
      case 'check-payment':
        return payments.check();
      case 'cancel-payment':
        return payments.cancel();
      case 'answer-payment':
        return payments.answer(command);
      case 'close-payment':
        return payments.close();
      case 'answer-print':
        return paper.answer(command);
      case 'print-copy':
        return paper.printCopy(command);
      case 'print-receipt':
        return paper.print();
      case 'decline-receipt':
        return paper.decline();
      case 'next-customer': {
        const refusal = paper.nextCustomer();
        if (refusal === null) changed();
        return refusal ?? DONE;
      }
      case 'open-drawer':
        return drawer.open(command);
      case 'calibrate-drawer':
        return drawer.calibrate(command);
      case 'sign-in':
        return counter.signIn(command);
      case 'set-language':
        return counter.setLanguage(command);
      case 'set-theme':
        return counter.setTheme(command);
      case 'import-catalogue':
        return counter.importCatalogue(command);
    }
  }

  async function dispatch(command: Command): Promise<CommandAnswer> {
    try {
      return await handle(command);
    } catch (error) {
      const trouble = error instanceof StorageError ? error.trouble : null;
      ports.log.write('error', 'command', {
        command: command.type,
        message: error instanceof Error ? `${error.name}: ${error.message}` : 'unknown',
      });
      return { ok: false, code: 'storage', message: desk.words.till.storage[trouble ?? 'other'] };
    }
  }

  return {
    dispatch,
    ask: async (query) => answerQuery(query, register, readModel, paper, stories, returns),
    cashierView: () => cashierView({ desk, payments, ways, checkIns, returns, paper, drawer, lineScans }, parts.addresses, version),
    customerView: () => customerView(desk, payments, returns, version),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    wake() {
      payments.loops.checkAll();
      returns.wake();
      appReceipts.wake();
    },
    heard: (reference) => payments.loops.heard(reference),
    checkedIn: (checkIn) => checkIns.arrived(checkIn),
    publishedArrived: () => publications?.arrived(),
    published: () => publications?.view() ?? null,
    async stop() {
      lineScans.stop();
      stopHeadOffice?.();
      checkIns.stop();
      counter.stop();
      publications?.stop();
      payments.loops.stop();
      returns.stop();
      appReceipts.stop();
      paper.stop();
      drawer.stop();
      listeners.clear();
      register.append([{ type: 'register.stopped', version: 1, operator: 'system', payload: {} }]);
    },
  };
}

/** Everything that was not over: found by index, however long the journal is. */
function recovered(readModel: ReadModel): Recovered {
  const payments = readModel.unfinishedPayments();
  const sales = new Map<string, Sale>(readModel.unfinishedSales().map((sale) => [sale.saleId, sale]));
  for (const { saleId } of payments) {
    const sale = sales.get(saleId) ?? readModel.sale(saleId);
    if (sale !== null) sales.set(saleId, sale);
  }
  const returns = readModel.returns.unfinished();
  for (const { saleId } of returns) {
    const sale = sales.get(saleId) ?? readModel.sale(saleId);
    if (sale !== null) sales.set(saleId, sale);
  }
  const jobs = readModel.unfinishedPrintJobs();
  const appReceipts = readModel.unfinishedAppReceipts();
  return {
    sales: [...sales.values()],
    payments,
    jobs,
    appReceipts,
    returns,
    returnWishes: readModel.returns.wishes(),
    nextReturnNumber: readModel.returns.nextNumber(),
    settings: readModel.settings(),
    nextSaleNumber: readModel.nextSaleNumber(),
  };
}

/** After a restart people see where they were: the living payment, or the sale whose receipt is not out yet. */
function showWhatWasOnTheScreens(register: Register): void {
  const open = register.openSale;
  if (open !== null) {
    const own = [...register.payments.values()].filter((payment) => payment.saleId === open.saleId);
    const declined = own.find((payment) => payment.state === 'declined' && payment.attempt === open.paymentAttempts);
    const alive = own.filter(isAlive);
    // What is on its way back to somebody is nobody's to wait for while another one is alive.
    const waitedFor = alive.findLast((payment) => payment.state !== 'captured' || payment.refund?.state !== 'sending');
    register.shownPaymentId = (waitedFor ?? alive.at(-1) ?? declined)?.paymentId ?? null;
    return;
  }
  const unprinted = [...register.sales.values()].filter((sale) => sale.status === 'completed' && !hasItsPaper(register, sale));
  // Papers of earlier sales wait in the queue; the sale nobody was asked about yet is the one at the counter.
  const latest = unprinted.toSorted((a, b) => (a.receiptNumber ?? 0) - (b.receiptNumber ?? 0)).at(-1);
  register.finishedSaleId = (unprinted.find((sale) => sale.receipt === 'none') ?? latest)?.saleId ?? null;
}

/** Declined, printed, or printed again: nothing is left to do for it. */
function hasItsPaper(register: Register, sale: Sale): boolean {
  return sale.receipt === 'declined' || (sale.receipt === 'intended' && register.jobsOf(sale.saleId).every(isDone));
}
