/** What an error means for whoever sent the request: `final` and `retryable` are known to have had no effect; `unknown` may have had one. */
export type ErrorClass = 'final' | 'retryable' | 'unknown';
