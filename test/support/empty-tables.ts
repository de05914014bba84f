import type { Database } from '../../platform/database/database.ts';

/** Empties every table but the ledger of migrations; what has one row for ever is as at the beginning. */
export async function emptyTables(database: Database): Promise<void> {
  const { rows } = await database.query<{ tables: string }>(
    `SELECT string_agg(format('%I', tablename), ', ') AS tables FROM pg_tables
     WHERE schemaname = 'public' AND tablename <> 'schema_migrations'`,
  );
  await database.query(`TRUNCATE ${rows[0]?.tables} RESTART IDENTITY CASCADE`);
  await database.query('INSERT INTO sequence_state DEFAULT VALUES');
}

/** Puts products with their opening stock (null: not tracked) into the catalogue. */
export async function stockProducts(
  database: Database,
  stock: ReadonlyMap<string, number | null>,
): Promise<void> {
  await database.query(
    `INSERT INTO products (product_id, opening_stock)
     SELECT e->>0, (e->>1)::integer FROM jsonb_array_elements($1::jsonb) AS e`,
    [JSON.stringify([...stock])],
  );
}
