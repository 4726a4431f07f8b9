import { Ajv, type ValidateFunction } from 'ajv';
import * as ajvFormats from 'ajv-formats';
import { type ApiDocument, addressOf, type FileName, isJsonObject, type Json, type JsonObject } from './documents.ts';

/** One request and its answer as they went over the wire. */
export interface Exchange {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly status: number;
  readonly answerType: string;
  readonly answer: string;
}

export interface Verdict {
  /** `epayment.yaml POST /epayment/v1/payments`, or `null` when no document has such a path. */
  readonly operation: string | null;
  /** What breaks the contract, each as a sentence. */
  readonly request: readonly string[];
  readonly answer: readonly string[];
}

interface Operation {
  readonly name: string;
  readonly path: RegExp;
  readonly pathNames: readonly string[];
  readonly parameters: readonly JsonObject[];
  readonly body: JsonObject | null;
  readonly responses: JsonObject;
}

const methods = ['get', 'put', 'post', 'delete', 'patch'];
/** Where `epayment.yaml` says that `Receipt` lives: another of the documents. */
const receiptAddress = 'https://raw.githubusercontent.com/vippsas/vipps-order-management-api/2.3.24/docs/swagger.yaml';

/** The provider's documents as something to hold requests and answers against. */
export class Contract {
  readonly #ajv = new Ajv({ strict: false, allErrors: true, logger: false, unicodeRegExp: false });
  readonly #documents: ReadonlyMap<string, ApiDocument>;
  readonly #operations = new Map<string, Operation[]>();
  readonly #messages = new Map<string, JsonObject>();
  readonly #compiled = new Map<JsonObject, ValidateFunction>();

  constructor(documents: readonly ApiDocument[]) {
    ajvFormats.default.default(this.#ajv);
    this.#documents = new Map(documents.map((document) => [addressOf(document.file), document]));
    for (const document of documents) {
      this.#ajv.addSchema(document.content, addressOf(document.file));
      if (document.file === 'order-management.yaml') this.#ajv.addSchema(document.content, receiptAddress);
      this.#readOperations(document);
    }
  }

  /** Every operation there is, by name. */
  operations(): readonly string[] {
    return [...this.#operations.values()].flat().map((operation) => operation.name);
  }

  check(exchange: Exchange): Verdict {
    const [pathOnly = '', query = ''] = exchange.path.split('?');
    const found = (this.#operations.get(exchange.method.toLowerCase()) ?? []).find((each) => each.path.test(pathOnly));
    if (found === undefined) return { operation: null, request: [], answer: [] };
    const inPath = Object.fromEntries(
      (found.path.exec(pathOnly) ?? []).slice(1).map((value, index) => [found.pathNames[index] ?? '', decodeURIComponent(value)]),
    );
    const given = { path: inPath, query: Object.fromEntries(new URLSearchParams(query)), header: exchange.headers };
    return {
      operation: found.name,
      request: [...this.#checkParameters(found, given), ...this.#checkBody(found, exchange)],
      answer: this.#checkAnswer(found, exchange),
    };
  }

  /** What a message that the provider sends by itself breaks of a schema of its document. */
  checkMessage(file: FileName, schema: string, text: string): string[] {
    return this.#problems(this.#message(file, schema), JSON.parse(text));
  }

  #message(file: FileName, schema: string): JsonObject {
    const $ref = `${addressOf(file)}#/components/schemas/${schema}`;
    const wrapped = this.#messages.get($ref) ?? { $ref };
    this.#messages.set($ref, wrapped);
    return wrapped;
  }

  #checkParameters(operation: Operation, given: Readonly<Record<string, Readonly<Record<string, string>>>>): string[] {
    return operation.parameters.flatMap((parameter) => {
      const place = String(parameter.in);
      const name = String(parameter.name);
      const values = given[place] ?? {};
      const value = place === 'header' ? values[name.toLowerCase()] : values[name];
      if (value === undefined) return parameter.required === true ? [`the ${place} ${name} is missing`] : [];
      const schema = isJsonObject(parameter.schema) ? parameter.schema : {};
      const wholeNumber = schema.type === 'integer' && /^-?\d+$/.test(value);
      return this.#problems(schema, wholeNumber ? Number(value) : value).map((problem) => `the ${place} ${name}${problem}`);
    });
  }

  #checkBody(operation: Operation, exchange: Exchange): string[] {
    if (exchange.body === '') return operation.body?.required === true ? ['the body is missing'] : [];
    if (operation.body === null) return ['there is a body, and the document knows none'];
    return this.#checkContent(operation.body, exchange.headers['content-type'] ?? '', exchange.body, 'the body');
  }

  #checkAnswer(operation: Operation, exchange: Exchange): string[] {
    const response = this.#resolve(operation.responses[String(exchange.status)] ?? operation.responses.default);
    if (response === null) return [`the status ${exchange.status} is not in the document`];
    if (!isJsonObject(response.content)) return [];
    return this.#checkContent(response, exchange.answerType, exchange.answer, `the answer ${exchange.status}`);
  }

