import { formatDuration } from '../command-line/duration.ts';
import { isoUtc } from '../timing/iso-time.ts';
import type { Comparison } from '../verify/compare.ts';
import type { Summary } from './tally.ts';

/** A table of what was sent, for people. */
export function report(prefix: string, summary: Summary, realMs: number): string {
  const lines: string[] = [];
  const line = (name: string, value: number | string, note = ''): void => {
    const shown = typeof value === 'number' ? value.toLocaleString('en-US') : value;
    lines.push(`  ${name.padEnd(26)}${shown.padStart(14)}${note === '' ? '' : `  ${note}`}`);
  };
  const section = (title: string, counts: Record<string, number>): void => {
    const entries = Object.entries(counts).filter(([, n]) => n > 0);
    if (entries.length === 0) return;
    lines.push(title);
    for (const [name, n] of entries.sort((a, b) => b[1] - a[1])) line(name, n);
  };
  const rate = Math.round((summary.records / Math.max(realMs, 1)) * 1_000).toLocaleString('en-US');
  lines.push(`Sent by this run (order_id ${prefix}...) in ${formatDuration(realMs)}, ${rate}/s`);
  line('records', summary.records);
  line('bytes', summary.bytes);
  line('distinct events', summary.events);
  line('duplicates', summary.duplicates);
  if (summary.conflicts > 0) line('same id, other content', summary.conflicts);
  line('orders', summary.orders);
  line('late orders', summary.lateOrders);
  if (summary.firstOccurred !== null && summary.lastOccurred !== null) {
    lines.push(`  occurred from ${isoUtc(summary.firstOccurred)} to ${isoUtc(summary.lastOccurred)}`);
  }
  section('Must be held', summary.holds);
  if (summary.accidentalHolds > 0)
    line('of these by chance', summary.accidentalHolds, 'normal orders the burst rules catch');
  section('Must become dead letters', summary.deadLetters);
  section('Poison', summary.poison);
  section('By scenario', summary.byScenario);
  section('Events by type', summary.byType);
  section('Events by channel', summary.byChannel);
  return `${lines.join('\n')}\n`;
}

/** Sent beside stored, for people. */
export function comparisonTable(comparisons: readonly Comparison[]): string {
  const lines = [`${'Compared with the database'.padEnd(30)}${'sent'.padStart(12)}${'stored'.padStart(12)}`];
  for (const { what, sent, stored, verdict } of comparisons) {
    const numbers = [sent, stored].map((n) => n.toLocaleString('en-US').padStart(12)).join('');
    lines.push(`  ${what.padEnd(28)}${numbers}  ${verdict}`);
  }
  return `${lines.join('\n')}\n`;
}
