import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAllowedRequest, isOwnPage, knownAddress, pageAddress, refuseSender, webPreferencesFor } from '../../main/security.ts';

describe('who may say what', () => {
  const cashier = { role: 'cashier', url: 'app://tillit/cashier', isTop: true } as const;
  const customer = { role: 'customer', url: 'app://tillit/customer', isTop: true } as const;

  it('lets the cashier’s page command, ask and set', () => {
    for (const call of ['hello', 'command', 'query', 'settings'] as const) expect(refuseSender(cashier, call)).toBeNull();
  });

  it('lets the customer’s page say hello and nothing else', () => {
    expect(refuseSender(customer, 'hello')).toBeNull();
    for (const call of ['command', 'query', 'settings'] as const) expect(refuseSender(customer, call)).toContain('customer');
  });

  it('refuses a window that is none of ours, a frame inside a page, and a frame that has gone', () => {
    expect(refuseSender({ ...cashier, role: null }, 'command')).not.toBeNull();
    expect(refuseSender({ ...cashier, isTop: false }, 'command')).not.toBeNull();
    expect(refuseSender({ ...cashier, url: null }, 'command')).not.toBeNull();
  });

  it('refuses the right window at a wrong address, the other role’s page included', () => {
    for (const url of [
      'app://tillit/customer',
      'app://tillit/cashier/',
      'app://tillit/',
      'app://other/cashier',
      'app://tillit.example/cashier',
      'app://tillit:80/cashier',
      'app://user@tillit/cashier',
      'https://tillit/cashier',
      'file:///cashier',
      'about:blank',
      'data:text/html,app://tillit/cashier',
      'nonsense',
      '',
    ]) {
      expect([url, refuseSender({ ...cashier, url }, 'command')]).not.toEqual([url, null]);
    }
  });

  it('knows its own page whatever stands behind it', () => {
    expect(isOwnPage(`${pageAddress('cashier')}?a=1#b`, 'cashier')).toBe(true);
  });

  it('takes no address for a page that does not begin like one', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl(), fc.string()), (url) => {
        expect(isOwnPage(url, 'cashier') && !url.trim().toLowerCase().startsWith('app:')).toBe(false);
      }),
    );
  });
});

describe('what a page may load', () => {
  it('is what the program serves, and pictures inside the page', () => {
    expect(isAllowedRequest('app://tillit/assets/a.js', false)).toBe(true);
    expect(isAllowedRequest('data:image/png;base64,AAAA', false)).toBe(true);
  });

  it('is nothing from elsewhere, encrypted or not', () => {
    for (const url of [
      'https://example.com/',
      'http://127.0.0.1:8420/',
      'ws://127.0.0.1/',
      'file:///etc/passwd',
      'app://elsewhere/x',
      'blob:x',
      '',
    ]) {
      expect([url, isAllowedRequest(url, true)]).toEqual([url, false]);
    }
  });

  it('is the developer’s tools only where the program is not packaged', () => {
    expect(isAllowedRequest('devtools://devtools/bundled/x.html', true)).toBe(true);
    expect(isAllowedRequest('devtools://devtools/bundled/x.html', false)).toBe(false);
  });
});

describe('a window’s preferences', () => {
  it('are sandboxed, isolated, without Node, without webviews, and with the web’s own rules', () => {
    for (const role of ['cashier', 'customer'] as const) {
      expect(webPreferencesFor(role, '/p', true)).toMatchObject({
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        allowRunningInsecureContent: false,
        experimentalFeatures: false,
        webviewTag: false,
        navigateOnDragDrop: false,
      });
      expect(webPreferencesFor(role, '/p', true)).not.toHaveProperty('enableBlinkFeatures');
    }
  });

  it('have developer’s tools only where the program is not packaged', () => {
    expect(webPreferencesFor('cashier', '/p', true).devTools).toBe(false);
    expect(webPreferencesFor('cashier', '/p', false).devTools).toBe(true);
  });
});

describe('what opens outside', () => {
  const known = [{ asked: (url: string) => url === 'http://127.0.0.1:1/phone', open: 'http://127.0.0.1:1/phone' }];

  it('is one of the addresses that the program itself knows', () => {
    expect(knownAddress(known, 'http://127.0.0.1:1/phone')).toBe('http://127.0.0.1:1/phone');
    for (const url of ['https://example.com', 'file:///bin/sh', 'http://127.0.0.1:1/phone/../x', 'javascript:alert(1)']) {
      expect(knownAddress(known, url)).toBeNull();
    }
  });
});
