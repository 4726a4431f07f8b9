/** The settings' contract about who sells here: names, roles, and the codes that managers approve with. */
import { z } from 'zod';

/** What everybody tries first: one digit again and again, or digits in a row. */
function isEasy(pin: string): boolean {
  const steps = [...pin].slice(1).map((digit, index) => Number(digit) - Number(pin[index]));
  return [-1, 0, 1].some((step) => steps.every((each) => each === step));
}

/** A manager's code, new. */
export const newPin = z
  .string()
  .regex(/^\d{4,8}$/, 'not-a-pin')
  .refine((digits) => !isEasy(digits), 'easy-pin');

const words = z
  .string()
  .trim()
  .min(1, 'missing')
  .max(40, 'too-long')
  .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), 'not-one-line');

export const operatorsSection = z.strictObject({
  operators: z
    .array(
      z.strictObject({
        /** Stands in the journal beside everything that they did: whoever has one keeps it. */
        id: z.string().regex(/^[A-Za-z0-9-]{1,12}$/, 'not-operator-id'),
        name: words,
        role: z.enum(['cashier', 'manager']),
        /** A new code, four to eight digits; `null`: as it was. It is never told to a page. */
        pin: newPin.nullable(),
      }),
    )
    .min(1, 'missing')
    .max(100, 'too-long')
    .refine((all) => new Set(all.map((one) => one.id)).size === all.length, 'twice'),
});
