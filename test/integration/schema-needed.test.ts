import { expect, test } from 'vitest';
import { openDatabase } from '../../platform/database/database.ts';
import { missingSchema } from '../../platform/migrate/schema-needed.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { kafkaBrokers } from '../support/kafka.ts';
import { silentLogger } from '../support/orders-processor.ts';
import { runProcessor } from '../support/running-processor.ts';

const TAKE_LAST = `DELETE FROM schema_migrations WHERE id = (SELECT max(id) FROM schema_migrations)
                   RETURNING id, name, checksum`;

test('a processor does not work on a schema that is older than it needs, says so, and goes on once it is there', async () => {
  const { url } = await freshDatabase();
  const database = openDatabase({ url, poolSize: 1, program: 'test', logger: silentLogger });
  const { rows } = await database.query<{ id: number; name: string; checksum: string }>(TAKE_LAST);
  const [last] = rows;
  const processor = await runProcessor({ databaseUrl: url, brokers: kafkaBrokers() });
  const readiness = async () => {
    const response = await fetch(`${processor.url}/readyz`);
    return { status: response.status, problems: ((await response.json()) as { problems: object }).problems };
  };
  await eventually('the reason', async () => 'schema' in (await readiness()).problems);
  const refusal = await readiness();
  expect(refusal.status).toBe(503);
  expect(refusal.problems).toMatchObject({
    schema: expect.stringMatching(
      new RegExp(
        `the database is at \\d{4}_\\w+\\.sql, and this build needs ${last?.name}: run npm run migrate`,
      ),
    ),
  });
  const taken = await database.query('SELECT FROM consumer_offsets');
  expect(taken.rowCount).toBe(0);

  await database.query('INSERT INTO schema_migrations (id, name, checksum) VALUES ($1, $2, $3)', [
    last?.id,
    last?.name,
    last?.checksum,
  ]);
  await eventually('readiness', async () => (await readiness()).status === 200);
  await database.end();
});

test('a newer schema is fine, an empty ledger is not', async () => {
  const { url } = await freshDatabase();
  const database = openDatabase({ url, poolSize: 1, program: 'test', logger: silentLogger });
  expect(await missingSchema(database)).toBeNull();
  await database.query(
    `INSERT INTO schema_migrations (id, name, checksum) VALUES (900, '0900_later.sql', '')`,
  );
  expect(await missingSchema(database)).toBeNull();
  await database.query('DELETE FROM schema_migrations');
  expect(await missingSchema(database)).toContain('the database has no ledger of migrations');
  await database.query('DROP TABLE schema_migrations');
  expect(await missingSchema(database)).toContain('the database has no ledger of migrations');
  await database.end();
});
