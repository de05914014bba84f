import type pg from 'pg';
import type { Comparison } from './compare.ts';

/** A preparation of so many hours has speed 1/2. */
const SPEED_HALF_HOURS = 48;
/** The limit where no hand-over was promised, while fewer preparations are known; later ones are not computed here. */
const DEFAULT_LIMIT_HOURS = 100;
const KNOWN_LIMITS = 20;
/** The mean of all counts as so many orders; with fewer orders in a month nobody is its seller. */
const PSEUDO_ORDERS = 10;
const FEWEST_ORDERS_OF_A_MONTH = 5;

const SUMS = [
  ...['orders', 'revenue', 'preparations', 'speed', 'breaches', 'deliveries', 'late', 'reviews', 'stars'],
] as const;

/**
 * What each milestone adds to each seller of its order, as docs/delivery.md defines it. Before an order was bought nobody
 * knew its sellers, so what happened then counts for none.
 */
const FACTS = [
  `CREATE TABLE csv.part AS
   SELECT order_id, seller_id, sum(quantity * price) AS revenue, min(hand_over_by) AS hand_over_by
   FROM csv.line WHERE seller_id IS NOT NULL GROUP BY 1, 2`,
  `CREATE TABLE csv.preparation AS
   SELECT order_id, handed_at AS ended_at, extract(epoch FROM handed_at - approved_at) AS seconds
   FROM csv.purchase WHERE handed_at >= approved_at`,
  `CREATE TABLE csv.merit (seller_id text, at timestamptz, ${SUMS.map((sum) => `${sum} float8 NOT NULL DEFAULT 0`)})`,
  `INSERT INTO csv.merit (seller_id, at, orders, revenue)
   SELECT seller_id, approved_at, 1, coalesce(revenue, 0) FROM csv.purchase JOIN csv.part USING (order_id)
   WHERE approved_at >= bought_at`,
  `INSERT INTO csv.merit (seller_id, at, preparations, speed, breaches)
   SELECT seller_id, handed_at, (seconds IS NOT NULL)::int,
          coalesce(${SPEED_HALF_HOURS} / (${SPEED_HALF_HOURS} + seconds / 3600), 0),
          CASE WHEN seconds IS NULL THEN 0 WHEN hand_over_by IS NOT NULL THEN (handed_at > hand_over_by)::int
               WHEN (SELECT count(*) FROM csv.preparation p WHERE p.ended_at < approved_at) < ${KNOWN_LIMITS}
               THEN (seconds > ${DEFAULT_LIMIT_HOURS} * 3600)::int END
   FROM csv.purchase JOIN csv.part USING (order_id) LEFT JOIN csv.preparation USING (order_id)
   WHERE handed_at >= bought_at`,
  `INSERT INTO csv.merit (seller_id, at, deliveries, late)
   SELECT seller_id, delivered_at, (promised_at IS NOT NULL)::int, coalesce((delivered_at > promised_at)::int, 0)
   FROM csv.purchase JOIN csv.part USING (order_id) WHERE delivered_at >= bought_at`,
  `INSERT INTO csv.merit (seller_id, at, reviews, stars)
   SELECT seller_id, answered_at, 1, score
   FROM csv.opinion JOIN csv.purchase USING (order_id) JOIN csv.part USING (order_id) WHERE answered_at >= bought_at`,
];

export async function makeSellerFacts(pool: pg.Pool): Promise<void> {
  for (const statement of FACTS) await pool.query(statement);
}

export const SELLER_STATS: Comparison = {
  actual: `SELECT seller_id AS key, orders, revenue, preparations, preparation_mean, preparation_m2, deliveries, late, reviews,
                  review_sum, speed_sum, sla_breaches FROM seller_stats`,
  expected: `SELECT seller_id AS key, sum(orders) AS orders, sum(revenue) AS revenue, sum(preparations) AS preparations,
                    coalesce(max(p.mean), 0) AS preparation_mean, coalesce(max(p.squares), 0) AS preparation_m2,
                    sum(deliveries) AS deliveries, sum(late) AS late, sum(reviews) AS reviews, sum(stars) AS review_sum,
                    sum(speed) AS speed_sum, sum(breaches) AS sla_breaches
             FROM csv.merit m
             LEFT JOIN (SELECT seller_id, avg(seconds) AS mean, count(*) * var_pop(seconds) AS squares
                        FROM csv.preparation JOIN csv.purchase USING (order_id) JOIN csv.part USING (order_id)
                        WHERE ended_at >= bought_at GROUP BY 1) p USING (seller_id)
             GROUP BY 1`,
};

/** The three parts of a score of sums, shrunk towards that of all rows of the same month. */
const shrunk = (sum: string, n: string) =>
  `(${sum} + ${PSEUDO_ORDERS} * coalesce(sum(${sum}) OVER month / nullif(sum(${n}) OVER month, 0), 0.5)) / (${n} + ${PSEUDO_ORDERS})`;
const parts = (rows: string) =>
  `SELECT *, (speed_part + reliability_part + satisfaction_part) / 3 AS score
   FROM (SELECT *, ${shrunk('speed', 'preparations')} AS speed_part,
                ${shrunk('(deliveries - late)', 'deliveries')} AS reliability_part,
                ${shrunk('((stars - reviews) / 4)', 'reviews')} AS satisfaction_part
         FROM ${rows} WINDOW month AS (PARTITION BY month)) AS shrunken`;
/** Scores that are equal but for the last bits of a float share a rank. */
const rank = 'rank() OVER (PARTITION BY month ORDER BY round(score::numeric, 12) DESC)::int';

export const SELLER_SCORES: Comparison = {
  actual: `SELECT month || ' ' || seller_id AS key, rank, score, speed, reliability, satisfaction, orders, sla_breaches,
                  month_orders, month_score, month_rank FROM seller_scores`,
  expected: `WITH months AS (
               SELECT date_trunc('month', at AT TIME ZONE 'UTC') AS month FROM csv.merit
               GROUP BY 1 HAVING bool_or(orders + preparations + deliveries + reviews > 0)
             ),
             so_far AS (
               SELECT month, seller_id, ${SUMS.map((sum) => `sum(${sum}) AS ${sum}`).join(', ')}
               FROM months JOIN csv.merit ON at AT TIME ZONE 'UTC' < month + INTERVAL '1 month' GROUP BY 1, 2
             ),
             in_month AS (
               SELECT month, seller_id, ${SUMS.map((sum) => `sum(${sum}) AS ${sum}`).join(', ')}
               FROM months JOIN csv.merit ON date_trunc('month', at AT TIME ZONE 'UTC') = month GROUP BY 1, 2
               HAVING sum(orders + preparations + deliveries + reviews) > 0
             ),
             best AS (
               SELECT month, seller_id, ${rank} AS month_rank FROM (${parts('in_month')}) AS scored
               WHERE orders >= ${FEWEST_ORDERS_OF_A_MONTH}
             )
             SELECT a.month::date || ' ' || a.seller_id AS key,
                    rank() OVER (PARTITION BY a.month ORDER BY round(a.score::numeric, 12) DESC)::int AS rank, a.score,
                    a.speed_part AS speed, a.reliability_part AS reliability, a.satisfaction_part AS satisfaction, a.orders,
                    coalesce(m.breaches, 0) AS sla_breaches, coalesce(m.orders, 0) AS month_orders, m.score AS month_score,
                    best.month_rank
             FROM (${parts('so_far')}) AS a
             LEFT JOIN (${parts('in_month')}) AS m USING (month, seller_id)
             LEFT JOIN best USING (month, seller_id)`,
};
