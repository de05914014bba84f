import type pg from 'pg';
import { beforeAll, describe, expect } from 'vitest';
import type { Database } from '../../platform/database/database.ts';
import { codeOf } from '../../platform/errors/classify.ts';
import { readGauges } from '../../processor/sql/gauges.ts';
import { movePosition, resolvePositionAlerts } from '../../processor/sql/move-position.ts';
import { orderTimeline } from '../../processor/sql/order-timeline.ts';
import { buryMessage, claimMessages, deleteMessages, releaseMessages } from '../../processor/sql/outbox.ts';
import { raiseAlert } from '../../processor/sql/raise-alert.ts';
import { freshDatabase, skipUnlessNative } from '../support/database.ts';
import { emptyTables, stockProducts } from '../support/empty-tables.ts';
import { heldOrder } from '../support/held-orders.ts';
import { MemoryTopics } from '../support/memory-topics.ts';
import { decide } from '../support/operator-decision.ts';
import { created, MIDNIGHT, recordOf, said } from '../support/oracle/example.ts';
import { ordersHandlerOf, processorDatabase } from '../support/orders-processor.ts';
import { MAY_WRITE, mayRead } from '../support/role-matrix.ts';
import { Instances } from '../support/traffic/deliver.ts';
import { HOUR, MINUTE, NOW, SECOND } from '../support/traffic/times.ts';

const DENIED = '42501';
const YEAR = 365 * 24 * HOUR;

let owner: Database;
let writer: Database;
let bot: pg.Pool;
let reader: pg.Pool;

beforeAll(async () => {
  const database = await freshDatabase();
  if (!database.native) return;
  owner = processorDatabase(database.url, 'owner', 1);
  const asWriter = encodeURIComponent('-c role=holdfast_writer');
  writer = processorDatabase(`${database.url}?options=${asWriter}`, 'writer');
  bot = database.pool({ options: '-c role=holdfast_bot' });
  reader = database.pool({ options: '-c role=grafana_reader' });
  await stockProducts(owner, new Map([['p1', 3]]));
  await everyKindOfRecord();
});

/** Processed as the writer: every statement of the walk, and chunks that did not exist. */
async function everyKindOfRecord(): Promise<void> {
  const burst = [1, 2, 3, 4, 5, 6].map((i) => created(`burst-${i}`, (10 + i) * SECOND));
  const early = [
    ...burst,
    said('PAID', 20 * SECOND, { order_id: 'burst-1' }),
    created('short', MINUTE, { user_id: 'u2', quantity: 4 }),
    said('PAID', 2 * MINUTE, { order_id: 'short' }),
    created('fine', HOUR, { user_id: 'u3' }),
    said('PAID', HOUR + 1, { order_id: 'fine' }),
    created('invalid', 2 * HOUR, { shipping_address: '?' }),
    said('HOLD', 3 * HOUR, { order_id: 'fine', reason_code: 'RECALL' }),
    created('old', -9 * YEAR),
  ];
  const late = [
    created('burst-0', 10 * SECOND),
    said('HOLD_CLEARED', 4 * HOUR, { order_id: 'fine' }),
    said('SHIPPED', 5 * HOUR, { order_id: 'fine' }),
  ];
  const records = [...early, Buffer.from('no JSON'), ...late].map((one, offset) => recordOf(one, offset));
  const instances = new Instances(writer, ordersHandlerOf(), NOW);
  const middle = early.length + 1;
  for (const part of [records.slice(0, middle), records.slice(middle), records])
    await instances.deliver({ instance: 0, partition: 0, records: part });
  await owner.query('UPDATE consumer_offsets SET next_offset = 0');
  await new Instances(writer, ordersHandlerOf(), NOW, true).deliver({ instance: 0, partition: 0, records });
}

async function refusal(db: { query(text: string): Promise<unknown> }, text: string): Promise<string> {
  return db.query(text).then(() => 'allowed', codeOf);
}

