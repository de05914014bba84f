import { z } from 'zod';
import { delaySource, STAGES, type StageMeans, stageShares } from '../../../domain/delivery/stage-shares.ts';
import { parseIso8601 } from '../../../domain/time/iso8601.ts';
import { DAY } from '../../../domain/time/micros.ts';
import { count, duration, hours, hoursOrNull, iso, next, share, time } from '../answers.ts';
import { badRequest } from '../problem.ts';
import { nowhere, question } from '../question.ts';
import { momentAskedFor } from '../request/as-of.ts';
import { pageOf, readCursor } from '../request/cursor.ts';
import { id, moment, oneOf, paging } from '../request/parameters.ts';
import { STAGE_GROUPS, type StageTimes, stageTimes } from '../sql/stage-times.ts';

const USUAL_SPAN = 90 * DAY;

const stageAnswer = z.object({
  stage: z.enum(STAGES),
  mean_hours: duration,
  share: share.describe('Of the time from purchase to delivery.'),
  excess_hours: duration
    .nullable()
    .describe(
      'How much longer it takes for late orders than for the others; null: one of the two is missing.',
    ),
  excess_share: share
    .nullable()
    .describe('Of the stages that take longer for late orders, the part of this one in what is added.'),
});

export const stages = question({
  name: 'StageTimes',
  path: '/api/v1/logistics/stages',
  summary:
    'How long each stage of a delivery takes, and where the delay comes from: payment, seller or carrier',
  description:
    'APPROVAL is purchase to approval, PREPARATION approval to hand-over to the carrier, TRANSIT hand-over to delivery. Of orders delivered after from, up to to; those of which a stage is unknown or impossible are left out. delay_source compares late orders with those in time: whoever adds most to late ones. Days, weeks and months are in UTC and come in their order; of regions and sellers, those that take longest come first.',
  place: nowhere,
  query: z.strictObject({
    by: oneOf(STAGE_GROUPS).default('none').describe('What each item is about.'),
    from: moment.optional().describe('Unless given: 90 days before to.'),
    to: moment.optional().describe('Unless given: as far as event time has come.'),
    region: id.optional(),
    seller_id: id.optional(),
    ...paging,
  }),
  answer: z.object({
    from: time.nullable(),
    to: time.nullable().describe('Null: no milestone of an order has been followed yet.'),
    by: z.enum(STAGE_GROUPS),
    items: z.array(
      z.object({
        key: z.string().describe('The region, the seller_id, the first day of the period, or "all".'),
        orders: count,
        late_orders: count,
        mean_total_hours: duration,
        stages: z.array(stageAnswer),
        delay_source: z.enum(['PAYMENT', 'SELLER', 'CARRIER']).nullable(),
      }),
    ),
    next,
  }),
  async ask({ db, linkTo }, query) {
    const after = readCursor(query.cursor, ['number', 'string']) as [number, string] | null;
    const to = await momentAskedFor(db, query.to);
    const { by } = query;
    if (to === null) return { from: null, to: null, by, items: [], next: null };
    const from = (query.from === undefined ? null : parseIso8601(query.from)) ?? to - USUAL_SPAN;
    if (from >= to) throw badRequest(`from has to be before to, which is ${iso(to)}.`);
    const rows = await stageTimes(db, {
      from,
      to,
      by,
      region: query.region ?? null,
      sellerId: query.seller_id ?? null,
      after,
      most: query.limit + 1,
    });
    const { items, cursor } = pageOf(rows, query.limit, (row) => [row.sort, row.key]);
    return {
      from: iso(from),
      to: iso(to),
      by,
      items: items.map(itemOf),
      next: cursor === null ? null : linkTo({ from: iso(from), to: iso(to), cursor }),
    };
  },
});

function itemOf(row: StageTimes) {
  const shares = stageShares(
    { APPROVAL: row.approval, PREPARATION: row.preparation, TRANSIT: row.transit },
    meansOf(row.late_approval, row.late_preparation, row.late_transit),
    meansOf(row.on_time_approval, row.on_time_preparation, row.on_time_transit),
  );
  return {
    key: row.key,
    orders: row.orders,
    late_orders: row.late,
    mean_total_hours: hours(row.approval + row.preparation + row.transit),
    stages: shares.map((one) => ({
      stage: one.stage,
      mean_hours: hours(one.meanSeconds),
      share: one.share,
      excess_hours: hoursOrNull(one.excessSeconds),
      excess_share: one.excessShare,
    })),
    delay_source: delaySource(shares),
  };
}

function meansOf(
  approval: number | null,
  preparation: number | null,
  transit: number | null,
): StageMeans | null {
  if (approval === null || preparation === null || transit === null) return null;
  return { APPROVAL: approval, PREPARATION: preparation, TRANSIT: transit };
}
