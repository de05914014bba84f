import { applyStatement } from '../../domain/inventory/apply-statement.ts';
import { openingEvent, type StockEvent, type StockStatement } from '../../domain/inventory/stock-event.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Connection } from '../../platform/database/database.ts';
import { reevaluateShortages } from '../judge/shortages.ts';
import { findStockEvents } from '../sql/find-stock-events.ts';
import { loadStock, type StockView } from '../sql/load-stock.ts';
import { lockJudgement } from '../sql/lock-judgement.ts';
import { writeStock } from '../sql/write-stock.ts';
import { answerReplenishments } from './answer-replenishments.ts';

/**
 * Has the stock follow what others say of it, under the judgement lock: levels and log, orders to the supplier that are
 * answered, and orders that waited for the pieces, oldest first. What is in the log already changes nothing.
 *
 * @returns how many of the statements were new
 */
export async function moveStock(
  connection: Connection,
  statements: readonly StockStatement[],
): Promise<number> {
  if (statements.length === 0) return 0;
  await lockJudgement(connection);
  const fresh = await newOnes(connection, statements);
  if (fresh.length === 0) return 0;
  const view = await loadStock(connection, [], [...new Set(fresh.map((one) => one.productId))]);
  await answerReplenishments(connection, await writeMoved(connection, fresh, view));
  const moreOf = fresh.filter(({ type }) => type === 'RECEIVED' || type === 'RETURNED');
  if (moreOf.length > 0)
    await reevaluateShortages(
      connection,
      [...new Set(moreOf.map((one) => one.productId))],
      moreOf.reduce<Micros>((latest, { at }) => Math.max(latest, at), 0),
    );
  return fresh.length;
}

async function newOnes(
  connection: Connection,
  statements: readonly StockStatement[],
): Promise<StockStatement[]> {
  const known = await findStockEvents(connection, statements);
  const fresh = new Map<string, StockStatement>();
  for (const [index, one] of statements.entries()) {
    const name = JSON.stringify([one.productId, one.at, one.eventId]);
    if (!known.has(index) && !fresh.has(name)) fresh.set(name, one);
  }
  return [...fresh.values()];
}

async function writeMoved(
  connection: Connection,
  fresh: readonly StockStatement[],
  { levels, unopened }: StockView,
): Promise<StockEvent[]> {
  const events = fresh.map((one) => {
    if (one.type === 'RECEIVED' && !levels.has(one.productId))
      levels.set(one.productId, { current: 0, reserved: 0 });
    return applyStatement(levels.get(one.productId) ?? null, one);
  });
  const openings = [...unopened].map(([productId, pieces]) => openingEvent(productId, pieces));
  await writeStock(connection, {
    reservations: [],
    levels: [...levels].map(([productId, level]) => ({ productId, level })),
    events: [...openings, ...events],
  });
  return events;
}