describe('the roles', () => {
  skipUnlessNative('may write what is listed and nothing more, in chunks as well', async () => {
    const { rows } = await owner.query<{ role: string; relation: string; chunk: boolean; rights: string }>(
      `SELECT role, coalesce(ch.hypertable_name, c.relname) AS relation, ch.chunk_name IS NOT NULL AS chunk,
              concat_ws(' ', CASE WHEN has_table_privilege(role, c.oid, 'SELECT') THEN 'SELECT' END,
                        CASE WHEN has_table_privilege(role, c.oid, 'INSERT') THEN 'INSERT' END,
                        CASE WHEN has_table_privilege(role, c.oid, 'UPDATE') THEN 'UPDATE' END,
                        CASE WHEN has_table_privilege(role, c.oid, 'DELETE') THEN 'DELETE' END,
                        CASE WHEN has_table_privilege(role, c.oid, 'TRUNCATE, REFERENCES, TRIGGER') THEN 'MORE' END) AS rights
       FROM unnest(ARRAY['holdfast_writer', 'holdfast_bot', 'grafana_reader']) AS role,
            pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN timescaledb_information.chunks ch
              ON ch.chunk_schema = n.nspname AND ch.chunk_name = c.relname AND ch.hypertable_schema = 'public'
       WHERE c.relkind IN ('r', 'v', 'm', 'p') AND (n.nspname = 'public' OR ch.chunk_name IS NOT NULL)`,
    );
    expect(rows.filter((row) => row.chunk).length).toBeGreaterThan(0);
    const found = rows.map(({ role, relation, rights }) => ({ role, relation, rights }));
    const expected = rows.map(({ role, relation }) => ({
      role,
      relation,
      rights: [mayRead(role, relation) && 'SELECT', MAY_WRITE[role]?.[relation]].filter(Boolean).join(' '),
    }));
    expect(found).toEqual(expected);
  });

  skipUnlessNative('are no superusers and own nothing', async () => {
    const { rows } = await owner.query(
      `SELECT rolname FROM pg_roles
       WHERE rolname IN ('holdfast_writer', 'holdfast_bot', 'grafana_reader')
         AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls OR rolreplication
              OR EXISTS (SELECT FROM pg_class WHERE relowner = pg_roles.oid)
              OR EXISTS (SELECT FROM pg_auth_members WHERE member = pg_roles.oid))`,
    );
    expect(rows).toEqual([]);
  });
});

