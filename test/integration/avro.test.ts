import avro from 'avsc';
import { beforeAll, describe, expect, test } from 'vitest';
import { withSchemaId } from '../../platform/avro/wire-format.ts';
import { type Database, openDatabase } from '../../platform/database/database.ts';
import { registerSchema } from '../../platform/schema-registry/register-schema.ts';
import { SchemaRefused } from '../../platform/schema-registry/registry-errors.ts';
import { parseCommand } from '../../simulator/command-line/command.ts';
import { simulate } from '../../simulator/simulate.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { freshTopicPrefix, kafkaBrokers } from '../support/kafka.ts';
import { consume, produce } from '../support/kafka-client.ts';
import { silentLogger } from '../support/orders-processor.ts';
import { type RunningProcessor, runProcessor } from '../support/running-processor.ts';
import { type PrivateRegistry, privateRegistry, registryApp } from '../support/schema-registry.ts';

const appDir = await registryApp();

const needs = appDir === null ? ' (needs Maven, to fetch a schema registry)' : '';

const AT = Date.parse('2026-03-02T00:00:00Z') * 1000;

const field = (name: string, more: object = {}) => ({
  name,
  type: ['null', 'string'],
  default: null,
  ...more,
});

/** A producer's schema of order events, with these fields beside the ones it always has. */
const schemaWith = (...fields: object[]) => ({
  type: 'record',
  name: 'shop.Order',
  fields: [
    { name: 'order_id', type: 'string' },
    { name: 'event_type', type: { type: 'enum', name: 'Kind', symbols: ['ORDER_CREATED', 'PAID'] } },
    { name: 'occurred_at', type: { type: 'long', logicalType: 'timestamp-micros' } },
    field('user_id'),
    field('shipping_address'),
    ...fields,
  ],
});

const V1 = schemaWith(field('region'), field('channel'));
const V2_ADDED = schemaWith(field('region'), field('channel'), field('coupon'));
const V3_REMOVED = schemaWith(field('region'), field('coupon'));
const V4_RENAMED = schemaWith(field('district', { aliases: ['region'] }), field('coupon'));

/** Not the one that the topic's name would give: only ids count for who reads. */
const SUBJECT = 'shop.Order';

const said = {
  event_type: 'ORDER_CREATED',
  occurred_at: AT,
  user_id: 'u1',
  shipping_address: '12 Harbour Street',
};

