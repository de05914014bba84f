import { z } from 'zod';
import { iso, next, time } from '../answers.ts';
import { nowhere, question } from '../question.ts';
import { pageOf, readCursor } from '../request/cursor.ts';
import { id, oneOf, paging } from '../request/parameters.ts';
import { stockLevels } from '../sql/stock-levels.ts';

const pieces = z.int();

export const inventory = question({
  name: 'Inventory',
  path: '/api/v1/inventory',
  summary: 'Stock of tracked products: what is there, what is promised, when to order again',
  description: 'By product_id. Products whose stock is not tracked are left out.',
  place: nowhere,
  query: z.strictObject({
    product_id: id.optional(),
    seller_id: id.optional(),
    category: id.optional(),
    below_reorder_point: oneOf(['true', 'false'])
      .default('false')
      .describe('true: only products whose stock, with what is on order, is at its reorder point or below.'),
    ...paging,
  }),
  answer: z.object({
    items: z.array(
      z.object({
        product_id: z.string(),
        product_name: z.string().nullable(),
        category: z.string().nullable(),
        seller_id: z.string().nullable(),
        current_stock_pieces: pieces,
        reserved_stock_pieces: pieces,
        available_pieces: pieces.describe('Current less reserved.'),
        safety_stock_pieces: pieces,
        reorder_point_pieces: pieces.nullable(),
        lead_time_days: z.number().nullable(),
        on_order_pieces: pieces,
        position_pieces: pieces.describe('Available and on order: what the reorder point is compared with.'),
        mean_daily_sales_pieces: z.number().nullable(),
        days_of_cover: z.number().nullable().describe('How long what is available lasts at these sales.'),
        updated_at: time,
      }),
    ),
    next,
  }),
  async ask({ db, linkTo }, query) {
    const rows = await stockLevels(db, {
      productId: query.product_id ?? null,
      sellerId: query.seller_id ?? null,
      category: query.category ?? null,
      belowReorderPoint: query.below_reorder_point === 'true',
      after: readCursor(query.cursor, ['string']) as [string] | null,
      most: query.limit + 1,
    });
    const { items, cursor } = pageOf(rows, query.limit, (row) => [row.product_id]);
    return {
      items: items.map((row) => ({
        product_id: row.product_id,
        product_name: row.product_name,
        category: row.category,
        seller_id: row.seller_id,
        current_stock_pieces: row.current_stock,
        reserved_stock_pieces: row.reserved_stock,
        available_pieces: row.available,
        safety_stock_pieces: row.safety_stock,
        reorder_point_pieces: row.reorder_point,
        lead_time_days: row.lead_time_days,
        on_order_pieces: row.on_order,
        position_pieces: row.position,
        mean_daily_sales_pieces: row.mean_daily_sales,
        days_of_cover: row.days_of_cover,
        updated_at: iso(row.updated_at),
      })),
      next: cursor === null ? null : linkTo({ cursor }),
    };
  },
});
