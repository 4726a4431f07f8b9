import { isObject, type JsonObject } from '../gateway/json-body.ts';
import { isLoopback } from '../gateway/loopback.ts';
import { internalError, invalidFields } from './errors.ts';

/**
 * Reads a request the way the eCom API does: a rule that is broken is an InvalidRequest that names the field, while a
 * wrong type or a wrong capitalisation is not caught and ends as a 500.
 */
export class Fields {
  readonly #problems: { field: string; message: string }[] = [];

  #has(holder: JsonObject, name: string): boolean {
    if (holder[name] !== undefined && holder[name] !== null) return true;
    if (Object.keys(holder).some((each) => each !== name && each.toLowerCase() === name.toLowerCase())) throw internalError();
    return false;
  }

  #problem(field: string, message: string): void {
    this.#problems.push({ field, message });
  }

  /** A required object. */
  object(holder: JsonObject, name: string): JsonObject {
    if (!this.#has(holder, name)) {
      this.#problem(name, `${name} is required.`);
      return {};
    }
    const value = holder[name];
    if (!isObject(value)) throw internalError();
    return value;
  }

  /** A required text, empty when it is missing. */
  text(holder: JsonObject, path: string, rule: { readonly most: number; readonly pattern?: RegExp }): string {
    const name = path.slice(path.lastIndexOf('.') + 1);
    if (!this.#has(holder, name)) {
      this.#problem(path, `${name} is required.`);
      return '';
    }
    const value = holder[name];
    if (typeof value !== 'string') throw internalError();
    if (value.trim() === '') this.#problem(path, `${name} may not be empty.`);
    else if (value.length > rule.most) this.#problem(path, `${name} may have at most ${rule.most} characters.`);
    else if (rule.pattern !== undefined && !rule.pattern.test(value)) this.#problem(path, `${name} is not valid.`);
    return value;
  }

  optionalText(holder: JsonObject, name: string): string | null {
    if (!this.#has(holder, name)) return null;
    const value = holder[name];
    if (typeof value !== 'string') throw internalError();
    return value;
  }

  flag(holder: JsonObject, name: string): boolean {
    if (!this.#has(holder, name)) return false;
    const value = holder[name];
    if (typeof value !== 'boolean') throw internalError();
    return value;
  }

  /** An amount in minor units, at least 100; `null` when it is missing. */
  amount(holder: JsonObject, path: string): number | null {
    const name = path.slice(path.lastIndexOf('.') + 1);
    if (!this.#has(holder, name)) return null;
    const value = holder[name];
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw internalError();
    return value;
  }

  require(condition: boolean, field: string, message: string): void {
    if (!condition) this.#problem(field, message);
  }

  /** An address: https, or with `anyScheme` an app's own. Practice reaches loopback, where nobody has a certificate. */
  address(holder: JsonObject, path: string, anyScheme: boolean): string {
    const value = this.text(holder, path, { most: 255 });
    if (value === '') return value;
    const url = URL.parse(value);
    const allowed = url !== null && (anyScheme || url.protocol === 'https:' || isLoopback(url));
    this.require(allowed, path, `${path} must be a valid https URL.`);
    return value;
  }

  /** Throws the refusal with all the problems, if there are any. */
  done(): void {
    if (this.#problems.length > 0) throw invalidFields(this.#problems);
  }
}
