import { z } from 'zod';
import { parseIso8601 } from '../../../domain/time/iso8601.ts';
import { DAY, HOUR } from '../../../domain/time/micros.ts';
import { asOfAnswer, count, iso, isoOrNull, next, time } from '../answers.ts';
import { nowhere, question } from '../question.ts';
import { pageOf, readCursor } from '../request/cursor.ts';
import { id, moment, paging } from '../request/parameters.ts';
import { type DemandRow, demandForecasts } from '../sql/demand-forecasts.ts';
import { eventTime } from '../sql/event-time.ts';

const orders = z.number().min(0);

export const demandForecast = question({
  name: 'DemandForecast',
  path: '/api/v1/forecast/demand',
  summary: 'Orders expected in each hour and region, with riders needed, and what came of past hours',
  description:
    'Unless asked for other times: the 24 hours that follow event time. Intervals are meant to hold 90 % of what comes.',
  place: nowhere,
  query: z.strictObject({
    region: id.optional(),
    from: moment.optional().describe('First hour; unless given, the hour in which event time is.'),
    to: moment.optional().describe('Hours that begin before then; unless given, a day after from.'),
    ...paging,
  }),
  answer: z.object({
    as_of: asOfAnswer,
    items: z.array(
      z.object({
        hour: time.describe('Its start.'),
        region: z.string(),
        issued_at: time.describe('Event time of the last forecast of this hour.'),
        expected_orders: orders,
        low_orders: orders,
        high_orders: orders,
        week_before_orders: orders.nullable().describe('Of the same hour a week before.'),
        day_ahead_expected_orders: orders.nullable().describe('As forecast 24 hours before its end.'),
        riders_needed: orders.nullable(),
        riders_usual: orders.nullable().describe('Usually there in this hour of the week.'),
        actual_orders: count.nullable().describe('Null: the hour is not over.'),
        actual_riders: orders.nullable(),
      }),
    ),
    next,
  }),
  async ask({ db, linkTo }, query) {
    const after = readCursor(query.cursor, ['number', 'string']) as [number, string] | null;
    const now = await eventTime(db);
    const from = query.from === undefined ? now && Math.floor(now / HOUR) * HOUR : parseIso8601(query.from);
    if (from === null) return { as_of: null, items: [], next: null };
    const to = (query.to === undefined ? null : parseIso8601(query.to)) ?? from + DAY;
    const rows = await demandForecasts(db, {
      region: query.region ?? null,
      from,
      to,
      after,
      most: query.limit + 1,
    });
    const { items, cursor } = pageOf(rows, query.limit, (row) => [row.at, row.region]);
    return {
      as_of: isoOrNull(now),
      items: items.map(hourJson),
      next: cursor === null ? null : linkTo({ from: iso(from), to: iso(to), cursor }),
    };
  },
});

function hourJson(row: DemandRow) {
  return {
    hour: iso(row.at),
    region: row.region,
    issued_at: iso(row.issued_at),
    expected_orders: row.expected,
    low_orders: row.low,
    high_orders: row.high,
    week_before_orders: row.naive,
    day_ahead_expected_orders: row.day_ahead_expected,
    riders_needed: row.riders_needed,
    riders_usual: row.riders_usual,
    actual_orders: row.orders,
    actual_riders: row.riders,
  };
}
