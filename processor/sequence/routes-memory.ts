import type { RouteBook } from '../../domain/delivery/routes/route-book.ts';
import type { Memory } from './delivery-follower.ts';
import { loadRouteStats } from './sql/load-route-stats.ts';
import { upsertRouteStats } from './sql/upsert-route-stats.ts';

/** Rows in one statement. */
const MOST_ROWS = 5000;

/** Keeps a route book in `route_stats`. */
export function routesMemory(book: RouteBook): Memory {
  return {
    async restore(connection) {
      book.restore(await loadRouteStats(connection));
    },
    async persist(connection) {
      const rows = book.changed();
      for (let from = 0; from < rows.length; from += MOST_ROWS) {
        await upsertRouteStats(connection, rows.slice(from, from + MOST_ROWS));
      }
    },
  };
}
