const hosts = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Whether an address is on this very machine: the only ones the sandbox ever sends anything to. */
export function isLoopback(url: URL): boolean {
  return (url.protocol === 'http:' || url.protocol === 'https:') && hosts.has(url.hostname);
}
