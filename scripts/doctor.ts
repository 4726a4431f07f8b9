/**
 * `npm run doctor -- --config FILE [--data DIR] [--probe]`: is this register ready to take payments? One line for each
 * thing. Exit codes: 0 all in order, 1 something is to be done, 2 told nonsense.
 */
import { parseArgs } from 'node:util';
import { findingText, summaryOf } from '../app/doctor/finding.ts';
import { doctorTexts } from '../app/text/doctor.ts';
import type { Language } from '../app/till/contract.ts';
import { createHttpSend } from '../hardware/http/send.ts';
import { diagnose } from '../server/web/doctor.ts';
import { webSecrets } from '../server/web/restarting.ts';

const USAGE = `npm run doctor -- --config FILE [--data DIR] [--probe] [--wait SECONDS] [--phone NUMBER] [--language nb|en] [--json]

  --config FILE    the register's configuration
  --data DIR       its data folder: is looked at too; a register may run meanwhile
  --probe          makes a payment of 2 kr, looks at it, and takes it back (needs --data)
  --wait SECONDS   with --probe: shows the code and waits so long for a person to approve it
  --phone NUMBER   with --probe, test environment: this test person (4791234567) approves by force
  --language       nb or en; without it the configuration's
  --json           one object on the last line

Exit codes: 0 all in order, 1 something is to be done, 2 the command line or the configuration makes no sense.`;

/** The command line cannot be followed. */
class Nonsense extends Error {
  override readonly name = 'Nonsense';
}

const isLanguage = (text: string): text is Language => text === 'nb' || text === 'en';
const say = (text: string) => process.stdout.write(`${text}\n`);

function readArguments() {
  let values: {
    config?: string;
    data?: string;
    probe: boolean;
    wait?: string;
    phone?: string;
    language?: string;
    json: boolean;
    help: boolean;
  };
  try {
    values = parseArgs({
      options: {
        config: { type: 'string' },
        data: { type: 'string' },
        probe: { type: 'boolean', default: false },
        wait: { type: 'string' },
        phone: { type: 'string' },
        language: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    throw new Nonsense(error instanceof Error ? (error.message.split('. ')[0] ?? '') : 'The command line is not understood');
  }
  const { config, data, probe, wait, phone, language, json, help } = values;
  if (help) return null;
  if (config === undefined || config === '') throw new Nonsense('--config is missing: the register’s configuration file');
  if (language !== undefined && !isLanguage(language)) throw new Nonsense('--language must be nb or en');
  if (wait !== undefined && !/^\d{1,3}$/.test(wait)) throw new Nonsense('--wait must be a number of seconds, at most 999');
  if (phone !== undefined && !/^\d{10,15}$/.test(phone))
    throw new Nonsense('--phone must be digits with the country’s, such as 4791234567');
  if (!probe && (wait !== undefined || phone !== undefined)) throw new Nonsense('--wait and --phone are for --probe');
  return { config, data: data ?? null, probe, waitMs: Number(wait ?? '0') * 1000, phone: phone ?? null, language: language ?? null, json };
}

async function main(): Promise<number> {
  const chosen = readArguments();
  if (chosen === null) {
    say(USAGE);
    return 0;
  }
  const { config, data, waitMs, phone, language, json } = chosen;
  const send = createHttpSend();
  try {
    const tell = (sentence: string) => process.stderr.write(`${sentence}\n`);
    const diagnosis = await diagnose({
      configFile: config,
      environment: process.env,
      secrets: data === null ? null : webSecrets(data, process.env),
      dataDir: data,
      probe: chosen.probe ? { msisdn: phone, show: waitMs === 0 ? null : { withinMs: waitMs, tell } } : null,
      running: null,
      language,
      send,
      log: { write: () => undefined },
    });
    const { findings, exitCode } = diagnosis;
    const texts = doctorTexts[diagnosis.language];
    const lines = findings.map((finding) => ({ ...finding, text: findingText(finding, diagnosis.language) }));
    if (json) {
      say(JSON.stringify({ ok: exitCode === 0, exitCode, findings: lines }));
      return exitCode;
    }
    const longest = Math.max(...Object.values(texts.labels).map(({ length }) => length));
    for (const { check, tone, text } of lines) say(`${texts[tone].padEnd(6)} ${texts.labels[check].padEnd(longest)}  ${text}`);
    say(`\n${summaryOf(findings, diagnosis.language)}`);
    return exitCode;
  } finally {
    send.close();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}${error instanceof Nonsense ? `.\n\n${USAGE}` : ''}\n`);
  process.exitCode = error instanceof Nonsense ? 2 : 1;
}
