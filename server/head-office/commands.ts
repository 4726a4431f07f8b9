/** What a person does at head office from the command line, beside a server that runs or without one. */
import { readFileSync } from 'node:fs';
import { closeStore, limitRegister, openStoreAgain, putStore, putUnit, rotateVault, type StorePut } from './chain.ts';
import { whoIsLoggedIn } from './logged-in.ts';
import type { Office } from './office.ts';
import { type Said, UsageError } from './options.ts';
import { askPassword } from './page/ask-password.ts';
import { putPerson, ROLES, removePerson } from './page/people.ts';
import { isPublishAction, runPublishCommand } from './publish-commands.ts';
import { withdraw } from './refunds.ts';
import { makeCode, revoke } from './registers.ts';
import { periodOf, settledRefunds, settlementCsv } from './settlement.ts';
import type { Credentials } from './vault.ts';

const MOST_ORE = 100_000_000_000;

/** Runs one command, with what asks for a password. Gives what is said to the person. @throws UsageError, ChainError, VaultError, RefusedByHeadOffice */
export async function runCommand(office: Office, said: Said, password: () => Promise<string> = askPassword): Promise<string> {
  if (isPublishAction(said.action)) return runPublishCommand(office, said, said.action);
  switch (said.action) {
    case 'put-unit': {
      const unitId = said.must('unit');
      const keySet = said.get('key-set');
      await putUnit(office, {
        unitId,
        name: said.must('name'),
        way: said.oneOf('way', ['partner', 'store', 'shared']),
        msn: said.must('msn'),
        api: said.oneOf('api', ['ecom', 'epayment']),
        baseUrl: said.must('base-url'),
        ...(keySet === null ? {} : { credentialId: keySet }),
        credentials: readKeys(said.get('keys')),
      });
      return `The sales unit ${unitId} is set up.`;
    }
    case 'put-store': {
      const storeId = said.must('store');
      const registerId = said.get('register');
      const unitId = said.get('unit');
      if (unitId !== null && said.has('no-unit')) throw new UsageError('--unit and --no-unit exclude each other.');
      const currency = said.get('currency') === null ? null : said.oneOf('currency', ['NOK', 'DKK', 'EUR']);
      const name = said.must('name');
      const put = await putStore(office, { storeId, name, unitId: said.has('no-unit') ? { none: true } : unitId, currency });
      const code = registerId === null ? [] : [codeText(await makeCode(office, storeId, registerId), storeId, registerId)];
      return [`The store ${storeId} is in the chain.`, ...hintsOf(storeId, put), ...code].join('\n');
    }
    case 'close-store':
      return closeText(office, said);
    case 'open-store':
      await openStoreAgain(office, said.must('store'), said.get('by') ?? whoIsLoggedIn());
      return `The store ${said.must('store')} is open again: its registers sell and take returns, and others refund for it.`;
    case 'enrol':
      return codeText(await makeCode(office, said.must('store'), said.must('register')), said.must('store'), said.must('register'));
    case 'revoke':
      await revoke(office, said.must('store'), said.must('register'));
      return `Register ${said.must('register')} of ${said.must('store')} has no key any more.`;
    case 'limit':
      await limitRegister(office, said.must('store'), said.must('register'), {
        refundOre: said.number('refund-ore', MOST_ORE),
        dayOre: said.number('day-ore', MOST_ORE),
      });
      return `The limits of register ${said.must('register')} of ${said.must('store')} are set.`;
    case 'put-user': {
      const [name, role] = [said.must('name'), said.oneOf('role', ROLES)];
      await putPerson(office, name, role, await password());
      return `${name} may sign in to the page as a ${role}.`;
    }
    case 'remove-user':
      await removePerson(office, said.must('name'));
      return `${said.must('name')} may not sign in any more.`;
    case 'withdraw':
      await withdraw(office, null, said.must('refund'), { name: said.line('by', 60), why: said.line('reason', 200) });
      return `The refund ${said.must('refund')} is withdrawn, and what it held is free.`;
    case 'history':
      return historyText(office, said.must('refund'));
    case 'open':
      return openText(office);
    case 'settlement': {
      const [from, to] = [said.date('from'), said.date('to')];
      if (from > to) throw new UsageError(`--from ${from} is after --to ${to}.`);
      const period = periodOf(office.clock, from, to);
      return settlementCsv(await settledRefunds(office.store.db, period)).trimEnd();
    }
    case 'backup':
      return backupText(office, said.must('to-file'));
    case 'rotate-keys': {
      const count = await rotateVault(office);
      return `${count} ${count === 1 ? 'set of keys is' : 'sets of keys are'} sealed under ${office.vault().keyId}. Older keys may be taken away once every server was started again.`;
    }
    default:
      throw new UsageError(`There is no "${said.action}".`);
  }
}

