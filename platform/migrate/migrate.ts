import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { codeOf } from '../errors/classify.ts';
import { type MigrationFile, readMigrations } from './files.ts';

export interface MigrateOptions {
  /** Of a role that may create extensions, roles and tables. */
  databaseUrl: string;
  /** Folder of the SQL files; timescale/init of this package when left out. */
  directory?: string;
  log?: (line: string) => void;
}

/** Any number will do, as long as every migrator uses the same: one migrator at a time. */
export const MIGRATION_LOCK = 4_650_171;

/** The database cannot be brought to this version; the message says what to do. */
export class MigrationError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'MigrationError';
  }
}

/**
 * Applies the files of `timescale/init` that the database's ledger does not have, each in a transaction of its own.
 *
 * Safe to run twice and at once: the second migrator waits, then finds nothing to do. A database set up by Docker's
 * initdb has no ledger yet; its files run again, which changes nothing, and are recorded.
 *
 * @throws {MigrationError} when the database is ahead of this build, or an applied file was changed afterwards
 */
export async function migrate(options: MigrateOptions): Promise<{ applied: string[] }> {
  const log = options.log ?? (() => undefined);
  const files = await readMigrations(options.directory ?? initDirectory());
  const client = new pg.Client({
    connectionString: options.databaseUrl,
    application_name: 'holdfast-migrate',
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(`SET TIME ZONE 'UTC'; SET client_min_messages = warning`);
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const ledger = await readLedger(client);
    refuseWhenAhead(ledger, files);
    const applied: string[] = [];
    for (const file of files) {
      if (isApplied(ledger, file)) continue;
      log(`applying ${file.name}`);
      await apply(client, file);
      applied.push(file.name);
    }
    return { applied };
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    await client.end().catch(() => undefined);
  }
}

type Ledger = ReadonlyMap<number, { name: string; checksum: string }>;

async function readLedger(client: pg.Client): Promise<Ledger> {
  try {
    const { rows } = await client.query<{ id: number; name: string; checksum: string }>(
      'SELECT id, name, checksum FROM schema_migrations',
    );
    return new Map(rows.map((row) => [row.id, row]));
  } catch (error) {
    if (codeOf(error) === UNDEFINED_TABLE) return new Map();
    throw error;
  }
}

const UNDEFINED_TABLE = '42P01';

function refuseWhenAhead(ledger: Ledger, files: readonly MigrationFile[]): void {
  const newest = Math.max(0, ...ledger.keys());
  if (newest > files.length) {
    throw new MigrationError(
      `The database is at ${ledger.get(newest)?.name}, this build knows only up to ${files.at(-1)?.name ?? 'nothing'}: deploy the newer build, or restore a backup from before the upgrade.`,
    );
  }
}

function isApplied(ledger: Ledger, file: MigrationFile): boolean {
  const entry = ledger.get(file.id);
  if (entry === undefined) return false;
  if (entry.checksum !== file.checksum) {
    throw new MigrationError(
      `${file.name} is not the file that was applied to this database (then called ${entry.name}): restore it and put the change into a new file.`,
    );
  }
  return true;
}

async function apply(client: pg.Client, file: MigrationFile): Promise<void> {
  try {
    await client.query('BEGIN');
    await client.query(file.sql);
    // Docker's initdb runs the files without a ledger, so the row is written here and not by the file.
    await client.query('INSERT INTO schema_migrations (id, name, checksum) VALUES ($1, $2, $3)', [
      file.id,
      file.name,
      file.checksum,
    ]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw new Error(
      `${file.name} could not be applied: ${error instanceof Error ? error.message : String(error)}`,
      {
        cause: error,
      },
    );
  }
}

/** timescale/init beside package.json: as far up from here as that is, from the sources or from dist. */
export function initDirectory(): string {
  for (let here = dirname(fileURLToPath(import.meta.url)); here !== dirname(here); here = dirname(here)) {
    const directory = join(here, 'timescale', 'init');
    if (existsSync(directory)) return directory;
  }
  throw new MigrationError('timescale/init was not found beside the program: deploy it with the package.');
}
