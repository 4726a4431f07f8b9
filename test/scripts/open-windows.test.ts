import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { addressOnDisk, hasDisplay, openWindows, platformOpener } from '../../scripts/open-windows.ts';
import { launchBrowser } from '../support/browser.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

it('opens windows only where somebody sees them', () => {
  expect(hasDisplay('linux', {})).toBe(false);
  expect(hasDisplay('linux', { DISPLAY: '' })).toBe(false);
  expect(hasDisplay('linux', { DISPLAY: ':0' })).toBe(true);
  expect(hasDisplay('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBe(true);
  expect(hasDisplay('darwin', {})).toBe(true);
  expect(hasDisplay('win32', {})).toBe(true);
  expect(hasDisplay('darwin', { CI: 'true' })).toBe(false);
  expect(hasDisplay('linux', { DISPLAY: ':0', SSH_CONNECTION: '1 2 3 4' })).toBe(false);
});

it('hands an address to the platform as one argument, with nothing that a shell would read', () => {
  const url = 'http://127.0.0.1:8420/cashier#token=a&b';
  for (const platform of ['linux', 'darwin', 'win32'] as const) {
    const [program, ...args] = platformOpener(platform, url);
    expect(args.at(-1)).toBe(url);
    expect(program).not.toMatch(/cmd|sh$/);
  }
});

const SECRET = 'zUm6bkT0YbQnO7tZ';

it('opens a screen without its key in any command line', async () => {
  const folder = temporaryFolder();
  const told = join(folder, 'told');
  // Whichever of the two is started on this machine: a browser, or what hands an address to one.
  for (const name of ['browser', 'xdg-open']) {
    writeFileSync(join(folder, name), `#!/bin/sh\necho "$@" >> '${told}'\n`);
    chmodSync(join(folder, name), 0o755);
  }
  const { PATH, TILLIT_BROWSER } = process.env;
  onTestFinished(() => {
    Object.assign(process.env, { PATH });
    if (TILLIT_BROWSER === undefined) delete process.env.TILLIT_BROWSER;
    else process.env.TILLIT_BROWSER = TILLIT_BROWSER;
  });
  Object.assign(process.env, { PATH: `${folder}:${PATH}`, TILLIT_BROWSER: join(folder, 'browser') });
  const window = { url: `http://127.0.0.1:1/cashier#token=${SECRET}`, x: 0, y: 0, width: 800, height: 600 };
  const profile = join(folder, 'profile');
  expect(await openWindows([window], profile)).toBe(true);
  const commandLine = () => {
    const lines = readFileSync(told, { encoding: 'utf8', flag: 'a+' }).split('\n');
    return lines.find((line) => line.includes('file://')) ?? '';
  };
  await expect.poll(commandLine).toContain('open-1.html');
  expect(commandLine()).not.toContain(SECRET);
  expect(statSync(join(profile, 'open-1.html')).mode & 0o777).toBe(0o600);
});

it('goes on from the page on disk to the screen, key and all', async () => {
  const server = createServer((_request, response) => response.end('the screen'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/cashier#token=${SECRET}&x=</script>`;
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'open-1.html'), 'older, and open to all');
  chmodSync(join(folder, 'open-1.html'), 0o644);
  const address = addressOnDisk(folder, 'open-1', url);
  expect(statSync(fileURLToPath(address)).mode & 0o777).toBe(0o600);
  const browser = await launchBrowser();
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  await page.goto(address);
  await expect.poll(() => page.url()).toContain(`/cashier#token=${SECRET}`);
});
