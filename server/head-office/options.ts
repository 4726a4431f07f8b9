/** The command line of `npm run head-office`. */
import { parseArgs } from 'node:util';

/** The command line is not understood. The message says what is wrong and how it should be. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const USAGE = `npm run head-office -- serve       --data DIR [--port N] [--host ADDRESS] [--tls-cert FILE --tls-key FILE]
                                   [--public-url URL]                 where the provider reaches it, for webhooks
npm run head-office -- put-unit    --data DIR --unit ID --name NAME --way partner|store|shared --msn N --api ecom|epayment
                                   --base-url URL [--keys FILE] [--key-set ID]
npm run head-office -- put-store   --data DIR --store ID --name NAME [--unit ID|--no-unit] [--currency NOK|DKK|EUR]
                                   [--register ID]                    what is not said of a store that is there stays as it is
npm run head-office -- close-store --data DIR --store ID [--refunds-until DATE] [--by NAME]
                                   nobody refunds for it, or other stores do to the end of that day; said again it changes that
npm run head-office -- open-store  --data DIR --store ID [--by NAME]       opens a closed store again
npm run head-office -- enrol       --data DIR --store ID --register ID     prints a code, good once and for a day
npm run head-office -- revoke      --data DIR --store ID --register ID     ends a register's keys and codes
npm run head-office -- limit       --data DIR --store ID --register ID [--refund-ore N] [--day-ore N]
npm run head-office -- put-user    --data DIR --name NAME --role reader|manager
                                   lets a person in to the page; the password is asked for, or is the first line of standard input
npm run head-office -- remove-user --data DIR --name NAME                  and not any more
npm run head-office -- withdraw    --data DIR --refund ID --by NAME --reason TEXT   frees what a register left reserved
npm run head-office -- history     --data DIR --refund ID                  who did what with a refund, when and why
npm run head-office -- open        --data DIR                              refunds that are not over, and alarms
npm run head-office -- settlement  --data DIR --from DATE --to DATE        who refunded how much for whom, as CSV
npm run head-office -- publish-catalogue|publish-prices|publish-operators --data DIR --file FILE [--stores ID,ID]
                                   [--from 2026-12-01T06:00] [--by NAME] [--skip-bad]   sends it to the registers
npm run head-office -- drop-articles --data DIR --articles N,N|--file FILE [--stores ID,ID]
                                   [--from 2026-12-01T06:00] [--by NAME] [--skip-bad]   registers sell them no more
npm run head-office -- unpublish   --data DIR --version N [--by NAME]      takes it back
npm run head-office -- published   --data DIR                              what was published, by whom
npm run head-office -- backup      --data DIR --to-file FILE              a copy of the SQLite database, while it is in use
npm run head-office -- rotate-keys --data DIR                              seals all keys under the newest key

The database is head-office.db in DIR, or PostgreSQL where DATABASE_URL says so. The key that the sales units' keys are kept
under is TILLIT_HEAD_OFFICE_KEY, or the file head-office.key in DIR.`;

const OPTIONS = {
  data: { type: 'string' },
  port: { type: 'string' },
  host: { type: 'string' },
  'tls-cert': { type: 'string' },
  'tls-key': { type: 'string' },
  'public-url': { type: 'string' },
  unit: { type: 'string' },
  name: { type: 'string' },
  way: { type: 'string' },
  msn: { type: 'string' },
  api: { type: 'string' },
  'base-url': { type: 'string' },
  keys: { type: 'string' },
  'key-set': { type: 'string' },
  store: { type: 'string' },
  currency: { type: 'string' },
  register: { type: 'string' },
  role: { type: 'string' },
  refund: { type: 'string' },
  reason: { type: 'string' },
  'refunds-until': { type: 'string' },
  'to-file': { type: 'string' },
  'refund-ore': { type: 'string' },
  'day-ore': { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  file: { type: 'string' },
  articles: { type: 'string' },
  stores: { type: 'string' },
  by: { type: 'string' },
  version: { type: 'string' },
  'skip-bad': { type: 'boolean' },
  'no-unit': { type: 'boolean' },
} as const;

type FlagName = 'skip-bad' | 'no-unit';
export type OptionName = Exclude<keyof typeof OPTIONS, FlagName>;
type Values = Readonly<Partial<Record<OptionName, string> & Record<FlagName, boolean>>>;

/** The action, and what was said about it. */
export class Said {
  readonly action: string;
  readonly #values: Values;

