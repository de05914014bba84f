import type { Queryable } from '../database/database.ts';
import { codeOf } from '../errors/classify.ts';
import { readMigrations } from './files.ts';
import { initDirectory } from './migrate.ts';

const UNDEFINED_TABLE = '42P01';

/**
 * Whether the database has every migration that this build was written for. A newer database is fine: migrations only
 * add, until no build that is older is running any more (docs/upgrading.md).
 *
 * @returns null when it does; else what is missing, and what to do
 */
export async function missingSchema(db: Queryable, directory = initDirectory()): Promise<string | null> {
  const files = await readMigrations(directory);
  const newest = files.at(-1);
  if (newest === undefined) return null;
  const applied = await newestApplied(db);
  if (applied !== null && applied.id >= newest.id) return null;
  const is = applied === null ? 'has no ledger of migrations' : `is at ${applied.name}`;
  return `the database ${is}, and this build needs ${newest.name}: run npm run migrate of this build; the program goes on by itself`;
}

async function newestApplied(db: Queryable): Promise<{ id: number; name: string } | null> {
  try {
    const { rows } = await db.query<{ id: number; name: string }>({
      text: 'SELECT id, name FROM schema_migrations ORDER BY id DESC LIMIT 1',
    });
    return rows[0] ?? null;
  } catch (error) {
    if (codeOf(error) === UNDEFINED_TABLE) return null;
    throw error;
  }
}
