/** Hears what other processes tell over PostgreSQL's own channel, on a connection of its own that is made again when it breaks. */
import pg from 'pg';

const AGAIN_AFTER_MS = 1_000;

/** Resolves once it hears. @returns what ends it. The first connection's failure is thrown; later ones are made good. */
export async function listenTo(url: string, channel: string, hear: (message: string) => void): Promise<() => Promise<void>> {
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | null = null;
  let ended = false;

  async function connect(): Promise<void> {
    const next = new pg.Client({ connectionString: url, application_name: 'tillit-head-office-events' });
    client = next;
    next.on('notification', ({ payload }) => {
      if (payload !== undefined) hear(payload);
    });
    // Said by `end` as well; without a listener it would end the program.
    next.on('error', () => undefined);
    next.once('end', again);
    await next.connect();
    await next.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
  }

  function again(): void {
    if (ended || timer !== null) return;
    timer = setTimeout(() => {
      timer = null;
      connect().catch(again);
    }, AGAIN_AFTER_MS);
  }

  await connect();
  return async () => {
    ended = true;
    if (timer !== null) clearTimeout(timer);
    await client?.end();
  };
}