  constructor(action: string, values: Values) {
    this.action = action;
    this.#values = values;
  }

  /** `null` when it was not said. */
  get(name: OptionName): string | null {
    const value = this.#values[name];
    return value === undefined || value === '' ? null : value;
  }

  /** @throws UsageError when it was not said. */
  must(name: OptionName): string {
    const value = this.get(name);
    if (value === null) throw new UsageError(`--${name} is missing.\n\n${USAGE}`);
    return value;
  }

  /** One line that is not empty. @throws UsageError */
  line(name: OptionName, most: number): string {
    const value = this.must(name).trim();
    if (value === '' || value.length > most || !value.isWellFormed() || /\p{Cc}/u.test(value))
      throw new UsageError(`--${name} must be one line of at most ${most} characters.`);
    return value;
  }

  /** @throws UsageError when it is none of them. */
  oneOf<Choice extends string>(name: OptionName, choices: readonly Choice[], otherwise: Choice | null = null): Choice {
    const value = this.get(name) ?? otherwise ?? this.must(name);
    const choice = choices.find((each) => each === value);
    if (choice === undefined) throw new UsageError(`--${name} must be ${choices.join(' or ')}, not "${value}".`);
    return choice;
  }

  /** A whole number from 0 on; `null` when it was not said. @throws UsageError */
  number(name: OptionName, most: number): number | null {
    const value = this.get(name);
    if (value === null) return null;
    if (!/^\d{1,15}$/.test(value) || Number(value) > most)
      throw new UsageError(`--${name} must be a whole number up to ${most}, not "${value}".`);
    return Number(value);
  }

  /** Whether a flag was set. */
  has(name: FlagName): boolean {
    return this.#values[name] === true;
  }

  /** A time on the shops' own clocks, `2026-12-01T06:00`; a day alone is its beginning. `null` when it was not said. @throws UsageError */
  localTime(name: OptionName): string | null {
    const value = this.get(name);
    if (value === null) return null;
    const [, date = '', time = '00:00'] = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}))?$/.exec(value) ?? [];
    const atMs = Date.parse(`${date}T${time}:00Z`);
    // A day that its month does not have is taken for one of the next month.
    if (Number.isNaN(atMs) || !new Date(atMs).toISOString().startsWith(date)) {
      throw new UsageError(`--${name} must be a time such as 2026-12-01T06:00, not "${value}".`);
    }
    return `${date}T${time}`;
  }

  /** A date, `YYYY-MM-DD`. @throws UsageError */
  date(name: OptionName): string {
    const value = this.must(name);
    if (!/^\d{4}-\d{2}-\d{2}$/.test(value) || Number.isNaN(Date.parse(value))) {
      throw new UsageError(`--${name} must be a date such as 2026-11-21, not "${value}".`);
    }
    return value;
  }
}

/** Reads the arguments after the program's name. @throws UsageError */
export function readOptions(args: readonly string[]): Said {
  let parsed: { values: Values; positionals: string[] };
  try {
    parsed = parseArgs({ args: [...args], options: OPTIONS, strict: true, allowPositionals: true });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? (error.message.split('. ')[0] ?? '') : ''}.\n\n${USAGE}`);
  }
  const [action = 'serve', ...rest] = parsed.positionals;
  if (rest.length > 0) throw new UsageError(`"${rest[0]}" is one word too many.\n\n${USAGE}`);
  return new Said(action, parsed.values);
}
