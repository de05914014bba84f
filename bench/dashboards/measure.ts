import type pg from 'pg';
import { generateBoards } from '../../grafana/src/all-boards.ts';
import { interpolateSql } from '../../grafana/src/check/interpolate.ts';
import { initialValues, queriesOf } from '../../grafana/src/check/queries.ts';
import { askedOfFacts } from './raw.ts';

const HOUR = 3_600_000;
const POINTS = 1200;

export interface PanelSpeed {
  readonly board: string;
  readonly panel: string;
  readonly days: number;
  /** Milliseconds, of warm runs: 95th percentile. */
  readonly p95: number;
  /** Milliseconds of the same question asked of the facts; undefined where there is no rollup in it. */
  readonly raw: number | undefined;
}

/** Every SQL panel over each span, as the role of Grafana. */
export async function measurePanels(
  reader: pg.Pool,
  owner: pg.Pool,
  days: readonly number[],
  runs: number,
  say: (speed: PanelSpeed) => void,
): Promise<PanelSpeed[]> {
  const ask = async (sql: string) =>
    (await reader.query<string[]>({ text: sql, rowMode: 'array' })).rows.map(([first]) => String(first));
  const [orderId = ''] = await ask(
    'SELECT order_id FROM holds_masked ORDER BY opened_at DESC OFFSET 500 LIMIT 1',
  );
  const speeds: PanelSpeed[] = [];
  for (const { dashboard } of await generateBoards()) {
    const variables = { ...(await initialValues(dashboard, ask)), order_id: orderId };
    for (const query of queriesOf(dashboard)) {
      for (const span of query.sql === undefined ? [] : days) {
        const to = new Date();
        const from = new Date(to.getTime() - span * 24 * HOUR);
        const intervalMs = Math.max(60_000, Math.round((span * 24 * HOUR) / POINTS));
        const sql = interpolateSql(query.sql ?? '', { from, to, intervalMs, variables });
        const asked = askedOfFacts(sql);
        const speed: PanelSpeed = {
          board: dashboard.title ?? '',
          panel: query.title,
          days: span,
          p95: percentile95(await timesOf(reader, sql, runs)),
          raw: asked === undefined ? undefined : await executionTime(owner, asked),
        };
        speeds.push(speed);
        say(speed);
      }
    }
  }
  return speeds;
}

async function timesOf(pool: pg.Pool, sql: string, runs: number): Promise<number[]> {
  await executionTime(pool, sql);
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) times.push(await executionTime(pool, sql));
  return times;
}

/** Milliseconds of planning and execution, as PostgreSQL measures them. */
async function executionTime(pool: pg.Pool, sql: string): Promise<number> {
  const { rows } = await pool.query<{
    'QUERY PLAN': { 'Planning Time': number; 'Execution Time': number }[];
  }>(`EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${sql}`);
  const plan = rows[0]?.['QUERY PLAN'][0];
  return (plan?.['Planning Time'] ?? 0) + (plan?.['Execution Time'] ?? 0);
}

export function percentile95(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN;
}
