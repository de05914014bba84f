import type { Milestone } from '../delivery/milestone.ts';
import { DAY, type Micros } from '../time/micros.ts';
import { type ProductPlan, planSale } from './plan.ts';
import type { ReorderSettings } from './reorder-policy.ts';
import { type StockSale, saleOf } from './sales.ts';
import { ShelfStock } from './shelf-stock.ts';

export interface WhatIfSettings extends ReorderSettings {
  /** Pieces of every product before its first sale. */
  openingStock: number;
}

/** How long orders take from approval to hand-over, in seconds. */
export interface PreparationTimes {
  mean: number;
  median: number;
  p95: number;
}

export interface WhatIfWorld {
  /** Orders that waited for pieces. */
  waited: number;
  preparation: PreparationTimes;
  /** Orders to suppliers, and pieces in them. */
  supplierOrders: number;
  pieces: number;
  /** Pieces on the shelf of a product, averaged over time from its first sale to the end, and over products. */
  meanStock: number;
}

export interface WhatIfReport {
  orders: number;
  products: number;
  /** What happened, of orders with both times. */
  observed: PreparationTimes & { orders: number };
  /** What a piece at hand takes to be handed over: the median of what happened. Seconds. */
  handling: number;
  /** A piece that is not there is ordered when somebody wants it. */
  without: WhatIfWorld;
  /** Pieces are ordered at the reorder point. */
  with: WhatIfWorld;
}

interface World {
  shelves: Map<string, ShelfStock>;
  supplierOrders: number;
  pieces: number;
}

/**
 * Sells a history again from two kinds of shelves, event by event: one where a missing piece is ordered when somebody
 * wants it, one with the reorder policy of the planner. Supplier, opening stock and handling are the same.
 */
export class WhatIf {
  private readonly settings: WhatIfSettings;
  private readonly plans = new Map<string, ProductPlan>();
  private readonly without: World = { shelves: new Map(), supplierOrders: 0, pieces: 0 };
  private readonly planned: World = { shelves: new Map(), supplierOrders: 0, pieces: 0 };
  private readonly soldAt = new Map<string, Micros>();
  private readonly observed: number[] = [];
  private end: Micros = 0;

  constructor(settings: WhatIfSettings) {
    this.settings = settings;
  }

  /** Milestones in the order of event time. */
  observe(milestone: Milestone): void {
    const { kind, at, order } = milestone;
    this.end = Math.max(this.end, at);
    if (kind === 'HANDED_OVER' && order.approvedAt !== null && at >= order.approvedAt)
      this.observed.push((at - order.approvedAt) / 1e6);
    const sale = saleOf(milestone);
    if (sale === null) return;
    if (!sale.givesBack) this.soldAt.set(sale.orderId, at);
    this.sellWithout(sale);
    this.sellPlanned(sale);
  }

  report(): WhatIfReport {
    const observed = timesOf(this.observed);
    return {
      orders: this.soldAt.size,
      products: this.plans.size,
      observed: { ...observed, orders: this.observed.length },
      handling: observed.median,
      without: this.summary(this.without, observed.median),
      with: this.summary(this.planned, observed.median),
    };
  }

  private sellWithout({ orderId, at, givesBack, lines }: StockSale): void {
    for (const { productId, quantity } of lines) {
      const shelf = this.shelf(this.without, productId, at);
      if (givesBack) {
        shelf.giveBack(at, orderId, quantity);
        continue;
      }
      const missing = shelf.take(at, orderId, quantity);
      if (missing > 0) this.buy(this.without, shelf, missing, at + this.leadTime());
    }
  }

  private sellPlanned(sale: StockSale): void {
    for (const { productId, quantity } of sale.lines) {
      const shelf = this.shelf(this.planned, productId, sale.at);
      if (sale.givesBack) shelf.giveBack(sale.at, sale.orderId, quantity);
      else shelf.take(sale.at, sale.orderId, quantity);
      if (!this.plans.has(productId)) this.plans.set(productId, this.newPlan(productId));
    }
    for (const { productId, quantity, dueAt } of planSale(sale, this.plans, [], this.settings))
      this.buy(this.planned, this.shelf(this.planned, productId, sale.at), quantity, dueAt);
  }

  private buy(world: World, shelf: ShelfStock, quantity: number, dueAt: Micros): void {
    world.supplierOrders += 1;
    world.pieces += quantity;
    shelf.expect(dueAt, quantity);
  }

  private leadTime(): Micros {
    return Math.round(this.settings.leadTimeDays * DAY);
  }

  private shelf(world: World, productId: string, at: Micros): ShelfStock {
    let shelf = world.shelves.get(productId);
    if (shelf === undefined) {
      shelf = new ShelfStock(this.settings.openingStock, at);
      world.shelves.set(productId, shelf);
    }
    return shelf;
  }

  private newPlan(productId: string): ProductPlan {
    const { openingStock: opening, leadTimeDays } = this.settings;
    return {
      ...{
        productId,
        sellerId: null,
        opening,
        adjusted: 0,
        sold: 0,
        lastSaleAt: 0,
        ordered: 0,
        orders: 0,
        inbound: [],
      },
      ...{ leadTimeDays, sales: new Map(), estimate: { mean: 0, sd: 0 } },
      ...{ target: { safetyStock: 0, reorderPoint: 0 }, regional: new Map() },
    };
  }

  private summary(world: World, handling: number): WhatIfWorld {
    const served = new Map<string, Micros>();
    let meanStock = 0;
    for (const shelf of world.shelves.values()) {
      meanStock += shelf.meanStock(this.end) / world.shelves.size;
      for (const [orderId, at] of shelf.servedAt())
        served.set(orderId, Math.max(served.get(orderId) ?? at, at));
    }
    // What was canceled while it waited was never prepared.
    const waits = [...served].map(([orderId, at]) => (at - (this.soldAt.get(orderId) ?? at)) / 1e6);
    return {
      waited: waits.filter((wait) => wait > 0).length,
      preparation: timesOf(waits.map((wait) => handling + wait)),
      supplierOrders: world.supplierOrders,
      pieces: world.pieces,
      meanStock,
    };
  }
}

/** Nearest rank. */
function timesOf(seconds: readonly number[]): PreparationTimes {
  if (seconds.length === 0) return { mean: 0, median: 0, p95: 0 };
  const sorted = seconds.toSorted((a, b) => a - b);
  const rank = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  const mean = sorted.reduce((sum, one) => sum + one, 0) / sorted.length;
  return { mean, median: rank(0.5), p95: rank(0.95) };
}
