import type { Comparison } from './compare.ts';
import { SELLER_SCORES, SELLER_STATS } from './seller-facts.ts';

/** Null where the order was not known yet, or the stage before came after it. */
const OUTCOMES = `
  SELECT *, CASE WHEN handed_at <= delivered_at AND handed_at >= coalesce(approval, purchase, handed_at) THEN handed_at END AS hand_over
  FROM (SELECT *, CASE WHEN approved_at <= delivered_at AND approved_at >= coalesce(purchase, approved_at) THEN approved_at END AS approval
        FROM (SELECT *, CASE WHEN bought_at <= delivered_at THEN bought_at END AS purchase
              FROM csv.journey WHERE delivered_at IS NOT NULL) AS bought) AS approved`;

const seconds = (from: string, to: string) => `extract(epoch FROM ${to} - ${from})`;

/** Rates and stage times of all deliveries, by a column of the rollup that dashboards read. */
function rates(actualKey: string, expectedKey: string): Comparison {
  return {
    actual: `SELECT ${actualKey} AS key, sum(orders) AS orders, coalesce(sum(orders) FILTER (WHERE late IS NOT NULL), 0) AS promised,
                    coalesce(sum(orders) FILTER (WHERE late), 0) AS late,
                    sum(approval_seconds) AS approval, sum(preparation_seconds) AS preparation,
                    sum(transit_seconds) AS transit, sum(total_seconds) AS total, sum(error_seconds) AS error
             FROM stages_1d GROUP BY 1`,
    expected: `SELECT coalesce(${expectedKey}, 'unknown') AS key, count(*) AS orders, count(promised_at) AS promised,
                      count(*) FILTER (WHERE delivered_at > promised_at) AS late,
                      sum(${seconds('purchase', 'approval')}) AS approval, sum(${seconds('approval', 'hand_over')}) AS preparation,
                      sum(${seconds('hand_over', 'delivered_at')}) AS transit, sum(${seconds('purchase', 'delivered_at')}) AS total,
                      sum(${seconds('promised_at', 'delivered_at')}) AS error
               FROM (${OUTCOMES}) AS outcomes GROUP BY 1`,
  };
}

/** Shares within windows that end at $1, as the API gives them. */
export const delayRates = (key: string) =>
  `SELECT coalesce(${key}, 'unknown') || ' ' || days AS key, count(*) AS orders,
          count(*) FILTER (WHERE delivered_at > promised_at) AS late_orders,
          avg((delivered_at > promised_at)::int) AS delay_rate,
          avg(${seconds('promised_at', 'delivered_at')} / 3600) FILTER (WHERE delivered_at > promised_at) AS mean_lateness_hours,
          avg(${seconds('promised_at', 'delivered_at')} / 3600) AS mean_promise_error_hours
   FROM csv.journey
   JOIN (VALUES (7), (30), (90)) AS span (days)
     ON delivered_at <= $1::timestamptz AND delivered_at > $1::timestamptz - days * INTERVAL '24 hours'
   WHERE promised_at IS NOT NULL GROUP BY coalesce(${key}, 'unknown'), days`;

const BANDS = [0, 25, 50, 100, 200, 400, 700, 1000, 1500, 2000, 2500];
const BAND = `CASE width_bucket(km, ARRAY[${BANDS}]::float8[])
  ${BANDS.map((from, i) => `WHEN ${i + 1} THEN '${from}${i + 1 < BANDS.length ? `-${BANDS[i + 1]}` : '+'} km'`).join(' ')} END`;

const LEVELS = [
  `'zip', from_zip || '>' || zip || ' ' || coalesce(category, '-')`,
  `'city', from_city || ' ' || coalesce(from_state, '-') || '>' || to_city || ' ' || coalesce(to_state, '-')`,
  `'state', from_state || '>' || to_state`,
  `'distance', ${BAND}`,
  `'all', '*'`,
];

