/** What the cashier's screen shows, made anew from the register after every change. */
import { quickCashAmounts, roundForCash } from '../money/cash.ts';
import { formatOre } from '../money/format.ts';
import { isAlive, type Payment } from '../payment/payment.ts';
import { isDone, type PrintJob } from '../receipt/print-job.ts';
import type { GoodsReturn } from '../refund/goods-return.ts';
import { cashRoundingOre, meansOf, receiptSeriesOf, type Sale, type Tender } from '../sale/sale.ts';
import { saleTotals } from '../sale/totals.ts';
import { type Texts, texts } from '../text/index.ts';
import { meaningOf } from '../vipps/error-table.ts';
import { attentionOf } from './attention-view.ts';
import { untilText } from './away.ts';
import { isBetweenSales } from './between-sales.ts';
import { brandOf, currencyOf } from './brand.ts';
import type { CheckIns } from './check-ins.ts';
import type { BasketView, CashierView, DeviceLight, FinishedStage, Language, Prompt, Stage, TenderRow } from './contract.ts';
import { discountText, lineName, paidOre } from './customer-view.ts';
import type { Desk } from './desk.ts';
import type { Drawer } from './drawer.ts';
import { headOfficeLight } from './head-office-light.ts';
import type { LineScans } from './line-scans.ts';
import { isWhollyIntegrated, type Paper } from './paper.ts';
import { paymentStage } from './payment-view.ts';
import type { Payments } from './payments.ts';
import { practiceText } from './practice.ts';
import { openReservations, reservationOf } from './reservations.ts';
import { returnInBasket, returnStage } from './return-view.ts';
import type { Returns } from './returns.ts';
import type { VippsWays } from './vipps-ways.ts';

export interface PracticeAddresses {
  readonly phoneUrl: string | null;
  readonly printerUrl: string | null;
}

/** The rooms that the cashier's screen shows something of. */
export interface CashierRooms {
  readonly desk: Desk;
  readonly payments: Payments;
  readonly ways: VippsWays;
  readonly checkIns: CheckIns;
  readonly returns: Returns;
  readonly paper: Paper;
  readonly drawer: Drawer;
  readonly lineScans: LineScans;
}

export function cashierView(
  { desk, payments, ways, checkIns, returns, paper, drawer, lineScans }: CashierRooms,
  addresses: PracticeAddresses,
  version: number,
): CashierView {
  const { configuration, register, ports } = desk;
  const language = desk.language('cashier');
  const words = texts(language);
  const practice = practiceText(configuration, words);
  const shown = register.finishedSale ?? register.openSale;
  return {
    version,
    nowMs: ports.clock.nowMs(),
    language,
    theme: desk.theme('cashier'),
    customerLanguage: desk.language('customer'),
    customerTheme: desk.theme('customer'),
    shopName: configuration.shop.name,
    registerName: configuration.register.name,
    operator: desk.operator,
    operators: desk.operators.map(({ operatorId, name }) => ({
      operatorId,
      name,
      ...(desk.isManager(operatorId) ? { isManager: true } : {}),
    })),
    brand: brandOf(configuration.shop.market),
    currency: currencyOf(configuration.shop.market),
    practice: practice === null ? null : { text: practice, ...addresses },
    lights: lights(desk, payments, drawer, words),
    drawer: drawer.view(),
    ...(lineScans.count === null ? {} : { lineScans: lineScans.count }),
    groups: register.catalogue.groups(),
    catalogueVersion: register.catalogueVersion,
    basket: shown === null ? null : basketView(desk, shown, returns.openReturn(), language, words),
    stage: stageOf(desk, payments, returns, paper, language, words),
    vippsWays: [...checkIns.rows(), ...ways.rows()],
    ...checkIns.shown(),
    prompt: ways.prompt() ?? promptOf(desk, words),
    notice: register.notice,
    reservations: openReservations(desk),
    attention: attentionOf(desk, language, words),
    parked: [...register.sales.values()]
      .filter((sale) => sale.status === 'parked' && reservationOf(register, sale.saleId) === null && !returns.moves(sale))
      .map((sale) => ({
        saleId: sale.saleId,
        saleNumber: sale.saleNumber,
        totalOre: saleTotals(sale).totalOre,
        lineCount: sale.lines.filter((line) => line.depositForLineId === null).length + (sale.returned?.lines.length ?? 0),
        openedAtMs: sale.openedAtMs,
      })),
    returnWishes: returns.wishes(),
    ...toldOf(desk, returns.aside()),
    ...returns.found(),
    printQueue: [...register.jobs.values()]
      .filter((job) => !isDone(job) && job.saleId !== register.finishedSaleId)
      .map((job) => ({
        jobId: job.jobId,
        title: jobTitle(desk, job, words),
        state: queueState(job),
        text: words.till.receipt[receiptState(job)],
      })),
  };
}

