import { expect } from 'vitest';
import type { Database } from '../../platform/database/database.ts';
import { listJobs } from '../../stack/scheduler/jobs.ts';
import { COMMERCE_FAMILIES } from './commerce-rollups.ts';
import { PLATFORM_FAMILIES } from './platform-rollups.ts';

/** How each family counts its facts, said of the facts themselves. */
const FAMILIES = [
  {
    name: 'state_deltas',
    levels: ['1m', '30m', '1h', '1d'],
    columns: 'kind, delta',
    raw: (bucket: string) => `SELECT ${bucket.replace('$', 'at')} AS bucket, kind, sum(delta)::bigint AS delta
                              FROM state_deltas GROUP BY 1, 2`,
  },
  {
    name: 'events',
    levels: ['1m', '30m', '1h', '1d'],
    columns: 'event_type, events, errors',
    raw: (bucket: string) => `SELECT ${bucket.replace('$', 'occurred_at')} AS bucket, event_type,
                                     count(*)::bigint AS events,
                                     count(*) FILTER (WHERE reason_code IS NOT NULL)::bigint AS errors
                              FROM events GROUP BY 1, 2`,
  },
  {
    name: 'records',
    levels: ['1m', '30m', '1h', '1d'],
    columns: 'topic, records',
    raw: (bucket: string) => `SELECT ${bucket.replace('$', 'kafka_timestamp')} AS bucket, topic,
                                     count(*)::bigint AS records
                              FROM orders_raw GROUP BY 1, 2`,
  },
  {
    name: 'delays',
    levels: ['30m', '1h', '1d'],
    columns: 'delay_bin, records',
    raw: (bucket: string) => `SELECT ${bucket.replace('$', 'kafka_timestamp')} AS bucket, delay_bin,
                                     count(*)::bigint AS records
                              FROM orders_raw GROUP BY 1, 2`,
  },
  {
    name: 'lead_times',
    levels: ['1h', '1d'],
    columns: 'leg, bin, orders',
    raw: (bucket: string) => `SELECT ${bucket.replace('$', 'partition_at')} AS bucket, leg,
                                     CASE WHEN ended <= begun THEN -32768
                                          ELSE round(log(1.05, extract(epoch FROM ended - begun))) END::smallint AS bin,
                                     count(*)::bigint AS orders
                              FROM orders, LATERAL (VALUES
                                ('created to paid', coalesce(created_event_at, first_event_at), paid_at),
                                ('paid to picking', paid_at, picking_at),
                                ('picking to packed', picking_at, packed_at),
                                ('packed to shipped', packed_at, shipped_at),
                                ('shipped to delivered', shipped_at, delivered_at),
                                ('created to delivered', coalesce(created_event_at, first_event_at), delivered_at)
                              ) AS legs (leg, begun, ended)
                              WHERE begun IS NOT NULL AND ended IS NOT NULL GROUP BY 1, 2, 3`,
  },
  {
    name: 'deliveries',
    levels: ['1h', '1d'],
    columns: 'region, orders, canceled, delivered, promised, delayed',
    raw: (bucket: string) => `SELECT ${bucket.replace('$', 'partition_at')} AS bucket,
                                     coalesce(region, 'unknown') AS region, count(*)::bigint AS orders,
                                     count(canceled_at)::bigint AS canceled, count(delivered_at)::bigint AS delivered,
                                     sum((delivered_at IS NOT NULL AND promised_at IS NOT NULL)::int)::bigint AS promised,
                                     sum((delivered_at > promised_at IS TRUE)::int)::bigint AS delayed
                              FROM orders GROUP BY 1, 2`,
  },
  {
    name: 'alert_actions',
    levels: ['1h', '1d'],
    columns: 'action, actor, source, status_before, status_after, bin, actions, latest',
    raw: (
      bucket: string,
    ) => `SELECT ${bucket.replace('$', 'd.at')} AS bucket, action, actor, source, status_before,
                                     status_after,
                                     CASE WHEN d.at <= a.created_at THEN -32768
                                          ELSE round(log(1.05, extract(epoch FROM d.at - a.created_at))) END::smallint AS bin,
                                     count(*)::bigint AS actions, max(d.at) AS latest
                              FROM alert_actions d JOIN alerts a USING (alert_id) GROUP BY 1, 2, 3, 4, 5, 6, 7`,
  },
  ...COMMERCE_FAMILIES,
  ...PLATFORM_FAMILIES,
];

/** Without time_bucket, so that the two sides do not share a mistake. */
const BUCKETS: Readonly<Record<string, string>> = {
  '1m': `date_trunc('minute', $)`,
  '30m': `to_timestamp(floor(extract(epoch FROM $) / 1800) * 1800)`,
  '1h': `date_trunc('hour', $)`,
  '1d': `date_trunc('day', $)`,
};

export const ROLLUP_NAMES = FAMILIES.flatMap(({ name, levels }) => levels.map((level) => `${name}_${level}`));

/** Checks every level of every family against the facts: what they have and what they have not. */
export async function expectRollupsOfFacts(database: Database, since = '-infinity'): Promise<void> {
  const differing: string[] = [];
  for (const { name, levels, columns, raw } of FAMILIES) {
    for (const level of levels) {
      const facts = `SELECT bucket, ${columns} FROM (${raw(BUCKETS[level]!)}) AS facts WHERE bucket >= '${since}'`;
      const rollup = `SELECT bucket, ${columns} FROM ${name}_${level} WHERE bucket >= '${since}'`;
      const { rows } = await database.query(
        `(SELECT 'missing: ' || f::text AS line FROM (${facts} EXCEPT ALL ${rollup}) AS f LIMIT 5)
         UNION ALL (SELECT 'too much: ' || r::text FROM (${rollup} EXCEPT ALL ${facts}) AS r LIMIT 5)`,
      );
      differing.push(...rows.map((row) => `${name}_${level} ${row.line}`));
    }
  }
  expect(differing).toEqual([]);
}

/** Runs the policies that TimescaleDB's background workers (or the scheduler of `npm start`) run, all of them once. */
export async function runPolicies(database: Database, like = ''): Promise<void> {
  for (const { id, name } of await listJobs(database)) {
    if (name.startsWith(`policy_${like}`)) await database.query(`CALL run_job(${id})`);
  }
}
