import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeAnswer, decodeAsb, StatusDecoder, type StatusQuestion, type StatusReport } from '../../../hardware/printer/status-bytes.ts';

/** Feeds the bytes in portions that end at these places. */
function inPortions(decoder: StatusDecoder, bytes: readonly number[], ends: readonly number[]): StatusReport[] {
  const cuts = [...new Set([0, ...ends.map((end) => end % (bytes.length + 1)), bytes.length])].sort((a, b) => a - b);
  return cuts.slice(1).flatMap((end, index) => decoder.feed(Uint8Array.from(bytes.slice(cuts[index], end))));
}

function askAll(decoder: StatusDecoder): StatusDecoder {
  for (const question of [1, 2, 3, 4] as const) decoder.asked(question);
  return decoder;
}

const chunking = fc.array(fc.nat(200), { maxLength: 12 });
/** What real printers send, as whole messages. */
const answerByte = fc.nat(255).map((byte) => (byte & 0x6c) | 0x12);
const asb = fc
  .tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255))
  .map(([a, b, c, d]) => [(a & 0x6c) | 0x10, b & 0x6f, c & 0x6f, d & 0x6f]);

describe('an answer of a printer', () => {
  it.each([
    [1, 0x12, { drawerLevel: 'low', offline: false }],
    [1, 0x16, { drawerLevel: 'high', offline: false }],
    [1, 0x1a, { drawerLevel: 'low', offline: true }],
    [2, 0x12, { coverOpen: false, stoppedByPaper: false, inError: false }],
    [2, 0x16, { coverOpen: true, stoppedByPaper: false, inError: false }],
    [2, 0x32, { coverOpen: false, stoppedByPaper: true, inError: false }],
    [2, 0x52, { coverOpen: false, stoppedByPaper: false, inError: true }],
    [3, 0x12, { fault: 'none' }],
    [3, 0x1a, { fault: 'cutter' }],
    [3, 0x32, { fault: 'unrecoverable' }],
    [3, 0x52, { fault: 'recoverable' }],
    [4, 0x12, { paper: 'present' }],
    [4, 0x1e, { paper: 'near-end' }],
    [4, 0x7e, { paper: 'out' }],
  ] as const)('to question %i, %i, means what the reference says', (question, byte, told) => {
    expect(decodeAnswer(question as StatusQuestion, byte)).toEqual(told);
  });

  it('that comes by itself tells everything at once', () => {
    expect(decodeAsb([0x10, 0, 0, 0])).toEqual({
      drawerLevel: 'low',
      offline: false,
      coverOpen: false,
      stoppedByPaper: false,
      inError: false,
      fault: 'none',
      paper: 'present',
    });
    expect(decodeAsb([0x3c, 0x28, 0x0f, 0])).toMatchObject({
      drawerLevel: 'high',
      offline: true,
      coverOpen: true,
      paper: 'out',
      fault: 'unrecoverable',
    });
    expect(decodeAsb([0x10, 0, 0x03, 0])).toMatchObject({ paper: 'near-end', stoppedByPaper: false });
  });
});

describe('the bytes of a printer', () => {
  it('mean the same in whatever portions they come', () => {
    const messages = fc.array(
      fc.oneof(
        answerByte.map((byte) => ({ bytes: [byte], asked: true })),
        asb.map((bytes) => ({ bytes, asked: false })),
        fc.constantFrom({ bytes: [0x11], asked: false }, { bytes: [0x13], asked: false }),
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(messages, chunking, (sent, ends) => {
        const read = (cuts: readonly number[]) => {
          const decoder = new StatusDecoder();
          for (const message of sent) if (message.asked) decoder.asked(4);
          return inPortions(
            decoder,
            sent.flatMap((message) => message.bytes),
            cuts,
          );
        };
        const whole = read([]);
        expect(read(ends)).toEqual(whole);
        expect(whole.filter((report) => report.kind === 'answer')).toHaveLength(sent.filter((message) => message.asked).length);
        expect(whole.filter((report) => report.kind === 'automatic')).toHaveLength(sent.filter(({ bytes }) => bytes.length === 4).length);
        expect(whole.filter((report) => report.kind === 'garbage')).toEqual([]);
      }),
    );
  });

  it('of any kind never stop it: the next whole status is read', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), chunking, (noise, ends) => {
        const decoder = askAll(new StatusDecoder());
        inPortions(decoder, [...noise], ends);
        decoder.forget();
        expect(decoder.feed(Uint8Array.of(0x10, 0, 0x0c, 0))).toEqual([{ kind: 'automatic', told: decodeAsb([0x10, 0, 0x0c, 0]) }]);
      }),
    );
  });

  it('are all accounted for: what is no answer is counted as garbage', () => {
    const decoder = new StatusDecoder();
    expect(decoder.feed(Buffer.from('OK\r\n'))).toEqual(Array.from({ length: 4 }, () => ({ kind: 'garbage', bytes: 1 })));
  });

  it('answer the questions in the order they were asked', () => {
    const reports = askAll(new StatusDecoder()).feed(Uint8Array.of(0x16, 0x12, 0x12, 0x1e));
    expect(reports).toEqual([
      { kind: 'answer', question: 1, told: { drawerLevel: 'high', offline: false } },
      { kind: 'answer', question: 2, told: { coverOpen: false, stoppedByPaper: false, inError: false } },
      { kind: 'answer', question: 3, told: { fault: 'none' } },
      { kind: 'answer', question: 4, told: { paper: 'near-end' } },
    ]);
  });

  it('with half an automatic status lost leave the next one whole', () => {
    const decoder = new StatusDecoder();
    expect(decoder.feed(Uint8Array.of(0x10, 0x00))).toEqual([]);
    expect(decoder.feed(Uint8Array.of(0x18, 0x00, 0x0c, 0x00))).toEqual([
      { kind: 'garbage', bytes: 2 },
      { kind: 'automatic', told: decodeAsb([0x18, 0, 0x0c, 0]) },
    ]);
  });

  it('may have a real-time answer between those of an automatic status', () => {
    const decoder = new StatusDecoder();
    decoder.asked(1);
    expect(decoder.feed(Uint8Array.of(0x10, 0x00, 0x12, 0x00, 0x00)).map((report) => report.kind)).toEqual(['answer', 'automatic']);
  });

  it('say when everything before has been worked off: by the sensor, or by the characters that were given', () => {
    const decoder = new StatusDecoder();
    decoder.askedSensor();
    expect(decoder.feed(Uint8Array.of(0x03))).toEqual([{ kind: 'caught-up', told: { paper: 'near-end' }, id: null }]);
    expect(decoder.feed(Uint8Array.of(0x37, 0x22, 0x30, 0x30, 0x34, 0x32, 0x00))).toEqual([{ kind: 'caught-up', told: {}, id: '0042' }]);
  });

  it('that were not asked for are no status', () => {
    expect(new StatusDecoder().feed(Uint8Array.of(0x12))).toEqual([{ kind: 'late' }]);
  });
});
