/** The file is a database, but not a journal of this program. */
export class NotAJournalError extends Error {
  override readonly name = 'NotAJournalError';
}

/** The journal was written by a newer version of this program, whose entries this one cannot read for sure. */
export class JournalTooNewError extends Error {
  override readonly name = 'JournalTooNewError';
}

/** The journal does not hold what was written: it must not be added to before a person has looked. */
export class JournalDamagedError extends Error {
  override readonly name = 'JournalDamagedError';
}

/** An entry that was to be written again is not the next one of this journal. */
export class ForeignEntryError extends Error {
  override readonly name = 'ForeignEntryError';
  constructor(seq: number) {
    super(`Entry ${seq} does not go on from where this journal ends, or is not what its hash says.`);
  }
}
