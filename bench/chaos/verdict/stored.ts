import type { HoldReason } from '../../../domain/holds/reasons.ts';
import type { Micros } from '../../../domain/time/micros.ts';
import type { Database } from '../../../platform/database/database.ts';
import { loadOrders } from '../../../processor/sql/load-orders.ts';
import { type Expected, eventKey, holdKey, stateText } from './expected.ts';

const ORDERS_AT_ONCE = 2_000;

/** What the database holds of topic `orders`, under the keys of {@link Expected}. */
export async function storedIn(database: Database): Promise<Expected> {
  return {
    raw: await keys(
      database,
      `SELECT partition || ':' || kafka_offset AS key FROM orders_raw WHERE topic = 'orders'`,
    ),
    rejected: await keys(
      database,
      `SELECT partition || ':' || kafka_offset || ' ' || error_type AS key
       FROM pipeline_error_logs WHERE kafka_topic = 'orders'`,
    ),
    events: await storedEvents(database),
    orders: await storedOrders(database),
    holds: await storedHolds(database),
    alerts: await keys(database, `SELECT dedup_key AS key FROM alerts WHERE kind IN ('HOLD', 'EVENT')`),
  };
}

async function keys(database: Database, text: string): Promise<string[]> {
  const { rows } = await database.query<{ key: string }>(text);
  return rows.map(({ key }) => key);
}

async function storedEvents(database: Database): Promise<string[]> {
  const { rows } = await database.query<{
    order_id: string;
    occurred_at: Micros;
    event_id: string;
    content_hash: number;
  }>(`SELECT order_id, occurred_at, event_id, content_hash FROM events WHERE topic = 'orders'`);
  return rows.map((row) =>
    eventKey({
      orderId: row.order_id,
      occurredAt: row.occurred_at,
      eventId: row.event_id,
      contentHash: row.content_hash,
    }),
  );
}

/** By the way that the processor itself reads them, so that a state that cannot be read back is found too. */
async function storedOrders(database: Database): Promise<Map<string, string>> {
  const ids = await keys(database, 'SELECT order_id AS key FROM orders');
  const states = new Map<string, string>();
  for (let from = 0; from < ids.length; from += ORDERS_AT_ONCE) {
    const loaded = await loadOrders(database, ids.slice(from, from + ORDERS_AT_ONCE));
    for (const [orderId, { state }] of loaded) states.set(orderId, stateText(state));
  }
  return states;
}

async function storedHolds(database: Database): Promise<string[]> {
  const { rows } = await database.query<{
    order_id: string;
    reason_code: HoldReason;
    episode: number;
    opened_at: Micros;
    closed_at: Micros | null;
  }>('SELECT order_id, reason_code, episode, opened_at, closed_at FROM holds');
  return rows.map((row) =>
    holdKey({
      orderId: row.order_id,
      reason: row.reason_code,
      episode: row.episode,
      openedAt: row.opened_at,
      closedAt: row.closed_at,
    }),
  );
}
