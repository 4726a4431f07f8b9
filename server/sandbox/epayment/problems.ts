import { randomUUID } from 'node:crypto';
import { Refusal } from '../gateway/refusal.ts';

/** Status and title of every error the API has a code for. The seven that only its test environment has begin with 100. */
const problems = {
  3010: [500, 'Internal error'],
  4010: [409, 'Capture idempotency conflict'],
  4020: [409, 'Idempotency error'],
  4040: [400, 'Invalid amount'],
  4050: [400, 'Invalid CustomerToken'],
  4060: [400, 'Invalid PersonalQr'],
  4070: [400, 'Invalid phone number'],
  4080: [400, 'Invalid scope'],
  4090: [400, 'Invalid URL'],
  4100: [400, 'Metadata capacity exceeded'],
  4110: [400, 'Metadata duplicate keys'],
  4120: [400, 'Metadata key too long'],
  4130: [400, 'Metadata value too long'],
  4140: [400, 'Missing required parameter'],
  4150: [409, 'Idempotency error'],
  4160: [400, 'Invalid payment method type'],
  5010: [400, 'Blocking sources not applicable'],
  5020: [400, 'Express payment not allowed'],
  5030: [400, 'Illegal scope'],
  5040: [400, 'Invalid currency for merchant'],
  5050: [400, 'Long-living payment not allowed'],
  5060: [400, 'Merchant bank account not verified'],
  5070: [400, 'Payment cannot be created'],
  5080: [400, 'PUSH_MESSAGE flow not allowed'],
  5090: [404, 'Reference not found'],
  5100: [400, 'Refund not possible'],
  6010: [400, 'Amount too small'],
  6020: [400, 'Attempted refund before reservation'],
  6030: [400, 'Cancel period expired'],
  6040: [400, 'Cannot cancel a captured payment'],
  6050: [400, 'Cannot cancel a non-reserved payment'],
  6060: [400, 'Cannot cancel authorized payment'],
  6070: [400, 'Cannot capture a cancelled payment'],
  6080: [400, 'Cannot capture before reservation'],
  6090: [400, 'Capture amount too high'],
  6100: [400, 'Capture period expired'],
  6110: [400, 'Expiration date too late'],
  6120: [400, 'Expiration date too soon'],
  6130: [400, 'Long living payments require a receipt'],
  6140: [400, 'Must capture full amount'],
  6150: [400, 'Not enough refundable'],
  6160: [423, 'Order processing'],
  6170: [400, 'Payment already captured'],
  6180: [400, 'Payment already refunded'],
  6190: [400, 'Payment cannot be cancelled'],
  6200: [400, 'Payment cannot be captured'],
  6210: [400, 'Payment cannot be refunded'],
  6220: [400, 'Refund period expired'],
  6230: [400, 'Payment is already reserved'],
  6250: [400, 'Cannot cancel processing payment'],
  6260: [400, 'Funds unavailable'],
  6280: [400, 'Capture failed, try again later'],
  7010: [400, 'Customer not found'],
  10010: [400, 'Approve failed'],
  10020: [400, 'Approve not allowed'],
  10030: [400, 'Identification required'],
  10040: [400, 'Invalid payment source'],
  10050: [400, 'No cards'],
  10060: [400, 'Operation not supported'],
  10070: [400, 'Payment limit exceeded'],
} as const satisfies Readonly<Record<number, readonly [number, string]>>;

export type ProblemCode = keyof typeof problems;

/** Every code there is, as text. */
export const problemCodes: readonly string[] = Object.keys(problems);

export function isProblemCode(code: string): boolean {
  return problemCodes.includes(code);
}

const contentType = { 'content-type': 'application/problem+json; charset=utf-8' };

function problem(status: number, title: string, detail: string, extraDetails: readonly { name: string; reason: string }[]): Refusal {
  const traceId = `00-${randomUUID().replaceAll('-', '')}-${randomUUID().slice(0, 8)}00000000-00`;
  return new Refusal(status, { type: `https://httpstatuses.io/${status}`, title, detail, status, traceId, extraDetails }, contentType);
}

/** A refusal with its own code in `extraDetails`, which is where the API keeps an error's identity. */
export function refusedWith(code: ProblemCode, detail: string): Refusal {
  const [status, title] = problems[code];
  return problem(status, title, detail, [{ name: 'ErrorCode', reason: String(code) }]);
}

/** The same for a code that comes as text; one that the API does not have is a `RangeError`. */
export function refusedWithCode(code: string): Refusal {
  const known = (Object.keys(problems) as unknown as ProblemCode[]).find((each) => String(each) === code);
  if (known === undefined) throw new RangeError(`the API has no error ${code}`);
  return refusedWith(known, `${problems[known][1]}.`);
}

/** A field that breaks the request's form. It has no code of its own, only the field's name. */
export function invalidField(name: string, reason: string): Refusal {
  return problem(400, 'Bad Request', 'One or more validation errors occurred.', [{ name, reason }]);
}

/** A sales unit that may not take payments at all. */
export function forbidden(detail: string): Refusal {
  return problem(403, 'Forbidden', detail, []);
}

/** A body that is not JSON, or not an object. */
export function unreadableBody(): Refusal {
  return problem(400, 'Bad Request', 'The request body is not valid JSON.', []);
}

export function referenceNotFound(reference: string, msn: string): Refusal {
  return refusedWith(5090, `The reference ${reference} does not exist for MSN ${msn}`);
}
