import { randomUUID } from 'node:crypto';
import { Refusal } from './refusal.ts';

const contentType = { 'content-type': 'application/problem+json; charset=utf-8' };

/** A plain RFC 7807 problem, as the Report and Management APIs answer. */
export function plainProblem(status: number, title: string, detail: string): Refusal {
  const instance = `urn:uuid:${randomUUID()}`;
  return new Refusal(status, { type: `https://httpstatuses.io/${status}`, title, status, detail, instance }, contentType);
}

interface InvalidParam {
  readonly name: string;
  readonly reason: string;
}

/** An error of the QR and Order Management APIs. */
export function validationError(status: number, title: string, detail: string, invalidParams: readonly InvalidParam[] = []): Refusal {
  return new Refusal(status, {
    type: 'https://datatracker.ietf.org/doc/html/rfc7231#section-6.5.1',
    title,
    detail,
    instance: randomUUID(),
    ...(invalidParams.length === 0 ? {} : { invalidParams }),
  });
}

/** A content type that the QR API does not take. */
export function unsupportedMediaType(detail: string): Refusal {
  return validationError(415, 'Unsupported media type', detail);
}

/** Fields that break the request's form, all of them at once. */
export function invalidParams(params: readonly InvalidParam[]): Refusal {
  return validationError(400, 'One or more validation errors occurred.', 'BadRequest', params);
}
