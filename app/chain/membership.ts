/** What a register keeps of its place in a chain. The key is a secret: it is never in a log, a view or a journal. */
import { z } from 'zod';

const membership = z.object({
  /** The head office that the key is for. It is sent to no other. */
  address: z.string(),
  key: z.string().regex(/^[\x21-\x7e]+$/),
  /** When the key was made, on the register's clock. */
  keyMadeAtMs: z.int(),
  storeId: z.string(),
  registerId: z.string(),
  storeName: z.string(),
});
export type Membership = Readonly<z.output<typeof membership>>;

/** What was kept; `null` where it cannot be read: the register enrols anew then. */
export function parseMembership(text: string): Membership | null {
  try {
    return membership.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

export interface MembershipMemory {
  /** `null`: not enrolled. */
  read(): Membership | null;
  /** Durably, before it returns. Errors of the disk come as they are. */
  write(membership: Membership): void;
  /** Calls back after each write; the returned function ends that. */
  onChange(listener: () => void): () => void;
}

/** The key for this head office; `null` where there is none, or only one for another. */
export function keyFor(memory: Pick<MembershipMemory, 'read'>, address: string): string | null {
  const membership = memory.read();
  return membership?.address === address ? membership.key : null;
}
