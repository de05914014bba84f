import type { Milestone } from '../../domain/delivery/milestone.ts';
import {
  dayOf,
  type ProductPlan,
  planSale,
  type Replenishment,
  reestimate,
} from '../../domain/inventory/plan.ts';
import {
  deliveryMessage,
  reorderAlert,
  reorderClosing,
  reorderCommand,
} from '../../domain/inventory/reorder-messages.ts';
import { type StockSale, saleOf } from '../../domain/inventory/sales.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { InventoryConfig } from '../../platform/config/inventory.ts';
import type { Connection } from '../../platform/database/database.ts';
import { answeredAlerts } from '../sql/answered-alerts.ts';
import { claimDeliveries } from '../sql/claim-deliveries.ts';
import { closeAlerts } from '../sql/close-alerts.ts';
import { insertAlerts } from '../sql/insert-alerts.ts';
import { insertOutbox } from '../sql/insert-outbox.ts';
import { insertReplenishments } from '../sql/insert-replenishments.ts';
import { listWarehouses } from '../sql/list-warehouses.ts';
import { loadPlans, sellingProducts } from '../sql/load-plans.ts';
import { lockJudgement } from '../sql/lock-judgement.ts';
import { writePlans } from '../sql/write-plans.ts';
import type { Follower } from './follower.ts';

/** Rows in one statement: a pass over years of history touches tens of thousands. */
const MOST_ROWS = 2000;

/**
 * Plans the stock of tracked products: follows sales, estimates demand, and orders from suppliers.
 *
 * Keeps only the sales of the running pass in memory. They are planned when the pass is written, in their order, with
 * what the database knows of their products, so that a product may be added to the catalogue at any time.
 */
export class InventoryFollower implements Follower {
  readonly name = 'inventory';
  private readonly config: InventoryConfig;
  private sales: StockSale[] = [];
  private now: Micros | null = null;
  private estimatedOn: number | null = null;

  constructor(config: InventoryConfig) {
    this.config = config;
  }

  async restore(): Promise<void> {}

  advance(now: Micros): void {
    this.now = now;
  }

  observe(milestone: Milestone): void {
    const sale = saleOf(milestone);
    if (sale !== null) this.sales.push(sale);
  }

  async persist(connection: Connection): Promise<void> {
    const { now, sales } = this;
    if (now === null) return;
    this.sales = [];
    const plans = await this.plansOf(connection, productsOf(sales), sales[0]?.at ?? now);
    const orders = await this.planAll(connection, sales, plans);
    if (this.estimatedOn !== dayOf(now)) await this.addSelling(connection, plans, now);
    this.estimatedOn = dayOf(now);
    for (const plan of plans.values()) reestimate(plan, dayOf(now), this.config.reorder);
    // Batches lock rows of the stock under it, in orders of their own: without it each would wait for the other.
    if (plans.size > 0 || this.config.simulatedSupplier) await lockJudgement(connection);
    await inParts([...plans.values()], (part) => writePlans(connection, part));
    await inParts(orders, (part) => order(connection, part));
    if (this.config.simulatedSupplier) await deliver(connection, now);
  }

  private async plansOf(
    connection: Connection,
    productIds: readonly string[],
    since: Micros,
  ): Promise<Map<string, ProductPlan>> {
    const plans = new Map<string, ProductPlan>();
    await inParts(productIds, async (part) => {
      const found = await loadPlans(connection, part, since, this.config.reorder.leadTimeDays);
      for (const [productId, plan] of found) plans.set(productId, plan);
    });
    return plans;
  }

  private async planAll(
    connection: Connection,
    sales: readonly StockSale[],
    plans: ReadonlyMap<string, ProductPlan>,
  ): Promise<Replenishment[]> {
    if (plans.size === 0) return [];
    const warehouses = await listWarehouses(connection);
    return sales.flatMap((sale) => planSale(sale, plans, warehouses, this.config.reorder));
  }

  /** Estimates fall as days go by without a sale. */
  private async addSelling(
    connection: Connection,
    plans: Map<string, ProductPlan>,
    now: Micros,
  ): Promise<void> {
    const others = (await sellingProducts(connection)).filter((productId) => !plans.has(productId));
    for (const [productId, plan] of await this.plansOf(connection, others, now)) plans.set(productId, plan);
  }
}

function productsOf(sales: readonly StockSale[]): string[] {
  return [...new Set(sales.flatMap((sale) => sale.lines.map((line) => line.productId)))].sort();
}

/** The order itself: its row, the command, and the alert to the seller unless one is open. */
async function order(connection: Connection, orders: readonly Replenishment[]): Promise<void> {
  const commands = orders.map(reorderCommand);
  const answered = await insertReplenishments(connection, orders, commands);
  await insertOutbox(
    connection,
    orders.map(({ actionId }, i) => ({ topic: 'actions', key: actionId, value: commands[i] ?? {} })),
  );
  await insertAlerts(connection, orders.filter((one) => one.isFirst).map(reorderAlert));
  await closeAlerts(connection, (await answeredAlerts(connection, answered)).map(reorderClosing));
}

/** The simulated supplier brings what is due. */
async function deliver(connection: Connection, now: Micros): Promise<void> {
  const due = await claimDeliveries(connection, now);
  await insertOutbox(
    connection,
    due.map((one) => ({ topic: 'inventory', key: one.productId, value: deliveryMessage(one) })),
  );
}

async function inParts<T>(rows: readonly T[], work: (part: readonly T[]) => Promise<void>): Promise<void> {
  for (let from = 0; from < rows.length; from += MOST_ROWS) await work(rows.slice(from, from + MOST_ROWS));
}
