import type { Database, Queryable } from '../../platform/database/database.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import { compareStock, type StockDifference } from '../sql/compare-stock.ts';
import { lockJudgement } from '../sql/lock-judgement.ts';
import {
  compareWarehouses,
  rebuildWarehouses,
  type WarehouseDifference,
} from '../sql/warehouse-differences.ts';
import { writeStock } from '../sql/write-stock.ts';

/** What is not the sum of its events. */
export interface StockDifferences {
  products: StockDifference[];
  warehouses: WarehouseDifference[];
}

/** Compares levels, and the stock of warehouses, with the log. */
export async function checkStock(db: Queryable): Promise<StockDifferences> {
  return { products: await compareStock(db), warehouses: await compareWarehouses(db) };
}

/**
 * Gives every product the level that its events add up to, and every warehouse its stock, while nobody judges stock. A
 * level without any event stays: nothing is known that could stand in its place.
 *
 * @returns what differed before
 */
export async function rebuildStock(database: Database): Promise<StockDifferences> {
  return inTransaction(database, async (connection) => {
    await lockJudgement(connection);
    const differences = await checkStock(connection);
    await writeStock(connection, {
      reservations: [],
      levels: differences.products.flatMap(({ productId, log }) =>
        log === null ? [] : [{ productId, level: log }],
      ),
      events: [],
    });
    await rebuildWarehouses(connection);
    return differences;
  });
}
