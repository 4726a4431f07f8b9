/**
 * A register's configuration: one JSON file, validated with sentences that name the field.
 * Secrets may stand in the file, or be read from the environment or another file (`{"fromEnv": "NAME"}`).
 */
import { z } from 'zod';
import { drawerSchema, logoSchema, printerSchema, scannerSchema } from './device-configuration.ts';
import { issueSentence, sayIssue } from './issue-text.ts';

/** `https://` anywhere, `http://` on this machine only: keys never travel in the clear. */
export function isSafeProviderAddress(address: string): boolean {
  const match = /^(https?):\/\/(\[[0-9a-f:]+\]|[^/:?#@\s]+)(:\d{1,5})?(\/[^?#\s]*)?$/i.exec(address);
  if (match === null) return false;
  if (match[1]?.toLowerCase() === 'https') return true;
  const host = (match[2] ?? '').toLowerCase();
  return host === 'localhost' || host === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}

/** One line for people: no half characters, which a journal cannot keep, and nothing that a printer or a screen would obey. */
const line = (most: number) =>
  z
    .string()
    .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), 'must be one line of whole characters')
    .trim()
    .max(most);

/** The provider's own two addresses. Any other may be a relay, of which nobody here knows where it leads. */
const ENVIRONMENT_OF_HOST: ReadonlyMap<string, 'test' | 'production'> = new Map([
  ['apitest.vipps.no', 'test'],
  ['api.vipps.no', 'production'],
]);

/** What the screens and the paper say about money must be true of the address that it is asked for at. */
function isOwnEnvironment({ environment, baseUrl }: { readonly environment: string; readonly baseUrl: string }): boolean {
  const host = /^https:\/\/([^/:]+)/i.exec(baseUrl)?.[1]?.toLowerCase() ?? '';
  return (ENVIRONMENT_OF_HOST.get(host) ?? environment) === environment;
}

