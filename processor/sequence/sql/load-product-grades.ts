import type { Grade } from '../../../domain/delivery/grades/abc.ts';
import type { ProductGrade } from '../../../domain/delivery/grades/grade-book.ts';
import type { Micros } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';

export async function loadProductGrades(db: Queryable): Promise<ProductGrade[]> {
  const { rows } = await db.query<{
    product_id: string;
    grade: Grade;
    revenue: number;
    revenue_share: number | null;
    orders: number;
    order_share: number | null;
    graded_at: Micros | null;
  }>({
    name: 'load_product_grades',
    text: `SELECT product_id, grade, revenue, revenue_share, orders, order_share, graded_at FROM product_grades`,
  });
  return rows.map((row) => ({
    productId: row.product_id,
    grade: row.grade,
    revenue: row.revenue,
    revenueShare: row.revenue_share,
    orders: row.orders,
    orderShare: row.order_share,
    gradedAt: row.graded_at,
  }));
}
