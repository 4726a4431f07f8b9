/** A chain of three stores on an ordinary day, with a few things that need somebody. */
import type {
  AlarmRow,
  Deed,
  OrderStory,
  Overview,
  RefundRowView,
  RefundStory,
  RegisterRow,
  SettledPair,
  StoreRow,
} from '../../app/head-office/page-contract.ts';
import { NOW_MS } from './cashier-data.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
export const ago = (ms: number): number => NOW_MS - ms;

const nord = { storeId: 'nord', storeName: 'Kolonialen Nord' };
const syd = { storeId: 'syd', storeName: 'Kolonialen Syd' };
const torg = { storeId: 'torg', storeName: 'Kolonialen på Torget' };
export const NAMED = [nord, syd, torg];

const register = (registerId: string, rest: Partial<RegisterRow> = {}): RegisterRow => ({
  registerId,
  key: 'active',
  lastSeenMs: ago(2 * MINUTE_MS),
  confirmedSeq: 48_211,
  behind: 0,
  software: 'tillit 0.1.0',
  refundLimitOre: 200_000,
  refundDayLimitOre: null,
  alarms: 0,
  ...rest,
});

export const STORES: readonly StoreRow[] = [
  {
    ...nord,
    currency: 'NOK',
    closedMs: null,
    refundsUntilMs: null,
    unit: { name: 'Nord', way: 'store' },
    registers: [register('1', { alarms: 1 }), register('2', { lastSeenMs: ago(4 * HOUR_MS), behind: 312, confirmedSeq: 20_904 })],
  },
  {
    ...syd,
    currency: 'NOK',
    closedMs: null,
    refundsUntilMs: null,
    unit: { name: 'Partner', way: 'partner' },
    registers: [
      register('1', { lastSeenMs: ago(20_000), refundLimitOre: null }),
      register('2', { key: 'waiting', lastSeenMs: null, confirmedSeq: 0, behind: null, software: null, refundLimitOre: null }),
    ],
  },
  {
    ...torg,
    currency: 'NOK',
    closedMs: null,
    refundsUntilMs: null,
    unit: null,
    registers: [register('1', { lastSeenMs: ago(51 * HOUR_MS), behind: null, software: 'tillit 0.0.9' })],
  },
];

export const ALARMS: readonly AlarmRow[] = [
  {
    alarmNo: 12,
    what: 'journal.bad-entry',
    details: 'entries 48212 to 48240',
    register: { ...nord, registerId: '1' },
    firstMs: ago(3 * HOUR_MS),
    lastMs: ago(9 * MINUTE_MS),
    times: 7,
    closed: null,
  },
  {
    alarmNo: 9,
    what: 'journal.restored-behind',
    details: 'entries 1801 to 1822 of k7fd are not in the register’s journal any more',
    register: { ...torg, registerId: '1' },
    firstMs: ago(53 * HOUR_MS),
    lastMs: ago(53 * HOUR_MS),
    times: 1,
    closed: null,
  },
];

export const OVERVIEW: Overview = {
  nowMs: NOW_MS,
  alarms: ALARMS,
  openAlarms: 2,
  reserved: { count: 1, oldestMs: ago(47 * MINUTE_MS) },
  sending: { count: 1, oldestMs: ago(MINUTE_MS) },
  stores: 3,
  registers: 5,
  silent: [{ ...torg, registerId: '1', lastSeenMs: ago(51 * HOUR_MS) }],
};

const refund = (number: number, rest: Partial<RefundRowView> = {}): RefundRowView => ({
  refundId: `syd-1-m4qx-${number}`,
  state: 'done',
  orderId: 'nord-1-2611-k7fd-1042',
  receiptNumber: 1042,
  soldBy: nord,
  refundedBy: { ...syd, registerId: '1' },
  amountOre: 7_980,
  askedOre: null,
  currency: 'NOK',
  operator: '12 Ola H.',
  approvedBy: null,
  reason: 'Feil størrelse',
  code: null,
  askedMs: ago(number * 37 * MINUTE_MS),
  endedMs: ago(number * 37 * MINUTE_MS - 23_000),
  ...rest,
});

export const REFUNDS: readonly RefundRowView[] = [
  refund(1, { state: 'unknown', endedMs: null, amountOre: 12_900, receiptNumber: 1055, reason: 'Angrer kjøpet' }),
  refund(2, { state: 'reserved', endedMs: null, amountOre: 39_900, receiptNumber: 1031, reason: 'Skadet vare' }),
  refund(3),
  refund(4, {
    state: 'refused',
    code: 'nothing-left',
    amountOre: 0,
    askedOre: 24_900,
    refundedBy: { ...torg, registerId: '1' },
    receiptNumber: 998,
    reason: 'Angrer kjøpet',
  }),
  refund(6, { soldBy: syd, amountOre: 149_000, approvedBy: '7 Kari N.', receiptNumber: 2208, reason: 'Gikk i stykker' }),
  refund(9, { state: 'withdrawn', amountOre: 3_900, receiptNumber: 977, reason: 'Kunden ombestemte seg' }),
];

