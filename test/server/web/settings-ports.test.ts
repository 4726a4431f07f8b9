/** Ports come and go in the settings' list while somebody looks. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { choice, portFilesIn } from '../../../hardware/line/serial-ports.ts';
import { openRegister } from '../../../server/web/register.ts';
import { createDeviceDesk } from '../../../server/web/settings-devices.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

it('shows a port that was plugged in at one of the next looks, and no longer shows one that was pulled out', async () => {
  const [data, ports] = [temporaryFolder(), temporaryFolder()];
  const register = await openRegister(
    { configFile: 'demo-shop/configuration.json', dataDir: data, sandbox: false },
    { environment: {}, show: () => {} },
  );
  const { configuration, log, till } = register;
  const desk = createDeviceDesk({
    running: till.devices,
    configuration,
    saved: () => configuration,
    keepOpenWhen: () => {},
    testPaper: () => new Uint8Array(0),
    till: till.till,
    log,
    listPorts: async () => portFilesIn(ports).map((port) => choice(port, null)),
  });
  onTestFinished(async () => {
    await desk.release();
    await register.close();
  });
  const listed = async () => (await desk.look({})).ports.map(({ path }) => path);
  const port = join(ports, 'ttyUSB0');
  expect(await listed()).toEqual([]);
  writeFileSync(port, '');
  await expect.poll(listed, { timeout: 10_000 }).toEqual([port]);
  rmSync(port);
  await expect.poll(listed, { timeout: 10_000 }).toEqual([]);
});
