import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerPage, servedFile } from '../../main/app-protocol.ts';
import { SECURITY_HEADERS } from '../../server/web/guard.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

function screens(): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'renderer', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.js'), 'outside');
  writeFileSync(join(folder, 'renderer', 'cashier.html'), '<p>kasse</p>');
  writeFileSync(join(folder, 'renderer', 'assets', 'cashier-A_b-1.js'), 'const x = 1;');
  writeFileSync(join(folder, 'renderer', 'assets', 'notes.txt'), 'not for pages');
  return join(folder, 'renderer');
}
const get = (url: string, folder: string, method = 'GET') => answerPage({ method, url }, folder);

describe('app://tillit', () => {
  it('serves both screens and what they are built into', async () => {
    const folder = screens();
    const page = await get('app://tillit/cashier', folder);
    expect([page.status, page.headers.get('content-type'), await page.text()]).toEqual([200, 'text/html; charset=utf-8', '<p>kasse</p>']);
    const script = await get('app://tillit/assets/cashier-A_b-1.js', folder);
    expect([script.status, script.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
    expect(servedFile('app://tillit/customer#x')?.path).toBe('customer.html');
  });

  it('puts the web shell’s content policy on every answer, refusals too', async () => {
    const folder = screens();
    for (const url of ['app://tillit/cashier', 'app://tillit/nothing', 'app://tillit/assets/none.js']) {
      const answer = await get(url, folder);
      for (const [name, value] of Object.entries(SECURITY_HEADERS))
        expect([url, name, answer.headers.get(name)]).toEqual([url, name, value]);
    }
  });

  it('leads to nothing outside of the built screens', async () => {
    const folder = screens();
    for (const url of [
      'app://tillit/../secret.js',
      'app://tillit/assets/../../secret.js',
      'app://tillit/assets/%2e%2e/%2e%2e/secret.js',
      'app://tillit/assets/..%2f..%2fsecret.js',
      'app://tillit/assets/..%5c..%5csecret.js',
      'app://tillit/assets/..\\..\\secret.js',
      'app://tillit//etc/passwd',
      'app://tillit/assets/.hidden.js',
      'app://tillit/assets/notes.txt',
      'app://tillit/assets/%00.js',
      'app://tillit/printer',
      'app://tillit/cashier.html',
      'app://elsewhere/cashier',
      'file:///cashier',
      'nonsense',
    ]) {
      const answer = await get(url, folder);
      expect([url, answer.status]).toEqual([url, 404]);
    }
  });

  it('never makes a path with a step upwards, whatever the address', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('..', '.', '/', '\\', '%2e', '%2f', '%5c', 'assets', 'a.js', '\u0000', ':', 'C:')), (parts) => {
        const file = servedFile(`app://tillit/assets/${parts.join('')}`);
        if (file !== null) expect(file.path).toMatch(/^(cashier\.html|customer\.html|assets\/[\w-][\w.-]*)$/);
        if (file !== null) expect(file.path).not.toContain('..');
      }),
    );
  });

  it('draws a display’s number, and nothing else of what is asked', async () => {
    const folder = screens();
    const two = await get('app://tillit/number/2.svg', folder);
    expect([two.status, two.headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
    expect(await two.text()).toContain('>2</text>');
    for (const url of ['app://tillit/number/2.svg?x=<b>', 'app://tillit/number/<b>.svg', 'app://tillit/number/123.svg'])
      expect((await get(url, folder)).status).toBe(404);
  });

  it('is only read', async () => {
    const folder = screens();
    expect((await get('app://tillit/cashier', folder, 'POST')).status).toBe(405);
    const head = await get('app://tillit/cashier', folder, 'HEAD');
    expect([head.status, await head.text()]).toEqual([200, '']);
  });
});
