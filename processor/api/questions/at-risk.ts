import { z } from 'zod';
import { next } from '../answers.ts';
import { atRiskAnswer, atRiskJson } from '../at-risk-answer.ts';
import { nowhere, question } from '../question.ts';
import { pageOf, readCursor } from '../request/cursor.ts';
import { decimal, id, paging } from '../request/parameters.ts';
import { atRiskOrders } from '../sql/at-risk-orders.ts';

export const atRisk = question({
  name: 'OrdersAtRisk',
  path: '/api/v1/orders/at-risk',
  summary: 'Orders on their way, by the probability of being late',
  description:
    'The latest assessment of each approved order that has neither arrived nor been canceled, as of the milestones followed so far. The most probably late first. An order of which too little is known to predict anything is not here.',
  place: nowhere,
  query: z.strictObject({
    min_probability: decimal(0, 1).default(0).describe('Only orders at least as probably late.'),
    region: id.optional(),
    seller_id: id.optional(),
    ...paging,
  }),
  answer: z.object({ items: z.array(atRiskAnswer), next }),
  async ask({ db, linkTo }, query) {
    const after = readCursor(query.cursor, ['number', 'string']) as [number, string] | null;
    const rows = await atRiskOrders(db, {
      minProbability: query.min_probability,
      region: query.region ?? null,
      sellerId: query.seller_id ?? null,
      after,
      most: query.limit + 1,
    });
    const { items, cursor } = pageOf(rows, query.limit, (row) => [row.probability, row.order_id]);
    return { items: items.map(atRiskJson), next: cursor === null ? null : linkTo({ cursor }) };
  },
});