export const ORDER: OrderStory = {
  orderId: 'nord-1-2611-k7fd-1042',
  soldBy: { ...nord, registerId: '1' },
  receiptNumber: 1042,
  completedAtMs: ago(26 * HOUR_MS),
  date: '2026-11-20',
  totalOre: 14_770,
  currency: 'NOK',
  operator: '7 Kari N.',
  journal: { epoch: 'k7fd', seq: 31_877 },
  lines: [
    {
      lineNo: 1,
      articleNumber: '100',
      ean: '7038010000010',
      name: 'Kneipp grovt',
      unit: 'stk',
      quantityMilli: 2_000,
      unitPriceOre: 3_990,
      netOre: 7_980,
      vatBasisPoints: 1_500,
      returnedMilli: 2_000,
      reservedMilli: 0,
      takenOre: 7_980,
    },
    {
      lineNo: 2,
      articleNumber: '4011',
      ean: null,
      name: 'Eple',
      unit: 'kg',
      quantityMilli: 822,
      unitPriceOre: 3_990,
      netOre: 3_280,
      vatBasisPoints: 1_500,
      returnedMilli: 0,
      reservedMilli: 0,
      takenOre: 0,
    },
    {
      lineNo: 3,
      articleNumber: '210',
      ean: null,
      name: 'Kaffe, stor',
      unit: 'stk',
      quantityMilli: 1_000,
      unitPriceOre: 3_900,
      netOre: 3_510,
      vatBasisPoints: 2_500,
      returnedMilli: 0,
      reservedMilli: 1_000,
      takenOre: 3_510,
    },
  ],
  tenders: [
    { tenderNo: 1, kind: 'vipps', amountOre: 10_000, reference: 'nord-1-2611-k7fd-1042-1', refundedOre: 7_980, reservedOre: 2_020 },
    { tenderNo: 2, kind: 'cash', amountOre: 4_770, reference: null, refundedOre: 0, reservedOre: 1_490 },
  ],
  refunds: [refund(3), refund(2, { state: 'reserved', endedMs: null, amountOre: 3_510 })],
};

const deed = (atMs: number, what: string, rest: Partial<Deed> = {}): Deed => ({
  atMs,
  what,
  operator: '12 Ola H.',
  register: { ...syd, registerId: '1' },
  part: null,
  code: null,
  why: null,
  ...rest,
});
const byProgram = { operator: null, register: null } as const;

export const REFUND: RefundStory = {
  ...refund(3, { approvedBy: '7 Kari N.' }),
  soldAtRegister: '1',
  inCash: false,
  creditOre: 0,
  lines: [{ lineNo: 1, name: 'Kneipp grovt', quantityMilli: 2_000, amountOre: 7_980 }],
  parts: [{ partNo: 1, kind: 'vipps', amountOre: 7_980, reference: 'nord-1-2611-k7fd-1042-1', state: 'done', providerCode: null }],
  deeds: [
    deed(ago(111 * MINUTE_MS), 'refund.reserved'),
    deed(ago(111 * MINUTE_MS - 20_000), 'refund.confirmed'),
    deed(ago(111 * MINUTE_MS - 22_000), 'refund.part-done', { ...byProgram, part: 1 }),
    deed(ago(111 * MINUTE_MS - 23_000), 'refund.done', byProgram),
  ],
};

export const REFUSED: RefundStory = {
  ...REFUND,
  ...refund(4, { state: 'refused', code: 'provider-refused' }),
  parts: [
    { partNo: 1, kind: 'vipps', amountOre: 7_980, reference: 'nord-1-2611-k7fd-1042-1', state: 'refused', providerCode: 'ecom:Payment/95' },
  ],
  deeds: [
    deed(ago(148 * MINUTE_MS), 'refund.reserved'),
    deed(ago(148 * MINUTE_MS - 20_000), 'refund.confirmed'),
    deed(ago(148 * MINUTE_MS - 22_000), 'refund.part-refused', { ...byProgram, part: 1, code: 'ecom:Payment/95' }),
    deed(ago(148 * MINUTE_MS - 23_000), 'refund.refused', byProgram),
  ],
};

export const PAIRS: readonly SettledPair[] = [
  { refundedBy: nord, soldBy: syd, currency: 'NOK', refunds: 4, amountOre: 86_150, vippsOre: 61_150, handedOutOre: 25_000 },
  { refundedBy: syd, soldBy: nord, currency: 'NOK', refunds: 17, amountOre: 412_390, vippsOre: 329_490, handedOutOre: 82_900 },
  { refundedBy: torg, soldBy: nord, currency: 'NOK', refunds: 1, amountOre: 24_900, vippsOre: 24_900, handedOutOre: 0 },
];
