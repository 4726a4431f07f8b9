/**
 * eCom calls back by itself, at the address that a payment was created with. For registers that sell through head office that
 * is head office's own, one for each register, with a token that proves it; the payment's reference goes to the register that
 * waits, and nothing else in a callback is read.
 */
import type { FastifyInstance } from 'fastify';
import { sameText } from '../../app/vipps/webhooks/signature.ts';
import type { Events } from './events.ts';
import type { Office, Register } from './office.ts';

type Named = Pick<Register, 'storeId' | 'registerId'>;

/** The provider insists on an address, also where nobody is there to be called. */
const NOWHERE = 'https://example.invalid/tillit-polls-instead';
const MOST_BYTES = 65_536;

/** What is bound into a register's token. */
const ownerOf = ({ storeId, registerId }: Named): string => `callbacks of ${storeId}-${registerId}`;

/** What eCom's creation says about callbacks for this register. */
export function callbackPlace(
  office: Office,
  publicUrl: string | null,
  register: Named,
): { readonly callbackPrefix: string; readonly authToken?: string } {
  if (publicUrl === null) return { callbackPrefix: NOWHERE };
  const [authToken = ''] = office.vault().proofs(ownerOf(register));
  return { callbackPrefix: `${publicUrl.replace(/\/+$/, '')}/callbacks/${register.storeId}-${register.registerId}`, authToken };
}

/** Adds the address. Whoever cannot prove who they are learns nothing. */
export function takeCallbacks(server: FastifyInstance, office: Office, events: Events): void {
  server.post('/callbacks/:register/v2/payments/:reference', { bodyLimit: MOST_BYTES }, async (request, reply) => {
    const { register, reference } = request.params as { readonly register: string; readonly reference: string };
    const [storeId = '', registerId = ''] = register.split('-');
    const given = request.headers.authorization ?? '';
    const isProven = office
      .vault()
      .proofs(ownerOf({ storeId, registerId }))
      .some((proof) => sameText(proof, given));
    if (!isProven) return reply.status(401).send();
    if (/^[A-Za-z0-9-]{8,50}$/.test(reference) && reference.startsWith(`${storeId}-${registerId}-`)) await events.tell(reference);
    return reply.status(200).send();
  });
}
