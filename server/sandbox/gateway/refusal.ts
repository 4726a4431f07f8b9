/** An answer other than success, ready to be sent: the status, the body in the provider's shape, extra headers. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
  constructor(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) {
    super(`refused with ${status}`);
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** The shape of whatever stands in front of all the APIs: `{statusCode, message}`. */
export function gatewayRefusal(status: number, message: string, headers: Readonly<Record<string, string>> = {}): Refusal {
  return new Refusal(status, { statusCode: status, message }, headers);
}

export function missingSubscriptionKey(): Refusal {
  return gatewayRefusal(
    401,
    'Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API.',
  );
}

export function invalidSubscriptionKey(): Refusal {
  return gatewayRefusal(401, 'Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription.');
}

/** A token that is missing, spelled wrong, made up or too old. */
export function unauthorized(message: string): Refusal {
  return new Refusal(401, { responseInfo: { responseCode: 401, responseMessage: 'Unauthorized' }, result: { message } });
}

/** Valid keys that do not belong together, or not to that sales unit. */
export function keysDoNotMatch(errorMessage: string, contextId: string): Refusal {
  return new Refusal(401, { errorCode: 'Unauthorized', errorMessage, contextId });
}

export function tooManyRequests(retryAfterSeconds: number): Refusal {
  return gatewayRefusal(429, `Rate limit is exceeded. Try again in ${retryAfterSeconds} seconds.`, {
    'retry-after': String(retryAfterSeconds),
  });
}
