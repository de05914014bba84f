import type { Queryable } from '../../platform/database/database.ts';
import { AlreadyThere, codeOf, UNIQUE_VIOLATION } from '../../platform/errors/classify.ts';

/** An INSERT ... SELECT without its end. */
export interface NewRows {
  /** Of the prepared statement. */
  name: string;
  table: string;
  insert: string;
  values: unknown[];
}

/**
 * Adds rows.
 *
 * @param areNew nothing is looked up first, which is 3 of the 10 us of a row; when one is there all the same, the
 *   transaction has failed
 * @returns how many were not there before
 * @throws {AlreadyThere} with `areNew`
 */
export async function insertNew(
  db: Queryable,
  { name, table, insert, values }: NewRows,
  areNew: boolean,
): Promise<number> {
  if (!areNew) {
    const result = await db.query({ name, text: `${insert} ON CONFLICT DO NOTHING`, values });
    return result.rowCount ?? 0;
  }
  try {
    const result = await db.query({ name: `${name}_new`, text: insert, values });
    return result.rowCount ?? 0;
  } catch (error) {
    throw codeOf(error) === UNIQUE_VIOLATION ? new AlreadyThere(table, error) : error;
  }
}
