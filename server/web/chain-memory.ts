/**
 * The register's key to head office, and who it is there: in the data folder's `keys`, for this user alone (0600), beside the
 * signing key. It belongs to the journal there: a register that sells into another journal enrols anew.
 */
import { join } from 'node:path';
import { type Membership, type MembershipMemory, parseMembership } from '../../app/chain/membership.ts';
import { readWholeFile, writeWholeFile } from '../../hardware/store/whole-file.ts';

/** Opens what is kept. Errors of the disk are thrown as they come. */
export function openChainMemory(keysDirectory: string): MembershipMemory {
  const path = join(keysDirectory, 'head-office.json');
  const listeners = new Set<() => void>();
  const text = readWholeFile(path);
  let kept: Membership | null = text === null ? null : parseMembership(text);
  return {
    read: () => kept,
    write(membership) {
      writeWholeFile(path, `${JSON.stringify(membership, null, 2)}\n`);
      kept = membership;
      for (const listener of [...listeners]) listener();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
