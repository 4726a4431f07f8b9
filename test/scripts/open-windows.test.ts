import { expect, it } from 'vitest';
import { hasDisplay, platformOpener } from '../../scripts/open-windows.ts';

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