/** Whoever is in the middle of a sale is not told of another one. */
function toldOf(desk: Desk, returnsAside: CashierView['returnsAside']): Pick<CashierView, 'returnsAside' | 'returnTold'> {
  const { register } = desk;
  const isFree = isBetweenSales(register) && register.finishedSale === null && register.shownPayment === null;
  const told = isFree ? returnsAside.find(({ state }) => state !== 'checking') : undefined;
  return told === undefined ? { returnsAside } : { returnsAside, returnTold: told };
}

function stageOf(desk: Desk, payments: Payments, returns: Returns, paper: Paper, language: Language, words: Texts): Stage {
  const { register, ports, configuration } = desk;
  const finished = register.finishedSale;
  if (finished !== null) return finishedStage(desk, paper, finished, language, words);
  const ret = returns.openReturn();
  const goingBack = ret === null ? null : returnStage(desk, { ret, trouble: returns.troubleOf(ret.returnId) });
  if (goingBack !== null) return goingBack;
  const payment = register.shownPayment;
  if (payment === null) return { kind: 'selling' };
  const facts = {
    payment,
    trouble: payments.loops.troubleOf(payment.paymentId),
    qr: payments.loops.qr.of(payment.paymentId),
    qrShownAtMs: payments.loops.qr.shownAtMs(payment.paymentId),
    codeEnded: payments.loops.qr.hasEnded(payment.paymentId),
    payer: payments.loops.payerOf(payment.paymentId),
    nowMs: ports.clock.nowMs(),
    market: configuration.shop.market,
    until: untilText(desk, payment),
  };
  return paymentStage(facts, language);
}

function basketView(desk: Desk, sale: Sale, ret: GoodsReturn | null, language: Language, words: Texts): BasketView {
  const { register } = desk;
  const totals = saleTotals(sale);
  const currency = currencyOf(desk.configuration.shop.market);
  const dueInCashOre = roundForCash(totals.dueOre, currency);
  const payment = register.shownPayment;
  const moneyOf = new Map(totals.lines.map((line) => [line.lineId, line]));
  return {
    saleId: sale.saleId,
    saleNumber: sale.saleNumber,
    lines: sale.lines.map((line) => {
      const money = moneyOf.get(line.lineId);
      return {
        lineId: line.lineId,
        name: lineName(line, words),
        quantityMilli: line.quantityMilli,
        unit: line.unit,
        weighed: line.weighed,
        unitPriceOre: line.unitPriceOre,
        amountOre: (money?.grossOre ?? 0) - (money?.ownDiscountOre ?? 0),
        discountText: discountText(line.discount, language, words),
        isDeposit: line.depositForLineId !== null,
        vatBasisPoints: line.vatBasisPoints,
      };
    }),
    newestLineId: register.newestLineId,
    saleDiscountOre: totals.lines.reduce((sum, line) => sum + line.saleDiscountOre, 0),
    saleDiscountText: discountText(sale.discount, language, words),
    // A rate of nothing (deposits) belongs on the receipt; the cashier has no use for it.
    vat: totals.rates.filter(({ vatBasisPoints }) => vatBasisPoints > 0).map(({ vatBasisPoints, vatOre }) => ({ vatBasisPoints, vatOre })),
    totalOre: totals.totalOre,
    tenders: sale.tenders.map((tender) => tenderRow(desk, tender, language, words)),
    paidOre: totals.paidOre,
    dueOre: totals.dueOre,
    dueInCashOre,
    quickCashOre: quickCashAmounts(dueInCashOre, currency),
    canAbort: sale.status === 'open' && sale.tenders.length === 0 && (payment === null || !isAlive(payment)) && ret?.state !== 'sending',
    ...returnInBasket(desk, sale, ret),
  };
}

