/**
 * `npm run reconcile -- --config FILE --data DIR --date YYYY-MM-DD`: a day at the provider against the journal, to the øre.
 * Exit codes: 0 all matches, 1 it does not, 2 there is no answer (nonsense, no access, nobody answers, a day that is not over).
 */
import { existsSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { localDateAndTime } from '../app/journal/entry-text.ts';
import { isDate } from '../app/report/reconcile-day.ts';
import type { Settlement } from '../app/report/settlement.ts';
import { settlementCsv } from '../app/report/settlement-csv.ts';
import { type SettlementView, settlementTroubleText, settlementView } from '../app/report/settlement-view.ts';
import { brandOf } from '../app/till/brand.ts';
import type { Log } from '../app/till/ports.ts';
import { nodeClock } from '../hardware/clock/node-clock.ts';
import { dataFolderPaths } from '../hardware/store/data-folder.ts';
import { readConfiguration } from '../server/web/configuration-file.ts';
import { folderForPurpose } from '../server/web/purpose.ts';
import { webSecrets } from '../server/web/restarting.ts';
import { settlementOf } from '../server/web/settlement.ts';

const USAGE = `npm run reconcile -- --config FILE --data DIR --date YYYY-MM-DD [--json] [--csv FILE]

Compares one day of the provider's ledger with the register's journal: what matches, what is missing here or there, amounts
that differ, fees and net. The register may run meanwhile, or not: the journal is only read.

  --config FILE   the register's configuration, with the keys of its sales unit
  --data DIR      the register's data folder
  --date DAY      the provider's day, such as 2026-11-20
  --json          one object and nothing else
  --csv FILE      every movement, for a spreadsheet

Exit codes: 0 all matches, 1 it does not, 2 no answer: nonsense, no access, nobody answers, or the day is not over.`;

/** What was asked for makes no sense, or cannot be answered. Said to the person as it is, without a stack. */
class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

interface Options {
  readonly config: string;
  readonly data: string;
  readonly date: string;
  readonly json: boolean;
  readonly csv: string | undefined;
}

/** `null` when only help was asked for. */
function readArguments(): Options | null {
  const { help, config, data, date, json, csv } = parsed();
  if (help === true) return null;
  if (config === undefined || config === '') throw new NoAnswer(`--config is missing: the register's configuration file.\n\n${USAGE}`);
  if (data === undefined || data === '') throw new NoAnswer(`--data is missing: the register's data folder.\n\n${USAGE}`);
  if (date === undefined || date === '') throw new NoAnswer(`--date is missing: the day, such as 2026-11-20.\n\n${USAGE}`);
  if (!isDate(date)) throw new NoAnswer(`--date must be a day of the calendar, written YYYY-MM-DD, not "${date}".`);
  if (csv === '') throw new NoAnswer('--csv must name a file.');
  return { config, data, date, json: json === true, csv };
}

function parsed() {
  try {
    return parseArgs({
      options: {
        config: { type: 'string' },
        data: { type: 'string' },
        date: { type: 'string' },
        json: { type: 'boolean' },
        csv: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new NoAnswer(`${error instanceof Error ? `${error.message.split('. ')[0]}.\n\n` : ''}${USAGE}`);
  }
}

/** Nobody reads a log here: what matters is in the answer. */
const SILENT: Log = { write: () => {} };

async function main(options: Options): Promise<number> {
  const { configuration, secrets } = readConfiguration(options.config, process.env, webSecrets(options.data, process.env));
  const { provider, shop } = configuration;
  if (provider === null || secrets === null) {
    throw new NoAnswer(`${options.config} names no provider: the register practises, and there is no settlement of practice.`);
  }
  const { directory, journal } = dataFolderPaths(folderForPurpose(options.data, provider.environment));
  if (!existsSync(journal)) throw new NoAnswer(`There is no journal in ${directory}.`);
  const brand = brandOf(shop.market).name;
  const found = await settlementOf({ configuration, secrets, journal, log: SILENT }, options.date);
  if (found.kind === 'trouble') throw new NoAnswer(`${settlementTroubleText(found, 'en', brand)} (${found.support})`);

  const { settlement } = found;
  if (options.csv !== undefined) {
    const language = configuration.language.cashier;
    const local = (atMs: number) => localDateAndTime(atMs, nodeClock.offsetMinutes(atMs));
    writeCsv(options.csv, settlementCsv(settlement, { language, brand, local }));
  }
  const view = settlementView(settlement, 'en', brand);
  console.log(options.json ? JSON.stringify(asObject(settlement)) : asText(settlement, view));
  if (!settlement.closed) return 2;
  return settlement.differences.length === 0 ? 0 : 1;
}

function writeCsv(path: string, text: string): void {
  try {
    writeFileSync(path, text, { mode: 0o600 });
  } catch {
    throw new NoAnswer(`${path} cannot be written. Name another file with --csv.`);
  }
}

/** For programs: whole øre, nothing left out. */
function asObject(settlement: Settlement): object {
  const { closed, differences, feeOre } = settlement;
  return {
    ok: closed && differences.length === 0,
    ...settlement,
    feeOre: Object.fromEntries(feeOre),
  };
}

function asText({ date }: Settlement, view: SettlementView): string {
  const width = Math.max(...view.sums.map(({ label }) => label.length));
  const amountWidth = Math.max(...view.sums.map(({ amountText }) => amountText.length));
  const differences = view.differences.flatMap((each) => [
    '',
    `${each.title}: ${[each.receiptText, each.reference].filter((part) => part !== null && part !== '').join(', ')}`,
    `  ${view.thereLabel} ${each.ledgerText}, ${view.hereLabel.toLowerCase()} ${each.recordText}`,
    `  ${each.todo}`,
  ]);
  return [
    `${date}: ${view.title}. ${view.detail}`,
    '',
    ...view.sums.map(({ label, amountText }) => `  ${label.padEnd(width)}  ${amountText.padStart(amountWidth)}`),
    ...differences,
    ...(view.notes.length === 0 ? [] : ['', ...view.notes]),
  ].join('\n');
}

try {
  const options = readArguments();
  if (options === null) console.log(USAGE);
  else process.exitCode = await main(options);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}
