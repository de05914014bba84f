import type { Queryable } from '../../platform/database/database.ts';

export interface ListedPosition {
  topic: string;
  partition: number;
  epoch: number;
  next_offset: number;
}

export async function listPositions(db: Queryable): Promise<ListedPosition[]> {
  const { rows } = await db.query<ListedPosition & Record<string, unknown>>({
    name: 'list_positions',
    text: 'SELECT topic, partition, epoch, next_offset FROM consumer_offsets ORDER BY topic, partition',
  });
  return rows;
}
