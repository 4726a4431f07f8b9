/** Whether nobody is in the middle of a sale: the moments at which prices and people may change. */
import type { Register } from './register.ts';

/** Goods on the counter, goods that come back, money taken and a question about an article are all inside a sale. */
export function isBetweenSales(register: Register): boolean {
  const { pending, openSale } = register;
  if (pending !== null) return false;
  if (openSale === null) return true;
  const isUntouched = openSale.lines.length === 0 && openSale.tenders.length === 0 && openSale.returned === undefined;
  return isUntouched && register.returnOf(openSale.saleId) === null;
}