function backupText({ store }: Office, file: string): string {
  if (store.copyTo === null) throw new UsageError('The database is PostgreSQL: back it up with pg_dump, see docs/head-office.md.');
  store.copyTo(file);
  return `${file} is a whole copy of the database as it is now. The key that opens the sales units' keys is not in it: keep that elsewhere.`;
}

/** What a person should know of the store that they have put. */
function hintsOf(storeId: string, { unitId, isClosed }: StorePut): readonly string[] {
  return [
    ...(unitId === null
      ? ['It has no sales unit: nobody can give back by Vipps for it, and it cannot sell through head office. Say --unit ID.']
      : []),
    ...(isClosed ? [`It is closed, and stays so. "open-store --store ${storeId}" opens it.`] : []),
  ];
}

async function closeText(office: Office, said: Said): Promise<string> {
  const storeId = said.must('store');
  const until = said.get('refunds-until') === null ? null : said.date('refunds-until');
  const untilMs = until === null ? null : periodOf(office.clock, until, until).toMs;
  await closeStore(office, storeId, said.get('by') ?? whoIsLoggedIn(), untilMs);
  const closed = `The store ${storeId} is closed: its registers begin no sale through head office and take no returns.`;
  if (until !== null) return `${closed}\nOther stores refund for it to the end of ${until}.`;
  return `${closed}\nNobody refunds for it. To let other stores do so, say it again with --refunds-until and a day.`;
}

const codeText = (code: string, storeId: string, registerId: string): string =>
  `The code for register ${registerId} of ${storeId}, good once and until this time tomorrow: ${code}`;

/** The provider's keys come from a file, never from a command line, which others on the machine can read. */
function readKeys(file: string | null): Credentials | null {
  if (file === null) return null;
  let value: Partial<Record<string, unknown>> | null;
  try {
    value = JSON.parse(readFileSync(file, 'utf8')) as Partial<Record<string, unknown>> | null;
  } catch {
    // What stands in it is not repeated.
    throw new UsageError(`${file} cannot be read as JSON.`);
  }
  const { clientId, clientSecret, subscriptionKey } = value ?? {};
  if (typeof clientId !== 'string' || typeof clientSecret !== 'string' || typeof subscriptionKey !== 'string') {
    throw new UsageError(`${file} must hold {"clientId": "…", "clientSecret": "…", "subscriptionKey": "…"}.`);
  }
  return { clientId, clientSecret, subscriptionKey };
}

async function historyText({ store: { db } }: Office, refundId: string): Promise<string> {
  const deeds = await db.selectFrom('audit').selectAll().where('subject', '=', refundId).orderBy('audit_no').execute();
  if (deeds.length === 0) return `Nothing was ever done under ${refundId}.`;
  const line = (deed: (typeof deeds)[number]) => {
    const who = deed.store_id === null ? (deed.operator ?? 'head office itself') : `${deed.store_id}-${deed.register_id} ${deed.operator}`;
    return `${at(deed.at_ms)} ${deed.what} by ${who} ${deed.details ?? ''}`.trimEnd();
  };
  return deeds.map(line).join('\n');
}

const at = (ms: number): string => new Date(ms).toISOString();

async function openText({ store: { db } }: Office): Promise<string> {
  const refunds = await db.selectFrom('refunds').selectAll().where('state', 'in', ['reserved', 'sending']).orderBy('asked_ms').execute();
  const alarms = await db
    .selectFrom('alarms')
    .leftJoin('registers', 'registers.register_no', 'alarms.register_no')
    .select(['last_ms', 'times', 'what', 'details', 'store_id', 'register_id'])
    .where('closed_ms', 'is', null)
    .orderBy('alarm_no', 'desc')
    .limit(50)
    .execute();
  return [
    `${refunds.length} refunds are not over.`,
    ...refunds.map((each) => `${at(each.asked_ms)} ${each.refund_id} ${each.state} ${each.amount_ore} øre, order ${each.order_id}`),
    `${alarms.length} alarms.`,
    ...alarms.map(
      (each) =>
        `${at(each.last_ms)} ${each.store_id ?? ''}-${each.register_id ?? ''} ${each.what}: ${each.details}${each.times > 1 ? ` (${each.times} times)` : ''}`,
    ),
  ].join('\n');
}
