import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { parseIso8601 } from '../../domain/time/iso8601.ts';
import { DAY, type Micros } from '../../domain/time/micros.ts';

export interface ReadSeries {
  step: Micros;
  points: { at: Micros; value: number }[];
  /** Steps between the first and the last without a value. */
  missing: number;
}

/** What a file says is no series; the message says where, and what to do. */
export class SeriesError extends Error {
  override readonly name = 'SeriesError';
}

/**
 * Reads a CSV file with the columns timestamp and value: times with a zone, or in UTC, at equal distances; a value missing
 * here and there does not matter.
 *
 * @param every length of a step; values within one are added up. Null: the commonest distance of two times
 * @throws {SeriesError}
 */
export async function readSeries(file: string, every: Micros | null): Promise<ReadSeries> {
  return seriesOf(await readFile(file, 'utf8'), every);
}

export function seriesOf(text: string, every: Micros | null): ReadSeries {
  const rows = parseRows(text);
  const points = rows.map(pointOf);
  const step = every ?? commonestDistance(points);
  if (!Number.isInteger(DAY / step)) {
    throw new SeriesError(
      `a day is no whole number of steps of ${step / 1e6} s: use --every, such as --every 30m`,
    );
  }
  const sums = new Map<Micros, number>();
  for (const { at, value } of points) {
    const start = Math.floor(at / step) * step;
    sums.set(start, (sums.get(start) ?? 0) + value);
  }
  const sorted = [...sums].sort(([a], [b]) => a - b).map(([at, value]) => ({ at, value }));
  const [first, last] = [sorted[0]!, sorted.at(-1)!];
  return { step, points: sorted, missing: (last.at - first.at) / step + 1 - sorted.length };
}

function parseRows(text: string): Record<string, string>[] {
  let rows: Record<string, string>[];
  try {
    rows = parse(text, { columns: true, trim: true, skip_empty_lines: true, bom: true });
  } catch (error) {
    throw new SeriesError(`not a CSV file: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (rows.length < 2)
    throw new SeriesError('a series has two values at least, under a header: timestamp,value');
  for (const column of ['timestamp', 'value']) {
    if (rows[0]![column] === undefined) throw new SeriesError(`column ${column} is missing: timestamp,value`);
  }
  return rows;
}

function pointOf(row: Record<string, string>, index: number): { at: Micros; value: number } {
  const { timestamp = '', value = '' } = row;
  // Without a zone it is taken as UTC.
  const text = timestamp.replace(' ', 'T');
  const at = parseIso8601(text) ?? parseIso8601(`${text}Z`);
  if (at === null)
    throw new SeriesError(`line ${index + 2}: timestamp ${JSON.stringify(timestamp)} is no ISO 8601 time`);
  const number = Number(value);
  if (value === '' || !(number >= 0 && number < Number.POSITIVE_INFINITY)) {
    throw new SeriesError(`line ${index + 2}: value ${JSON.stringify(value)} is no number from 0 on`);
  }
  return { at, value: number };
}

function commonestDistance(points: readonly { at: Micros }[]): Micros {
  const counts = new Map<Micros, number>();
  const times = points.map(({ at }) => at).sort((a, b) => a - b);
  for (let i = 1; i < times.length; i += 1) {
    const distance = times[i]! - times[i - 1]!;
    if (distance > 0) counts.set(distance, (counts.get(distance) ?? 0) + 1);
  }
  const [distance] = [...counts].sort(([a, times1], [b, times2]) => times2 - times1 || a - b)[0] ?? [];
  if (distance === undefined) throw new SeriesError('all times are the same');
  return distance;
}
