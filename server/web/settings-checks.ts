/** The checks that reach out: a token from the provider, a test page from the printer. */
import { fill } from '../../app/text/screen.ts';
import type { SettingsTexts } from '../../app/text/settings.ts';
import type { Configuration } from '../../app/till/configuration.ts';
import type { Clock, HttpSend, Log, Printer } from '../../app/till/ports.ts';
import type { SalesUnitKeys } from '../../app/vipps/headers.ts';
import { createRedact } from '../../app/vipps/secrets.ts';
import { createTokenSource } from '../../app/vipps/token.ts';
import { encodeDocument } from '../../hardware/printer/encode.ts';
import { SOFTWARE } from './software.ts';

export interface CheckFound {
  readonly works: boolean;
  readonly message: string;
}

/** Fetches a token with these keys: it has no effect on any payment, and wrong keys are refused at once. */
export async function checkProvider(options: {
  readonly keys: SalesUnitKeys;
  readonly send: HttpSend;
  readonly clock: Clock;
  readonly log: Log;
  readonly words: SettingsTexts['service'];
}): Promise<CheckFound> {
  const { keys, words, clock } = options;
  const source = createTokenSource({
    ...options,
    system: { systemName: SOFTWARE.name, systemVersion: SOFTWARE.version },
    redact: createRedact([keys.clientSecret, keys.subscriptionKey]),
  });
  const startedMs = clock.monotonicMs();
  const answer = await source.get();
  if (answer.kind === 'ok') {
    return { works: true, message: fill(words.providerGood, { ms: String(Math.round(clock.monotonicMs() - startedMs)) }) };
  }
  const { httpStatus, code } = answer.error;
  if (httpStatus !== null && [400, 401, 403].includes(httpStatus)) {
    return { works: false, message: fill(words.providerBad, { status: String(httpStatus) }) };
  }
  const silent = code === 'not-sent' || code === 'lost';
  return { works: false, message: silent ? words.providerSilent : words.providerOdd };
}

/** Prints a page that is no receipt: nothing is sold, and nothing stands in the journal. */
export async function printTestPage(options: {
  readonly configuration: Configuration;
  readonly printer: Pick<Printer, 'print'>;
  readonly words: SettingsTexts['service'];
}): Promise<CheckFound> {
  const { configuration, printer, words } = options;
  const bytes = encodeDocument(
    {
      series: 'training',
      title: words.testTitle,
      blocks: [
        { kind: 'mark', text: words.testTitle },
        { kind: 'text', text: configuration.shop.name, align: 'center', bold: true },
        { kind: 'text', text: configuration.register.name, align: 'center' },
        { kind: 'rule' },
        { kind: 'text', text: words.testLine, align: 'left' },
        { kind: 'rule' },
      ],
    },
    { columns: configuration.printer.columns },
  );
  const outcome = await printer.print(bytes);
  switch (outcome.kind) {
    case 'printed':
      return { works: true, message: words.printerGood };
    case 'not-printed':
      return { works: false, message: words.printerTroubles[outcome.reason] };
    case 'unknown':
      return { works: false, message: words.printerUnsure };
  }
}
