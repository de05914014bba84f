import type { Database } from '../../platform/database/database.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import { compareStock, type StockDifference } from '../sql/compare-stock.ts';
import { lockJudgement } from '../sql/lock-judgement.ts';
import { writeStock } from '../sql/write-stock.ts';

/**
 * Gives every product the level that its events add up to, while nobody judges stock. A level without any event stays:
 * nothing is known that could stand in its place.
 *
 * @returns what differed before
 */
export async function rebuildStock(database: Database): Promise<StockDifference[]> {
  return inTransaction(database, async (connection) => {
    await lockJudgement(connection);
    const differences = await compareStock(connection);
    await writeStock(connection, {
      reservations: [],
      levels: differences.flatMap(({ productId, log }) => (log === null ? [] : [{ productId, level: log }])),
      events: [],
    });
    return differences;
  });
}
