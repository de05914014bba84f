import { readFileSync } from 'node:fs';
import type pg from 'pg';

const STEPS = [
  'make-orders',
  'fill-order-keys',
  'fill-orders',
  'fill-events',
  'fill-raw',
  'fill-arrivals',
  'fill-deltas',
  'fill-holds',
  'fill-alerts',
  'resolve-alerts',
  'fill-actions',
  'fill-slack',
  'fill-rejected',
  'fill-positions',
  'fill-products',
  'fill-zips',
  'fill-items',
  'fill-outcomes',
  'fill-reviews',
  'fill-risks',
  'fill-sellers',
  'fill-routes',
  'fill-grades',
  'fill-stock',
  'fill-movements',
  'fill-warehouses',
  'fill-order-facts',
  'fill-riding',
  'fill-restaurants',
  'fill-payments',
  'fill-series',
  'fill-incidents',
  'fill-forecasts',
] as const;

export type FillStep = (typeof STEPS)[number];

/**
 * Fills an empty database by SQL alone with what `orders` orders of the last `days` days leave behind: about five events each,
 * half of them with items; deliveries, reviews, predictions and stock; and what a platform says of them, watches and forecasts.
 *
 * @param only these steps, the first included; all by default
 */
export async function fillWithOrders(
  client: pg.ClientBase,
  orders: number,
  days: number,
  say: (line: string) => void,
  only: readonly FillStep[] = STEPS,
): Promise<void> {
  await client.query('SET synchronous_commit = off');
  for (const step of only) {
    const started = performance.now();
    const { rowCount } = await client.query(
      statement(step).replaceAll('$1::int', String(orders)).replaceAll('$2::int', String(days)),
    );
    say(`${step}: ${rowCount} rows, ${((performance.now() - started) / 1000).toFixed(1)} s`);
  }
}

const statement = (name: string): string =>
  readFileSync(new URL(`sql/${name}.sql`, import.meta.url), 'utf8').replace(/^(--.*\n)+/, '');
