import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { MigrationError, migrate } from '../../platform/migrate/migrate.ts';
import { freshDatabase } from '../support/database.ts';

const FILES = fileURLToPath(new URL('../../timescale/init', import.meta.url));
const hasPsql = spawnSync('psql', ['--version']).status === 0;

async function fileNames(directory = FILES): Promise<string[]> {
  return (await readdir(directory)).filter((name) => name.endsWith('.sql')).sort();
}

/** A copy of the files, to be changed. */
async function copyOfFiles(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'holdfast-migrations-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  await cp(FILES, directory, { recursive: true });
  return directory;
}

async function ledgerOf(pool: pg.Pool): Promise<{ id: number; name: string }[]> {
  return (await pool.query('SELECT id, name FROM schema_migrations ORDER BY id')).rows;
}

/** Everything the files make, as text: columns, indexes, views, functions, triggers, policies, rights. */
async function shapeOf(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ line: string }>(
    `SELECT format('column %s.%s %s %s %s', table_name, column_name, data_type, is_nullable, column_default) AS line
     FROM information_schema.columns WHERE table_schema = 'public'
     UNION ALL SELECT format('index %s', indexdef) FROM pg_indexes WHERE schemaname = 'public'
     UNION ALL SELECT format('view %s %s', viewname, definition) FROM pg_views WHERE schemaname = 'public'
     UNION ALL SELECT format('function %s', pg_get_functiondef(p.oid))
       FROM pg_proc p LEFT JOIN pg_depend d ON d.objid = p.oid AND d.deptype = 'e'
       WHERE pronamespace = 'public'::regnamespace AND d.objid IS NULL AND prokind IN ('f', 'p')
     UNION ALL SELECT format('trigger %s', pg_get_triggerdef(t.oid))
       FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
       WHERE c.relnamespace = 'public'::regnamespace AND NOT tgisinternal
     UNION ALL SELECT format('constraint %s %s', conrelid::regclass, pg_get_constraintdef(oid))
       FROM pg_constraint WHERE connamespace = 'public'::regnamespace
     UNION ALL SELECT format('rights %s %s', relname, relacl)
       FROM pg_class WHERE relnamespace = 'public'::regnamespace
     UNION ALL SELECT format('job %s %s %s %s', proc_name, hypertable_name, schedule_interval,
                             config - 'mat_hypertable_id' - 'hypertable_id')
       FROM timescaledb_information.jobs WHERE hypertable_schema IN ('public', '_timescaledb_internal')
     ORDER BY 1`,
  );
  return rows.map((row) => row.line);
}

describe('migrating', () => {
  test('applies every file to an empty database, says so in the ledger, and does nothing the second time', async () => {
    const database = await freshDatabase({ migrated: false });
    const said: string[] = [];
    const first = await migrate({ databaseUrl: database.url, log: (line) => said.push(line) });
    expect(first.applied).toEqual(await fileNames());
    expect(said).toEqual(first.applied.map((name) => `applying ${name}`));
    const pool = database.pool();
    expect(await ledgerOf(pool)).toEqual(first.applied.map((name, i) => ({ id: i + 1, name })));
    const shape = await shapeOf(pool);
    expect(shape.length).toBeGreaterThan(300);
    expect((await migrate({ databaseUrl: database.url })).applied).toEqual([]);
    expect(await shapeOf(pool)).toEqual(shape);
  });

  test('applies only what is new', async () => {
    const database = await freshDatabase();
    const directory = await copyOfFiles();
    const number = String((await fileNames()).length + 1).padStart(4, '0');
    await writeFile(join(directory, `${number}_notes.sql`), 'CREATE TABLE notes (id integer);');
    const { applied } = await migrate({ databaseUrl: database.url, directory });
    expect(applied).toEqual([`${number}_notes.sql`]);
  });

  test('refuses a database that is ahead of this build, and says what to do', async () => {
    const database = await freshDatabase();
    const pool = database.pool();
    await pool.query(`INSERT INTO schema_migrations (id, name, checksum) VALUES (900, '0900_later.sql', '')`);
    const refusal = await migrate({ databaseUrl: database.url }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(MigrationError);
    expect(String(refusal)).toMatch(
      /at 0900_later\.sql.*knows only up to \d{4}_\w+\.sql.*deploy the newer build/,
    );
  });

  test('refuses an applied file that was changed afterwards, and applies nothing', async () => {
    const database = await freshDatabase();
    const directory = await copyOfFiles();
    const names = await fileNames();
    const changed = join(directory, names[2]!);
    await writeFile(changed, `${await readFile(changed, 'utf8')}\n-- a remark\n`);
    await writeFile(join(directory, `${String(names.length + 1).padStart(4, '0')}_new.sql`), 'SELECT 1;');
    const refusal = await migrate({ databaseUrl: database.url, directory }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(MigrationError);
    expect(String(refusal)).toContain(`${names[2]} is not the file that was applied`);
    expect(await ledgerOf(database.pool())).toHaveLength(names.length);
  });

  test('leaves nothing of a file that fails half way, and goes on with it once it is mended', async () => {
    const database = await freshDatabase();
    const directory = await copyOfFiles();
    const name = `${String((await fileNames()).length + 1).padStart(4, '0')}_half.sql`;
    await writeFile(join(directory, name), 'CREATE TABLE half (id integer); SELECT no_such_function();');
    await expect(migrate({ databaseUrl: database.url, directory })).rejects.toThrow(
      `${name} could not be applied: function no_such_function() does not exist`,
    );
    await writeFile(join(directory, name), 'CREATE TABLE half (id integer);');
    expect((await migrate({ databaseUrl: database.url, directory })).applied).toEqual([name]);
  });

  test('runs every file twice without harm', async () => {
    const database = await freshDatabase();
    const pool = database.pool();
    const shape = await shapeOf(pool);
    for (const name of await fileNames()) {
      const sql = await readFile(join(FILES, name), 'utf8');
      await pool.query('SET client_min_messages = warning');
      await pool.query(sql);
      await pool.query(sql);
    }
    expect(await shapeOf(pool)).toEqual(shape);
  });
});

describe('the files run by psql, as Docker’s initdb does', () => {
  test.skipIf(!hasPsql)(
    `make the same as the migrator, which then only records them${hasPsql ? '' : ' (needs psql)'}`,
    async () => {
      const database = await freshDatabase({ migrated: false });
      for (const name of await fileNames()) {
        const run = spawnSync(
          'psql',
          [
            '--no-psqlrc',
            '--quiet',
            '--set',
            'ON_ERROR_STOP=1',
            '--dbname',
            database.url,
            '--file',
            join(FILES, name),
          ],
          { encoding: 'utf8', env: { ...process.env, PGOPTIONS: '-c client_min_messages=warning' } },
        );
        expect(run.stderr, name).toBe('');
        expect(run.status, name).toBe(0);
      }
      const pool = database.pool();
      const shape = await shapeOf(pool);
      const { applied } = await migrate({ databaseUrl: database.url });
      expect(applied).toEqual(await fileNames());
      expect(await shapeOf(pool)).toEqual(shape);

      const other = await freshDatabase();
      expect(shape).toEqual(await shapeOf(other.pool()));
    },
  );
});