function tenderRow(desk: Desk, tender: Tender, language: Language, words: Texts): TenderRow {
  const roundingOre = cashRoundingOre(tender);
  const brand = brandOf(desk.configuration.shop.market).name;
  const row = { tenderId: tender.tenderId, kind: meansOf(tender), amountOre: tender.amountOre + roundingOre };
  switch (tender.kind) {
    case 'cash': {
      const detail =
        tender.changeOre > 0 ? words.till.cashDetail(formatOre(tender.receivedOre, language), formatOre(tender.changeOre, language)) : null;
      return { ...row, label: words.till.means.cash, detail, returnable: true };
    }
    case 'card':
      return { ...row, label: words.till.means.card, detail: tender.terminalReference, returnable: true };
    case 'vipps':
      return {
        ...row,
        label: brand,
        detail: tender.reference,
        returnable: false,
        ...beyondNote(desk.register.payments.get(tender.tenderId), tender, language, words),
      };
    case 'refund':
      return {
        ...row,
        label: { cash: words.till.means.cash, card: words.till.means.card, vipps: brand }[tender.way],
        detail: tender.reference,
        returnable: false,
      };
  }
}

/** What was reserved or taken beyond the tender, and where that is now. */
function beyondNote(
  payment: Payment | undefined,
  { amountOre, reservedOre, takenOre }: Extract<Tender, { kind: 'vipps' }>,
  language: Language,
  words: Texts,
): { readonly note?: string } {
  const moreOre = takenOre ?? reservedOre;
  if (moreOre === undefined) return {};
  const said = words.till.beyond;
  const known = payment?.state === 'captured' ? payment : null;
  const rest = { releasing: said.releasing, released: said.released, left: said.left };
  const refund = {
    sending: said.refunding,
    done: said.refunded,
    refused: said.byHand,
    'needs-hand': said.byHand,
    'by-hand': said.refunded,
  };
  const say = takenOre === undefined ? rest[known?.rest?.state ?? 'released'] : refund[known?.refund?.state ?? 'done'];
  return { note: say(formatOre(moreOre, language), formatOre(moreOre - amountOre, language)) };
}

function finishedStage(desk: Desk, paper: Paper, sale: Sale, language: Language, words: Texts): FinishedStage {
  const jobs = desk.register.jobsOf(sale.saleId);
  const job = jobs.find((each) => !isDone(each)) ?? jobs.at(-1);
  const state = sale.receipt === 'declined' ? 'declined' : job === undefined ? 'not-asked' : receiptState(job);
  return {
    kind: 'finished',
    saleId: sale.saleId,
    series: receiptSeriesOf(sale),
    receiptNumber: sale.receiptNumber ?? 0,
    totalOre: saleTotals(sale).totalOre,
    paidOre: paidOre(sale),
    means: sale.tenders.map((tender) => tenderRow(desk, tender, language, words)),
    changeOre: sale.tenders.reduce((sum, tender) => sum + (tender.kind === 'cash' ? tender.changeOre : 0), 0),
    completedAtMs: sale.completedAtMs ?? 0,
    receipt: { state, text: words.till.receipt[state] },
    canPrint: sale.receipt === 'none',
    canDecline: sale.receipt === 'none' && isWhollyIntegrated(sale),
    canCopy:
      !sale.copyIntended && (sale.receipt === 'declined' || jobs.some((each) => each.what === 'receipt' && each.state === 'printed')),
    canContinue: paper.mayContinue(sale),
    cannotContinueText: waitsForPaper(state) && !paper.mayContinue(sale) ? words.till.refusals['receipt-required']('') : null,
  };
}

/** What a person must see to; a receipt that is just being printed needs nobody. */
function waitsForPaper(state: FinishedStage['receipt']['state']): boolean {
  return state === 'waiting' || state === 'unknown';
}

function receiptState(job: PrintJob): 'printing' | 'waiting' | 'printed' | 'unknown' {
  switch (job.state) {
    case 'sending':
      return 'printing';
    case 'waiting':
      return 'waiting';
    case 'printed':
    case 'replaced':
      return 'printed';
    case 'unknown':
      return 'unknown';
  }
}

function queueState(job: PrintJob): 'waiting' | 'sending' | 'unknown' {
  return job.state === 'sending' || job.state === 'unknown' ? job.state : 'waiting';
}

function jobTitle(desk: Desk, job: PrintJob, words: Texts): string {
  const sale = desk.register.sales.get(job.saleId);
  const title = words.till.receiptTitle[sale === undefined ? 'sale' : receiptSeriesOf(sale)](sale?.receiptNumber ?? 0);
  return job.what === 'copy' ? words.till.copyTitle(title) : title;
}

