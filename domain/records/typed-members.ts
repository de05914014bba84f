import { parseIso8601 } from '../time/iso8601.ts';
import type { Micros } from '../time/micros.ts';
import { Rejection } from './rejection.ts';

type Members = Record<string, unknown>;

/**
 * Longest identifier (order, event, user, product, seller, type, ...), in characters. An entry of a PostgreSQL B-tree
 * holds 2,704 bytes; three ids of four-byte characters must fit.
 */
export const MAX_ID_LENGTH = 200;

const MAX_QUANTITY = 2_147_483_647;

/** A text member; null when absent, null or empty. @throws {Rejection} SCHEMA_INVALID for another type. */
export function text(members: Members, name: string): string | null {
  const value = members[name];
  if (isMissing(value)) return null;
  if (typeof value === 'string') return value;
  throw new Rejection('SCHEMA_INVALID', `${name} must be a string, not ${kindOf(value)}`);
}

/** A text member that is a key somewhere: as `text`, and of at most {@link MAX_ID_LENGTH} characters. */
export function identifier(members: Members, name: string): string | null {
  const value = text(members, name);
  if (value !== null && value.length > MAX_ID_LENGTH && [...value].length > MAX_ID_LENGTH) {
    throw new Rejection(
      'SCHEMA_INVALID',
      `${name} has ${[...value].length} characters, at most ${MAX_ID_LENGTH} are allowed`,
    );
  }
  return value;
}

/** An ISO 8601 time with offset; null when absent. @throws {Rejection} SCHEMA_INVALID when it is not one. */
export function time(members: Members, name: string): Micros | null {
  const value = text(members, name);
  if (value === null) return null;
  const at = parseIso8601(value);
  if (at === null) {
    throw new Rejection(
      'SCHEMA_INVALID',
      `${name} must be an ISO 8601 time with an offset, such as 2026-03-01T09:30:00+09:00, not ${JSON.stringify(value.slice(0, 40))}`,
    );
  }
  return at;
}

/** A whole number of pieces of at least 1; null when absent. @throws {Rejection} SCHEMA_INVALID otherwise. */
export function pieces(members: Members, name: string): number | null {
  return whole(members, name, 1, MAX_QUANTITY, 'of at least 1');
}

/** A whole number of at least 0; null when absent. @throws {Rejection} SCHEMA_INVALID otherwise. */
export function count(members: Members, name: string): number | null {
  return whole(members, name, 0, MAX_QUANTITY, 'of at least 0');
}

/** A whole number between two others; null when absent. @throws {Rejection} SCHEMA_INVALID otherwise. */
export function between(members: Members, name: string, least: number, most: number): number | null {
  return whole(members, name, least, most, `from ${least} to ${most}`);
}

function whole(members: Members, name: string, least: number, most: number, range: string): number | null {
  const value = members[name];
  if (isMissing(value)) return null;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most) {
    throw new Rejection('SCHEMA_INVALID', `${name} must be a whole number ${range}, not ${kindOf(value)}`);
  }
  return value;
}

/** One of the names in a list; null when absent. @throws {Rejection} SCHEMA_INVALID otherwise. */
export function oneOf<Name extends string>(
  members: Members,
  name: string,
  names: readonly Name[],
): Name | null {
  const value = text(members, name);
  if (value === null) return null;
  const known = names.find((one) => one === value);
  if (known === undefined)
    throw new Rejection(
      'SCHEMA_INVALID',
      `${name} must be one of ${names.join(', ')}, not ${JSON.stringify(value.slice(0, 40))}`,
    );
  return known;
}

const MAX_AMOUNT = 1e15;

/** An amount of money; null when absent. @throws {Rejection} SCHEMA_INVALID for another type or over 1e15. */
export function money(members: Members, name: string): number | null {
  const value = members[name];
  if (isMissing(value)) return null;
  if (typeof value !== 'number' || !(Math.abs(value) <= MAX_AMOUNT)) {
    throw new Rejection('SCHEMA_INVALID', `${name} must be a number, not ${kindOf(value)}`);
  }
  return value;
}

const MAX_MEASURED = 1e9;

/** A measurement such as a duration or a distance; null when absent. @throws {Rejection} SCHEMA_INVALID for another type, below 0, or over 1e9. */
export function measured(members: Members, name: string): number | null {
  return numberFrom(members, name, 0, MAX_MEASURED);
}

/** Degrees; null when absent. @throws {Rejection} SCHEMA_INVALID beyond `most` on either side, or for another type. */
export function degrees(members: Members, name: string, most: number): number | null {
  return numberFrom(members, name, -most, most);
}

function numberFrom(members: Members, name: string, least: number, most: number): number | null {
  const value = members[name];
  if (isMissing(value)) return null;
  if (typeof value !== 'number' || !(value >= least && value <= most)) {
    throw new Rejection(
      'SCHEMA_INVALID',
      `${name} must be a number from ${least} to ${most}, not ${kindOf(value)}`,
    );
  }
  return value;
}

/** The value of a member that has to be there. @throws {Rejection} SCHEMA_MISSING for null */
export function required<T>(value: T | null, name: string): T {
  if (value === null) throw new Rejection('SCHEMA_MISSING', `${name} is missing`);
  return value;
}

/** Absent, null, and the empty string that exports of tables put for both. */
function isMissing(value: unknown): value is undefined | null | '' {
  return value === undefined || value === null || value === '';
}

function kindOf(value: unknown): string {
  if (typeof value === 'number') return `the number ${value}`;
  if (Array.isArray(value)) return 'an array';
  return value === null ? 'null' : `a ${typeof value}`;
}
