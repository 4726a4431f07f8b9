/** Goods that come back: found, held, given back the way the money came. */

import type { z } from 'zod';
import type { CommandAnswer, QueryAnswer } from './contract.ts';
import type { Desk } from './desk.ts';
import type { ReturnWishRow, returnCommands, returnQueries } from './return-contract.ts';

export type ReturnCommand = z.infer<(typeof returnCommands)[number]>;
export type ReturnQuery = z.infer<(typeof returnQueries)[number]>;

export class Returns {
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  handle(_command: ReturnCommand): CommandAnswer | Promise<CommandAnswer> {
    return this.#desk.refuse('no-return');
  }

  async ask(query: ReturnQuery): Promise<QueryAnswer> {
    return query.type === 'orders'
      ? { type: 'orders', orders: [], more: false, problem: null }
      : { type: 'order', order: null, problem: null };
  }

  wishes(): readonly ReturnWishRow[] {
    return [];
  }

  found(): { readonly foundReceipt?: string } {
    return {};
  }
}
