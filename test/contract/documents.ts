import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** The provider's own documents, beside the checkout: `shared/specs` in the folder that the checkout is in. */
const folder = join(import.meta.dirname, '..', '..', '..', 'shared', 'specs');

/** Each document with what stands before its paths in its servers' addresses. */
const fileNames = [
  'access-token.yaml',
  'ecom.yaml',
  'epayment.yaml',
  'qr.yaml',
  'order-management.yaml',
  'webhooks.yaml',
  'report.yaml',
  'management.yaml',
] as const;

export type FileName = (typeof fileNames)[number];
export type Json = { [name: string]: Json } | Json[] | string | number | boolean | null;
export type JsonObject = { [name: string]: Json };

export interface ApiDocument {
  readonly file: FileName;
  /** `/qr`, or empty: what the servers put before each path. */
  readonly prefix: string;
  readonly lines: readonly string[];
  readonly content: JsonObject;
}

export const isJsonObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every `$ref` within a file made whole, so that a schema can be taken out of its file. */
function withWholeRefs(value: Json, file: FileName): Json {
  if (Array.isArray(value)) return value.map((each) => withWholeRefs(each, file));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name,
      name === '$ref' && typeof each === 'string' && each.startsWith('#') ? `${addressOf(file)}${each}` : withWholeRefs(each, file),
    ]),
  );
}

/** What a file is called in whole references. Nothing is ever fetched from there. */
export function addressOf(file: FileName): string {
  return `https://documents.invalid/${file}`;
}

export function readDocument(file: FileName, text: string): ApiDocument {
  const content = withWholeRefs(parse(text) as Json, file) as JsonObject;
  const servers = content.servers;
  const [first] = Array.isArray(servers) ? servers : [];
  const url = isJsonObject(first) && typeof first.url === 'string' ? URL.parse(first.url) : null;
  return { file, prefix: (url?.pathname ?? '/').replace(/\/$/, ''), lines: text.split('\n'), content };
}

/** All of them, or `null` when they are not beside the checkout. */
export function loadDocuments(): readonly ApiDocument[] | null {
  if (!fileNames.every((file) => existsSync(join(folder, file)))) return null;
  return fileNames.map((file) => readDocument(file, readFileSync(join(folder, file), 'utf8')));
}
