import { ecomRefusal, errorGroups } from '../ecom/errors.ts';
import { isProblemCode, refusedWithCode } from '../epayment/problems.ts';

function ecomCode(code: string): { readonly group: (typeof errorGroups)[number]; readonly code: string } | null {
  const [groupName, ...rest] = code.split('/');
  const group = errorGroups.find((each) => each === groupName);
  return group === undefined || rest.length !== 1 || rest[0] === '' ? null : { group, code: rest[0] ?? '' };
}

/** `6280` is ePayment's, `Payment/63` is eCom's: group and code. */
export function isKnownCode(code: string): boolean {
  return isProblemCode(code) || ecomCode(code) !== null;
}

/** The refusal that a fault of this code is, in the shape of the API it belongs to. */
export function refusalOf(code: string): Error {
  const ecom = ecomCode(code);
  if (ecom === null) return refusedWithCode(code);
  const status = ecom.group === 'Merchant' && ecom.code === '35' ? 404 : 400;
  return ecomRefusal(status, ecom.group, ecom.code, 'Refused for practice.');
}
