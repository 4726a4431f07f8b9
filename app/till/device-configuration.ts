/**
 * The devices' part of a register's configuration: which printer, drawer and scanner stand at the counter and how they are
 * reached. Data only; whoever composes a register opens them. A file that names none of it gets the virtual printer, a
 * scanner that types, and no drawer.
 */
import { z } from 'zod';

/** A port's name, a host's or a file's: one line of whole characters. */
const name = (most: number) =>
  z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(most)
    .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), 'must be one line of whole characters');

/** Speeds that serial printers and scanners have switches for. */
export const BAUD_RATES = [1_200, 2_400, 4_800, 9_600, 19_200, 38_400, 57_600, 115_200, 230_400, 460_800, 921_600] as const;

const serial = {
  /** As the system calls the port: `COM3`, `/dev/ttyUSB0`, `/dev/tty.usbserial-1410`. */
  path: name(200),
  baudRate: z.literal(BAUD_RATES, `must be one of ${BAUD_RATES.join(', ')}, as the device is set`).default(9_600),
  dataBits: z.literal([8, 7], 'must be 8 or 7').default(8),
  stopBits: z.literal([1, 2], 'must be 1 or 2').default(1),
  parity: z.enum(['none', 'even', 'odd'], 'must be "none", "even" or "odd"').default('none'),
  flowControl: z.enum(['none', 'hardware', 'xon-xoff'], 'must be "none", "hardware" (RTS/CTS) or "xon-xoff"').default('none'),
};

/** Printers whose ways are known. Without a name it is treated as a common one of that paper. */
export const PRINTER_MODEL_IDS = ['generic-80', 'generic-58', 'epson-tm-t88', 'xprinter-80', 'pos-58'] as const;

const paper = { columns: z.literal([42, 32], 'must be 42 or 32').default(42) };
const model = z
  .enum(PRINTER_MODEL_IDS, `must be one of ${PRINTER_MODEL_IDS.join(', ')}, or null`)
  .nullable()
  .default(null);

/** An IPv4 or IPv6 address, or a name of the network. No port and no scheme: those have fields of their own. */
const host = z
  .string()
  .trim()
  .max(253)
  .regex(
    /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]+)$/,
    'must be an address or a name, such as 192.168.1.87',
  );

/** What says no kind is of the kind that was there before there were others. */
const kindOr = <Schema extends z.ZodType>(kind: string, schema: Schema) =>
  z.preprocess(
    (value) => (typeof value === 'object' && value !== null && !Array.isArray(value) && !('kind' in value) ? { kind, ...value } : value),
    schema,
  );

export const printerSchema = kindOr(
  'virtual',
  z.discriminatedUnion(
    'kind',
    [
      z.strictObject({ kind: z.literal('virtual'), ...paper }),
      z.strictObject({ kind: z.literal('serial'), ...serial, model, ...paper }),
      z.strictObject({
        kind: z.literal('network'),
        host,
        port: z.number('must be a port').int('must be a port').min(1, 'must be a port').max(65_535, 'must be a port').default(9_100),
        /** Another register prints on it too: each takes the line for one paper and lets go of it. */
        shared: z.boolean().default(false),
        model,
        ...paper,
      }),
    ],
    { error: 'must be "virtual", "serial" or "network"' },
  ),
).prefault({ kind: 'virtual' });

export const scannerSchema = kindOr(
  'keyboard',
  z.discriminatedUnion(
    'kind',
    [
      /** Types what it reads, as a keyboard does. */
      z.strictObject({ kind: z.literal('keyboard') }),
      z.strictObject({
        kind: z.literal('serial'),
        ...serial,
        /** What the scanner sends after a code. */
        suffix: z.enum(['cr', 'lf', 'crlf', 'tab'], 'must be "cr", "lf", "crlf" or "tab"').default('cr'),
        /** What it sends before a code, to be left out. */
        prefix: z
          .string()
          .regex(/^[\x21-\x7e]{0,8}$/, 'must be at most 8 plain characters')
          .default(''),
      }),
    ],
    { error: 'must be "keyboard" or "serial"' },
  ),
).prefault({ kind: 'keyboard' });

const seconds = 'must be whole seconds, 5 to 600';

export const drawerSchema = z
  .strictObject({
    /** A drawer hangs on the printer, and the register opens it. */
    connected: z.boolean().default(false),
    /** The plug's pin that the coil hangs on. */
    pin: z.literal([2, 5], 'must be 2 or 5').default(2),
    /** The level of its switch while it is open. `null`: to be found out; until then nobody can tell. */
    openWhen: z.enum(['high', 'low'], 'must be "high", "low" or null').nullable().default(null),
    /** How long it may stand open before the cashier's screen asks for it. */
    alarmAfterSeconds: z.number(seconds).int(seconds).min(5, seconds).max(600, seconds).default(30),
    /** Whether the cashier's screen sounds a tone then. */
    alarmTone: z.boolean().default(false),
  })
  .prefault({});

/** A picture on top of every receipt: a PNG beside the configuration. */
export const logoSchema = z
  .strictObject({ file: name(300) })
  .nullable()
  .default(null);