const fromEnv = z.strictObject({ fromEnv: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be the name of an environment variable') });
const fromFile = z.strictObject({ fromFile: z.string().min(1) });
const SECRET_PROBLEM = 'must be the key itself, in quotes, or {"fromEnv": "NAME"} or {"fromFile": "NAME"}';

const merchantSerialNumber = z.string().regex(/^\d{5,7}$/, 'must be 5 to 7 digits, in quotes');
const clientId = z.string().regex(/^[\x21-\x7e]+$/, 'must be one line of plain characters');
/** Where a customer's phone goes afterwards: the provider's own page. */
export const THANK_YOU_PAGE = 'https://www.vipps.no/thankyoupage/';

/** eCom insists on an address to call. */
export const NOBODY_TO_CALL = 'https://example.invalid/tillit-polls-instead';

const secret = z.union(
  [
    z.string().min(1),
    fromEnv,
    fromFile,
    /** Entered in the settings and kept by the key store. */
    z.strictObject({ fromKeyStore: z.literal(true) }),
  ],
  'must be the key itself, in quotes, or {"fromEnv": "NAME"}, {"fromFile": "NAME"} or {"fromKeyStore": true}',
);

const address = z.string().refine(isSafeProviderAddress, 'must be an https:// address, or http:// on this machine (localhost)');

/** What the provider can be told to call: `https://` on a port that it calls; `http://` on this machine for a sandbox on it. */
export function isCallable(publicUrl: string): boolean {
  const [, scheme = '', port] = /^(https?):\/\/[^/:?#@\s]+(?::(\d{1,5}))?(?:\/[\x21-\x7e]*)?$/i.exec(publicUrl) ?? [];
  if (scheme === '' || /[?#]/.test(publicUrl) || !isSafeProviderAddress(publicUrl)) return false;
  return scheme.toLowerCase() === 'http' || port === undefined || CALLED_PORTS.includes(Number(port));
}

/** The only ports that the provider calls back on. */
const CALLED_PORTS: readonly number[] = [443, 80, 8080];

/** Where the older of the provider's APIs takes payments: MobilePay's markets came after it. */
export const ECOM_MARKET = 'NO';

const ORG_NUMBERS = { NO: /^\d{9}$/, DK: /^\d{8}$/, FI: /^\d{7}-\d$/ } as const;

/** What both have: what the screens say of the money, and what the customer meets. */
const anyProvider = {
  environment: z.enum(['sandbox', 'test', 'production']),
  /** Which of the provider's APIs the sales unit is asked through. */
  api: z.enum(['ecom', 'epayment']).default('ecom'),
  /** Where the customer's phone goes afterwards: the shop's own page or the provider's thank-you page. */
  fallBack: z.string().startsWith('https://').default(THANK_YOU_PAGE),
  /** What the customer is asked to share with the shop (`name phoneNumber`), where the sales unit may ask. ePayment. */
  profileScope: line(100).min(1).optional(),
  /** Practice only: the page that plays the customer's phone. */
  phoneUrl: z.string().optional(),
};

/** A sales unit that the register asks itself. */
const ownProvider = z
  .strictObject({
    ...anyProvider,
    through: z.literal('keys').optional(),
    baseUrl: address,
    /** Whose keys these are: the shop's own, or its partner's, for which the sales unit's number says on whose behalf. */
    keys: z.enum(['merchant', 'partner']).default('merchant'),
    merchantSerialNumber,
    clientId,
    clientSecret: secret,
    subscriptionKey: secret,
    callbackPrefix: z.string().startsWith('https://').default(NOBODY_TO_CALL),
  })
  .refine(isOwnEnvironment, {
    path: ['environment'],
    message: 'does not fit "provider.baseUrl": https://apitest.vipps.no is "test", https://api.vipps.no is "production"',
  })
  .refine(({ keys, environment }) => keys === 'merchant' || environment !== 'test', {
    path: ['keys'],
    message: 'must be "merchant" in "test": the provider gives partner keys for production only',
  });

/** Head office asks for the register: number and keys are there, and none are here. */
const relayedProvider = z.strictObject({ ...anyProvider, through: z.literal('head-office') });

const providerSchema = z
  .discriminatedUnion('through', [ownProvider, relayedProvider], 'must be "keys" or "head-office"')
  .nullable()
  .default(null);

const shape = z.strictObject({
  shop: z.strictObject({
    name: line(60).min(1),
    address: z.array(line(60).min(1)).min(1).max(3),
    /** Nine digits in Norway; a Danish CVR number has eight, a Finnish business id looks like 1234567-8. */
    orgNumber: z.string().regex(/^(?:\d{8,9}|\d{7}-\d)$/, 'must be nine digits'),
    vatRegistered: z.boolean().default(true),
    /** AS, ASA and NUF print "Foretaksregisteret". */
    foretaksregisteret: z.boolean().default(false),
    market: z.enum(['NO', 'DK', 'FI']).default('NO'),
  }),
  /** Stands first in every reference, so that a chain sees whose sale it was. */
  store: z.strictObject({ id: z.string().regex(/^[a-z][a-z0-9]{1,11}$/, 'must be 2 to 12 small letters or digits, a letter first') }),
  register: z.strictObject({
    id: z.string().regex(/^[a-z0-9]{1,6}$/, 'must be 1 to 6 small letters or digits'),
    name: line(30).min(1),
  }),
  operators: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[A-Za-z0-9-]{1,12}$/, 'must be 1 to 12 letters, digits or -'),
        name: line(40).min(1),
        /** A manager may approve what a cashier may not do alone. */
        role: z.enum(['cashier', 'manager']).default('cashier'),
        /** What is kept of a manager's code. The settings make it; without one a manager can approve nothing. */
        pinHash: z
          .string()
          .regex(/^scrypt\$\d{1,2}\$\d\$\d\$[\w-]{22}\$[\w-]{43}$/, 'must be as the settings made it')
          .optional(),
      }),
    )
    .min(1)
    .refine((operators) => new Set(operators.map(({ id }) => id)).size === operators.length, 'must each have an id of their own'),
  language: z.strictObject({ cashier: z.enum(['nb', 'en']).default('nb'), customer: z.enum(['nb', 'en']).default('nb') }).prefault({}),
  /** Without it the register starts the sandbox and practises. */
  provider: providerSchema,
  /**
   * The sales unit for customers who are not there: the provider wants another one than the counter's. Through ePayment, in
   * the environment and at the address of `provider`. With a partner's keys its number is enough.
   */
  distance: z
    .strictObject({
      merchantSerialNumber,
      clientId: clientId.optional(),
      clientSecret: z.union([z.string().min(1), fromEnv, fromFile], SECRET_PROBLEM).optional(),
      subscriptionKey: z.union([z.string().min(1), fromEnv, fromFile], SECRET_PROBLEM).optional(),
      fallBack: z.string().startsWith('https://').default(THANK_YOU_PAGE),
    })
    .nullable()
    .default(null),
  qr: z
    .strictObject({
      /** `never` for shops that the provider has not approved to draw: then the customer waits for the picture. */
      drawQr: z.enum(['when-late', 'never']).default('when-late'),
      /** What the provider gives: a picture in pixels, one in vectors, or the content alone, which the register draws. */
      code: z.enum(['png', 'svg', 'target-url']).default('png'),
      size: z.number().int().min(100).max(2000).default(720),
    })
    .refine(({ drawQr, code }) => drawQr !== 'never' || code !== 'target-url', {
      path: ['code'],
      message: 'cannot be "target-url" while "qr.drawQr" is "never": what the provider gives then has to be drawn',
    })
    .prefault({}),
  printer: printerSchema,
  drawer: drawerSchema,
  scanner: scannerSchema,
  receipt: z
    .strictObject({
      footer: line(120).default('Takk for handelen!'),
      /** After a sale that was wholly paid with Vipps: ask whether the customer wants paper, or print without asking. */
      afterVipps: z.enum(['ask', 'print']).default('ask'),
      /** What was bought is shown beside the payment in the customer's own app. */
      inApp: z.boolean().default(true),
      logo: logoSchema,
    })
    .prefault({}),
  display: z
    .strictObject({
      /** Where the customer looks: a display of this machine, or a tablet that opened the customer's address. */
      customer: z.enum(['screen', 'tablet']).default('screen'),
      /** The machine's own name for the display; without one the program chooses. */
      screenId: z.string().min(1).max(120).nullable().default(null),
    })
    .prefault({}),
  /** What a cashier may take back alone, in minor units. */
  returns: z
    .strictObject({
      /** A manager approves what comes to more; `null`: nothing needs one. */
      approvalAboveOre: z.number().int().min(0).max(100_000_000).nullable().default(100_000),
      /** In a chain, while head office cannot be reached: the most that a manager may approve of what was paid in cash or by card. */
      offlineMostOre: z.number().int().min(0).max(100_000_000).default(50_000),
    })
    .prefault({}),
  /** For whoever has an address that the provider can reach: it tells at once what has happened. Without one the register polls. */
  reachable: z
    .strictObject({
      /** The address from outside, as the provider is told it. Left out only with a sandbox on this machine. */
      publicUrl: z
        .string()
        .max(120)
        .refine(isCallable, 'must be an https:// address without a query, on port 443, 80 or 8080')
        .nullable()
        .default(null),
      /** Where the register listens for what a proxy or tunnel passes on. 0: any free port. */
      port: z.number().int().min(0).max(65_535).default(8450),
      /** This machine only, unless the proxy stands on another. */
      host: z.string().min(1).max(100).default('127.0.0.1'),
      /** Customers who scan the register's sign: `ask` lets the cashier send them the amount, `at-once` sends it when a sale is open. */
      checkIns: z.enum(['off', 'ask', 'at-once']).default('off'),
    })
    .nullable()
    .default(null),
  /** The chain's head office; the register's own key is not here but with the journal (`docs/head-office.md`). */
  headOffice: z
    .strictObject({
      address,
      /** The certificate authority that the chain has of its own (PEM), for whoever has one. */
      caFile: z.string().min(1).optional(),
    })
    .nullable()
    .default(null),
  /** `false` until the guided first start has been gone through. */
  setUp: z.boolean().default(true),
  /** Imported at the first start, when the register has no articles yet. */
  catalogue: z.strictObject({ file: z.string().min(1) }).optional(),
});

/** A provider that is not on this machine must be told an address that it can call. */
const isToldWhere = ({ reachable, provider }: z.output<typeof shape>): boolean =>
  reachable === null || reachable.publicUrl !== null || provider === null || provider.environment === 'sandbox';

/** The keys of the sales unit for distance selling come together, or all are the partner's. */
function hasDistanceKeys({ distance, provider }: z.output<typeof shape>): boolean {
  if (distance === null) return true;
  const given = [distance.clientId, distance.clientSecret, distance.subscriptionKey].filter((key) => key !== undefined).length;
  return given === 3 || (given === 0 && ownProviderOf({ provider })?.keys === 'partner');
}

const isRelayed = ({ provider }: z.output<typeof shape>): boolean => provider?.through === 'head-office';

export const configurationSchema = shape
  .refine(({ distance, provider }) => distance === null || provider !== null, {
    path: ['distance'],
    message: 'needs "provider" beside it: its address and its environment are the same',
  })
  .refine(
    ({ distance, provider }) => distance === null || distance.merchantSerialNumber !== ownProviderOf({ provider })?.merchantSerialNumber,
    {
      path: ['distance', 'merchantSerialNumber'],
      message: "must be another sales unit than the counter's: the provider judges each by how it sells",
    },
  )
  .refine((all) => !isRelayed(all) || all.headOffice !== null, {
    path: ['headOffice'],
    message: 'is needed beside "provider.through": "head-office": where the register sells through',
  })
  .refine((all) => !isRelayed(all) || all.distance === null, {
    path: ['distance'],
    message: 'cannot be set while "provider.through" is "head-office": a register without keys has one sales unit, its store\'s',
  })
  .refine((all) => !isRelayed(all) || all.reachable === null, {
    path: ['reachable'],
    message: 'cannot be set while "provider.through" is "head-office": the provider calls head office, which tells the register',
  })
  .refine(hasDistanceKeys, {
    path: ['distance'],
    message: 'must have "clientId", "clientSecret" and "subscriptionKey"; with a partner\'s keys none of them',
  })
  .refine(isToldWhere, {
    path: ['reachable', 'publicUrl'],
    message: 'is needed: the https:// address that the provider is to call',
  })
  .refine(({ shop, provider }) => provider?.api !== 'ecom' || shop.market === ECOM_MARKET, {
    path: ['provider', 'api'],
    message: 'must be "epayment" in "DK" and "FI": eCom takes payments in Norway only',
  })
  .refine(({ shop }) => ORG_NUMBERS[shop.market].test(shop.orgNumber), {
    path: ['shop', 'orgNumber'],
    message: 'must be nine digits in Norway, the eight of a CVR number in Denmark, or a business id such as 1234567-8 in Finland',
  });

export type Configuration = z.output<typeof configurationSchema>;
export type OwnProvider = z.output<typeof ownProvider>;

/** The sales unit that the register asks itself; `null` where it practises, and where head office asks for it. */
export function ownProviderOf({ provider }: Pick<z.output<typeof shape>, 'provider'>): OwnProvider | null {
  return provider?.through === 'head-office' ? null : provider;
}

/** Reads a configuration. Problems are sentences, each with the field's name. */
export function parseConfiguration(value: unknown): { readonly configuration: Configuration } | { readonly problems: readonly string[] } {
  const parsed = configurationSchema.safeParse(value, { error: sayIssue });
  if (parsed.success) return { configuration: parsed.data };
  return {
    problems: parsed.error.issues.map((issue) => issueSentence(issue, 'the file')),
  };
}
