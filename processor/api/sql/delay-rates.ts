import type { Micros } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { micros } from '../../sql/micros.ts';

export interface DelayRatesQuery {
  asOf: Micros;
  by: 'region' | 'seller';
  region: string | null;
  sellerId: string | null;
  /** The window by whose rate is sorted, and in which there have to be so many orders. */
  windowDays: number;
  minOrders: number;
  after: readonly [rate: number, key: string] | null;
  most: number;
}

export interface DelayRate {
  key: string;
  rate: number;
  windows: {
    days: number;
    orders: number;
    late: number;
    /** Of the late ones; null when there are none. */
    mean_lateness_seconds: number | null;
    /** Of all; negative: before the promised date. */
    mean_promise_error_seconds: number;
  }[];
}

/**
 * How many of the orders delivered within sliding windows that end at `asOf` came after their promised date; orders
 * without one are left out. Highest rate first.
 */
export async function delayRates(db: Queryable, query: DelayRatesQuery): Promise<DelayRate[]> {
  const { rows } = await db.query<DelayRate & Record<string, unknown>>({
    name: 'api_delay_rates',
    text: `WITH windows (days) AS (VALUES (7), (30), (90)),
           outcomes AS (
             SELECT CASE $2 WHEN 'seller' THEN coalesce(seller_id, 'unknown') ELSE coalesce(region, 'unknown') END AS key,
                    delivered_at, date_part('epoch', delivered_at - promised_at) AS error_seconds
             FROM delivery_outcomes
             WHERE delivered_at > ${micros('$1')} - INTERVAL '90 days' AND delivered_at <= ${micros('$1')}
               AND promised_at IS NOT NULL
               AND ($3::text IS NULL OR region = $3) AND ($4::text IS NULL OR seller_id = $4)
           ),
           counted AS (
             SELECT key, days, count(*) AS orders, count(*) FILTER (WHERE error_seconds > 0) AS late,
                    avg(error_seconds) FILTER (WHERE error_seconds > 0) AS lateness, avg(error_seconds) AS error
             FROM outcomes JOIN windows ON delivered_at > ${micros('$1')} - INTERVAL '1 day' * days
             GROUP BY 1, 2
           ),
           chosen AS (
             SELECT key, rate FROM (
               SELECT key, late::float8 / orders AS rate FROM counted WHERE days = $5 AND orders >= $6
             ) AS ranked
             WHERE $7::float8 IS NULL OR rate < $7 OR (rate = $7 AND key > $8)
             ORDER BY rate DESC, key LIMIT $9
           )
           SELECT key, rate,
                  jsonb_agg(jsonb_build_object('days', days, 'orders', orders, 'late', late, 'mean_lateness_seconds', lateness,
                                               'mean_promise_error_seconds', error) ORDER BY days) AS windows
           FROM chosen JOIN counted USING (key)
           GROUP BY key, rate ORDER BY rate DESC, key`,
    values: [
      query.asOf,
      query.by,
      query.region,
      query.sellerId,
      query.windowDays,
      query.minOrders,
      query.after?.[0] ?? null,
      query.after?.[1] ?? null,
      query.most,
    ],
  });
  return rows;
}
