import type { AdapterContext, OrderHistory, SourceAdapter } from '../adapter.ts';
import { RowReader } from '../row-reader.ts';
import { findImpossible } from './find-impossible.ts';
import { joinOrders } from './join-orders.ts';
import { mapOrder } from './map-order.ts';
import { zipOf } from './read-rows.ts';
import { readReferences } from './references.ts';
import type { Catalogue } from './rows.ts';
import { sharedReviewIds } from './shared-review-ids.ts';
import { FILES, TABLES } from './tables.ts';

/** Brazilian E-Commerce Public Dataset by Olist: nine files, of which one order is spread over six. */
export const olistAdapter: SourceAdapter = {
  name: 'olist',
  version: 1,
  // The files have times of the wall clock in São Paulo. A fixed offset keeps durations right over its summer time.
  utcOffset: '-03:00',
  tables: TABLES,
  references: readReferences,
  async *events(context: AdapterContext): AsyncGenerator<OrderHistory> {
    const catalogue = await readCatalogue(context);
    for await (const issue of sharedReviewIds(context)) context.report(issue);
    for await (const joined of joinOrders(context)) {
      for (const issue of findImpossible(joined, catalogue)) context.report(issue);
      yield mapOrder(joined, catalogue);
    }
  },
};

/** Some 10 MB for a hundred thousand products and sellers. */
async function readCatalogue(context: AdapterContext): Promise<Catalogue> {
  const sellers = new Map<string, string | null>();
  const products = new Set<string>();
  const nothing = () => undefined;
  for await (const rows of context.rows(FILES.sellers)) {
    for (const row of rows) {
      const reader = new RowReader(row, context.utcOffset, nothing);
      const id = reader.text('seller_id');
      if (id !== null && !sellers.has(id)) sellers.set(id, zipOf(reader.text('seller_zip_code_prefix')));
    }
  }
  for await (const rows of context.rows(FILES.products)) {
    for (const row of rows) {
      const id = row.cell('product_id').trim();
      if (id !== '') products.add(id);
    }
  }
  return { sellers, products };
}
