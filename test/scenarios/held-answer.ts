/** What the scenarios about webhooks have in common: a loaf, and a customer who approves while the line holds an answer back. */
import type { Scene } from './scenario.ts';

/** Kneipp 39,90. */
export const TOTAL_ORE = 3_990;
/** How long the line holds an answer back that the provider has given already. Below the register's own patience. */
export const HELD_MS = 4_000;

/** One loaf, its QR scanned; gives the payment's reference. */
export async function scanned(scene: Scene): Promise<string> {
  const { cashier, customer, phone } = scene.shop;
  await cashier.scan('7090000010010');
  await cashier.hasLine('Kneipp, grovt');
  await cashier.payBy('F9');
  await customer.seesQr();
  await scene.measureTimeToQr();
  await phone.scan(await customer.readQr());
  await scene.showsScanned();
  return scene.newestPayment().reference;
}

/** The customer approves in the moment in which an answer to the register has just been held back: it says "not yet" for as long. */
export async function approveBehindAHeldAnswer(scene: Scene, reference: string): Promise<number> {
  const { control } = scene.shop.sandbox;
  control.addFault({ kind: 'latency', route: 'details', reference, ms: HELD_MS, afterEffect: true });
  const isHeld = () =>
    control.requests({ route: 'details', reference }).some(({ fault, status }) => fault === 'latency' && status === null);
  await scene.until('a read is on its way back', isHeld);
  return paidAfterApproval(scene);
}

/** From the approval to *paid* on both screens. */
export async function paidAfterApproval(scene: Scene): Promise<number> {
  const { cashier, customer, phone } = scene.shop;
  await phone.approve();
  await Promise.all([cashier.isFinished(), customer.shows('Takk, ha en fin dag!')]);
  await scene.measureApprovedToPaid();
  return scene.measures.approvedToPaidMs ?? Number.NaN;
}

export async function nextCustomer(scene: Scene): Promise<void> {
  const { cashier, customer } = scene.shop;
  await cashier.printReceipt();
  await scene.takeReceipt();
  await cashier.nextCustomer();
  await customer.sees('idle');
}

/** What the provider has sent about a payment: the event, and what it was answered. */
export const sent = (scene: Scene, reference: string) =>
  scene.shop.sandbox.control
    .deliveries()
    .filter((one) => one.reference === reference)
    .map(({ event, status }) => `${event.replace(/^epayments\.payment\.|\.v1$/g, '')} ${status}`);

/** The webhooks that the provider has for the shop, asked for with the shop's keys. */
export async function registrations({ shop }: Scene): Promise<readonly { readonly url: string; readonly events: readonly string[] }[]> {
  const [unit] = shop.sandbox.salesUnits;
  if (unit === undefined) throw new Error('The sandbox has no sales unit.');
  const keys = { 'Ocp-Apim-Subscription-Key': unit.subscriptionKey, 'Merchant-Serial-Number': unit.msn };
  const token = await fetch(`${shop.sandbox.url}/accesstoken/get`, {
    method: 'POST',
    headers: { client_id: unit.clientId, client_secret: unit.clientSecret, ...keys },
  });
  const { access_token: bearer } = (await token.json()) as { access_token: string };
  const answer = await fetch(`${shop.sandbox.url}/webhooks/v1/webhooks`, { headers: { Authorization: `Bearer ${bearer}`, ...keys } });
  return ((await answer.json()) as { webhooks: { url: string; events: string[] }[] }).webhooks;
}
