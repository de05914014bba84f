import type { BatchResult } from '../../ingest/process-batch.ts';
import type { ReplayRange } from './plan-replay.ts';

/** What a replay did, in records. */
export interface ReplaySummary {
  read: number;
  /** Raw rows that were missing. */
  rawAdded: number;
  /** Events, or facts, that were not known. */
  added: number;
  /** Events that were known already. */
  duplicates: number;
  /** Older than HOLDFAST_RETENTION_DAYS: kept as raw rows only. */
  tooLate: number;
  rejected: number;
  /** Of those, how many were not in pipeline_error_logs before. */
  rejectedAdded: number;
  holdsOpened: number;
  /** It was called off before its end. */
  stopped: boolean;
}

export function startSummary(): ReplaySummary {
  return {
    read: 0,
    rawAdded: 0,
    added: 0,
    duplicates: 0,
    tooLate: 0,
    rejected: 0,
    rejectedAdded: 0,
    holdsOpened: 0,
    stopped: false,
  };
}

/** @param read records of the batch, with those that ask for nothing */
export function addResult(
  summary: ReplaySummary,
  { decoded, counts, added }: BatchResult,
  read: number,
): void {
  summary.read += read;
  summary.rawAdded += added.raw;
  summary.added += decoded.accepted.length - counts.duplicates - counts.tooLate;
  summary.duplicates += counts.duplicates;
  summary.tooLate += counts.tooLate;
  summary.rejected += decoded.rejected.length;
  summary.rejectedAdded += added.rejected;
  for (const opened of Object.values(counts.holdsOpened)) summary.holdsOpened += opened;
}

const number = (value: number): string => value.toLocaleString('en-US');

/** The summary for a person, a line each. */
export function summaryLines(summary: ReplaySummary): string[] {
  const { read, rawAdded, added, duplicates, tooLate, rejected, rejectedAdded, holdsOpened } = summary;
  const rows: [name: string, value: string][] = [
    ['read', `${number(read)} records`],
    ['new', `${number(added)} events, ${number(rawAdded)} raw rows`],
    ['duplicate', `${number(duplicates)} events`],
    ['rejected', `${number(rejected)} records, ${number(rejectedAdded)} of them new`],
  ];
  if (tooLate > 0) rows.push(['too late', `${number(tooLate)} events, kept as raw rows only`]);
  if (holdsOpened > 0) rows.push(['holds', `${number(holdsOpened)} opened`]);
  const lines = rows.map(([name, value]) => `${name.padEnd(10)} ${value}`);
  if (summary.stopped)
    lines.push('Stopped before the end. Run the same command again: what was done changes nothing.');
  return lines;
}

/** What is read of each partition, and what is not, a line each. */
export function rangeLines(topic: string, ranges: readonly ReplayRange[]): string[] {
  return ranges.flatMap(({ partition, from, to, ahead, beginsAt }) => {
    const name = `${topic} partition ${partition}`;
    const lines = [to > from ? `${name}: offsets ${from} to ${to - 1}` : `${name}: nothing to read`];
    if (ahead > 0)
      lines.push(`  ${number(ahead)} more are for the processor, which has not come to them yet`);
    if (beginsAt !== null)
      lines.push(`  Kafka begins at offset ${beginsAt}: what it had of this time before that is gone`);
    return lines;
  });
}