function promptOf(desk: Desk, words: Texts): Prompt | null {
  const { register } = desk;
  const { pending } = register;
  const article = pending === null ? null : register.catalogue.byArticleNumber(pending.articleNumber);
  if (pending !== null && article !== null) {
    if (pending.ask === 'weight') {
      const { articleNumber, name, unit, unitPriceOre } = article;
      return { kind: 'weight', articleNumber, name, unit, unitPriceOre };
    }
    const years = article.ageLimitYears ?? 0;
    return {
      kind: 'age',
      years,
      name: article.name,
      bornOnOrBefore: yearsAgo(desk.today, years),
    };
  }
  const lost = [...register.jobs.values()].find((job) => job.state === 'unknown');
  return lost === undefined ? null : { kind: 'paper', jobId: lost.jobId, title: jobTitle(desk, lost, words) };
}

/** The date (`YYYY-MM-DD`) that many years before: whoever was born then or before is old enough. */
function yearsAgo(today: string, years: number): string {
  return `${Number(today.slice(0, 4)) - years}${today.slice(4)}`;
}

function lights(desk: Desk, payments: Payments, drawer: Drawer, words: Texts): readonly DeviceLight[] {
  const said = words.till.lights;
  const brand = brandOf(desk.configuration.shop.market).name;
  const devices = [printerLight(desk, said), ...drawerLight(drawer, words), ...scannerLight(desk, said)];
  return [...devices, providerLight(payments, said, brand), ...headOfficeLight(desk, words.chain), ...reservationsLight(desk)];
}

/** Only while something is to be done: a light that is always there is looked at by nobody. */
function reservationsLight(desk: Desk): readonly DeviceLight[] {
  const soon = openReservations(desk).filter(({ deadline }) => deadline?.soon === true).length;
  return soon === 0 ? [] : [{ device: 'reservations', state: 'care', text: desk.words.till.away.light(soon) }];
}

function drawerLight(drawer: Drawer, words: Texts): readonly DeviceLight[] {
  const view = drawer.view();
  const said = words.drawer.light;
  const device = 'drawer';
  if (view === null) return [];
  switch (view.state) {
    case 'closed':
      return [{ device, state: 'ok', text: said.closed }];
    case 'open':
      return [view.alarm ? { device, state: 'down', text: said.openTooLong } : { device, state: 'care', text: said.open }];
    case 'unknown':
      return [{ device, state: 'unknown', text: drawer.isUncalibrated ? said.uncalibrated : said.unknown }];
  }
}

function printerLight(desk: Desk, said: Texts['till']['lights']): DeviceLight {
  const device = 'printer';
  const status = desk.ports.printer.status();
  switch (status.state) {
    case 'ready':
      return status.known === false
        ? { device, state: 'unknown', text: said.printerSilent }
        : { device, state: 'ok', text: said.printerReady };
    case 'paper-low':
      return { device, state: 'care', text: said.printerPaperLow };
    case 'paper-out':
      return { device, state: 'down', text: said.printerPaperOut };
    case 'cover-open':
      return { device, state: 'down', text: said.printerCoverOpen };
    case 'offline':
    case 'gone':
      return { device, state: 'down', text: said.printerOffline };
    case 'error':
      return { device, state: 'down', text: said.printerError };
  }
}

/** One that types cannot be told from a keyboard, so nobody knows how it is. */
function scannerLight({ ports }: Desk, said: Texts['till']['lights']): readonly DeviceLight[] {
  const device = 'scanner';
  if (ports.scanner === undefined) return [];
  return ports.scanner.status().state === 'connected'
    ? [{ device, state: 'ok', text: said.scannerReady }]
    : [{ device, state: 'down', text: said.scannerGone }];
}

function providerLight(payments: Payments, said: Texts['till']['lights'], brand: string): DeviceLight {
  const device = 'provider';
  if (!payments.loops.hasProvider) return { device, state: 'unknown', text: said.providerMissing(brand) };
  const { contact } = payments.loops;
  if (contact === undefined) return { device, state: 'unknown', text: said.provider(brand) };
  if (contact === null) return { device, state: 'ok', text: said.provider(brand) };
  const { reason } = meaningOf(contact.error.code);
  return reason === 'keys-refused' || reason === 'wrong-unit' || reason === 'no-access'
    ? { device, state: 'down', text: said.providerRefuses(brand) }
    : { device, state: 'down', text: said.providerDown(brand) };
}