describe.skipIf(appDir === null)(`Avro with a registry${needs}`, () => {
  const prefix = freshTopicPrefix();
  const topic = `${prefix}orders`;
  const undoing: (() => Promise<void>)[] = [];
  let registry: PrivateRegistry;
  let processor: RunningProcessor;
  let pool: Database;

  beforeAll(async () => {
    const cleanUp = (undo: () => Promise<void>) => void undoing.unshift(undo);
    registry = await privateRegistry(appDir ?? '', cleanUp);
    const database = await freshDatabase();
    pool = openDatabase({ url: database.url, poolSize: 3, program: 'test', logger: silentLogger });
    cleanUp(() => pool.end());
    processor = await runProcessor({
      ...{ databaseUrl: database.url, brokers: kafkaBrokers(), prefix, cleanUp },
      env: { HOLDFAST_SCHEMA_REGISTRY_URL: registry.url, HOLDFAST_PARTITIONS: '1' },
    });
    await eventually('the topics', async () => (await fetch(`${processor.url}/readyz`)).ok);
    return async () => {
      for (const undo of undoing) await undo();
    };
  });

  const register = (schema: object, subject = SUBJECT) =>
    registerSchema({ url: registry.url, authorization: null }, subject, JSON.stringify(schema));

  async function avroOf(schema: object, event: object): Promise<Buffer> {
    return withSchemaId(await register(schema), avro.Type.forSchema(schema as never).toBuffer(event));
  }

  const send = (key: string, value: Buffer) => produce(kafkaBrokers(), topic, [{ key, value }]);

  const rawOf = (orderId: string) =>
    eventually(`the raw row of ${orderId}`, async () => {
      const { rows } = await pool.query<{ row_payload: Record<string, unknown>; avro: Buffer }>(
        `SELECT row_payload, avro FROM orders_raw WHERE row_payload->>'order_id' = $1`,
        [orderId],
      );
      return rows[0];
    });

  const rejectedWith = (key: string) =>
    eventually(`the rejected record ${key}`, async () => {
      const { rows } = await pool.query<{
        error_type: string;
        error_text: string;
        original: Buffer;
        alert_id: number;
      }>(
        `SELECT error_type, error_text, original, alert_id FROM pipeline_error_logs
         JOIN alerts USING (log_id) WHERE record_key = $1`,
        [Buffer.from(key)],
      );
      return rows[0];
    });

  test('a producer evolves: a field added, a field removed, a field renamed by alias', async () => {
    const values = [
      await avroOf(V1, { ...said, order_id: 'v1', region: 'SEOUL', channel: 'app' }),
      await avroOf(V2_ADDED, { ...said, order_id: 'v2', region: 'SEOUL', channel: 'app', coupon: 'C-1' }),
      await avroOf(V3_REMOVED, { ...said, order_id: 'v3', region: 'SEOUL', coupon: null }),
      await avroOf(V4_RENAMED, { ...said, order_id: 'v4', district: 'SEOUL', coupon: 'C-2' }),
    ];
    for (const [index, value] of values.entries()) await send(`v${index + 1}`, value);
    for (const [index, value] of values.entries())
      expect((await rawOf(`v${index + 1}`)).avro.equals(value)).toBe(true);
    const { rows } = await pool.query(
      'SELECT order_id, region, channel, user_id FROM orders ORDER BY order_id',
    );
    const all = { region: 'SEOUL', user_id: 'u1' };
    expect(rows).toEqual([
      { ...all, order_id: 'v1', channel: 'app' },
      { ...all, order_id: 'v2', channel: 'app' },
      { ...all, order_id: 'v3', channel: null },
      { ...all, order_id: 'v4', channel: null },
    ]);
    expect((await rawOf('v2')).row_payload).toMatchObject({
      coupon: 'C-1',
      occurred_at: '2026-03-02T00:00:00.000000Z',
    });
  });

  test('an incompatible schema is refused at the registry, by the name of its subject and what does not fit', async () => {
    const refused = register(schemaWith({ name: 'region', type: 'int' }, { name: 'gift', type: 'string' }));
    await expect(refused).rejects.toBeInstanceOf(SchemaRefused);
    await expect(refused).rejects.toThrow(new RegExp(`subject ${SUBJECT}: .*(region|gift|INT)`, 's'));
  });

  test('what is no record of its schema is a dead letter, bit for bit, and sent again once the schema is known', async () => {
    const known = await avroOf(V1, { ...said, order_id: 'x', region: null, channel: null });
    const cutOff = known.subarray(0, known.length - 1);
    const endless = Buffer.concat([known.subarray(0, 5), Buffer.from([0x80, 0x80, 0x80, 0x80, 0x20])]);
    await send('cut-off', cutOff);
    await send('endless', endless);
    expect(await rejectedWith('cut-off')).toMatchObject({
      ...{ error_type: 'PARSE_ERROR', original: cutOff },
      error_text: expect.stringContaining('the record ends too early') as string,
    });
    expect(await rejectedWith('endless')).toMatchObject({ error_type: 'PARSE_ERROR', original: endless });
    const letters = await eventually('the dead letters', async () => {
      const found = await consume(kafkaBrokers(), `${prefix}dead-letters`, 2);
      return found.length === 2 && found;
    });
    expect(letters.map(({ value }) => value)).toEqual([cutOff, endless]);

    const schema = { ...schemaWith(field('region')), name: 'shop.Later' };
    const nextId = (await register({ ...schema, name: 'shop.Latest' }, 'latest')) + 1;
    const early = withSchemaId(
      nextId,
      avro.Type.forSchema(schema as never).toBuffer({ ...said, order_id: 'early', region: null }),
    );
    await send('early', early);
    const { alert_id, error_text } = await rejectedWith('early');
    expect(error_text).toBe(`the schema registry knows no schema ${nextId}`);
    expect(await register(schema, 'later')).toBe(nextId);
    await eventually('the record that was sent again', async () => {
      await pool.query('SELECT outcome FROM change_alerts($1)', [
        JSON.stringify({
          ...{ action: 'RETRY', targets: [{ alert_id, version: null }], actor: 'kim', actor_id: 'U1' },
          ...{ source: 'slack', note: null, decision: null, now: new Date().toISOString() },
        }),
      ]);
      const { rows } = await pool.query(`SELECT 1 FROM orders WHERE order_id = 'early'`);
      return rows.length === 1;
    });
    expect((await rawOf('early')).avro.equals(early)).toBe(true);
  });

  test('while the registry is away its records wait, others go on, and nothing is lost', async () => {
    const schema = schemaWith(field('region'), field('channel'), field('seller_id'));
    const value = await avroOf(schema, {
      ...said,
      order_id: 'waits',
      region: 'BUSAN',
      channel: null,
      seller_id: 's1',
    });
    const known = await avroOf(V1, { ...said, order_id: 'known', region: null, channel: null });
    const { rows: before } = await pool.query('SELECT count(*) AS n FROM pipeline_error_logs');
    await registry.kill();

    await send('known', known);
    await rawOf('known');
    await send('waits', value);
    await send('behind', known.subarray());
    const health = await eventually('health that says so', async () => {
      const said = await (await fetch(`${processor.url}/readyz`)).text();
      return said.includes('schema registry') && said;
    });
    expect(health).toContain(registry.url);
    const payment = { order_id: 'known', event_type: 'APPROVED', occurred_at: '2026-03-02T00:00:01Z' };
    await produce(kafkaBrokers(), `${prefix}payments`, [{ key: 'known', value: JSON.stringify(payment) }]);
    await eventually('a payment in JSON', async () => (await pool.query('SELECT 1 FROM payments')).rowCount);
    const metrics = await (await fetch(`${processor.url}/metrics`)).text();
    expect(metrics).toMatch(/holdfast_batch_retries_total\{cause="registry".*\} [1-9]/);
    expect(metrics).toMatch(/holdfast_schema_registry_lookups_total\{outcome="failed".*\} [1-9]/);
    expect((await pool.query(`SELECT 1 FROM orders WHERE order_id = 'waits'`)).rowCount).toBe(0);

    await registry.start();
    expect((await rawOf('waits')).row_payload).toMatchObject({ region: 'BUSAN', seller_id: 's1' });
    const { rows: after } = await pool.query('SELECT count(*) AS n FROM pipeline_error_logs');
    expect(after).toEqual(before);
    await eventually('health', async () => (await fetch(`${processor.url}/readyz`)).ok);
  });

  test('simulated traffic in Avro becomes what the same would in JSON, poison included', async () => {
    const args = [
      '--format',
      'avro',
      '--scenario',
      'mixed',
      '--rate',
      'max',
      '--events',
      '1500',
      '--quiet',
      '--verify',
    ];
    const said: string[] = [];
    const outcome = await simulate(parseCommand(args, Date.now()), {
      config: processor.config,
      database: pool,
      clock: Date.now,
      terminal: { isTTY: false, write: (text: string) => void said.push(text) },
      signal: new AbortController().signal,
    });
    const { ok, comparisons } = outcome.verification ?? {};
    expect(ok, said.join('') + JSON.stringify(comparisons)).toBe(true);
    const { rows } = await pool.query<{ avro: number; json: number }>(
      `SELECT count(avro)::integer AS avro, count(*) FILTER (WHERE avro IS NULL)::integer AS json
       FROM orders_raw WHERE row_payload->>'order_id' LIKE $1`,
      [`${outcome.prefix}%`],
    );
    expect(rows[0]?.avro).toBeGreaterThan(1000);
  });
});
