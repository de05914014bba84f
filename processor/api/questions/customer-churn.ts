import { z } from 'zod';
import { mask } from '../../../domain/text/mask.ts';
import { count, iso, next, share, time } from '../answers.ts';
import { nowhere, question } from '../question.ts';
import { pageOf, readCursor } from '../request/cursor.ts';
import { decimal, id, oneOf, paging } from '../request/parameters.ts';
import { type ChurnRow, customersByChurn } from '../sql/customers-by-churn.ts';

const KEPT_CHARACTERS = 3;
const SEGMENTS = ['NEW', 'REGULAR', 'FALLING', 'LOST'] as const;

export const customerChurn = question({
  name: 'CustomerChurn',
  path: '/api/v1/customers/churn',
  summary: 'Customers by how likely they are to order nothing more, and why',
  description:
    'As of the last weekly look at each. The most probable first. Ids keep three characters unless HOLDFAST_SHOW_PERSONAL_DATA is true.',
  place: nowhere,
  query: z.strictObject({
    min_probability: decimal(0, 1).default(0).describe('Only customers at least as likely.'),
    segment: oneOf(SEGMENTS)
      .optional()
      .describe(
        'FALLING: orders less often than before; LOST: silent for long; NEW: fewer than three orders.',
      ),
    region: id.optional(),
    ...paging,
  }),
  answer: z.object({
    items: z.array(
      z.object({
        customer_id: z.string(),
        as_of: time.describe('Event time.'),
        probability: share.describe(
          'That the customer orders nothing within the horizon of the model, from as_of on.',
        ),
        segment: z.enum(SEGMENTS),
        region: z.string().nullable(),
        orders: count,
        first_order_at: time,
        last_order_at: time,
        mean_gap_days: z.number().nullable().describe('Between orders; null: there was one.'),
        mean_value: z.number().nullable().describe('Of an order, in its currency.'),
        late_orders: count,
        refused_orders: count.describe(
          'Refused by the restaurant, or canceled by somebody else than the customer.',
        ),
        reasons: z
          .array(z.object({ feature: z.string(), value: z.number(), effect: z.number() }))
          .describe('The strongest first; effect is added to the log-odds, against the mean customer.'),
      }),
    ),
    next,
  }),
  async ask({ db, linkTo, config }, query) {
    const after = readCursor(query.cursor, ['number', 'integer']) as [number, number] | null;
    const rows = await customersByChurn(db, {
      segment: query.segment ?? null,
      region: query.region ?? null,
      minProbability: query.min_probability,
      after,
      most: query.limit + 1,
      showPersonalData: config.showPersonalData,
    });
    const { items, cursor } = pageOf(rows, query.limit, (row) => [row.probability, row.place]);
    return {
      items: items.map((row) => customerJson(row, config.showPersonalData)),
      next: cursor === null ? null : linkTo({ cursor }),
    };
  },
});

function customerJson(row: ChurnRow, showPersonalData: boolean) {
  return {
    customer_id: showPersonalData ? row.customer_id : mask(row.customer_id, KEPT_CHARACTERS),
    as_of: iso(row.as_of),
    probability: row.probability,
    segment: row.segment,
    region: row.region,
    orders: row.orders,
    first_order_at: iso(row.first_order_at),
    last_order_at: iso(row.last_order_at),
    mean_gap_days: row.mean_gap_days,
    mean_value: row.mean_value,
    late_orders: row.late_orders,
    refused_orders: row.refusals,
    reasons: row.reasons.map(({ feature, value, effect }) => ({ feature, value, effect })),
  };
}
