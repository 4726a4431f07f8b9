import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { authenticateKeys } from '../gateway/authenticate.ts';
import { plainProblem } from '../gateway/problem.ts';
import type { SalesUnit } from '../sales-units.ts';
import type { World } from '../world.ts';
import { ledgerDateOf, ledgerOf, type Topic, type Transaction } from './ledger.ts';

const schemes = { NO: 'business:NO:ORG', DK: 'business:DK:CVR', FI: 'business:FI:Y-tunnus' } as const;
const ledgersQuery = z.object({ settlesForRecipientHandles: z.string().optional() });
const cursorQuery = z.object({ cursor: z.string().optional() });
const ledgerParams = z.object({ ledgerId: z.string(), topic: z.string(), ledgerDate: z.string().optional() });

/** The id of a unit's ledger. One unit, one ledger: sharing one is possible, and rare. */
function ledgerIdOf(unit: SalesUnit): string {
  return `30${unit.msn}`;
}

const encode = (position: number): string => Buffer.from(JSON.stringify({ after: position })).toString('base64url');

function decode(cursor: string | undefined): number {
  if (cursor === undefined || cursor === '') return 0;
  try {
    return z.object({ after: z.int().min(0) }).parse(JSON.parse(Buffer.from(cursor, 'base64url').toString())).after;
  } catch {
    throw plainProblem(400, 'Bad Request', 'The cursor is not one of this API.');
  }
}

/** The Report API: ledgers, and their rows by date and as a feed. */
export function registerReport(server: FastifyInstance, world: World): void {
  server.get('/settlement/v1/ledgers', { config: { route: 'report' } }, async (request) => {
    const wanted = ledgersQuery.parse(request.query).settlesForRecipientHandles;
    const units = unitsOf(world, request).filter((unit) => wanted === undefined || wanted === `api:${unit.msn}`);
    return {
      cursor: '',
      items: units.map((unit) => ({
        ledgerId: ledgerIdOf(unit),
        currency: unit.currency,
        payoutBankAccount: { scheme: `BBAN:${unit.market}`, id: '86011117947' },
        owner: { scheme: schemes[unit.market], id: unit.organisation },
        settlesForRecipientHandles: [`api:${unit.msn}`],
      })),
    };
  });

  server.get('/report/v2/ledgers/:ledgerId/:topic/dates/:ledgerDate', { config: { route: 'report' } }, async (request) => {
    const { unit, topic } = ledgerIn(world, request);
    const { ledgerDate = '' } = ledgerParams.parse(request.params);
    if (!/^\d{4}-\d{2}-\d{2}$/.test(ledgerDate)) throw plainProblem(400, 'Bad Request', 'The date must be written YYYY-MM-DD.');
    const today = ledgerDateOf(unit.market, world.clock.nowMs());
    if (ledgerDate > today) throw plainProblem(404, 'Not Found', `There is no report for ${ledgerDate} yet.`);
    const rows = rowsOf(world, unit, topic).filter((row) => row.ledgerDate === ledgerDate);
    const page = pageOf(rows, decode(cursorQuery.parse(request.query).cursor), world.reportPageSize);
    const hasMore = page.end < rows.length;
    return { ...(hasMore ? { cursor: encode(page.end) } : {}), hasMore, tryLater: ledgerDate === today, items: page.items };
  });

  server.get('/report/v2/ledgers/:ledgerId/:topic/feed', { config: { route: 'report' } }, async (request) => {
    const { unit, topic } = ledgerIn(world, request);
    const rows = rowsOf(world, unit, topic);
    const page = pageOf(rows, decode(cursorQuery.parse(request.query).cursor), world.reportPageSize);
    return { cursor: encode(page.end), tryLater: page.end >= rows.length, items: page.items };
  });
}

function unitsOf(world: World, request: FastifyRequest): SalesUnit[] {
  const owner = authenticateKeys(world, request.headers);
  return world.salesUnits.filter((unit) => owner.msns.includes(unit.msn));
}

function ledgerIn(world: World, request: FastifyRequest): { readonly unit: SalesUnit; readonly topic: Topic } {
  const units = unitsOf(world, request);
  const { ledgerId, topic } = ledgerParams.parse(request.params);
  const unit = units.find((each) => ledgerIdOf(each) === ledgerId);
  if (unit === undefined) throw plainProblem(403, 'Forbidden', `These keys have no ledger ${ledgerId}.`);
  if (topic !== 'funds' && topic !== 'fees') throw plainProblem(400, 'Bad Request', 'The topic must be funds or fees.');
  return { unit, topic };
}

function rowsOf(world: World, unit: SalesUnit, topic: Topic): readonly Transaction[] {
  return ledgerOf(world.payments.list(), unit, topic, world.clock.nowMs());
}

function pageOf(
  rows: readonly Transaction[],
  start: number,
  size: number,
): { readonly items: readonly Transaction[]; readonly end: number } {
  const items = rows.slice(start, start + size);
  return { items, end: start + items.length };
}
