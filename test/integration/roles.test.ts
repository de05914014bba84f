import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { codeOf } from '../../platform/errors/classify.ts';
import { projectRoot } from '../../stack/install/paths.mjs';
import { freshDatabase } from '../support/database.ts';
import {
  CALLABLE,
  CLOSED_TO_GRAFANA,
  MAY_WRITE,
  MORE_COLUMNS,
  mayRead,
  OPEN_TO_GRAFANA,
  ROLES,
  type Role,
} from '../support/role-matrix.ts';

const DENIED = '42501';

let pool: pg.Pool;
let relations: { name: string; kind: string }[];

beforeAll(async () => {
  const database = await freshDatabase();
  pool = database.pool({ max: 1 });
  // Rights to a database itself are not copied with it. The file may run as often as one likes.
  if (database.native)
    await pool.query(readFileSync(join(projectRoot, 'timescale', 'init', '0029_narrow_roles.sql'), 'utf8'));
  const { rows } = await pool.query(
    `SELECT relname AS name, relkind::text AS kind FROM pg_class
     WHERE relkind IN ('r', 'v', 'm', 'p') AND relnamespace = 'public'::regnamespace ORDER BY relname`,
  );
  relations = rows;
});

/** What becomes of statements of a role, each by itself and undone; 'allowed' or the code of the refusal. */
async function as(role: Role, statements: readonly string[]): Promise<string[]> {
  const client = await pool.connect();
  const outcomes: string[] = [];
  try {
    for (const statement of statements) {
      await client.query('BEGIN');
      await client.query(`SET LOCAL ROLE ${role}`);
      outcomes.push(await client.query(statement).then(() => 'allowed', codeOf));
      await client.query('ROLLBACK');
    }
  } finally {
    client.release();
  }
  return outcomes;
}

describe('every relation has been decided about', () => {
  it('who may read it', () => {
    const decided = [...OPEN_TO_GRAFANA, ...CLOSED_TO_GRAFANA].toSorted();
    expect(relations.map(({ name }) => name).toSorted()).toEqual(decided);
  });

  it.each(ROLES)('what %s may do, is what it may do by the catalogue', async (role) => {
    const { rows } = await pool.query<{ name: string; rights: string }>(
      `SELECT c.relname AS name, coalesce(string_agg(right_name, ' ' ORDER BY position), '') AS rights
       FROM pg_class c LEFT JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER'])
              WITH ORDINALITY AS r (right_name, position) ON has_table_privilege($1, c.oid, right_name)
       WHERE c.relkind IN ('r', 'v', 'm', 'p') AND c.relnamespace = 'public'::regnamespace GROUP BY 1`,
      [role],
    );
    const expected = relations.map(({ name }) => [
      name,
      [mayRead(role, name) && 'SELECT', MAY_WRITE[role]?.[name]].filter(Boolean).join(' '),
    ]);
    expect(Object.fromEntries(rows.map(({ name, rights }) => [name, rights]))).toEqual(
      Object.fromEntries(expected),
    );
  });

  it('which columns more', async () => {
    const { rows } = await pool.query<{ name: string; columns: string[] }>(
      `SELECT concat_ws(' ', role, right_name, c.relname) AS name, array_agg(attname::text ORDER BY attname) AS columns
       FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped,
            unnest($1::text[]) AS role, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'REFERENCES']) AS right_name
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'm', 'p')
         AND has_column_privilege(role, c.oid, a.attnum, right_name)
         AND NOT has_table_privilege(role, c.oid, right_name)
       GROUP BY 1`,
      [ROLES],
    );
    expect(Object.fromEntries(rows.map(({ name, columns }) => [name, columns]))).toEqual(MORE_COLUMNS);
  });

  it('who may call what changes something, none with the rights of its owner', async () => {
    const { rows } = await pool.query<{ name: string; callers: Role[]; definer: boolean }>(
      `SELECT p.proname AS name, p.prosecdef AS definer,
              ARRAY(SELECT role FROM unnest($1::text[]) AS role WHERE has_function_privilege(role, p.oid, 'EXECUTE')) AS callers
       FROM pg_proc p
       WHERE p.pronamespace = 'public'::regnamespace AND p.provolatile = 'v' AND p.prorettype <> 'trigger'::regtype
         AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')`,
      [ROLES],
    );
    expect(Object.fromEntries(rows.map(({ name, callers }) => [name, callers]))).toEqual(CALLABLE);
    const definers = await pool.query(
      `SELECT proname FROM pg_proc p WHERE pronamespace = 'public'::regnamespace AND prosecdef
         AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')`,
    );
    expect(definers.rows).toEqual([]);
  });

  it('nobody may make anything: schemas, temporary tables, large objects', async () => {
    for (const role of ROLES) {
      const { rows } = await pool.query(
        `SELECT nspname FROM pg_namespace WHERE has_schema_privilege($1, oid, 'CREATE')
         UNION ALL SELECT datname FROM pg_database WHERE datname = current_database()
           AND has_database_privilege($1, oid, 'CREATE, TEMPORARY')`,
        [role],
      );
      expect(rows, role).toEqual([]);
      expect(
        await as(role, [
          'CREATE TABLE mine (id integer)',
          'CREATE TEMPORARY TABLE mine (id integer)',
          'CREATE SCHEMA mine',
          'CREATE FUNCTION mine() RETURNS integer LANGUAGE sql AS $$ SELECT 1 $$',
          'SELECT lo_create(0)',
          `COPY (SELECT 1) TO '/tmp/mine'`,
          `COPY schema_migrations FROM PROGRAM 'id'`,
          'ALTER ROLE grafana_reader SUPERUSER',
        ]),
        role,
      ).toEqual(Array(8).fill(DENIED));
    }
  });
});

