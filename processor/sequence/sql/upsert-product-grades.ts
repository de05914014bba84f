import type { ProductGrade } from '../../../domain/delivery/grades/grade-book.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { micros } from '../../sql/micros.ts';

export async function upsertProductGrades(db: Queryable, grades: readonly ProductGrade[]): Promise<void> {
  if (grades.length === 0) return;
  const rows = grades.map((g) => [
    g.productId,
    g.grade,
    g.revenue,
    g.revenueShare,
    g.orders,
    g.orderShare,
    g.gradedAt,
  ]);
  await db.query({
    name: 'upsert_product_grades',
    text: `INSERT INTO product_grades (product_id, grade, revenue, revenue_share, orders, order_share, graded_at)
           SELECT e->>0, e->>1, (e->>2)::float8, (e->>3)::float8, (e->>4)::integer, (e->>5)::float8, ${micros('e->>6')}
           FROM jsonb_array_elements($1::jsonb) AS e ORDER BY 1
           ON CONFLICT (product_id) DO UPDATE SET
             grade = excluded.grade, revenue = excluded.revenue, revenue_share = excluded.revenue_share,
             orders = excluded.orders, order_share = excluded.order_share, graded_at = excluded.graded_at`,
    values: [JSON.stringify(rows)],
  });
}
