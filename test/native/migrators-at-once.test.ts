import { describe, expect } from 'vitest';
import { migrate } from '../../platform/migrate/migrate.ts';
import { freshDatabase, skipUnlessNative, type TestDatabase } from '../support/database.ts';
import { processorDatabase } from '../support/orders-processor.ts';
import { halted } from '../support/stepped-database.ts';

async function ledgerOf(database: TestDatabase): Promise<string[]> {
  const { rows } = await database.pool().query('SELECT name FROM schema_migrations ORDER BY id');
  return rows.map((row) => row.name as string);
}

/** As on a server that never saw these roles: whoever comes first makes the rows of their settings. */
async function forgetRoleSettings(database: TestDatabase): Promise<void> {
  await database.pool().query('ALTER ROLE holdfast_writer RESET ALL; ALTER ROLE holdfast_bot RESET ALL');
}

async function roleSettings(database: TestDatabase): Promise<Record<string, string[]>> {
  const { rows } = await database.pool().query(
    `SELECT r.rolname, array(SELECT unnest(s.setconfig) ORDER BY 1) AS settings
     FROM pg_db_role_setting s JOIN pg_roles r ON r.oid = s.setrole
     WHERE r.rolname LIKE 'holdfast%' AND s.setdatabase = 0`,
  );
  return Object.fromEntries(rows.map((row) => [row.rolname, row.settings]));
}

const SETTINGS = {
  holdfast_bot: ['TimeZone=UTC'],
  holdfast_writer: ['TimeZone=UTC', 'timescaledb.max_tuples_decompressed_per_dml_transaction=0'],
};

describe('migrators at once', () => {
  skipUnlessNative(
    'on an empty database: one applies every file, the others wait and find nothing to do',
    async () => {
      for (let round = 0; round < 3; round += 1) {
        const database = await freshDatabase({ migrated: false });
        const results = await Promise.all([1, 2, 3].map(() => migrate({ databaseUrl: database.url })));
        const applied = results.map((result) => result.applied).filter((files) => files.length > 0);
        expect(applied).toHaveLength(1);
        expect(await ledgerOf(database)).toEqual(applied[0]);
        await database.stop();
      }
    },
    300_000,
  );

  skipUnlessNative(
    'on two databases of one server: both succeed, though the roles are shared',
    async () => {
      for (let round = 0; round < 4; round += 1) {
        const databases = [
          await freshDatabase({ migrated: false }),
          await freshDatabase({ migrated: false }),
          await freshDatabase({ migrated: false }),
        ];
        await forgetRoleSettings(databases[0]!);
        await Promise.all(databases.map(({ url }) => migrate({ databaseUrl: url })));
        expect(await roleSettings(databases[0]!)).toEqual(SETTINGS);
        await Promise.all(databases.map((database) => database.stop()));
      }
    },
    600_000,
  );

  for (const [title, prepare] of [
    ['makes', forgetRoleSettings],
    ['changes', async () => undefined],
  ] as const) {
    skipUnlessNative(
      `on two databases of one server, where the other one ${title} the same role’s settings at that moment`,
      async () => {
        const database = await freshDatabase({ migrated: false });
        await prepare(database);
        const watcher = processorDatabase(database.url, 'watcher');
        const other = await database.pool().connect();
        await other.query(`BEGIN; ALTER ROLE holdfast_writer SET timezone = 'UTC'`);
        const migrator = migrate({ databaseUrl: database.url });
        expect(await halted(migrator, null, watcher, 'migrate')).toBe('waiting');
        await other.query(
          `ALTER ROLE holdfast_writer SET timescaledb.max_tuples_decompressed_per_dml_transaction = 0;
           ALTER ROLE holdfast_bot SET timezone = 'UTC'; COMMIT`,
        );
        other.release();
        expect((await migrator).applied.length).toBeGreaterThan(0);
        expect(await roleSettings(database)).toEqual(SETTINGS);
      },
    );
  }
});
