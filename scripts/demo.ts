/**
 * `npm run demo -- [--scenario NAME] [--json]`: a sale from beginning to end with nobody there. Real HTTP, a real browser,
 * the virtual printer, and a provider to practise against. Exit codes: 0 all of it was right, 1 something was not, 2 told nonsense.
 */
import { relative } from 'node:path';
import { parseArgs } from 'node:util';
import type { TimelineRow } from '../test/scenarios/record.ts';
import { findScenario, NoSuchScenarioError, runScenario, SCENARIOS, type ScenarioResult } from '../test/scenarios/run.ts';
import type { ApiName, ShellName } from '../test/scenarios/shop.ts';
import { launchBrowser } from '../test/support/browser.ts';
import { BrowserMissingError } from './browser.ts';
import { build, needsBuild } from './build.ts';

const USAGE = `npm run demo -- [--scenario NAME] [--json] [--shell web|desktop] [--api ecom|epayment]

${SCENARIOS.map(({ name, story }) => `  ${name.padEnd(22)}${story}`).join('\n')}

Pictures of both screens and the drawn receipt are left in out/NAME (out/NAME-epayment). With --json the last line is the result, as one object.`;

const say = (text: string) => process.stdout.write(`${text}\n`);
const complain = (text: string) => process.stderr.write(`${text}\n`);

/** The command line cannot be followed. */
class Nonsense extends Error {
  override readonly name = 'Nonsense';
}

function shellNamed(name: string): ShellName {
  if (name === 'web' || name === 'desktop') return name;
  throw new Nonsense('--shell must be web or desktop.');
}

function apiNamed(name: string): ApiName {
  if (name === 'ecom' || name === 'epayment') return name;
  throw new Nonsense('--api must be ecom or epayment.');
}

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        scenario: { type: 'string', default: 'sale-qr' },
        json: { type: 'boolean', default: false },
        shell: { type: 'string', default: 'web' },
        api: { type: 'string', default: 'ecom' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    const shell = shellNamed(values.shell);
    return { ...values, shell, api: apiNamed(values.api), chosen: findScenario(values.scenario) };
  } catch (error) {
    if (error instanceof NoSuchScenarioError || error instanceof Nonsense || error instanceof TypeError) {
      complain(`${error.message}\n\n${USAGE}`);
      process.exit(2);
    }
    throw error;
  }
}

/** `   1,234 s  cashier   presses F9`, with a point. */
function rowText({ atMs, who, what }: TimelineRow): string {
  const seconds = `${Math.floor(atMs / 1000)}.${String(atMs % 1000).padStart(3, '0')}`;
  return `${seconds.padStart(8)} s  ${who.padEnd(9)} ${what}`;
}

function summary(result: ScenarioResult): string {
  const wrong = result.checks.filter((check) => !check.ok);
  return [
    '',
    ...(result.receiptText === null ? [] : [result.receiptText.trimEnd(), '']),
    ...wrong.map(({ what, found }) => `NOT SO: ${what}${found === undefined ? '' : `\n        found: ${found}`}`),
    `${result.scenario}: ${result.ok ? 'ok' : 'NOT ok'}, ${result.checks.length - wrong.length} of ${result.checks.length} checks`,
    ...(result.electron === null
      ? []
      : [`  ran on ${result.electron === 'real' ? 'real Electron' : 'the double: Electron’s binary is not here'}`]),
    ...(result.timeToQrMs === null ? [] : [`  from pay to the QR on the customer screen   ${result.timeToQrMs} ms`]),
    ...(result.approvedToPaidMs === null ? [] : [`  from the approval to paid on both screens   ${result.approvedToPaidMs} ms`]),
    `  ${result.screenshots.length} pictures in ${relative(process.cwd(), new URL('.', `file://${result.screenshots[0] ?? ''}`).pathname) || '.'}`,
  ].join('\n');
}

const { chosen, json, help, shell, api } = readArguments();
if (help) {
  say(USAGE);
  process.exit(0);
}
try {
  if (needsBuild() && !build()) throw new Error('The screens could not be built; the reason stands above.');
  if (!json) say(`${chosen.name}: ${chosen.story}\n`);
  const browser = await launchBrowser();
  try {
    const result = await runScenario(chosen, browser, json ? undefined : (row) => say(rowText(row)), shell, api);
    say(json ? JSON.stringify(result) : summary(result));
    process.exitCode = result.ok ? 0 : 1;
  } finally {
    await browser.close();
  }
} catch (error) {
  complain(error instanceof BrowserMissingError || error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
