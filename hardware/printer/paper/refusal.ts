/** Why bytes are not something that a receipt printer of ours may be sent. */
export type RefusalReason =
  /** No such command here. */
  | 'unknown-command'
  /** A known command with a value that it does not take. */
  | 'bad-parameter'
  /** The bytes end in the middle of a command. */
  | 'truncated'
  /** A byte that the code page has no character for. */
  | 'no-such-character'
  /** A command that printers obey only at the start of a line. */
  | 'not-at-line-start'
  /** Wider than the paper: printers print nothing then. */
  | 'too-wide'
  /** A barcode or QR whose content its kind cannot hold. */
  | 'bad-code'
  /** Text without a line feed: it would come out on the next receipt. */
  | 'unfinished-line'
  /** More paper than a roll has. */
  | 'too-long';

/**
 * The bytes are refused: a real printer would have printed rubbish, or nothing. `offset` is where the command starts,
 * `bytes` is its beginning. It says nothing about paper that came out before.
 */
export class PaperRefusedError extends Error {
  override readonly name = 'PaperRefusedError';
  readonly reason: RefusalReason;
  readonly offset: number;
  readonly bytes: Uint8Array;
  constructor(reason: RefusalReason, offset: number, bytes: Uint8Array, what: string) {
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    super(`${what} (${reason}) at byte ${offset}: ${hex}`);
    this.reason = reason;
    this.offset = offset;
    this.bytes = bytes;
  }
}
