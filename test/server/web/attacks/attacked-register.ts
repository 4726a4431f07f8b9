/** A register in a process of its own, with the provider in the test's: so that either can be hurt without the other. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../../server/sandbox/sandbox.ts';
import { DEMO_CONFIGURATION, RunningRegister } from '../../../support/running-register.ts';
import { root } from '../../../support/source-files.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

type Json = { readonly [name: string]: unknown };

/** Starts a provider to practise against, which ends with the test. */
export async function sandboxForTest(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({ rateLimits: false, ...options });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** Writes a configuration like the demo shop's, with this provider (`null`: none) and whatever else is to be different. */
export function writeConfiguration(provider: Json | null, changes: Json = {}): string {
  const demo = JSON.parse(readFileSync(DEMO_CONFIGURATION, 'utf8')) as Json;
  const file = join(temporaryFolder(), 'tillit.json');
  writeFileSync(file, JSON.stringify({ ...demo, catalogue: { file: join(root, 'demo-shop', 'articles.csv') }, provider, ...changes }));
  return file;
}

/** How a register is told of a sandbox's sales unit. */
export function providerOf(sandbox: Pick<Sandbox, 'url' | 'salesUnits'>, msn?: string): Json {
  const unit = sandbox.salesUnits.find((each) => msn === undefined || each.msn === msn);
  if (unit === undefined) throw new Error(`The sandbox has no sales unit ${msn}.`);
  const { clientId, clientSecret, subscriptionKey } = unit;
  return { environment: 'sandbox', baseUrl: sandbox.url, merchantSerialNumber: unit.msn, clientId, clientSecret, subscriptionKey };
}

/** Starts a register that is gone when the test is over, however it went. */
export async function registerForTest(options: {
  readonly configFile: string;
  readonly dataDir?: string;
  readonly args?: readonly string[];
}): Promise<RunningRegister> {
  const register = await RunningRegister.start({ ...options, dataDir: options.dataDir ?? temporaryFolder() });
  onTestFinished(async () => void (await register.kill()));
  return register;
}

/** Posts bytes as they are, and gives status and body. */
export async function post(register: RunningRegister, path: string, body: string, headers: Record<string, string> = {}) {
  const response = await fetch(register.ready.api + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${register.ready.tokens.cashier}`, 'content-type': 'application/json', ...headers },
    body,
  });
  return { status: response.status, body: (await response.json()) as { ok?: boolean; code?: string; message?: string } };
}

/** Rings up one loaf (39,90), begins a payment and waits for its QR; gives the reference. */
export async function waitingPayment(register: RunningRegister): Promise<string> {
  await register.must({ type: 'add-article', articleNumber: '1001' });
  await register.must({ type: 'pay-vipps' });
  const { stage } = await register.until((view) => view.stage.kind === 'payment' && view.stage.phase === 'waiting-for-scan');
  return stage.kind === 'payment' ? stage.reference : '';
}
