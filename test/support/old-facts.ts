import type { Database } from '../../platform/database/database.ts';

/** Tables of which old chunks are dropped, by name. */
export const DROPPED = [
  ...['arrivals', 'deliveries', 'delivery_outcomes', 'delivery_risks', 'events', 'order_facts', 'orders_raw'],
  ...['payments', 'restaurants', 'reviews', 'riders', 'series_points', 'source_readings'],
];

/** Tables that {@link insertOldFacts} adds a row to, and of which old rows go. */
export const FILLED = [
  ...DROPPED.filter((name) => !/^(arrivals|events|orders_raw)$/.test(name)),
  'event_copies',
];

/**
 * A row of this moment in each table that retention covers, but for those a batch writes; and a webhook in each state.
 *
 * @param offset tells the rows of one moment from those of another
 */
export async function insertOldFacts(database: Database, at: Date, offset: number): Promise<void> {
  const insert = (text: string) => database.query(text.replaceAll('$at', `'${at.toISOString()}'`));
  await insert(`INSERT INTO payments (occurred_at, order_id, event_id, content_hash, event_type, method)
                VALUES ($at, 'o', 'e', 1, 'APPROVED', 'card')`);
  await insert(
    `INSERT INTO reviews (occurred_at, order_id, event_id, content_hash, score) VALUES ($at, 'o', 'e', 1, 5)`,
  );
  await insert(`INSERT INTO deliveries (occurred_at, order_id, event_id, content_hash, event_type, region)
                VALUES ($at, 'o', 'e', 1, 'DELIVERED', 'r')`);
  await insert(`INSERT INTO riders (occurred_at, rider_id, event_id, content_hash, event_type)
                VALUES ($at, 'r', 'e', 1, 'ONLINE')`);
  await insert(`INSERT INTO restaurants (occurred_at, restaurant_id, event_id, content_hash, event_type)
                VALUES ($at, 'r', 'e', 1, 'OPEN')`);
  await insert(`INSERT INTO order_facts (at, order_id, kind, region) VALUES ($at, 'o', 'CREATED', 'r')`);
  await insert(`INSERT INTO series_points (at, series_key, sum, n, score, deviation, anomalous)
                VALUES ($at, 'orders|region=r', 1, 1, 0, 0, false)`);
  await insert(
    `INSERT INTO source_readings (at, source, subject, value, text) VALUES ($at, 'WEATHER', 'r', 0, 'fair')`,
  );
  await insert(`INSERT INTO delivery_outcomes (delivered_at, order_id, seller_id, customer_zip)
                VALUES ($at, 'o', 's', '1')`);
  await insert(`INSERT INTO delivery_risks (assessed_at, order_id, moment, probability, expected_at, earliest_at, latest_at)
                VALUES ($at, 'o', 'APPROVAL', 0.1, $at, $at, $at)`);
  await insert(`INSERT INTO event_copies (order_id, occurred_at, content_hash, topic, partition, kafka_offset, kafka_timestamp)
                VALUES ('o', $at, 1, 'orders', 0, ${offset}, $at)`);
  for (const state of ['sent', 'dead', 'pending'])
    await insert(`INSERT INTO webhook_outbox (kind, target, payload, idempotency_key, state, created_at, settled_at)
                  VALUES ('k', 'customer', '{}', '${state}${offset}', '${state}', $at, $at)`);
}