  #checkContent(holder: JsonObject, type: string, text: string, what: string): string[] {
    const content = isJsonObject(holder.content) ? holder.content : {};
    const bare = (name: string): string => (name.split(';')[0] ?? '').trim().toLowerCase();
    const found = Object.entries(content).find(([name]) => bare(name) === bare(type));
    if (found === undefined) return [`${what} is ${bare(type) || 'of no type'}, and the document knows ${Object.keys(content).join(', ')}`];
    const media = isJsonObject(found[1]) ? found[1] : {};
    if (!isJsonObject(media.schema)) return [];
    try {
      return this.#problems(media.schema, JSON.parse(text)).map((problem) => `${what}${problem}`);
    } catch (error) {
      if (error instanceof SyntaxError) return [`${what} is not JSON`];
      throw error;
    }
  }

  #problems(schema: JsonObject, value: unknown): string[] {
    const validate = this.#compiled.get(schema) ?? this.#ajv.compile(schema);
    this.#compiled.set(schema, validate);
    if (validate(value)) return [];
    return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
  }

  #readOperations(document: ApiDocument): void {
    const paths = isJsonObject(document.content.paths) ? document.content.paths : {};
    for (const [path, item] of Object.entries(paths)) {
      if (!isJsonObject(item)) continue;
      for (const method of methods) {
        const operation = item[method];
        if (!isJsonObject(operation)) continue;
        const list = this.#operations.get(method) ?? [];
        const pathNames = [...path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] ?? '');
        const pattern = `${document.prefix}${path}`.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]+\}/g, '([^/]+)');
        list.push({
          name: `${document.file} ${method.toUpperCase()} ${document.prefix}${path}`,
          path: new RegExp(`^${pattern}$`),
          pathNames,
          parameters: [...this.#list(item.parameters), ...this.#list(operation.parameters)],
          body: this.#resolve(operation.requestBody),
          responses: isJsonObject(operation.responses) ? operation.responses : {},
        });
        // What is spelled out goes before what has a place for anything.
        list.sort((left, right) => left.pathNames.length - right.pathNames.length);
        this.#operations.set(method, list);
      }
    }
  }

  #list(value: Json | undefined): JsonObject[] {
    return (Array.isArray(value) ? value : []).map((each) => this.#resolve(each)).filter((each) => each !== null);
  }

  /** What a reference leads to; anything else as it is. */
  #resolve(value: Json | undefined): JsonObject | null {
    if (!isJsonObject(value)) return null;
    if (typeof value.$ref !== 'string') return value;
    const [address = '', pointer = ''] = value.$ref.split('#');
    let found: Json | undefined = this.#documents.get(address)?.content;
    for (const name of pointer.split('/').slice(1)) {
      found = isJsonObject(found) ? found[name.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined;
    }
    return this.#resolve(found);
  }
}
