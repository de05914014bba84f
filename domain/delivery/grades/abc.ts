import { compareCodePoints } from '../../text/compare.ts';

export type Grade = 'A' | 'B' | 'C';

export interface ProductSales {
  /** Pieces x price, of approved orders. */
  revenue: number;
  /** Approved orders that have it. */
  orders: number;
}

export interface Graded {
  grade: Grade;
  /** Of all revenue, the part of this product and of those that sell better, 0 to 1. */
  revenueShare: number;
  /** Of all orders, the part of products that are ordered at least as often as this one, itself included. */
  orderShare: number;
}

/** The best-selling products that make this part of everything are A; those up to the next, B. */
const A_UP_TO = 0.8;
const B_UP_TO = 0.95;

/**
 * ABC analysis (after Pareto; H. F. Dickie, "ABC inventory analysis shoots for dollars, not pennies", Factory Management
 * and Maintenance, 1951), by revenue and by orders; a product has the better one of its two grades.
 *
 * By revenue, products are taken from the best-selling one down (equal ones by orders, then by id): A while those before
 * it make less than 80 % of all revenue, B while less than 95 %. By orders, products that are ordered equally often stand
 * or fall together: A if they and all that are ordered more often make at most 80 % of all orders. So a long tail of
 * products that were ordered once is C, and does not depend on how they are named.
 */
export function gradeProducts(sales: ReadonlyMap<string, ProductSales>): Map<string, Graded> {
  const products = [...sales].sort(
    ([a, x], [b, y]) => y.revenue - x.revenue || y.orders - x.orders || compareCodePoints(a, b),
  );
  const revenue = products.reduce((sum, [, product]) => sum + product.revenue, 0);
  const orderShares = sharesByOrders(products.map(([, { orders }]) => orders));
  let before = 0;
  return new Map(
    products.map(([id, product]) => {
      const byRevenue = product.revenue > 0 ? gradeAt(before / revenue, false) : 'C';
      before += product.revenue;
      const orderShare = orderShares.get(product.orders) ?? 1;
      const byOrders = gradeAt(orderShare, true);
      return [
        id,
        {
          grade: better(byRevenue, byOrders),
          revenueShare: revenue > 0 ? Math.min(1, before / revenue) : 1,
          orderShare,
        },
      ];
    }),
  );
}

/** By number of orders: the part of all orders that products with at least so many have. */
function sharesByOrders(orders: readonly number[]): Map<number, number> {
  const total = orders.reduce((sum, count) => sum + count, 0);
  const shares = new Map<number, number>();
  let above = 0;
  for (const count of orders.toSorted((a, b) => b - a)) {
    above += count;
    shares.set(count, total === 0 ? 1 : above / total);
  }
  return shares;
}

function gradeAt(share: number, inclusive: boolean): Grade {
  if (share < A_UP_TO || (inclusive && share === A_UP_TO)) return 'A';
  return share < B_UP_TO || (inclusive && share === B_UP_TO) ? 'B' : 'C';
}

export function better(a: Grade, b: Grade): Grade {
  return a < b ? a : b;
}
