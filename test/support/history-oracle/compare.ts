import type pg from 'pg';

/** Two queries that have to give the same rows. The column `key` tells rows apart. */
export interface Comparison {
  readonly actual: string;
  readonly expected: string;
}

export type Row = Readonly<Record<string, unknown>>;

/** Sums of floats in another order, or exact ones. */
const TOLERANCE = 1e-9;
const SHOWN = 5;

/** What differs, a line each; nothing when all is equal. @returns also how many rows were expected */
export async function compareQueries(
  pool: pg.Pool,
  { actual, expected }: Comparison,
): Promise<{ rows: number; differences: string[] }> {
  const wanted = await rowsOf(pool, expected);
  return { rows: wanted.length, differences: compareRows(await rowsOf(pool, actual), wanted) };
}

export async function rowsOf(pool: pg.Pool, query: string, values: readonly unknown[] = []): Promise<Row[]> {
  const text = `SELECT to_jsonb(q) AS row FROM (${query}) AS q`;
  const { rows } = await pool.query<{ row: Row }>(text, [...values]);
  return rows.map(({ row }) => row);
}

export function compareRows(actual: readonly Row[], expected: readonly Row[]): string[] {
  const found = new Map(actual.map((row) => [row.key, row]));
  const differences: string[] = [];
  if (found.size !== actual.length) differences.push('a key is there twice');
  for (const row of expected) {
    const other = found.get(row.key);
    found.delete(row.key);
    if (other === undefined) differences.push(`${row.key}: missing, expected ${JSON.stringify(row)}`);
    else
      for (const [name, value] of Object.entries(row))
        if (!isSame(other[name], value))
          differences.push(`${row.key}: ${name} is ${other[name]}, expected ${value}`);
  }
  for (const row of found.values()) differences.push(`${row.key}: too many, ${JSON.stringify(row)}`);
  const more = differences.length - SHOWN;
  return more > 0 ? [...differences.slice(0, SHOWN), `and ${more} more`] : differences;
}

function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== 'number' || typeof b !== 'number') return a === b;
  return Math.abs(a - b) <= TOLERANCE * Math.max(1, Math.abs(a), Math.abs(b));
}
