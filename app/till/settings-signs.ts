/** The settings' contract about what is outside of the register: the address that the provider reaches it at, and the shop's printed codes. */
import { z } from 'zod';
import { isCallable } from './configuration.ts';
import type { DeviceLook } from './settings-devices.ts';

export const reachableSection = z.strictObject({
  /** Whether the provider can reach the register at all. */
  on: z.boolean(),
  /** `null` in practice alone. */
  publicUrl: z.string().trim().max(120, 'too-long').refine(isCallable, 'not-callable').nullable(),
  port: z.number('not-a-port').int('not-a-port').min(0, 'not-a-port').max(65_535, 'not-a-port'),
  checkIns: z.enum(['off', 'ask', 'at-once']),
});

/** As the provider takes it (`qr.yaml`): a name, and an address without what it would refuse. */
const redirectId = z
  .string()
  .trim()
  .min(1, 'missing')
  .max(128, 'too-long')
  .regex(/^[-_+%æøåÆØÅ\w\s]+$/, 'not-a-code-name');
const redirectUrl = z
  .string()
  .trim()
  .max(2_000, 'too-long')
  .regex(/^https:\/\/[\w.]+([\w#!:.?+=&%@\-/]+)?$/, 'not-a-page');

export const signRequests = [
  /** How it stands with all of it; asks the provider. */
  z.strictObject({ type: z.literal('signs') }),
  /** Makes the register's sign, or gives it the register's name anew. */
  z.strictObject({ type: z.literal('put-sign') }),
  z.strictObject({ type: z.literal('delete-sign') }),
  /** A code that opens a page; `isNew` refuses a name that is taken. */
  z.strictObject({ type: z.literal('save-redirect'), id: redirectId, redirectUrl, isNew: z.boolean() }),
  z.strictObject({ type: z.literal('delete-redirect'), id: redirectId }),
  /** The provider's own picture, large enough for paper: the register's sign, or the code of this name. */
  z.strictObject({ type: z.literal('sign-picture'), redirect: redirectId.nullable() }),
] as const;

export interface SignsView {
  /** What the provider is called in this market. */
  readonly brand: string;
  /** What the sign at this register says: its name. */
  readonly location: string;
  /** The sign as the provider has it; `null`: there is none. */
  readonly sign: { readonly location: string } | null;
  /** Why nobody is heard who scans the sign, in one sentence; `null` when all is well. */
  readonly signProblem: string | null;
  readonly redirects: readonly { readonly id: string; readonly redirectUrl: string }[];
  /** Why the provider could not be asked; `null` when it was. */
  readonly trouble: string | null;
  /** How the register is reached from outside; `null` where it is not to be. */
  readonly outside: DeviceLook | null;
}
