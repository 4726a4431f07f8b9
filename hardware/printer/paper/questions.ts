/** The commands that ask or tell a printer something besides the paper. Names and values as in the published command reference. */
import { fixed, type PrinterCommand, refuse } from './commands.ts';

export const QUESTION_COMMANDS: readonly PrinterCommand[] = [
  {
    name: 'real-time status',
    prefix: [0x10, 0x04],
    length: fixed(1),
    run: (state, [question = 0]) => {
      if (question < 1 || question > 4) refuse(`status ${question}`);
      state.asked({ kind: 'now', question });
    },
  },
  {
    name: 'real-time pulse',
    prefix: [0x10, 0x14],
    length: fixed(3),
    run: (state, [kind, pin = 0, tenths = 0]) => {
      if (kind !== 1 || pin > 1 || tenths < 1 || tenths > 8) refuse('real-time pulse');
      state.asked({ kind: 'kick-now', pin: pin === 0 ? 2 : 5 });
    },
  },
  {
    name: 'sensor status',
    prefix: [0x1d, 0x72],
    length: fixed(1),
    run: (state, [sensor]) => {
      if (sensor !== 1 && sensor !== 49) refuse(`sensor ${sensor}`);
      state.asked({ kind: 'sensor' });
    },
  },
  {
    name: 'automatic status',
    prefix: [0x1d, 0x61],
    length: fixed(1),
    run: (state, [what = 0]) => state.asked({ kind: 'tell', wanted: what !== 0 }),
  },
  {
    name: 'response request',
    prefix: [0x1d, 0x28, 0x48],
    length: fixed(8),
    run: (state, [low, high, kind, mode, ...id]) => {
      if (low !== 6 || high !== 0 || kind !== 0x30 || mode !== 0x30) refuse('response request');
      state.asked({ kind: 'response', id: String.fromCharCode(...id) });
    },
  },
];
