/**
 * The counter's devices in the settings' contract: which printer, drawer and scanner, what a page may try on them before
 * anything is saved, and what it is shown of them.
 */
import { z } from 'zod';
import { BAUD_RATES, PRINTER_MODEL_IDS } from './device-configuration.ts';

/** A port's name: one line of whole characters. */
const path = z
  .string()
  .trim()
  .min(1, 'missing-port')
  .max(200, 'too-long')
  .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), 'not-one-line');

const serial = {
  path,
  baudRate: z.literal(BAUD_RATES, 'not-a-speed'),
  dataBits: z.literal([8, 7]),
  stopBits: z.literal([1, 2]),
  parity: z.enum(['none', 'even', 'odd']),
  flowControl: z.enum(['none', 'hardware', 'xon-xoff']),
};

const paper = { columns: z.literal([42, 32]) };
const model = z.enum(PRINTER_MODEL_IDS).nullable();

/** An address or a name, as `device-configuration.ts` takes it. */
const host = z
  .string()
  .trim()
  .min(1, 'missing')
  .max(253, 'too-long')
  .regex(/^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]+)$/, 'not-a-host');

export const printerSection = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('virtual'), ...paper }),
  z.strictObject({ kind: z.literal('serial'), ...serial, model, ...paper }),
  z.strictObject({
    kind: z.literal('network'),
    host,
    port: z.number('not-a-port').int('not-a-port').min(1, 'not-a-port').max(65_535, 'not-a-port'),
    shared: z.boolean(),
    model,
    ...paper,
  }),
]);
export type PrinterSection = z.output<typeof printerSection>;

export const drawerSection = z.strictObject({
  connected: z.boolean(),
  pin: z.literal([2, 5]),
  openWhen: z.enum(['high', 'low']).nullable(),
  alarmAfterSeconds: z.number('not-seconds').int('not-seconds').min(5, 'not-seconds').max(600, 'not-seconds'),
  alarmTone: z.boolean(),
});

export const scannerSection = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('keyboard') }),
  z.strictObject({
    kind: z.literal('serial'),
    ...serial,
    suffix: z.enum(['cr', 'lf', 'crlf', 'tab']),
    prefix: z.string().regex(/^[\x21-\x7e]{0,8}$/, 'not-a-prefix'),
  }),
]);
export type ScannerSection = z.output<typeof scannerSection>;

/** A picture of the size of a logo fits; what is larger is refused with a sentence that says so. */
const LOGO_MAX_BYTES = 600_000;
const base64 = z.base64('not-a-picture').max(4 * Math.ceil(LOGO_MAX_BYTES / 3), 'logo-too-heavy');

export const deviceRequests = [
  /**
   * How the devices are now. `printer` and `scanner` are what stands on the page, saved or not: what the register uses, and
   * what was tried, is told of; nothing is opened for a look, but with `open`, which is for what has been saved.
   */
  z.strictObject({
    type: z.literal('look'),
    printer: printerSection.optional(),
    scanner: scannerSection.optional(),
    open: z.boolean().optional(),
  }),
  /** Finds out which level of the drawer's switch means open: first while it is shut, then while it is open. What is found is kept. */
  z.strictObject({ type: z.literal('calibrate-drawer'), step: z.enum(['shut', 'open']) }),
  /** The logo as it prints: this one, or the kept one. */
  z.strictObject({ type: z.literal('show-logo'), base64: base64.optional() }),
  /** Keeps a logo; `null` takes it away. */
  z.strictObject({ type: z.literal('keep-logo'), base64: base64.nullable() }),
] as const;

export const deviceChecks = [
  /** Prints the test paper on the printer that stands on the page, saved or not; without one, on the saved one. */
  z.strictObject({ type: z.literal('check'), what: z.literal('printer'), printer: printerSection.optional() }),
  /** Opens the drawer now. */
  z.strictObject({ type: z.literal('check'), what: z.literal('drawer'), pin: z.literal([2, 5]) }),
  /** Listens to the scanner that stands on the page; what it says comes with the looks. */
  z.strictObject({ type: z.literal('check'), what: z.literal('scanner'), scanner: scannerSection }),
  /** What a code is that was heard by the page itself. */
  z.strictObject({ type: z.literal('check'), what: z.literal('code'), code: z.string().min(1, 'missing').max(4_096, 'too-long') }),
] as const;

export interface PortChoice {
  readonly path: string;
  /** For people: `EPSON TM-T20III (ttyUSB0)`. */
  readonly name: string;
  /** The register itself has it open, for this. */
  readonly usedBy: 'printer' | 'scanner' | null;
}

/** One line of what a device says of itself. */
export interface DeviceFact {
  readonly label: string;
  readonly value: string;
  readonly tone: 'good' | 'care' | 'bad' | 'plain';
}

export interface DeviceLook {
  readonly tone: 'good' | 'care' | 'bad' | 'wait';
  /** One sentence, with the way out where something is wrong. */
  readonly text: string;
  readonly facts: readonly DeviceFact[];
}

export interface HeardCode {
  readonly id: number;
  /** Every byte as something that can be seen. */
  readonly shown: string;
  /** What the register takes it for. */
  readonly said: string;
}

export interface DevicesView {
  readonly ports: readonly PortChoice[];
  readonly printer: DeviceLook;
  readonly drawer: DeviceLook & { readonly state: 'open' | 'closed' | 'unknown' };
  readonly scanner: DeviceLook;
  /** Newest first. */
  readonly heard: readonly HeardCode[];
}
