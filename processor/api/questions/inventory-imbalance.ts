import { z } from 'zod';
import { next } from '../answers.ts';
import { nowhere, question } from '../question.ts';
import { pageOf, readCursor } from '../request/cursor.ts';
import { id, paging } from '../request/parameters.ts';
import { type StockImbalance, stockImbalance } from '../sql/stock-imbalance.ts';

const pieces = z.int();

export const imbalance = question({
  name: 'InventoryImbalance',
  path: '/api/v1/inventory/imbalance',
  summary: 'Warehouses that are short of a product while others have more of it than they need',
  description:
    'What could be moved from the one to the other, and what is paid for bringing in anew what is there already. Short and surplus are measured against the expected demand over the lead time; no piece counts twice.',
  place: nowhere,
  query: z.strictObject({ product_id: id.optional(), ...paging }),
  answer: z.object({
    items: z.array(
      z.object({
        product_id: z.string(),
        short_warehouse_id: z.string(),
        short_pieces: pieces,
        inbound_pieces: pieces.describe('On their way to the short one.'),
        surplus_warehouse_id: z.string(),
        surplus_pieces: pieces,
        movable_pieces: pieces,
        unit_inbound_cost: z.number().nullable().describe('Mean, of the pieces received; null: unknown.'),
        duplicated_inbound_cost: z.number().nullable().describe('Of the movable pieces.'),
      }),
    ),
    next,
  }),
  async ask({ db, linkTo }, query) {
    const after = readCursor(query.cursor, ['string', 'string', 'string']) as [string, string, string] | null;
    const rows = await stockImbalance(db, query.product_id ?? null, after, query.limit + 1);
    const { items, cursor } = pageOf(rows, query.limit, (row) => [
      row.product_id,
      row.short_warehouse,
      row.surplus_warehouse,
    ]);
    return { items: items.map(itemOf), next: cursor === null ? null : linkTo({ cursor }) };
  },
});

function itemOf(row: StockImbalance) {
  const { short_warehouse: short, surplus_warehouse: surplus, ...rest } = row;
  return { ...rest, short_warehouse_id: short, surplus_warehouse_id: surplus };
}
