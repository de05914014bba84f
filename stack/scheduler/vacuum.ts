import type { Pool } from 'pg';

/** Grown by this much since the last time: worth the work. */
const GROWTH = 0.2;
const SMALLEST_GROWTH_BYTES = 128 * 1024;

/** Sizes in bytes at the last vacuum, by table; belongs to one scheduler. */
export type TableSizes = Map<string, number>;

const LIST_TABLES = `
  SELECT c.oid::regclass::text AS name, pg_relation_size(c.oid)::float8 AS bytes
  FROM pg_class c
  WHERE c.relkind IN ('r', 'm') AND c.relpersistence = 'p'
    AND c.relnamespace <> 'information_schema'::regnamespace`;

/** Whether a table has changed enough since it was last seen to. */
export function hasOutgrown(bytes: number, before: number | undefined): boolean {
  const growth = bytes - (before ?? 0);
  return growth > SMALLEST_GROWTH_BYTES && growth > (before ?? 0) * GROWTH;
}

/**
 * What autovacuum would do, which is not there: without it every refresh leaves dead rows in the aggregates' logs for good,
 * and the planner knows nothing about the tables. The counters autovacuum goes by stay at zero in this build, so growth
 * decides. One statement a table: between two of them others have their turn.
 * @returns the tables worked on
 */
export async function vacuumGrownTables(pool: Pool, sizes: TableSizes): Promise<string[]> {
  const { rows } = await pool.query<{ name: string; bytes: number }>(LIST_TABLES);
  const done: string[] = [];
  for (const { name, bytes } of rows) {
    const before = sizes.get(name);
    if (before !== undefined && bytes < before) sizes.set(name, bytes);
    if (!hasOutgrown(bytes, before)) continue;
    try {
      await pool.query(`VACUUM (ANALYZE) ${name}`);
      done.push(name);
    } catch (error) {
      if ((error as { code?: string }).code !== '42P01') throw error; // dropped meanwhile
    }
    sizes.set(name, bytes);
  }
  return done;
}
