/** The settings' contract about the chain that the register is in: enrolled with a code, and how the line to head office is. */
import { z } from 'zod';
import { isSafeProviderAddress } from './configuration.ts';
import type { DeviceLook } from './settings-devices.ts';

export const chainRequests = [
  /** How it stands. */
  z.strictObject({ type: z.literal('chain') }),
  /** Uses the code up; the register's own key is kept, and the address with it. */
  z.strictObject({
    type: z.literal('enrol'),
    address: z.string().trim().max(200, 'too-long').refine(isSafeProviderAddress, 'not-https'),
    code: z.string().trim().min(1, 'missing').max(40, 'too-long'),
  }),
  /** A person has looked: what head office said no to is sent again. */
  z.strictObject({ type: z.literal('retry-chain') }),
] as const;

export interface ChainView {
  /** Where head office is; `null` where the register is in no chain. */
  readonly address: string | null;
  /** How it stands, with the way out. */
  readonly look: DeviceLook;
  /** How far it has come with what head office publishes; `null` where it is in no chain. */
  readonly published: DeviceLook | null;
  /** `false`: it practises by itself, and nothing of that is for a chain. */
  readonly canEnrol: boolean;
  readonly isEnrolled: boolean;
  /** Head office has said no, and a person may try again. */
  readonly canRetry: boolean;
}