/** Whose address or name is not known is held for that, and reserves nothing; stock suffices for all others. */
const PROMISED = `approved_at IS NOT NULL AND handed_at IS NULL AND delivered_at IS NULL AND canceled_at IS NULL
  AND user_id IS NOT NULL AND length(concat_ws(' ', zip, city, state)) >= 5`;

/** What the processor makes of a history, and what the files say. */
export function expectations(openingStock: number): Readonly<Record<string, Comparison>> {
  return {
    orders: {
      actual: `SELECT order_id AS key, created_event_at, paid_at, shipped_at, delivered_at, canceled_at, promised_at, region,
                      seller_id, product_id, amount FROM orders`,
      expected: `SELECT order_id AS key, bought_at AS created_event_at, approved_at AS paid_at, handed_at AS shipped_at,
                        delivered_at, canceled_at, promised_at, state AS region, seller_id, product_id, amount
                 FROM csv.journey`,
    },
    outcomes: {
      actual: `SELECT order_id AS key, delivered_at, created_at, approved_at, handed_over_at, promised_at, region, seller_id,
                      product_id, category, seller_state, seller_zip, customer_zip, distance_km, weight_g, volume_cm3
               FROM delivery_outcomes`,
      expected: `SELECT order_id AS key, delivered_at, purchase AS created_at, approval AS approved_at,
                        hand_over AS handed_over_at, promised_at, state AS region, seller_id, product_id, category,
                        from_state AS seller_state, from_zip AS seller_zip, zip AS customer_zip, km AS distance_km,
                        w.weight_g, w.volume_cm3
                 FROM (${OUTCOMES}) AS o
                 LEFT JOIN (SELECT order_id, CASE WHEN bool_and(weight_g IS NOT NULL) THEN sum(quantity * weight_g) END AS weight_g,
                                   CASE WHEN bool_and(volume_cm3 IS NOT NULL) THEN sum(quantity * volume_cm3) END AS volume_cm3
                            FROM csv.line LEFT JOIN csv.good USING (product_id) GROUP BY 1) w USING (order_id)`,
    },
    'rates by region': rates('region', 'state'),
    'rates by seller': rates(`coalesce(seller_id, 'unknown')`, 'seller_id'),
    sellers: SELLER_STATS,
    scores: SELLER_SCORES,
    routes: {
      actual: `SELECT level || ' ' || route AS key, trips, mean_seconds, m2_seconds / trips AS variance, late, distance_km, distance_trips
               FROM route_stats`,
      expected: `SELECT level || ' ' || route AS key, count(*) AS trips, avg(seconds) AS mean_seconds,
                        var_pop(seconds) AS variance, count(*) FILTER (WHERE delivered_at > promised_at) AS late,
                        avg(km) AS distance_km, count(km) AS distance_trips
                 FROM (SELECT *, ${seconds('handed_at', 'delivered_at')} AS seconds FROM csv.journey WHERE delivered_at >= handed_at) AS trips
                 CROSS JOIN LATERAL (VALUES ${LEVELS.map((level) => `(${level})`).join(', ')}) AS on_level (level, route)
                 WHERE route IS NOT NULL GROUP BY 1`,
    },
    stock: {
      actual: 'SELECT product_id AS key, current_stock, reserved_stock FROM stock_levels',
      expected: `SELECT product_id AS key, ${openingStock} - coalesce(gone, 0) + coalesce(came, 0) AS current_stock,
                        coalesce(promised, 0) AS reserved_stock
                 FROM csv.good
                 LEFT JOIN (SELECT product_id,
                                   sum(quantity) FILTER (WHERE handed_at IS NOT NULL OR delivered_at IS NOT NULL) AS gone,
                                   sum(quantity) FILTER (WHERE ${PROMISED}) AS promised
                            FROM csv.line JOIN csv.purchase USING (order_id) GROUP BY 1) AS asked USING (product_id)
                 LEFT JOIN (SELECT product_id, sum(quantity) AS came FROM replenishments
                            WHERE due_at <= (SELECT sequenced_to FROM sequence_state) GROUP BY 1) AS ordered USING (product_id)`,
    },
  };
}
