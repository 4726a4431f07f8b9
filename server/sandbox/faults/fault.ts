import { z } from 'zod';
import { isKnownCode } from './refused.ts';

/** Where a fault can strike, whichever API: `initiate` and `details` are also ePayment's create and get. `*` is all of them. */
const routeNames = [
  'token',
  'initiate',
  'details',
  'events',
  'capture',
  'cancel',
  'refund',
  'force-approve',
  'qr',
  'qr-image',
  'landing',
  'qr-merchant',
  'qr-exchange',
  'report',
  'management',
  'order-management',
  'webhooks',
  'webhook',
  'callback',
] as const;

export type RouteName = (typeof routeNames)[number];

const common = {
  route: z.enum([...routeNames, '*']).optional(),
  /** Only requests about this payment. */
  reference: z.string().optional(),
  /** How many requests it strikes; `null` is every one until it is taken away. */
  times: z.int().positive().nullable().default(1),
  /** How many matching requests pass unharmed first. */
  skip: z.int().min(0).default(0),
};

const afterEffect = z.boolean().default(false);

export const faultSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...common, kind: z.literal('latency'), ms: z.int().min(0).max(600_000), afterEffect }),
  z.strictObject({ ...common, kind: z.literal('rate-limited'), retryAfterSeconds: z.int().min(0).nullable().default(5) }),
  z.strictObject({ ...common, kind: z.literal('unauthorized') }),
  z.strictObject({ ...common, kind: z.literal('server-error'), status: z.int().min(500).max(599).default(500), afterEffect }),
  z.strictObject({ ...common, kind: z.literal('html'), status: z.int().min(200).max(599).default(502), afterEffect }),
  z.strictObject({ ...common, kind: z.literal('cut-before') }),
  z.strictObject({ ...common, kind: z.literal('cut-after') }),
  z.strictObject({ ...common, kind: z.literal('stale'), behindMs: z.int().positive().default(60_000) }),
  z.strictObject({ ...common, kind: z.literal('wrong-type'), field: z.string().optional() }),
  z.strictObject({ ...common, kind: z.literal('missing-field'), field: z.string().optional() }),
  z.strictObject({ ...common, kind: z.literal('broken-json') }),
  z.strictObject({ ...common, kind: z.literal('huge-body'), bytes: z.int().positive().max(200_000_000).default(10_485_760) }),
  z.strictObject({ ...common, kind: z.literal('not-a-png') }),
  z.strictObject({
    ...common,
    kind: z.literal('late'),
    appearsAfterMs: z.int().positive().default(60_000),
    answer: z.enum(['cut', 'error', 'ok']).default('cut'),
  }),
  z.strictObject({ ...common, kind: z.literal('refused'), code: z.string().refine(isKnownCode, 'no API has an error of that code') }),
  z.strictObject({ ...common, kind: z.literal('duplicate') }),
  z.strictObject({ ...common, kind: z.literal('reorder') }),
  z.strictObject({ ...common, kind: z.literal('lost') }),
  z.strictObject({ ...common, kind: z.literal('forged') }),
  z.strictObject({
    ...common,
    kind: z.literal('other-amount'),
    byOre: z.int().default(100),
    /** This amount alone: `items.0.amount`. */
    field: z.string().optional(),
  }),
]);

/** What a caller says; defaults are filled in. */
export type FaultWish = z.input<typeof faultSchema>;
export type Fault = z.output<typeof faultSchema>;

/** The route a fault of this kind strikes when none is named. */
function routeOf(fault: Fault): RouteName | '*' {
  if (fault.route !== undefined) return fault.route;
  switch (fault.kind) {
    case 'stale':
    case 'other-amount':
      return 'details';
    case 'late':
      return 'initiate';
    case 'not-a-png':
      return 'qr-image';
    case 'duplicate':
    case 'reorder':
    case 'lost':
    case 'forged':
      return 'webhook';
    default:
      return '*';
  }
}

interface Waiting {
  readonly fault: Fault;
  skip: number;
  left: number | null;
}

/** The faults that are switched on. */
export class Faults {
  #waiting: Waiting[] = [];

  /** Switches a fault on. A wish of the wrong shape is a `ZodError`. */
  add(wish: FaultWish): void {
    const fault = faultSchema.parse(wish);
    this.#waiting.push({ fault, skip: fault.skip, left: fault.times });
  }

  clear(): void {
    this.#waiting = [];
  }

  list(): readonly (Fault & { readonly left: number | null })[] {
    return this.#waiting.map((each) => ({ ...each.fault, left: each.left }));
  }

  /** The faults that strike this request: at most one latency and one other, the oldest first. They are used up by it. */
  take(route: RouteName, reference: string | null): readonly Fault[] {
    const taken: Fault[] = [];
    for (const each of this.#waiting) {
      if (!matches(each.fault, route, reference)) continue;
      if (taken.some((fault) => (fault.kind === 'latency') === (each.fault.kind === 'latency'))) continue;
      if (each.skip > 0) {
        each.skip -= 1;
        continue;
      }
      if (each.left !== null) each.left -= 1;
      taken.push(each.fault);
    }
    this.#waiting = this.#waiting.filter((each) => each.left !== 0);
    return taken;
  }
}

function matches(fault: Fault, route: RouteName, reference: string | null): boolean {
  const where = routeOf(fault);
  return (where === '*' || where === route) && (fault.reference === undefined || fault.reference === reference);
}
