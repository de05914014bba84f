import { z } from 'zod';
import { badRequest } from '../problem.ts';

/**
 * Where a page ends: the values by which its last item is sorted. The next page begins after them, whatever has been added
 * since; nothing is shown twice, and nothing that stays as it is is left out.
 */
export type CursorValue = string | number;

const LARGEST_INTEGER = 2_147_483_647;

const values = z.array(z.union([z.string(), z.number()])).max(5);

export function writeCursor(last: readonly CursorValue[]): string {
  return Buffer.from(JSON.stringify(last)).toString('base64url');
}

/** `integer`: as PostgreSQL's type has it; `number`: any finite one. */
export type CursorKind = 'string' | 'number' | 'integer';

/**
 * @param kinds what the values are, in their order
 * @throws {Problem} for what is not a cursor of this list
 */
export function readCursor(
  cursor: string | undefined,
  kinds: readonly CursorKind[],
): readonly CursorValue[] | null {
  if (cursor === undefined) return null;
  const read = values.safeParse(parse(cursor));
  const fits = read.success && read.data.length === kinds.length;
  if (!fits || read.data.some((value, i) => !isOf(kinds[i], value)))
    throw badRequest('cursor is not one of this list: take it from the link next of the page before.');
  return read.data;
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return null;
  }
}

function isOf(kind: CursorKind | undefined, value: CursorValue): boolean {
  if (typeof value === 'string')
    return kind === 'string' && !value.includes('\u0000') && value.isWellFormed();
  // Beyond the largest exponents JSON.parse makes numbers infinite.
  return kind === 'integer'
    ? Number.isInteger(value) && Math.abs(value) <= LARGEST_INTEGER
    : kind === 'number' && Number.isFinite(value);
}

export interface Page<T> {
  items: T[];
  /** Null: there is nothing behind it. */
  cursor: string | null;
}

/**
 * Cuts a page.
 *
 * @param rows one more than `limit`, where there are so many
 * @param sortedBy the values of a row by which the list is sorted, the last of them unique
 */
export function pageOf<T>(
  rows: readonly T[],
  limit: number,
  sortedBy: (row: T) => readonly CursorValue[],
): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, cursor: rows.length > limit && last !== undefined ? writeCursor(sortedBy(last)) : null };
}
