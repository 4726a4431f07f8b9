import { z } from 'zod';

/** Words of a person, one line: what a journal cannot keep (half a character) or a screen and a printer would obey is refused by name. */
export const plainLine = z
  .string()
  .refine((text) => text.isWellFormed(), 'must not hold half a character')
  .refine((text) => !/\p{Cc}/u.test(text), 'must be one line without control characters');
