import type { Micros } from '../../time/micros.ts';
import { startOfNextWeek } from '../calendar.ts';
import type { FollowedOrder, Milestone } from '../milestone.ts';
import { better, type Grade, gradeProducts, type ProductSales } from './abc.ts';

export interface ProductGrade extends ProductSales {
  productId: string;
  /** C until it is graded. */
  grade: Grade;
  /** Shares as of `gradedAt`, see `Graded`; null before. */
  revenueShare: number | null;
  orderShare: number | null;
  gradedAt: Micros | null;
}

/** A share is not written again for less than this: each week moves all of them a little. */
const SHARE_STEP = 0.005;

/** What sells how well. Products are graded anew at the end of each week (UTC, Mondays) in event time. */
export class GradeBook {
  private readonly products = new Map<string, ProductGrade>();
  private readonly changedIds = new Set<string>();
  /** The end of the week in which something was sold; null: nothing since the last time. */
  private due: Micros | null = null;

  /** Learns from an approval; other milestones sell nothing. */
  observe({ kind, order }: Milestone, now: Micros): void {
    if (kind !== 'APPROVED') return;
    for (const [productId, revenue] of revenueByProduct(order)) {
      const product = this.products.get(productId) ?? newProduct(productId);
      product.revenue += revenue;
      product.orders += 1;
      this.products.set(productId, product);
      this.changedIds.add(productId);
    }
    this.due ??= startOfNextWeek(now);
  }

  dueAt(): Micros | null {
    return this.due;
  }

  /** Grades all products as of the end of the week that is due. */
  grade(): void {
    const now = this.due;
    this.due = null;
    if (now === null) return;
    for (const [productId, graded] of gradeProducts(this.products)) {
      const product = this.products.get(productId)!;
      if (product.grade === graded.grade && isNear(product, graded)) continue;
      Object.assign(product, graded, { gradedAt: now });
      this.changedIds.add(productId);
    }
  }

  /** The best grade among the products of an order; C where nothing is known of them. */
  gradeOf(order: FollowedOrder): Grade {
    return order.lines.reduce<Grade>(
      (best, { productId }) => better(best, this.products.get(productId)?.grade ?? 'C'),
      'C',
    );
  }

  /** What has changed since the last call. */
  changed(): ProductGrade[] {
    const products = [...this.changedIds].flatMap((id) => this.products.get(id) ?? []);
    this.changedIds.clear();
    return products;
  }

  /** @param due as {@link dueAt} said */
  restore(products: readonly ProductGrade[], due: Micros | null): void {
    for (const product of products) this.products.set(product.productId, product);
    this.due = due;
  }
}

function newProduct(productId: string): ProductGrade {
  return {
    productId,
    revenue: 0,
    orders: 0,
    grade: 'C',
    revenueShare: null,
    orderShare: null,
    gradedAt: null,
  };
}

function isNear(product: ProductGrade, graded: { revenueShare: number; orderShare: number }): boolean {
  return (
    product.revenueShare !== null &&
    product.orderShare !== null &&
    Math.abs(product.revenueShare - graded.revenueShare) < SHARE_STEP &&
    Math.abs(product.orderShare - graded.orderShare) < SHARE_STEP
  );
}

/** Of each product of the order, pieces x price over its lines. */
function revenueByProduct(order: FollowedOrder): Map<string, number> {
  const revenue = new Map<string, number>();
  for (const { productId, quantity, price } of order.lines) {
    revenue.set(productId, (revenue.get(productId) ?? 0) + quantity * (price ?? 0));
  }
  return revenue;
}
