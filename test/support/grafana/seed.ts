import type pg from 'pg';
import type { Database } from '../../../platform/database/database.ts';
import { inTransaction } from '../../../platform/database/transaction.ts';
import { InTimeFollower } from '../../../processor/sequence/in-time-follower.ts';
import { ordersHandlerOf } from '../orders-processor.ts';
import { runPolicies } from '../rollup-check.ts';
import { Instances } from '../traffic/deliver.ts';
import { seedCommerce } from './seed-commerce.ts';
import { seedPlatform } from './seed-platform.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Orders that the seeded data surely has, to look at one by one. */
export const SEEDED = { held: 'held-1', late: 'late-1', delivered: 'done-1' } as const;

type Message = Readonly<Record<string, unknown>> | Buffer;

/**
 * What a day of a small shop leaves behind, through the processor's own handlers: orders at every stage, late and overdue
 * ones, holds of several reasons, rejected records, decisions of operators, messages in Slack; and some orders of a week ago.
 */
export async function seedDashboards(database: Database): Promise<void> {
  const now = Date.now();
  const messages = [...ordinaryOrders(now), ...troubles(now)].toSorted(
    (a, b) => timeOf(a, now) - timeOf(b, now),
  );
  const records = messages.map((message, offset) => ({
    topic: 'orders',
    partition: 0,
    offset,
    kafkaTimestampMs: timeOf(message, now) + 50,
    value: Buffer.isBuffer(message) ? message : Buffer.from(JSON.stringify(message)),
  }));
  await new Instances(database, ordersHandlerOf(), now * 1000).deliver({
    instance: 0,
    partition: 0,
    records,
  });
  await judge(database, now * 1000);
  await decide(database);
  await sendToSlack(database);
  await seedCommerce(database, now, SEEDED.late);
  await seedPlatform(database, now);
  await runPolicies(database, 'refresh');
}

const timeOf = (message: Message, now: number): number =>
  Buffer.isBuffer(message)
    ? now - 10 * MINUTE
    : Date.parse(String((message as { occurred_at: string }).occurred_at));

/** Each twenty minutes an order; the older ones are further on. */
function ordinaryOrders(now: number): Message[] {
  const begins = [
    ...range(60).map((i) => now - (i + 1) * 20 * MINUTE),
    ...range(5).map((i) => now - 7 * DAY - i * HOUR),
  ];
  return begins.flatMap((begin, index) => wayOf(`done-${index}`, begin, now));
}

function wayOf(orderId: string, begin: number, now: number): Message[] {
  const steps: readonly (readonly [type: string, after: number])[] = [
    ['PAID', 3 * MINUTE],
    ['PICKING', 40 * MINUTE],
    ['PACKED', 70 * MINUTE],
    ['SHIPPED', 3 * HOUR],
    ['DELIVERED', 7 * HOUR],
  ];
  return [
    created(orderId, begin),
    ...steps
      .map(([type, after]) => said(orderId, type, begin + after))
      .filter((message) => timeOf(message, now) < now),
  ];
}

function troubles(now: number): Message[] {
  return [
    created(SEEDED.late, now - 6 * HOUR),
    said(SEEDED.late, 'PAID', now - 5 * HOUR),
    created(SEEDED.held, now - 2 * HOUR, { shipping_address: '?', product_id: 'P-held' }),
    said(SEEDED.held, 'PAID', now - 100 * MINUTE),
    said(SEEDED.held, 'PAID', now - 100 * MINUTE),
    created('held-2', now - HOUR, { user_id: null, product_id: 'P-held' }),
    created('held-3', now - HOUR, { user_id: null, product_id: 'P-other' }),
    ...range(7).map((i) =>
      created(`burst-${i}`, now - 30 * MINUTE + i * 500, { user_id: 'U-burst', product_id: 'P-burst' }),
    ),
    created('stopped', now - 90 * MINUTE),
    said('stopped', 'CANCELED', now - 80 * MINUTE, { reason_code: 'OUT_OF_STOCK' }),
    Buffer.from('this is no JSON'),
    Buffer.from('{}'),
  ];
}

function created(orderId: string, at: number, members: Readonly<Record<string, unknown>> = {}): Message {
  return said(orderId, 'ORDER_CREATED', at, {
    user_id: `U-${orderId}`,
    product_id: `P-${orderId}`,
    product_name: 'Blue kettle',
    shipping_address: '12 Harbour Street, Busan',
    region: orderId.length % 2 === 0 ? 'Busan' : 'Seoul',
    seller_id: 'S-1',
    amount: 12_000,
    currency: 'KRW',
    promised_at: new Date(at + 6 * HOUR).toISOString(),
    ...members,
  });
}

const said = (
  orderId: string,
  type: string,
  at: number,
  members: Readonly<Record<string, unknown>> = {},
): Message => ({ order_id: orderId, event_type: type, occurred_at: new Date(at).toISOString(), ...members });

async function decide(database: Database): Promise<void> {
  const { rows } = await database.query<{ alert_id: string; order_id: string }>(
    'SELECT alert_id, order_id FROM alerts WHERE hold_id IS NOT NULL ORDER BY alert_id',
  );
  const [first, second, third] = rows;
  const act = (alertId: string | undefined, action: string, more: object = {}) =>
    database.query('SELECT * FROM change_alerts($1::jsonb)', [
      JSON.stringify({ action, targets: [{ alert_id: alertId }], actor: 'kim', source: 'slack', ...more }),
    ]);
  await act(first?.alert_id, 'ACK');
  await act(second?.alert_id, 'ACK');
  await act(second?.alert_id, 'RESOLVE', { decision: 'release', note: 'called the customer' });
  await act(third?.alert_id, 'RETRY');
  await act(rows.find(({ order_id }) => order_id === SEEDED.held)?.alert_id, 'ACK', { note: 'looking' });
}

/** As the sequencer does when event time has come to `now` (us). */
async function judge(database: Database, now: number): Promise<void> {
  const follower = new InTimeFollower(2 * HOUR * 1000);
  follower.advance(now);
  await inTransaction(database, (connection) => follower.persist(connection));
}

/** As the alertbot leaves it: one alert is a message, the others wait. */
async function sendToSlack(database: Database): Promise<void> {
  const { rows } = await database.query<{ message_id: string }>(
    `INSERT INTO slack_messages (kind, home, target, urgency, due_at, created_at)
     VALUES ('alert', 'holds', 'holds', 0, now(), now() - INTERVAL '5 seconds') RETURNING message_id`,
  );
  const messageId = rows[0]?.message_id;
  await database.query(
    `UPDATE slack_alert_log SET message_id = $1 WHERE alert_id = (SELECT min(alert_id) FROM alerts WHERE order_id = $2)`,
    [messageId, SEEDED.held],
  );
  await database.query(
    `UPDATE slack_messages SET state = 'sent', channel = 'C1', ts = '1700000000.000100', posted_at = now() WHERE message_id = $1`,
    [messageId],
  );
}

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** A pool of Grafana's role. */
export async function readerPool(database: {
  native: boolean;
  pool(config: pg.PoolConfig): pg.Pool;
}): Promise<pg.Pool> {
  if (database.native) return database.pool({ options: '-c role=grafana_reader' });
  const pool = database.pool({ max: 1 });
  await pool.query('SET ROLE grafana_reader');
  return pool;
}
