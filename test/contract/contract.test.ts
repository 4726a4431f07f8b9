import { describe, expect, it } from 'vitest';
import { hasCodes, ourErrorsAreThePublishedOnes, sandboxKnowsEveryCode } from './codes-suite.ts';
import { Contract, type Exchange } from './contract.ts';
import { loadDocuments, readDocument } from './documents.ts';
import { errata, gatewayErratum } from './errata.ts';
import { ourDoctorRequestsKeepTheContract } from './our-doctor-requests-suite.ts';
import { ourRequestsKeepTheContract } from './our-requests-suite.ts';
import { ourShopRequestsKeepTheContract } from './our-shop-requests-suite.ts';
import { sandboxKeepsTheContract } from './sandbox-suite.ts';

/** A document small enough to be read at a glance. */
const small = `
openapi: 3.0.0
servers:
  - url: https://example.com/shop
paths:
  /loaves/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: string, pattern: '^[a-z]+$' } }
      - { name: Shop-Key, in: header, required: true, schema: { type: string, maxLength: 4 } }
      - { name: slices, in: query, schema: { type: integer, minimum: 1 } }
    put:
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Loaf' } } } }
      responses:
        '200': { content: { application/json: { schema: { $ref: '#/components/schemas/Loaf' } } } }
components:
  schemas:
    Loaf:
      type: object
      required: [grams]
      properties:
        grams: { type: integer }
        name: { type: string, nullable: true }
`;
const good: Exchange = {
  method: 'PUT',
  path: '/shop/loaves/rye?slices=12',
  headers: { 'shop-key': 'abcd', 'content-type': 'application/json; charset=utf-8' },
  body: '{"grams":750,"name":null}',
  status: 200,
  answerType: 'application/json',
  answer: '{"grams":750}',
};
const contract = new Contract([readDocument('webhooks.yaml', small)]);

describe('the check itself', () => {
  it('finds nothing in what is as it is written', () => {
    expect(contract.check(good)).toEqual({ operation: 'webhooks.yaml PUT /shop/loaves/{id}', request: [], answer: [] });
  });

  it.each<[string, Partial<Exchange>, string]>([
    ['a header that is missing', { headers: { 'content-type': 'application/json' } }, 'Shop-Key is missing'],
    ['a header that is too long', { headers: { ...good.headers, 'shop-key': 'abcde' } }, 'Shop-Key'],
    ['a name in the path', { path: '/shop/loaves/RYE' }, 'the path id'],
    ['a query that is no number', { path: '/shop/loaves/rye?slices=many' }, 'the query slices'],
    ['a body that is missing', { body: '' }, 'the body is missing'],
    ['a body of another type', { headers: { ...good.headers, 'content-type': 'text/plain' } }, 'text/plain'],
    ['a field of another type', { body: '{"grams":"750"}' }, 'must be integer'],
  ])('finds %s', (_what, change, said) => {
    expect(contract.check({ ...good, ...change }).request.join()).toContain(said);
  });

  it.each<[string, Partial<Exchange>, string]>([
    ['a status that is not written down', { status: 418 }, '418'],
    ['an answer of another type', { answerType: 'text/html' }, 'text/html'],
    ['an answer that is not JSON', { answer: '<html>' }, 'not JSON'],
    ['an answer without a field', { answer: '{}' }, 'grams'],
  ])('finds %s', (_what, change, said) => {
    expect(contract.check({ ...good, ...change }).answer.join()).toContain(said);
  });

  it('says when no document has the path', () => {
    expect(contract.check({ ...good, path: '/elsewhere' }).operation).toBeNull();
  });
});

describe('the errata', () => {
  it('each have a reason that can be read', () => {
    for (const erratum of errata) expect(erratum.reason).toMatch(/^[A-Z].{30,}\.$/);
  });
});

if (hasCodes()) {
  sandboxKnowsEveryCode();
  ourErrorsAreThePublishedOnes();
} else {
  console.warn('The provider’s lists of errors are not beside the checkout: our copy of them is not held against them.');
}

const documents = loadDocuments();
if (documents === null) {
  console.warn('The provider’s documents are not beside the checkout: the sandbox and our requests are not held against them.');
} else {
  describe('each erratum', () => {
    it.each([...errata, gatewayErratum])('is where it says: $file:$line', ({ file, line, quote }) => {
      const document = documents.find((each) => each.file === file);
      expect(document?.lines[line - 1]?.trim()).toBe(quote);
    });

    it.each(errata)('changes what is read: $file:$line', ({ file, amend }) => {
      const document = documents.find((each) => each.file === file);
      const content = structuredClone(document?.content ?? {});
      amend(content);
      expect(content).not.toEqual(document?.content);
    });
  });
  sandboxKeepsTheContract(documents);
  ourRequestsKeepTheContract(documents);
  ourShopRequestsKeepTheContract(documents);
  ourDoctorRequestsKeepTheContract(documents);
}
