import { formatIso8601 } from '../../domain/time/iso8601.ts';
import type { Micros } from '../../domain/time/micros.ts';
import { formatDuration } from '../../simulator/command-line/duration.ts';
import type { ReferenceCounts } from '../references/write-references.ts';
import { IMPOSSIBLE_KINDS } from '../report/issue.ts';
import type { IssueSummary } from '../report/issue-report.ts';
import type { ReplayTopic } from '../source/source-event.ts';

/** What a replay did. */
export interface Summary {
  run: string | null;
  complete: boolean;
  references: ReferenceCounts;
  /** Events that this process published. */
  published: Record<ReplayTopic, number>;
  /** Events that were published before. */
  passedOver: number;
  issues: IssueSummary;
  /** Of the events so far; ISO 8601. */
  firstEvent: string | null;
  lastEvent: string | null;
  realMs: number;
  eventsPerSecond: number;
  peakMemoryMb: number;
}

export function isoOrNull(at: Micros | null): string | null {
  return at === null ? null : formatIso8601(at);
}

const IMPOSSIBLE: ReadonlySet<string> = new Set(IMPOSSIBLE_KINDS);

/** The summary as a table, for people. */
export function summaryTable(summary: Summary): string {
  const lines: string[] = [];
  const line = (name: string, value: number | string) => {
    const shown = typeof value === 'number' ? value.toLocaleString('en-US') : value;
    lines.push(`  ${name.padEnd(28)}${shown.padStart(12)}`);
  };
  const section = (title: string, counts: readonly (readonly [string, number])[]) => {
    const some = counts.filter(([, count]) => count > 0);
    if (some.length === 0) return;
    lines.push(title);
    for (const [name, count] of some) line(name, count);
  };
  const { published, passedOver, issues, references } = summary;
  const events = Object.values(published).reduce((sum, count) => sum + count, 0);
  section('Reference data', Object.entries(references));
  lines.push(summary.run === null ? 'Events that would be published' : 'Events published');
  for (const [topic, count] of Object.entries(published)) line(topic, count);
  line('together', events);
  if (passedOver > 0) line('published before', passedOver);
  if (summary.firstEvent !== null && summary.lastEvent !== null) {
    lines.push(`  from ${summary.firstEvent.slice(0, 19)}Z to ${summary.lastEvent.slice(0, 19)}Z`);
  }
  const kinds = Object.entries(issues.byKind);
  section(
    'Impossible, published as they are',
    kinds.filter(([kind]) => IMPOSSIBLE.has(kind)),
  );
  section(
    'Could not be read, or not whole',
    kinds.filter(([kind]) => !IMPOSSIBLE.has(kind)),
  );
  if (issues.path !== null) lines.push(`  each with file and line in ${issues.path}`);
  const rate = Math.round(summary.eventsPerSecond).toLocaleString('en-US');
  const took = formatDuration(summary.realMs);
  lines.push(
    `${took}, ${rate} events/s, ${summary.peakMemoryMb.toLocaleString('en-US')} MB of memory at most`,
  );
  if (!summary.complete) lines.push('Not all of it was published: start it again to go on.');
  return `${lines.join('\n')}\n`;
}