describe('the server obeys', () => {
  it('grafana_reader writes to no relation and takes no lock that others wait for', async () => {
    const writing = relations
      .filter(({ kind }) => kind !== 'v')
      .flatMap(({ name }) => [
        `INSERT INTO ${name} DEFAULT VALUES`,
        `DELETE FROM ${name}`,
        `TRUNCATE ${name}`,
        `LOCK TABLE ${name} IN ROW EXCLUSIVE MODE`,
      ]);
    const outcomes = await as('grafana_reader', writing);
    expect(writing.filter((_, index) => outcomes[index] !== DENIED)).toEqual([]);
    expect(await as('grafana_reader', ['SELECT pg_advisory_lock(1)', 'SELECT change_alerts(NULL)'])).toEqual([
      DENIED,
      DENIED,
    ]);
  });

  it('grafana_reader reads what is open, and nothing else', async () => {
    const reading = relations.map(({ name }) => `SELECT * FROM ${name} LIMIT 0`);
    const outcomes = await as('grafana_reader', reading);
    const expected = relations.map(({ name }) => (CLOSED_TO_GRAFANA.has(name) ? DENIED : 'allowed'));
    expect(outcomes).toEqual(expected);
  });

  it('holdfast_bot writes no orders, holdfast_writer changes no facts', async () => {
    const bot = [
      `UPDATE orders SET current_status = 'CANCELED'`,
      'INSERT INTO orders SELECT * FROM orders',
      'DELETE FROM orders',
      'INSERT INTO events SELECT * FROM events',
      `UPDATE events SET ops_note = ''`,
      'UPDATE consumer_offsets SET next_offset = 0',
      'UPDATE inventory SET current_stock = 0',
      'DELETE FROM alert_actions',
    ];
    expect(await as('holdfast_bot', bot)).toEqual(bot.map(() => DENIED));
    const writer = [
      'DELETE FROM events',
      `UPDATE events SET ops_note = ''`,
      'DELETE FROM orders',
      'DELETE FROM orders_raw',
      `UPDATE alert_actions SET note = ''`,
      'INSERT INTO schema_migrations SELECT * FROM schema_migrations',
      `CALL set_retention(INTERVAL '30 days')`,
    ];
    expect(await as('holdfast_writer', writer)).toEqual(writer.map(() => DENIED));
  });
});
