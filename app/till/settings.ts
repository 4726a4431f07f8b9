/**
 * The settings' contract: what a manager's page can ask, and what it gets. IPC and HTTP both speak it; every request is
 * parsed with `parseSettingsRequest`. No answer ever holds a secret: a page learns only whether one is kept.
 */
import { z } from 'zod';
import { isDate } from '../report/reconcile-day.ts';
import type { SettlementView } from '../report/settlement-view.ts';
import { isSafeProviderAddress } from './configuration.ts';
import { LANGUAGES } from './contract.ts';
import { countryOfOrgNumber, type OrgNumberMistake, orgNumberMistake, tidyOrgNumber } from './org-number.ts';
import { SECRET_NAMES, type SecretName, type SecretStoreTrouble } from './ports.ts';
import { type ChainView, chainRequests } from './settings-chain.ts';
import {
  type DevicesView,
  deviceChecks,
  deviceRequests,
  drawerSection,
  type HeardCode,
  printerSection,
  scannerSection,
} from './settings-devices.ts';
import { operatorsSection } from './settings-operators.ts';
import { reachableSection, type SignsView, signRequests } from './settings-signs.ts';

/** Words of a person, one line of whole characters. */
const line = (longest: number) =>
  z
    .string()
    .trim()
    .max(longest, 'too-long')
    .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), 'not-one-line');
const words = (longest: number) => line(longest).min(1, 'missing');
const MISTAKES: Readonly<Record<OrgNumberMistake, string>> = { 'not-nine-digits': 'not-nine-digits', 'bad-check-digit': 'bad-check-digit' };

const market = z.enum(['NO', 'DK', 'FI']);
const orgNumber = z
  .string()
  .max(40, 'not-nine-digits')
  .transform(tidyOrgNumber)
  .superRefine((text, context) => {
    // What is right in another country is for whoever knows the shop's.
    const country = countryOfOrgNumber(text) ?? 'NO';
    const mistake = country === 'NO' ? orgNumberMistake(text) : null;
    if (mistake !== null) context.addIssue({ code: 'custom', message: MISTAKES[mistake] });
  });
const baseUrl = z.string().trim().max(200, 'too-long').refine(isSafeProviderAddress, 'not-https');
const merchantSerialNumber = z
  .string()
  .trim()
  .regex(/^\d{5,7}$/, 'not-sales-unit');
/** A key travels in a header: one line of printable characters. */
const key = z
  .string()
  .trim()
  .min(1, 'missing')
  .max(400, 'too-long')
  .regex(/^[\x21-\x7e]+$/, 'not-a-key');

const limitOre = z.number('not-an-amount').int('not-an-amount').min(0, 'not-an-amount').max(100_000_000, 'not-an-amount');

const sectionSchemas = {
  shop: z.strictObject({
    name: words(60),
    address: z.array(words(60)).min(1, 'missing').max(3, 'too-long'),
    orgNumber,
    /** Chosen in the guided first start, and left out or the same from then on: the journal is kept in the country's currency. */
    market: market.optional(),
    vatRegistered: z.boolean(),
    foretaksregisteret: z.boolean(),
  }),
  register: z.strictObject({ name: words(30) }),
  operators: operatorsSection,
  languages: z.strictObject({ cashier: z.enum(LANGUAGES), customer: z.enum(LANGUAGES) }),
  /**
   * `practice` needs no keys: `address` is a sandbox's, `null` the built-in one. Neither does `head-office`, which has them; `money` is
   * what its sales unit takes. For the others both keys must be kept before it can be saved.
   */
  provider: z.discriminatedUnion('environment', [
    z.strictObject({ environment: z.literal('practice'), address: baseUrl.nullable().default(null) }),
    z.strictObject({
      environment: z.literal('head-office'),
      money: z.enum(['sandbox', 'test', 'production']),
      api: z.enum(['ecom', 'epayment']),
    }),
    z.strictObject({
      environment: z.enum(['test', 'production']),
      baseUrl,
      merchantSerialNumber,
      clientId: key,
      api: z.enum(['ecom', 'epayment']),
      keys: z.enum(['merchant', 'partner']),
    }),
  ]),
  printer: printerSection,
  drawer: drawerSection,
  scanner: scannerSection,
  display: z.strictObject({ customer: z.enum(['screen', 'tablet']), screenId: z.string().min(1).max(120).nullable() }),
  receipt: z.strictObject({ footer: line(120), afterVipps: z.enum(['ask', 'print']) }),
  /** In minor units; `null`: no return needs a manager for what it comes to. */
  returns: z.strictObject({ approvalAboveOre: limitOre.nullable(), offlineMostOre: limitOre }),
  reachable: reachableSection,
} as const;

