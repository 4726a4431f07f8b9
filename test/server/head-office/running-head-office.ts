/** Head office as a process of its own, which ends with the test. */
import { onTestFinished } from 'vitest';
import { type RunningHeadOffice, runHeadOffice, startHeadOffice } from '../../support/head-office-process.ts';

/** Runs one command to its end. */
export const run = runHeadOffice;

/** Starts a server and waits until it answers. It ends with the test. */
export async function serve(data: string, environment: NodeJS.ProcessEnv = {}, more: readonly string[] = []): Promise<RunningHeadOffice> {
  const running = await startHeadOffice(['--data', data, ...more], environment);
  onTestFinished(async () => void (await running.kill()));
  return running;
}
