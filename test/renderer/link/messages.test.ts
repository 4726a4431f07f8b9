import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMessage } from '../../../renderer/link/messages.ts';
import { retryDelayMs, socketAddress } from '../../../renderer/link/web-link.ts';

describe('A message from the till', () => {
  it('is a view, an answer or a beat', () => {
    expect(readMessage('{"type":"beat"}')).toEqual({ type: 'beat' });
    expect(readMessage('{"type":"view","view":{"version":3}}')).toEqual({ type: 'view', view: { version: 3 } });
    expect(readMessage('{"type":"answer","id":"7","answer":{"ok":true}}')).toEqual({ type: 'answer', id: '7', answer: { ok: true } });
  });

  it('is nothing when it is cut off or of another form', () => {
    for (const text of [
      '',
      '{',
      'null',
      '[]',
      '{"type":"view"}',
      '{"type":"view","view":{"version":"3"}}',
      '{"type":"answer","id":7}',
      '{"type":"other"}',
    ]) {
      expect(readMessage(text)).toBeNull();
    }
    expect(readMessage(new ArrayBuffer(4))).toBeNull();
  });

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        readMessage(text);
      }),
    );
  });
});

describe('Coming back', () => {
  it('is tried after 0.2 s, then later and later, at most every 2 s', () => {
    expect([0, 1, 2, 3, 4, 50].map(retryDelayMs)).toEqual([200, 400, 800, 1_600, 2_000, 2_000]);
  });

  it('goes to the server that the page came from, as safely as the page came', () => {
    expect(socketAddress({ protocol: 'http:', host: '127.0.0.1:4000' })).toBe('ws://127.0.0.1:4000/ws');
    expect(socketAddress({ protocol: 'https:', host: 'kasse.example' })).toBe('wss://kasse.example/ws');
  });
});
