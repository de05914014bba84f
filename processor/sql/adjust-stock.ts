import type { Queryable } from '../../platform/database/database.ts';

/** Notes pieces that came or went otherwise than by orders and answers to orders of the planner. */
export async function adjustStock(db: Queryable, pieces: ReadonlyMap<string, number>): Promise<void> {
  const changed = [...pieces].filter(([, change]) => change !== 0);
  if (changed.length === 0) return;
  await db.query({
    name: 'adjust_stock',
    text: `UPDATE inventory i SET adjusted = i.adjusted + (e->1)::integer
           FROM jsonb_array_elements($1::jsonb) AS e WHERE i.product_id = e->>0`,
    values: [JSON.stringify(changed)],
  });
}
