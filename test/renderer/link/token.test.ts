import { describe, expect, it } from 'vitest';
import { type TokenPlace, takeToken } from '../../../renderer/link/token.ts';

function place(hash: string, kept: Record<string, string> = {}) {
  const replaced: string[] = [];
  const there: TokenPlace = {
    hash,
    pathAndQuery: '/customer?x=1',
    replace: (address) => replaced.push(address),
    read: (key) => kept[key] ?? null,
    write: (key, value) => {
      kept[key] = value;
    },
  };
  return { there, replaced, kept };
}

describe('The pairing token', () => {
  it('moves from the address to the tab’s own storage', () => {
    const { there, replaced, kept } = place('#token=abc-_9');
    expect(takeToken('customer', there)).toBe('abc-_9');
    expect(kept).toEqual({ 'tillit.token.customer': 'abc-_9' });
    expect(replaced).toEqual(['/customer?x=1']);
  });

  it('is still there after a reload', () => {
    expect(takeToken('customer', place('', { 'tillit.token.customer': 'kept' }).there)).toBe('kept');
  });

  it('is not taken from another screen’s', () => {
    expect(takeToken('customer', place('', { 'tillit.token.cashier': 'other' }).there)).toBeNull();
  });
});
