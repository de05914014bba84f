import { createHash } from 'node:crypto';
import type pg from 'pg';
import { STATE_QUERIES } from './state-queries.ts';

/** The database as sorted lines of text, by table. */
export type DatabaseState = ReadonlyMap<string, readonly string[]>;

const ROLLUPS = ['1m', '30m', '1h', '1d'].flatMap((level) =>
  ['state_deltas', 'events', 'records', 'delays']
    .filter((family) => !(family === 'delays' && level === '1m'))
    .map((family) => `${family}_${level}`),
);

/** Everything two runs over the same records have to agree on. Refreshes the rollups first, all of their range. */
export async function databaseState(pool: pg.Pool): Promise<DatabaseState> {
  for (const rollup of ROLLUPS) {
    // In one piece: cut into batches of buckets, as is the default, it took 14 s.
    await pool.query(
      `CALL refresh_continuous_aggregate('${rollup}', NULL, NULL, options => '{"buckets_per_batch": 0}')`,
    );
  }
  const state = new Map<string, readonly string[]>();
  for (const [table, query] of Object.entries(STATE_QUERIES)) {
    const { rows } = await pool.query<{ line: string }>(query);
    state.set(table, rows.map(({ line }) => line).sort());
  }
  return state;
}

/** Number of rows and a hash of them, by table. */
export function fingerprint(state: DatabaseState): Record<string, string> {
  return Object.fromEntries(
    [...state].map(([table, lines]) => [
      table,
      `${lines.length} rows, ${createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 16)}`,
    ]),
  );
}

const ROWS_SHOWN = 3;

/** The first rows that only one of the two has, for every table that differs; empty when the states are equal. */
export function differences(actual: DatabaseState, expected: DatabaseState): string {
  const report: string[] = [];
  for (const [table, lines] of expected) {
    const surplus = without(actual.get(table) ?? [], lines);
    const missing = without(lines, actual.get(table) ?? []);
    if (surplus.length + missing.length === 0) continue;
    report.push(
      `${table}: ${missing.length} rows missing, ${surplus.length} rows too many`,
      ...missing.slice(0, ROWS_SHOWN).map((line) => `  - ${line}`),
      ...surplus.slice(0, ROWS_SHOWN).map((line) => `  + ${line}`),
    );
  }
  return report.join('\n');
}

/** `lines` less `others`, one for one: a row that is there twice instead of once remains. */
function without(lines: readonly string[], others: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const line of others) counts.set(line, (counts.get(line) ?? 0) + 1);
  return lines.filter((line) => {
    const count = counts.get(line) ?? 0;
    if (count > 0) counts.set(line, count - 1);
    return count === 0;
  });
}
