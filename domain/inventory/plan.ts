import { hash } from 'node:crypto';
import { compareCodePoints } from '../text/compare.ts';
import { DAY, type Micros } from '../time/micros.ts';
import { addSale, type DailySales, type DemandEstimate, estimateDemand } from './daily-sales.ts';
import { orderQuantity, type ReorderSettings, type StockTarget, stockTarget } from './reorder-policy.ts';
import type { StockSale } from './sales.ts';
import { nearestWarehouse, type Warehouse } from './warehouses.ts';

/** An order to the supplier that is on its way. */
export interface InboundOrder {
  dueAt: Micros;
  quantity: number;
  /** When it is no longer waited for: when all of it had come, at the latest when it was due. */
  openUntil: Micros;
}

/** What the planner knows of a tracked product. */
export interface ProductPlan {
  productId: string;
  sellerId: string | null;
  /** Pieces before the first sale; what came and went since, other than by orders and by the planner's own. */
  opening: number;
  adjusted: number;
  /** Pieces sold and not given back. */
  sold: number;
  /** When something was sold or given back last. */
  lastSaleAt: Micros;
  /** Pieces ordered from the supplier, and in how many orders. */
  ordered: number;
  orders: number;
  /** Orders to the supplier that were not due yet when the sales at hand began. */
  inbound: InboundOrder[];
  leadTimeDays: number;
  sales: DailySales;
  estimate: DemandEstimate;
  target: StockTarget;
  /** Demand by the warehouse nearest to the customer. */
  regional: Map<string, { sales: DailySales; mean: number }>;
}

/** An order to the supplier. */
export interface Replenishment {
  /** The same whenever it is worked out again. */
  actionId: string;
  productId: string;
  sellerId: string | null;
  warehouseId: string | null;
  sequence: number;
  /** Pieces. */
  quantity: number;
  orderedAt: Micros;
  /** When the lead time is over. */
  dueAt: Micros;
  leadTimeDays: number;
  /** Pieces at hand if orders came in time, less those that customers wait for; may be negative. */
  available: number;
  onOrder: number;
  safetyStock: number;
  reorderPoint: number;
  /** Whether no order before it is waited for: it is the one of which the seller is told. */
  isFirst: boolean;
}

/** Orders to the supplier are named so, and what answers them names them. */
export const REPLENISHMENT_PREFIX = 'reorder-';

/** Longer ids of products would make ids of orders that no topic takes. */
const LONGEST_NAMED = 150;

export function replenishmentId(productId: string, sequence: number): string {
  const name = productId.length <= LONGEST_NAMED ? productId : hash('sha1', productId, 'hex');
  return `${REPLENISHMENT_PREFIX}${name}-${sequence}`;
}

export function dayOf(at: Micros): number {
  return Math.floor(at / DAY);
}

/** Estimates the demand as of a day, and what follows from it. */
export function reestimate(plan: ProductPlan, today: number, settings: ReorderSettings): void {
  plan.estimate = estimateDemand(plan.sales, today, settings.windowDays);
  plan.target = stockTarget(plan.estimate, plan.leadTimeDays, settings.serviceLevel);
  for (const one of plan.regional.values())
    one.mean = estimateDemand(one.sales, today, settings.windowDays).mean;
}

/**
 * Follows a sale, and orders what it makes necessary. The position of a product (at hand, less what customers wait for,
 * plus on order) changes only by sales, so that it is compared with the reorder point at each sale.
 *
 * @param plans by product, tracked ones only; changed
 */
export function planSale(
  sale: StockSale,
  plans: ReadonlyMap<string, ProductPlan>,
  warehouses: readonly Warehouse[],
  settings: ReorderSettings,
): Replenishment[] {
  const touched = new Set<ProductPlan>();
  for (const { productId, sellerId, quantity } of sale.lines) {
    const plan = plans.get(productId);
    if (plan === undefined) continue;
    plan.sellerId = sellerId ?? plan.sellerId;
    plan.sold += sale.givesBack ? -quantity : quantity;
    // What was given back was wanted all the same.
    if (!sale.givesBack) sell(plan, sale, quantity, warehouses);
    plan.lastSaleAt = Math.max(plan.lastSaleAt, sale.at);
    touched.add(plan);
  }
  // A late sale neither takes the estimate back to its own day, nor orders in the past.
  return [...touched].flatMap((plan) => reorder(plan, plan.lastSaleAt, settings));
}

function sell(
  plan: ProductPlan,
  { at, to }: StockSale,
  quantity: number,
  warehouses: readonly Warehouse[],
): void {
  addSale(plan.sales, dayOf(at), quantity);
  const nearest = nearestWarehouse(to, warehouses);
  if (nearest === null) return;
  const known = plan.regional.get(nearest) ?? { sales: new Map(), mean: 0 };
  addSale(known.sales, dayOf(at), quantity);
  plan.regional.set(nearest, known);
}

function reorder(plan: ProductPlan, at: Micros, settings: ReorderSettings): Replenishment[] {
  reestimate(plan, dayOf(at), settings);
  if (!settings.automatic) return [];
  const position = plan.opening + plan.adjusted - plan.sold + plan.ordered;
  const quantity = orderQuantity(position, plan.target, plan.estimate.mean, settings.coverDays);
  if (quantity === 0) return [];
  const onOrder = plan.inbound.reduce((sum, one) => (one.dueAt > at ? sum + one.quantity : sum), 0);
  const isFirst = plan.inbound.every((one) => one.openUntil <= at);
  const { productId, sellerId, leadTimeDays } = plan;
  const dueAt = at + Math.round(leadTimeDays * DAY);
  plan.ordered += quantity;
  plan.orders += 1;
  plan.inbound.push({ dueAt, quantity, openUntil: dueAt });
  return [
    {
      ...{ actionId: replenishmentId(productId, plan.orders), productId, sellerId, quantity, dueAt },
      ...{ sequence: plan.orders, warehouseId: busiestWarehouse(plan), leadTimeDays, orderedAt: at },
      ...{ available: position - onOrder, onOrder, isFirst, ...plan.target },
    },
  ];
}

/** Where most of the product is wanted. */
function busiestWarehouse({ regional }: ProductPlan): string | null {
  const byDemand = [...regional].toSorted(([a, x], [b, y]) => y.mean - x.mean || compareCodePoints(a, b));
  return byDemand[0]?.[0] ?? null;
}
