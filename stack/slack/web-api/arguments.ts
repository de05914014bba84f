import { ApiError } from '../api-error.ts';
import { isObject, type JsonObject } from '../json.ts';

/** The arguments of a call. A form has strings only, with JSON in the structured ones; a JSON body has values. */
export class Arguments {
  readonly #values: JsonObject;

  constructor(values: JsonObject) {
    this.#values = values;
  }

  has(name: string): boolean {
    return this.#values[name] !== undefined && this.#values[name] !== null;
  }

  /** '' where there is none. */
  text(name: string): string {
    const value = this.#values[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  }

  optionalText(name: string): string | undefined {
    return this.text(name) === '' ? undefined : this.text(name);
  }

  /** @throws {ApiError} invalid_arguments */
  requiredText(name: string): string {
    const value = this.text(name);
    if (value !== '') return value;
    throw new ApiError('invalid_arguments', {
      response_metadata: { messages: [`[ERROR] missing required field: ${name}`] },
    });
  }

  flag(name: string): boolean {
    return ['true', '1', 'True'].includes(String(this.#values[name]));
  }

  /** @throws {ApiError} invalid_limit when it is not between 1 and `max` */
  limit(fallback: number, max: number): number {
    if (!this.has('limit')) return fallback;
    const limit = Number(this.#values.limit);
    if (!Number.isInteger(limit) || limit < 1) throw new ApiError('invalid_limit');
    return Math.min(limit, max);
  }

  /** @throws {ApiError} `error` when it is no array */
  list(name: string, error: string): unknown[] | undefined {
    const value = this.structured(name, error);
    if (value === undefined || Array.isArray(value)) return value;
    throw new ApiError(error);
  }

  /** @throws {ApiError} `error` when it is no JSON */
  structured(name: string, error: string): unknown {
    const value = this.#values[name];
    if (value === undefined || value === null || value === '') return undefined;
    if (typeof value !== 'string') return value;
    try {
      return JSON.parse(value);
    } catch {
      throw new ApiError(error);
    }
  }
}

/** What is sent as a query, a form or JSON; a later source wins. */
export function readArguments(...sources: unknown[]): Arguments {
  return new Arguments(Object.assign({}, ...sources.filter(isObject)));
}
