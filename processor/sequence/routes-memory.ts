import type { RouteBook } from '../../domain/delivery/routes/route-book.ts';
import type { Memory } from './delivery-follower.ts';
import { findRouteStats } from './sql/find-route-stats.ts';
import { loadRouteStats } from './sql/load-route-stats.ts';
import { upsertRouteStats } from './sql/upsert-route-stats.ts';

/** Rows in one statement. */
const MOST_ROWS = 5000;

/** Some 350 bytes each: all of a small shop, and what a large one asks about within minutes. */
const MOST_LOOKED_UP = 20_000;

/** Keeps a route book in `route_stats`. @param most routes of the levels that are looked up, which stay in memory */
export function routesMemory(book: RouteBook, most: number = MOST_LOOKED_UP): Memory {
  return {
    async restore(connection) {
      book.restore(await loadRouteStats(connection, book.heldLevels));
    },
    async prepare(connection, orders) {
      const keys = book.toLookUp(orders);
      for (let from = 0; from < keys.length; from += MOST_ROWS) {
        const part = keys.slice(from, from + MOST_ROWS);
        book.lookedUp(part, await findRouteStats(connection, part));
      }
    },
    async persist(connection) {
      const rows = book.changed();
      for (let from = 0; from < rows.length; from += MOST_ROWS) {
        await upsertRouteStats(connection, rows.slice(from, from + MOST_ROWS));
      }
      book.forgetMoreThan(most);
    },
  };
}
