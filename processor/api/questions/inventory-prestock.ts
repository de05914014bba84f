import { z } from 'zod';
import { next } from '../answers.ts';
import { nowhere, question } from '../question.ts';
import { pageOf, readCursor } from '../request/cursor.ts';
import { id, oneOf, paging } from '../request/parameters.ts';
import { prestockPlan } from '../sql/prestock-plan.ts';

const pieces = z.int();

export const prestock = question({
  name: 'InventoryPrestock',
  path: '/api/v1/inventory/prestock',
  summary: 'How many pieces to put into which warehouse before they are ordered',
  description:
    'Expected demand of the customers nearest to the warehouse over the lead time, and its share of the safety stock, less what is there or on its way.',
  place: nowhere,
  query: z.strictObject({
    product_id: id.optional(),
    warehouse_id: id.optional(),
    needed: oneOf(['true', 'false']).default('true').describe('false: also where nothing has to be put.'),
    ...paging,
  }),
  answer: z.object({
    items: z.array(
      z.object({
        product_id: z.string(),
        warehouse_id: z.string(),
        mean_daily_sales_pieces: z.number(),
        lead_time_days: z.number(),
        expected_demand_pieces: pieces,
        available_pieces: pieces,
        inbound_pieces: pieces,
        put_in_pieces: pieces,
      }),
    ),
    next,
  }),
  async ask({ db, linkTo }, query) {
    const rows = await prestockPlan(db, {
      productId: query.product_id ?? null,
      warehouseId: query.warehouse_id ?? null,
      needed: query.needed === 'true',
      after: readCursor(query.cursor, ['string', 'string']) as [string, string] | null,
      most: query.limit + 1,
    });
    const { items, cursor } = pageOf(rows, query.limit, (row) => [row.product_id, row.warehouse_id]);
    return {
      items: items.map((row) => ({
        product_id: row.product_id,
        warehouse_id: row.warehouse_id,
        mean_daily_sales_pieces: row.mean_daily_sales,
        lead_time_days: row.lead_time_days,
        expected_demand_pieces: row.expected_demand,
        available_pieces: row.available,
        inbound_pieces: row.inbound,
        put_in_pieces: row.put_in,
      })),
      next: cursor === null ? null : linkTo({ cursor }),
    };
  },
});
