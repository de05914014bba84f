import type { Arrival, BurstHold } from '../../domain/holds/burst-rules.ts';
import type { HoldThresholds } from '../../domain/holds/thresholds.ts';
import { formatIso8601 } from '../../domain/time/iso8601.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';
import { micros } from './micros.ts';

/**
 * Both rules in one statement, over the neighbourhood of the new arrivals only. Per group (user and product, or
 * product) new arrivals nearer than twice the reach are one island, so that every stored arrival is read once, however
 * dense the burst. Windows move over sorted rows: linear, where counting again for every arrival took 40 times as long
 * on 10,000 orders of one product.
 *
 * First of all those are left out that have fewer arrivals of their product around them than either rule asks for: of
 * several thousand products that is nearly all, at a quarter of the price.
 *
 * Orders in the window = rows up to this one - rows at or before the window's start. That counts an order twice that
 * arrived twice in the window; islands with such orders are counted one by one instead.
 */
const BURST_HOLDS = `
WITH arrived AS (
  SELECT DISTINCT (e->>0) COLLATE "C" AS product_id, (e->>1) COLLATE "C" AS user_id, ${micros('e->2')} AS t
  FROM jsonb_array_elements($1::jsonb) AS e
),
fresh AS MATERIALIZED (
  SELECT * FROM arrived
  WHERE (SELECT count(*) FROM (
           SELECT FROM arrivals
           WHERE arrivals.product_id = arrived.product_id
             AND arrivals.t BETWEEN arrived.t - greatest($2::interval + $3::interval, $5::interval)
                                AND arrived.t + greatest($2::interval + $3::interval, $5::interval)
             AND arrivals.t BETWEEN $7 AND $8
           LIMIT least($4::integer + 1, $6::integer)) AS neighbours) >= least($4::integer + 1, $6::integer)
),
rules AS (
  SELECT 'FUL-FRAUD-USER' AS reason, $2::interval AS span, $3::interval AS quarantine, $4::integer + 1 AS at_least
  UNION ALL
  SELECT 'FUL-FRAUD-PROD', $5::interval, INTERVAL '0', $6::integer
),
grouped AS (
  SELECT 'FUL-FRAUD-USER' AS reason, product_id, user_id, t FROM fresh WHERE user_id <> ''
  UNION
  SELECT 'FUL-FRAUD-PROD', product_id, '', t FROM fresh
),
steps AS (
  SELECT g.*, r.span, r.quarantine,
         (g.t - lag(g.t) OVER w > 2 * (r.span + r.quarantine)) IS TRUE AS starts
  FROM grouped g JOIN rules r USING (reason)
  WINDOW w AS (PARTITION BY reason, product_id, user_id ORDER BY t)
),
islands AS MATERIALIZED (
  SELECT reason, product_id, user_id, span, quarantine, min(t) AS lo, max(t) AS hi,
         row_number() OVER () AS island
  FROM (
    SELECT *, count(*) FILTER (WHERE starts) OVER (PARTITION BY reason, product_id, user_id ORDER BY t) AS part
    FROM steps
  ) AS parts
  GROUP BY reason, product_id, user_id, span, quarantine, part
),
near AS MATERIALIZED (
  SELECT i.island, i.reason, a.t, a.order_id
  FROM islands i
  CROSS JOIN LATERAL (
    SELECT arrivals.t, arrivals.order_id
    FROM arrivals
    WHERE i.reason = 'FUL-FRAUD-USER'
      AND arrivals.product_id = i.product_id AND arrivals.user_id = i.user_id
      AND arrivals.t BETWEEN i.lo - (i.span + i.quarantine) AND i.hi + (i.span + i.quarantine)
      AND arrivals.t BETWEEN $7 AND $8
    UNION
    SELECT arrivals.t, arrivals.order_id
    FROM arrivals
    WHERE i.reason = 'FUL-FRAUD-PROD'
      AND arrivals.product_id = i.product_id
      AND arrivals.t BETWEEN i.lo - i.span AND i.hi + i.span
      AND arrivals.t BETWEEN $7 AND $8
  ) AS a
),
hot AS MATERIALIZED (
  SELECT n.island, count(*) > count(DISTINCT n.order_id) AS repeats
  FROM near n JOIN rules r USING (reason)
  GROUP BY n.island, r.at_least
  HAVING count(DISTINCT n.order_id) >= r.at_least
),
counted AS (
  SELECT n.*, h.repeats,
         row_number() OVER (PARTITION BY n.island ORDER BY n.t, n.order_id)
           - CASE n.reason
               WHEN 'FUL-FRAUD-USER' THEN count(*) OVER (PARTITION BY n.island ORDER BY n.t
                 RANGE BETWEEN UNBOUNDED PRECEDING AND $2::interval PRECEDING)
               ELSE count(*) OVER (PARTITION BY n.island ORDER BY n.t
                 RANGE BETWEEN UNBOUNDED PRECEDING AND $5::interval PRECEDING)
             END AS quick_count
  FROM near n JOIN hot h USING (island)
),
exact AS MATERIALIZED (
  SELECT c.island, c.reason, c.t, c.order_id, r.at_least,
         CASE WHEN c.repeats AND c.quick_count >= r.at_least THEN (
           SELECT count(DISTINCT o.order_id) FROM near o
           WHERE o.island = c.island AND o.t > c.t - r.span AND (o.t, o.order_id) <= (c.t, c.order_id)
         ) ELSE c.quick_count END AS orders
  FROM counted c JOIN rules r USING (reason)
),
triggers AS MATERIALIZED (
  SELECT DISTINCT ON (island, t) island, t, order_id, orders
  FROM exact WHERE orders >= at_least
  ORDER BY island, t, order_id
),
next_trigger AS (
  SELECT e.island, e.order_id, e.t,
         min(e.t) FILTER (WHERE e.orders >= e.at_least) OVER (PARTITION BY e.island ORDER BY e.t DESC
           RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS trigger_t
  FROM exact e WHERE e.reason = 'FUL-FRAUD-USER'
),
held AS (
  SELECT n.order_id, i.reason, n.trigger_t AS opened_at, g.order_id AS trigger_order_id, i.product_id, i.user_id, g.orders
  FROM next_trigger n
  JOIN islands i USING (island)
  JOIN triggers g ON g.island = n.island AND g.t = n.trigger_t
  WHERE n.trigger_t <= n.t + i.quarantine AND n.t >= i.lo - i.quarantine AND n.t < i.hi + i.span
  UNION ALL
  SELECT e.order_id, i.reason, e.t, e.order_id, i.product_id, i.user_id, e.orders
  FROM exact e
  JOIN islands i USING (island)
  WHERE e.reason = 'FUL-FRAUD-PROD' AND e.orders >= e.at_least AND e.t >= i.lo AND e.t < i.hi + i.span
)
SELECT DISTINCT ON (order_id, reason) order_id, reason, opened_at, trigger_order_id, product_id, user_id, orders
FROM held
ORDER BY order_id, reason, opened_at, trigger_order_id, product_id, user_id`;

