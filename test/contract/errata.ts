import { type ApiDocument, type FileName, isJsonObject, type Json, type JsonObject } from './documents.ts';

/** A place where one of the provider's documents is wrong about the provider, and what it must say instead. */
export interface Erratum {
  readonly file: FileName;
  readonly line: number;
  /** What stands on that line, so that a newer document is noticed. */
  readonly quote: string;
  readonly reason: string;
  /** Puts it right. */
  readonly amend: (content: JsonObject) => void;
}

/** The object at a place in a document. A place that does not exist is an `Error`: the erratum is out of date. */
function at(content: JsonObject, ...names: readonly string[]): JsonObject {
  let found: Json | undefined = content;
  for (const name of names) found = isJsonObject(found) ? found[name] : undefined;
  if (!isJsonObject(found)) throw new Error(`there is no ${names.join(' / ')} in the document any more`);
  return found;
}

const operation = (content: JsonObject, path: string, method: string): JsonObject => at(content, 'paths', path, method);

export const errata: readonly Erratum[] = [
  {
    file: 'access-token.yaml',
    line: 175,
    quote: 'format: byte',
    reason: 'The token is a JWT: base64url in three parts with dots between, which is not the base64 that `byte` means.',
    amend: (content) => {
      delete at(content, 'components', 'schemas', 'AuthorizationTokenResponse', 'properties', 'access_token').format;
    },
  },
  {
    file: 'ecom.yaml',
    line: 802,
    quote: '- REJECTED',
    reason: 'The callback also says RESERVE_FAILED and SALE_FAILED, as the guide has it; the list leaves them out.',
    amend: (content) => {
      const status = at(content, 'components', 'schemas', 'CallbackTransactionInfoRegular', 'properties', 'status');
      status.enum = ['RESERVED', 'SALE', 'RESERVE_FAILED', 'SALE_FAILED', 'CANCELLED', 'REJECTED'];
    },
  },
  {
    file: 'epayment.yaml',
    line: 232,
    quote: 'oneOf:',
    reason: 'None of the three ways to name a customer requires its own field, so each of them fits all three and "one of" never holds.',
    amend: (content) => {
      at(content, 'components', 'schemas', 'CustomerPhoneNumber').required = ['phoneNumber'];
      at(content, 'components', 'schemas', 'PersonalQrCode').required = ['personalQr'];
      at(content, 'components', 'schemas', 'CustomerToken').required = ['customerToken'];
    },
  },
  {
    file: 'epayment.yaml',
    line: 853,
    quote: '- paymentAction',
    reason: 'A payment event has a `name`; a field `paymentAction` does not exist.',
    amend: (content) => {
      const event = at(content, 'components', 'schemas', 'PaymentEvent');
      event.required = ['reference', 'pspReference', 'name', 'amount', 'timestamp', 'success'];
    },
  },
  {
    file: 'epayment.yaml',
    line: 1049,
    quote: 'application/problem+json:',
    reason: 'A capture, cancel or refund that is done is not a problem: its answer is application/json.',
    amend: (content) => {
      const response = at(content, 'components', 'responses', 'AdjustResponse');
      response.content = { 'application/json': at(response, 'content', 'application/problem+json') };
    },
  },
  {
    file: 'epayment.yaml',
    line: 112,
    quote: 'operationId: cancelPayment',
    reason: 'A cancel may have a body with `cancelTransactionOnly`; the document knows none.',
    amend: (content) => {
      const schema = { type: 'object', properties: { cancelTransactionOnly: { type: 'boolean' } }, additionalProperties: false };
      operation(content, '/epayment/v1/payments/{reference}/cancel', 'post').requestBody = {
        content: { 'application/json': { schema } },
      };
    },
  },
  {
    file: 'epayment.yaml',
    line: 76,
    quote: 'operationId: getPayment',
    reason: 'A reference that does not exist is a 404 when it is read, as everywhere else; only 200 is written down.',
    amend: (content) => {
      const capture = at(operation(content, '/epayment/v1/payments/{reference}/capture', 'post'), 'responses');
      for (const path of ['/epayment/v1/payments/{reference}', '/epayment/v1/payments/{reference}/events']) {
        at(operation(content, path, 'get'), 'responses')['404'] = capture['404'] ?? null;
      }
    },
  },
];

/** Where a document names what the gateway in front of all the APIs says by itself. */
export const gatewayErratum = {
  file: 'ecom.yaml',
  line: 1753,
  quote: "- $ref: '#/components/schemas/ErrorFromAzure'",
  reason:
    'The gateway answers 401, 403, 415 and 429 in three shapes, whichever API is asked; the documents know one of them, in eCom, or leave the status out.',
} as const;

const gatewayShapes = [
  ['statusCode', 'message'],
  ['errorCode', 'errorMessage', 'contextId'],
  ['responseInfo', 'result'],
];

/** Whether this is the gateway's own answer and not an API's. */
export function isGatewayAnswer(status: number, answer: string): boolean {
  if (![401, 403, 415, 429].includes(status)) return false;
  const body = JSON.parse(answer) as Json;
  return isJsonObject(body) && gatewayShapes.some((names) => Object.keys(body).sort().join() === [...names].sort().join());
}

/** The documents with every erratum put right. */
export function amended(documents: readonly ApiDocument[]): readonly ApiDocument[] {
  return documents.map((document) => {
    const content = structuredClone(document.content);
    for (const erratum of errata) if (erratum.file === document.file) erratum.amend(content);
    return { ...document, content };
  });
}