describe('holdfast_writer', () => {
  skipUnlessNative('processes every kind of record, and has done so with all that follows', async () => {
    const { rows } = await owner.query<{ reasons: string; resolved: number; rejected: number }>(
      `SELECT (SELECT string_agg(DISTINCT reason_code, ' ' ORDER BY reason_code) FROM holds) AS reasons,
              (SELECT count(*) FROM alerts WHERE status = 'RESOLVED') AS resolved,
              (SELECT count(*) FROM pipeline_error_logs) AS rejected`,
    );
    expect(rows[0]).toEqual({
      reasons: 'EXTERNAL FUL-FRAUD-USER FUL-INV FUL-VALID',
      resolved: 1,
      rejected: 1,
    });
  });

  skipUnlessNative('follows decisions and does again what it is asked to', async () => {
    const { url } = await freshDatabase();
    const asOwner = processorDatabase(url, 'owner');
    const asWriter = processorDatabase(
      `${url}?options=${encodeURIComponent('-c role=holdfast_writer')}`,
      'writer',
    );
    await stockProducts(asOwner, new Map([['p1', 3]]));
    const topics = new MemoryTopics(asWriter);
    await topics.send(
      created('o1', 0, { shipping_address: '?' }),
      created('o2', SECOND, { quantity: 9 }),
      said('PAID', MINUTE, { order_id: 'o2' }),
      'no object',
    );
    const { rows } = await asOwner.query<{ alert_id: number }>(
      'SELECT alert_id FROM alerts ORDER BY alert_id',
    );
    const alerts = rows.map((row) => row.alert_id);
    await topics.act({ action: 'RETRY', alerts });
    const { alert_id: canceled } = await heldOrder(asWriter, 'o1', 'FUL-VALID');
    await topics.act({ action: 'RESOLVE', alerts: [canceled], decision: 'cancel' });
    await emptyTables(asOwner);
    await stockProducts(asOwner, new Map([['p1', 3]]));
    await new MemoryTopics(asWriter, {}, topics.logs).settle();
    const { rows: holds } = await asOwner.query(
      'SELECT order_id, status, ops_operator FROM holds ORDER BY order_id',
    );
    expect(holds).toMatchObject([
      { order_id: 'o1', status: 'CANCELED', ops_operator: 'kim' },
      { status: 'OPEN' },
    ]);
  });

  skipUnlessNative('runs the relay, the gauges, the API and the commands on positions', async () => {
    const [first, second, third] = await claimMessages(writer, 10, 1_000_000);
    await deleteMessages(writer, [first!.outboxId]);
    await releaseMessages(writer, [second!.outboxId]);
    await buryMessage(writer, third!.outboxId, 'refused');
    expect((await readGauges(writer)).map((sample) => sample.name)).toContain('rollup_age');
    expect((await orderTimeline(writer, 'fine'))?.events).toHaveLength(5);
    await raiseAlert(writer, {
      dedupKey: 'position/orders/0',
      groupKey: 'PIPELINE/test',
      kind: 'PIPELINE',
      severity: 'critical',
      subject: 'orders partition 0 stopped',
      evidence: { topic: 'orders', partition: 0 },
      openedAt: MIDNIGHT,
      orderId: null,
      holdId: null,
      logId: null,
    });
    expect(await movePosition(writer, { topic: 'orders', partition: 0, nextOffset: 5, newEpoch: true })).toBe(
      true,
    );
    expect(await resolvePositionAlerts(writer, 'orders', 0, 'kim', 'set by hand')).toBe(1);
  });

  skipUnlessNative('changes no facts, drops nothing, defines nothing', async () => {
    const { rows } = await owner.query<{ chunk: string }>(
      `SELECT format('%I.%I', chunk_schema, chunk_name) AS chunk FROM timescaledb_information.chunks
       WHERE hypertable_name = 'events' LIMIT 1`,
    );
    const chunk = rows[0]?.chunk;
    for (const text of [
      'DELETE FROM events',
      'DELETE FROM orders',
      'DELETE FROM holds',
      'DELETE FROM orders_raw',
      `UPDATE events SET ops_note = ''`,
      `UPDATE alert_actions SET note = ''`,
      'UPDATE state_deltas SET delta = 0',
      `DELETE FROM ${chunk}`,
      `UPDATE ${chunk} SET ops_note = ''`,
      'TRUNCATE events',
      'CREATE TABLE mine (id integer)',
      'CREATE INDEX ON orders (user_id)',
      'ALTER TABLE orders ADD COLUMN mine text',
      'ALTER TABLE events DISABLE TRIGGER ALL',
      'DROP TABLE holds',
      'DROP TRIGGER alert_actions_append_only ON alert_actions',
      'CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$',
      `SELECT drop_chunks('events', now())`,
      `SELECT remove_retention_policy('events', if_exists => true)`,
      `CALL set_retention(INTERVAL '30 days')`,
      `INSERT INTO schema_migrations (id, name, checksum) VALUES (999, 'mine', '')`,
      `INSERT INTO metrics_window (orders) VALUES (1)`,
    ])
      expect(await refusal(writer, text), text).toMatch(/^(42501|0A000|55000)$/);
  });
});

describe('holdfast_bot', () => {
  skipUnlessNative('decides about holds and alerts and publishes the decision', async () => {
    const { rows } = await bot.query(
      `SELECT h.hold_id, a.alert_id FROM holds h JOIN alerts a USING (hold_id) WHERE h.order_id = 'invalid'`,
    );
    const { hold_id: holdId, alert_id: alertId } = rows[0];
    const at = '2026-03-02T03:00:00Z';
    expect(await decide(bot, { holdId, alertId, at, first: 'alert' })).toBe('decided');
    await bot.query(
      `INSERT INTO kafka_outbox (topic, record_key, record_value) VALUES ('holds', 'invalid', '{}')`,
    );
    await bot.query(`UPDATE slack_alert_log SET state = 'sent', ts = '1.2' WHERE alert_id = $1`, [alertId]);
    await bot.query(
      `INSERT INTO holds (order_id, reason_code, episode, evidence, opened_at)
       VALUES ('invalid', 'FUL-VALID', 2, '{}', now())`,
    );
  });

  skipUnlessNative('writes no orders and no events', async () => {
    for (const text of [
      `UPDATE orders SET current_status = 'CANCELED'`,
      'INSERT INTO orders SELECT * FROM orders',
      'INSERT INTO order_keys SELECT * FROM order_keys',
      'INSERT INTO events SELECT * FROM events',
      `UPDATE events SET ops_note = ''`,
      'DELETE FROM events',
      'DELETE FROM kafka_outbox',
      'DELETE FROM holds',
      `UPDATE alert_actions SET note = ''`,
      'UPDATE consumer_offsets SET next_offset = 0',
      'UPDATE inventory SET current_stock = 0',
      'DELETE FROM pipeline_error_logs',
    ])
      expect(await refusal(bot, text), text).toBe(DENIED);
  });
});

