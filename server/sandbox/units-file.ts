import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { PartnerOptions, SalesUnitOptions } from './sales-units.ts';

const keys = { clientId: z.string().optional(), clientSecret: z.string().optional(), subscriptionKey: z.string().optional() };

const unitSchema = z.strictObject({
  ...keys,
  msn: z.string(),
  name: z.string().optional(),
  market: z.enum(['NO', 'DK', 'FI']).optional(),
  organisation: z.string().optional(),
  capture: z.enum(['reserve', 'direct']).optional(),
  skipLandingPage: z.boolean().optional(),
  partialCapture: z.boolean().optional(),
  expiry: z.enum(['failed-reserve', 'silence']).optional(),
  standing: z.enum(['active', 'deactivated', 'no-payments']).optional(),
  migrated: z.boolean().optional(),
  showsEcomKeys: z.boolean().optional(),
  longLiving: z.boolean().optional(),
  card: z.boolean().optional(),
  scopes: z.array(z.string()).optional(),
  capturePeriodDays: z.int().positive().optional(),
  feeBasisPoints: z.int().min(0).max(10_000).optional(),
});

const fileSchema = z.strictObject({
  salesUnits: z.array(unitSchema).min(1),
  partners: z.array(z.strictObject({ ...keys, msns: z.array(z.string()).min(1) })).default([]),
});

export interface Units {
  readonly salesUnits: readonly SalesUnitOptions[];
  readonly partners: readonly PartnerOptions[];
}

/** What was left out is left out, rather than there without a value. */
function given<T extends object>(options: T): T {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T;
}

/** Reads the sales units and partners of a file. One that cannot be read, or says something else, is an `Error` that names it. */
export function readUnits(file: string): Units {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Error(`${file} cannot be read as JSON`, { cause });
  }
  const parsed = fileSchema.safeParse(content);
  if (!parsed.success) throw new Error(`${file} does not describe sales units:\n${z.prettifyError(parsed.error)}`);
  return {
    salesUnits: parsed.data.salesUnits.map((unit) => given(unit) as SalesUnitOptions),
    partners: parsed.data.partners.map((partner) => given(partner) as PartnerOptions),
  };
}
