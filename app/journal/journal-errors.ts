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
