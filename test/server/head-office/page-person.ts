/** A person of head office at the page, as a browser would speak for them; and a chain with something to look at. */
import type { PageAnswers, PageAsk, PageRequest, PageRole } from '../../../app/head-office/page-contract.ts';
import { putPerson } from '../../../server/head-office/page/people.ts';
import { beginSession } from '../../../server/head-office/page/sessions.ts';
import type { StoreAddress } from '../../../server/head-office/store/store.ts';
import { asks, refunds, wish } from './refund-wishes.ts';
import { startChain, type TestChain } from './test-chain.ts';
import type { Answer, Sold, TestRegister } from './test-register.ts';

export const PASSWORD = 'en lang nok setning';

export class PagePerson {
  readonly #url: string;
  cookie = '';
  /** What a test wants said differently than a browser would. */
  headers: Readonly<Record<string, string>> = {};

  constructor(url: string) {
    this.#url = url;
  }

  async send(path: string, body?: unknown): Promise<Response> {
    return fetch(`${this.#url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'content-type': 'application/json', cookie: this.cookie, origin: this.#url, ...this.headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  async ask<Ask extends PageAsk>(ask: Ask, request: PageRequest<Ask>): Promise<Answer<PageAnswers[Ask]>> {
    const response = await this.send(`/page/${ask}`, request);
    const [cookie] = response.headers.getSetCookie();
    if (cookie !== undefined) this.cookie = cookie.split(';')[0] ?? '';
    return { status: response.status, body: (await response.json()) as PageAnswers[Ask] };
  }
}

/** Somebody who has a password and has signed in with it. */
export async function signedIn(chain: TestChain, role: PageRole, name: string): Promise<PagePerson> {
  await putPerson(chain.office, name, role, PASSWORD);
  const person = new PagePerson(chain.server.url);
  await person.ask('sign-in', { name, password: PASSWORD });
  return person;
}

/** Somebody who is signed in already: most tests are not about passwords, and hashing them is slow on purpose. */
export async function personAt({ office, server }: TestChain, role: PageRole, name: string = role): Promise<PagePerson> {
  const kept = { name, role, password: 'none', changed_ms: 0 };
  await office.store.db
    .insertInto('people')
    .values(kept)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const person = new PagePerson(server.url);
  person.cookie = `tillit_session=${await beginSession(office, { name, role })}`;
  return person;
}

export interface SampleChain {
  readonly chain: TestChain;
  readonly nord: TestRegister;
  readonly syd: TestRegister;
  /** 300,00, of it 120,00 with Vipps and the rest in cash. */
  readonly split: Sold;
  /** 300,00 with Vipps. */
  readonly vipps: Sold;
  readonly refundIds: { readonly split: string; readonly vipps: string; readonly own: string; readonly reserved: string };
}

const THREE = [{ articleNumber: '1', ean: '7038010000010', priceOre: 10_000, quantityMilli: 3_000 }];

/**
 * Two stores. Syd has refunded two of nord's sales, one whole and one by a third; nord has refunded one of its own; one more
 * is reserved at syd and left there; and nord's journal was once not what its hashes say.
 */
export async function sampleChain(address: StoreAddress): Promise<SampleChain> {
  const chain = await startChain(address, [
    { storeId: 'nord', msn: '100001' },
    { storeId: 'syd', msn: '100002' },
  ]);
  const [nord, syd] = [await chain.register('nord'), await chain.register('syd')];
  const [split, vipps] = [await nord.sell(THREE, 12_000), await nord.sell(THREE)];
  await nord.report();
  await syd.report();
  const asked = {
    split: wish(syd, split.orderId, [[1, 3_000]]),
    vipps: wish(syd, vipps.orderId),
    own: wish(nord, vipps.orderId),
    reserved: wish(syd, vipps.orderId),
  };
  for (const each of [asked.split, asked.vipps, asked.own]) {
    await refunds(each === asked.own ? nord : syd, each);
    chain.clock.atMs += 60_000;
  }
  await asks(syd, asked.reserved);
  const [first, second] = nord.entries();
  if (first === undefined || second === undefined) throw new Error('nord has no journal');
  await nord.call('/v1/journal', { entries: [{ ...first, hash: second.hash }] });
  await nord.call('/v1/journal', { entries: [{ ...first, hash: second.hash }] });
  const refundIds = {
    split: asked.split.refundId,
    vipps: asked.vipps.refundId,
    own: asked.own.refundId,
    reserved: asked.reserved.refundId,
  };
  return { chain, nord, syd, split, vipps, refundIds };
}