describe('grafana_reader', () => {
  skipUnlessNative(
    'reads every table, view, rollup and chunk but those with personal data, and writes none',
    async () => {
      const { rows } = await owner.query<{ relation: string; of: string; kind: string }>(
        `SELECT format('%I.%I', n.nspname, c.relname) AS relation, c.relname AS of, c.relkind::text AS kind
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relkind IN ('r', 'v', 'm', 'p') AND n.nspname = 'public'
       UNION ALL
       SELECT format('%I.%I', chunk_schema, chunk_name), hypertable_name, 'chunk' FROM timescaledb_information.chunks
       WHERE hypertable_schema = 'public'
       UNION ALL VALUES ('timescaledb_information.jobs', '', 'v'), ('timescaledb_information.job_stats', '', 'v')`,
      );
      expect(rows.filter(({ kind }) => kind === 'chunk').length).toBeGreaterThan(2);
      for (const { relation, of, kind } of rows) {
        const read = await refusal(reader, `SELECT * FROM ${relation} LIMIT 1`);
        expect(read, relation).toBe(of === '' || mayRead('grafana_reader', of) ? 'allowed' : DENIED);
        if (kind === 'v') continue;
        expect(await refusal(reader, `DELETE FROM ${relation}`), relation).toBe(DENIED);
        expect(await refusal(reader, `INSERT INTO ${relation} DEFAULT VALUES`), relation).toBe(DENIED);
      }
      for (const text of ['CREATE TABLE mine (id integer)', `CALL set_retention(NULL)`, 'CALL run_job(1000)'])
        expect(await refusal(reader, text), text).toBe(DENIED);
    },
  );

  skipUnlessNative('sees a day that nobody had written to before', async () => {
    const records = [recordOf(created('newest', 3 * 24 * HOUR), 100)];
    await new Instances(writer, ordersHandlerOf(), NOW).deliver({ instance: 0, partition: 3, records });
    const { rows } = await reader.query(
      `SELECT (SELECT count(*)::integer FROM orders_masked WHERE order_id = 'newest') AS orders,
              (SELECT count(*)::integer FROM events WHERE order_id = 'newest') AS events`,
    );
    expect(rows[0]).toEqual({ orders: 1, events: 1 });
  });

  skipUnlessNative(
    'sees personal data masked, unless it is made a member of personal_data_reader',
    async () => {
      const shown = `SELECT user_id, shipping_address FROM orders_masked WHERE order_id = 'fine'`;
      const hidden = await reader.query(shown);
      expect(hidden.rows[0]).toEqual({ user_id: '***', shipping_address: '12 ***' });
      const evidence = `SELECT DISTINCT evidence->>'user_id' AS user_id FROM holds_masked WHERE reason_code = 'FUL-FRAUD-USER'`;
      expect((await reader.query(evidence)).rows).toEqual([{ user_id: '***' }]);
      await owner.query('BEGIN');
      try {
        await owner.query('GRANT personal_data_reader TO grafana_reader');
        await owner.query('SET LOCAL ROLE grafana_reader');
        expect((await owner.query(shown)).rows[0]).toEqual({
          user_id: 'u3',
          shipping_address: '12 Long Street',
        });
      } finally {
        await owner.query('ROLLBACK');
      }
    },
  );
});
