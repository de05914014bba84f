import type { Micros } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { micros } from '../../sql/micros.ts';

export const STAGE_GROUPS = ['none', 'region', 'seller', 'day', 'week', 'month'] as const;

export interface StageTimesQuery {
  /** Delivered after `from`, up to `to`. */
  from: Micros;
  to: Micros;
  by: (typeof STAGE_GROUPS)[number];
  region: string | null;
  sellerId: string | null;
  after: readonly [sort: number, key: string] | null;
  most: number;
}

/** Means in seconds; of the late orders, and of those in time, null when there are none. */
export interface StageTimes {
  key: string;
  sort: number;
  orders: number;
  late: number;
  approval: number;
  preparation: number;
  transit: number;
  late_approval: number | null;
  late_preparation: number | null;
  late_transit: number | null;
  on_time_approval: number | null;
  on_time_preparation: number | null;
  on_time_transit: number | null;
}

/**
 * How long delivered orders took in each stage; those of which a stage is unknown are left out. Periods in their order,
 * regions and sellers that take longest first.
 */
export async function stageTimes(db: Queryable, query: StageTimesQuery): Promise<StageTimes[]> {
  const { rows } = await db.query<StageTimes & Record<string, unknown>>({
    name: 'api_stage_times',
    text: `WITH outcomes AS (
             SELECT CASE WHEN $1 IN ('day', 'week', 'month') THEN date_trunc($1, delivered_at) END AS period,
                    CASE $1 WHEN 'region' THEN coalesce(region, 'unknown') WHEN 'seller' THEN coalesce(seller_id, 'unknown')
                            ELSE 'all' END AS name,
                    date_part('epoch', approved_at - created_at) AS approval,
                    date_part('epoch', handed_over_at - approved_at) AS preparation,
                    date_part('epoch', delivered_at - handed_over_at) AS transit,
                    promised_at IS NOT NULL AND delivered_at > promised_at AS late,
                    promised_at IS NOT NULL AND delivered_at <= promised_at AS on_time
             FROM delivery_outcomes
             WHERE delivered_at > ${micros('$2')} AND delivered_at <= ${micros('$3')}
               AND created_at IS NOT NULL AND approved_at IS NOT NULL AND handed_over_at IS NOT NULL
               AND ($4::text IS NULL OR region = $4) AND ($5::text IS NULL OR seller_id = $5)
           ),
           grouped AS (
             SELECT coalesce(to_char(period, 'YYYY-MM-DD'), name) AS key,
                    coalesce(-date_part('epoch', period), avg(approval + preparation + transit)) AS sort,
                    count(*)::integer AS orders, (count(*) FILTER (WHERE late))::integer AS late,
                    avg(approval) AS approval, avg(preparation) AS preparation, avg(transit) AS transit,
                    avg(approval) FILTER (WHERE late) AS late_approval,
                    avg(preparation) FILTER (WHERE late) AS late_preparation,
                    avg(transit) FILTER (WHERE late) AS late_transit,
                    avg(approval) FILTER (WHERE on_time) AS on_time_approval,
                    avg(preparation) FILTER (WHERE on_time) AS on_time_preparation,
                    avg(transit) FILTER (WHERE on_time) AS on_time_transit
             FROM outcomes GROUP BY period, name
           )
           SELECT * FROM grouped
           WHERE $6::float8 IS NULL OR sort < $6 OR (sort = $6 AND key > $7)
           ORDER BY sort DESC, key LIMIT $8`,
    values: [
      query.by,
      query.from,
      query.to,
      query.region,
      query.sellerId,
      query.after?.[0] ?? null,
      query.after?.[1] ?? null,
      query.most,
    ],
  });
  return rows;
}