export type { DifferenceView, SettlementView } from '../report/settlement-view.ts';
export type { ChainView } from './settings-chain.ts';
export type { SignsView } from './settings-signs.ts';

/** A day of the provider's, `YYYY-MM-DD`. */
const date = z.string().refine(isDate, 'not-a-day');

export const SECTIONS = [
  'shop',
  'register',
  'operators',
  'languages',
  'provider',
  'printer',
  'drawer',
  'scanner',
  'display',
  'receipt',
  'returns',
  'reachable',
] as const;
export type SectionName = (typeof SECTIONS)[number];
export type SectionValues = { readonly [Name in SectionName]: z.output<(typeof sectionSchemas)[Name]> };

const save = <Name extends SectionName, Schema extends (typeof sectionSchemas)[Name]>(section: Name, value: Schema) =>
  z.strictObject({ type: z.literal('save'), section: z.literal(section), value });

const saveSchema = z.discriminatedUnion('section', [
  save('shop', sectionSchemas.shop),
  save('register', sectionSchemas.register),
  save('operators', sectionSchemas.operators),
  save('languages', sectionSchemas.languages),
  save('provider', sectionSchemas.provider),
  save('printer', sectionSchemas.printer),
  save('drawer', sectionSchemas.drawer),
  save('scanner', sectionSchemas.scanner),
  save('display', sectionSchemas.display),
  save('receipt', sectionSchemas.receipt),
  save('returns', sectionSchemas.returns),
  save('reachable', sectionSchemas.reachable),
]);

const checkSchema = z.discriminatedUnion('what', [
  z.strictObject({ type: z.literal('check'), what: z.literal('org-number'), orgNumber, market: market.optional() }),
  /** Fetches a token. A key that is left out is the kept one. */
  z.strictObject({
    type: z.literal('check'),
    what: z.literal('provider'),
    baseUrl,
    merchantSerialNumber,
    clientId: key,
    clientSecret: key.optional(),
    subscriptionKey: key.optional(),
  }),
  ...deviceChecks,
  /** Shows each display its number. */
  z.strictObject({ type: z.literal('check'), what: z.literal('display') }),
  /** Everything at once, as it is saved; `probe`: with a test payment that is taken back. */
  z.strictObject({ type: z.literal('check'), what: z.literal('all'), probe: z.boolean() }),
]);

export const settingsRequestSchema = z.union([
  z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('read') }),
    z.strictObject({ type: z.literal('set-secret'), name: z.enum(SECRET_NAMES), value: key }),
    /** The owner's word about a key store that does not really protect. */
    z.strictObject({ type: z.literal('allow-weak-store'), allowed: z.boolean() }),
    z.strictObject({ type: z.literal('finish-first-start') }),
    z.strictObject({ type: z.literal('support-bundle') }),
    /** Compares a day with the provider; its file for a spreadsheet is made of the same answer. */
    z.strictObject({ type: z.literal('settlement'), date }),
    z.strictObject({ type: z.literal('settlement-file'), date }),
    ...deviceRequests,
    ...signRequests,
    ...chainRequests,
  ]),
  saveSchema,
  checkSchema,
]);
export type SettingsRequest = z.input<typeof settingsRequestSchema>;
/** What a request is once it was parsed: trimmed, spaces out of the org.no. */
export type ParsedSettingsRequest = z.output<typeof settingsRequestSchema>;

export interface ConnectedDisplay {
  readonly screenId: string;
  /** Its number, as the check shows it. */
  readonly number: number;
  readonly label: string;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Which window is on it now. */
  readonly shows: 'cashier' | 'customer' | null;
}

export interface PrinterModelChoice {
  readonly id: NonNullable<Extract<SectionValues['printer'], { kind: 'serial' }>['model']>;
  readonly name: string;
  readonly columns: 42 | 32;
}

