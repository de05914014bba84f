import { z } from 'zod';
import { ROUTE_LEVELS } from '../../../domain/delivery/routes/route-levels.ts';
import { count, duration, hours, hoursOrNull, next, share } from '../answers.ts';
import { nowhere, question } from '../question.ts';
import { pageOf, readCursor } from '../request/cursor.ts';
import { oneOf, paging, wholeNumber } from '../request/parameters.ts';
import { type RankedRoute, routeRanking } from '../sql/route-ranking.ts';

const HOURS_A_DAY = 24;

export const fastestRoutes = question({
  name: 'RouteRanking',
  path: '/api/v1/routes/ranking',
  summary: 'The fastest or slowest routes',
  description:
    'By the mean lead time from hand-over to delivery, of all trips followed so far. A level groups trips: by zips and category, cities, states, bands of distance, or all together.',
  place: nowhere,
  query: z.strictObject({
    level: oneOf(ROUTE_LEVELS).default('state'),
    order: oneOf(['fastest', 'slowest']).default('slowest').describe('Which come first.'),
    min_trips: wholeNumber(1, 1_000_000).default(10).describe('Routes with fewer trips are left out.'),
    ...paging,
  }),
  answer: z.object({
    level: z.enum(ROUTE_LEVELS),
    order: z.enum(['fastest', 'slowest']),
    items: z.array(
      z.object({
        route: z.string(),
        trips: count,
        late_rate: share,
        mean_hours: duration,
        sd_hours: duration.nullable().describe('Of the sample; null for one trip.'),
        mean_distance_km: z.number().nullable().describe('Great circle.'),
        km_per_day: z.number().nullable().describe('Mean distance by mean lead time.'),
        mean_weight_g: z.number().nullable(),
        mean_volume_cm3: z.number().nullable(),
      }),
    ),
    next,
  }),
  async ask({ db, linkTo }, query) {
    const after = readCursor(query.cursor, ['number', 'string']) as [number, string] | null;
    const { level, order, limit } = query;
    const rows = await routeRanking(db, { level, order, minTrips: query.min_trips, after, most: limit + 1 });
    const { items, cursor } = pageOf(rows, limit, (row) => [row.mean_seconds, row.route]);
    return { level, order, items: items.map(itemOf), next: cursor === null ? null : linkTo({ cursor }) };
  },
});

function itemOf(row: RankedRoute) {
  const mean = hours(row.mean_seconds);
  return {
    route: row.route,
    trips: row.trips,
    late_rate: row.late / row.trips,
    mean_hours: mean,
    sd_hours: hoursOrNull(row.sd_seconds),
    mean_distance_km: row.distance_km,
    km_per_day: row.distance_km === null || mean === 0 ? null : row.distance_km / (mean / HOURS_A_DAY),
    mean_weight_g: row.weight_g,
    mean_volume_cm3: row.volume_cm3,
  };
}
