import type { Queryable } from '../../platform/database/database.ts';

export interface OrderGaugeSample {
  name: 'state' | 'recent' | 'alert_age' | 'judged';
  label: string;
  value: number;
}

/**
 * How many orders are in each state now (backlog and late are running sums of deltas, whole days from the daily rollup), what the
 * last half hour of event time brought, the age in seconds of the oldest open alert of each kind, and how many paid orders
 * have ever been judged.
 */
export async function readOrderGauges(db: Queryable): Promise<OrderGaugeSample[]> {
  const { rows } = await db.query<OrderGaugeSample & Record<string, unknown>>({
    name: 'read_order_gauges',
    text: `WITH today AS (SELECT time_bucket(INTERVAL '1 day', now()) AS start),
           deltas AS (
             SELECT kind, delta FROM state_deltas_1d, today
             WHERE bucket < today.start AND kind IN ('backlog', 'late')
             UNION ALL
             SELECT kind, delta FROM state_deltas_1m, today
             WHERE bucket >= today.start AND bucket <= now() AND kind IN ('backlog', 'late')
           ),
           recent AS (
             SELECT kind, delta FROM state_deltas_1m
             WHERE bucket > now() - INTERVAL '30 minutes' AND bucket <= now()
               AND kind IN ('order_created', 'hold_opened')
           )
           SELECT 'state' AS name, states.label, coalesce(sum(delta), 0)::float8 AS value
           FROM (VALUES ('backlog', 'backlog'), ('late', 'late')) AS states (label, kind)
           LEFT JOIN deltas USING (kind) GROUP BY states.label
           UNION ALL
           SELECT 'state', 'held', count(DISTINCT order_id)::float8 FROM holds WHERE status = 'OPEN'
           UNION ALL
           SELECT 'recent', kinds.label, coalesce(sum(delta), 0)::float8
           FROM (VALUES ('orders', 'order_created'), ('holds', 'hold_opened')) AS kinds (label, kind)
           LEFT JOIN recent USING (kind) GROUP BY kinds.label
           UNION ALL
           SELECT 'alert_age', kind, greatest(0, extract(epoch FROM now() - min(created_at)))::float8
           FROM alerts WHERE status = 'OPEN' GROUP BY kind
           UNION ALL
           SELECT 'judged', outcomes.label, outcomes.value::float8
           FROM orders_in_time_state,
                LATERAL (VALUES ('in_time', judged - late), ('late', late)) AS outcomes (label, value)`,
  });
  return rows;
}