/** The provider's section as it is kept: the sandbox that a file may name counts as practice here. */
export interface SettingsView {
  readonly firstStart: boolean;
  readonly sections: SectionValues;
  /** Fixed for the journal's life. */
  readonly storeId: string;
  readonly registerId: string;
  /** Whether each secret is kept. Never the secret. */
  readonly secrets: Readonly<Record<SecretName, boolean>>;
  readonly keyStore: { readonly kind: 'system' | 'file' | 'none'; readonly trouble: SecretStoreTrouble | null };
  readonly displays: readonly ConnectedDisplay[];
  /** Whether the program can show a number on its displays. */
  readonly canShowNumbers: boolean;
  /** The printers whose ways are known, as a person chooses among them. */
  readonly printerModels: readonly PrinterModelChoice[];
  /** The managers who have a code, by their number. Never the code. */
  readonly withCode: readonly string[];
  /** A logo is kept. */
  readonly hasLogo: boolean;
  /** Whether the program brings a provider to practise against; if not, practice needs an address. */
  readonly bringsSandbox: boolean;
  /** Whether a head office is configured, through which the register could sell without keys. */
  readonly inChain: boolean;
  /** Why the settings that were saved last were not taken up, and those of before came back. */
  readonly notTakenUp: string | null;
  /** Saved, and taken up as soon as no sale is open. */
  readonly restartWaits: boolean;
  readonly cashierAddress: string | null;
  readonly software: string;
}

/** One line of what the check of the whole set-up found. */
export interface DiagnosisLine {
  readonly check: string;
  readonly label: string;
  readonly tone: 'ok' | 'note' | 'todo';
  readonly text: string;
}

/** Stable, for programs; people read the sentence. */
export type SettingsRefusalCode =
  | 'bad-request'
  | 'bad-field'
  | 'file-changed'
  | 'file-corrupt'
  | 'cannot-write'
  | 'key-store'
  | 'secrets-missing'
  | 'check-failed'
  | 'not-here'
  | 'logo-refused'
  | 'no-settlement'
  | 'internal';

export interface SettingsRefusal {
  readonly ok: false;
  readonly code: SettingsRefusalCode;
  /** The field it is about, as a path inside the section (`address.0`), or `null`. */
  readonly field: string | null;
  readonly message: string;
}

export type SettingsAnswer =
  | { readonly ok: true; readonly type: 'settings'; readonly settings: SettingsView }
  | { readonly ok: true; readonly type: 'checked'; readonly message: string }
  | { readonly ok: true; readonly type: 'diagnosis'; readonly summary: string; readonly lines: readonly DiagnosisLine[] }
  | { readonly ok: true; readonly type: 'devices'; readonly devices: DevicesView }
  | { readonly ok: true; readonly type: 'heard'; readonly heard: Omit<HeardCode, 'id'> }
  /** A PNG of paper with the logo on it; `null` where none is kept. */
  | { readonly ok: true; readonly type: 'logo'; readonly png: string | null }
  | { readonly ok: true; readonly type: 'signs'; readonly signs: SignsView }
  /** The provider's own picture of a printed code. */
  | { readonly ok: true; readonly type: 'sign-picture'; readonly png: string }
  | { readonly ok: true; readonly type: 'chain'; readonly chain: ChainView }
  | { readonly ok: true; readonly type: 'settlement'; readonly settlement: SettlementView }
  /** A file to keep: the support file, a settlement's. */
  | { readonly ok: true; readonly type: 'bundle'; readonly fileName: string; readonly base64: string }
  | SettingsRefusal;

/** A field and why it cannot be so, by a short name that the texts have a sentence for. */
export interface FieldMistake {
  readonly field: string | null;
  readonly mistake: string;
}

/** Parses what came over a border. A mistake names the field and a reason, never the value: it may be a key. */
export function parseSettingsRequest(value: unknown): { readonly request: ParsedSettingsRequest } | FieldMistake {
  const parsed = schemaFor(value).safeParse(value);
  if (parsed.success) return { request: parsed.data };
  const issue = parsed.error.issues[0];
  if (issue === undefined) return { field: null, mistake: 'unknown' };
  const inSection = ['value', 'printer', 'scanner'].includes(String(issue.path[0]));
  const path = inSection ? issue.path.slice(1) : issue.path;
  return { field: path.length === 0 ? null : path.join('.'), mistake: MISTAKE_FORM.test(issue.message) ? issue.message : 'unknown' };
}

const MISTAKE_FORM = /^[a-z]+(?:-[a-z]+)*$/;

function typeOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'type' in value ? value.type : undefined;
}

const isSave = (value: unknown) => typeOf(value) === 'save';

/** The one branch that the request says it is: its mistakes have the field's own path. */
function schemaFor(value: unknown): z.ZodType<ParsedSettingsRequest> {
  if (isSave(value)) return saveSchema;
  return typeOf(value) === 'check' ? checkSchema : settingsRequestSchema;
}