interface Row {
  order_id: string;
  reason: BurstHold['reason'];
  opened_at: Micros;
  trigger_order_id: string;
  product_id: string;
  user_id: string;
  orders: number;
}

/**
 * The holds that the burst rules ask for in the neighbourhood of these arrivals, which are stored already; new ones and
 * ones that are open already alike.
 */
export async function burstHolds(
  db: Queryable,
  arrivals: readonly Arrival[],
  thresholds: HoldThresholds,
): Promise<BurstHold[]> {
  if (arrivals.length === 0) return [];
  const reach = Math.max(thresholds.userWindow + thresholds.userQuarantine, thresholds.productWindow);
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const { t } of arrivals) {
    first = Math.min(first, t);
    last = Math.max(last, t);
  }
  const { rows } = await db.query<Row>({
    name: 'burst_holds',
    text: BURST_HOLDS,
    values: [
      JSON.stringify(arrivals.map((a) => [a.productId, a.userId ?? '', a.t])),
      interval(thresholds.userWindow),
      interval(thresholds.userQuarantine),
      thresholds.userMoreThan,
      interval(thresholds.productWindow),
      thresholds.productAtLeast,
      formatIso8601(first - reach),
      formatIso8601(last + reach),
    ],
  });
  return rows.map((row) => ({
    orderId: row.order_id,
    reason: row.reason,
    openedAt: row.opened_at,
    triggerOrderId: row.trigger_order_id,
    productId: row.product_id,
    userId: row.user_id === '' ? null : row.user_id,
    count: row.orders,
  }));
}

function interval(span: Micros): string {
  return `${span} microseconds`;
}
