import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';
import { micros } from './micros.ts';

export async function insertDeltas(
  db: Queryable,
  rows: readonly { at: Micros; kind: string; delta: number }[],
): Promise<void> {
  if (rows.length === 0) return;
  await db.query({
    name: 'insert_deltas',
    text: `INSERT INTO state_deltas (at, kind, delta)
           SELECT ${micros('e->0')}, e->>1, (e->2)::integer FROM jsonb_array_elements($1::jsonb) AS e`,
    values: [JSON.stringify(rows.map((row) => [row.at, row.kind, row.delta]))],
  });
}
