const WIDTHS: Readonly<Record<string, string>> = {
  '1m': '1 minute',
  '30m': '30 minutes',
  '1h': '1 hour',
  '1d': '1 day',
};

/** What each family of rollups is made from, asked of the facts. */
const FACTS: Readonly<Record<string, (width: string) => string>> = {
  state_deltas: (width) =>
    `SELECT time_bucket('${width}', at) AS bucket, kind, sum(delta)::bigint AS delta FROM state_deltas GROUP BY 1, 2`,
  events: (width) =>
    `SELECT time_bucket('${width}', occurred_at) AS bucket, event_type, count(*) AS events, count(reason_code) AS errors
     FROM events GROUP BY 1, 2`,
  delays: (width) =>
    `SELECT time_bucket('${width}', kafka_timestamp) AS bucket, delay_bin, count(*) AS records FROM orders_raw GROUP BY 1, 2`,
  lead_times: (width) =>
    `SELECT time_bucket('${width}', partition_at) AS bucket, leg, duration_bin(begun, ended) AS bin, count(*) AS orders
     FROM orders, LATERAL (VALUES
       ('created to paid', coalesce(created_event_at, first_event_at), paid_at), ('paid to picking', paid_at, picking_at),
       ('picking to packed', picking_at, packed_at), ('packed to shipped', packed_at, shipped_at),
       ('shipped to delivered', shipped_at, delivered_at),
       ('created to delivered', coalesce(created_event_at, first_event_at), delivered_at)) AS legs (leg, begun, ended)
     WHERE begun IS NOT NULL AND ended IS NOT NULL GROUP BY 1, 2, 3`,
  alert_actions: (width) =>
    `SELECT time_bucket('${width}', d.at) AS bucket, d.action, d.actor, d.source, d.status_before, d.status_after,
            duration_bin(a.created_at, d.at) AS bin, count(*) AS actions, max(d.at) AS latest
     FROM alert_actions d JOIN alerts a ON a.alert_id = d.alert_id GROUP BY 1, 2, 3, 4, 5, 6, 7`,
  deliveries: (width) =>
    `SELECT time_bucket('${width}', partition_at) AS bucket, coalesce(region, 'unknown') AS region, count(*) AS orders,
            count(canceled_at) AS canceled, count(delivered_at) AS delivered,
            count(*) FILTER (WHERE delivered_at IS NOT NULL AND promised_at IS NOT NULL) AS promised,
            count(*) FILTER (WHERE delivered_at > promised_at) AS delayed
     FROM orders GROUP BY 1, 2`,
};

const ROLLUP = new RegExp(`\\bFROM (${Object.keys(FACTS).join('|')})_(1m|30m|1h|1d)\\b`, 'g');

/** The same question without rollups; undefined where a statement asks none. */
export function askedOfFacts(sql: string): string | undefined {
  if (sql.search(ROLLUP) < 0) return undefined;
  return sql.replaceAll(ROLLUP, (_, family: string, level: string) => {
    const facts = FACTS[family];
    const width = WIDTHS[level];
    if (facts === undefined || width === undefined) throw new Error(`no facts of ${family}_${level}`);
    return `FROM (${facts(width)}) AS facts_of_${family}`;
  });
}
