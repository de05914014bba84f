import { formatDuration } from '../command-line/duration.ts';
import type { PlatformSummary } from './run-platform.ts';

/** What a run did, for people. */
export function summaryTable(summary: PlatformSummary): string {
  const { from, to, incidents, customers, events, truth, customerTruth, realMs } = summary;
  const total = Object.values(events).reduce((sum, count) => sum + count, 0);
  const line = (name: string, value: number) =>
    `  ${name.padEnd(20)}${value.toLocaleString('en-US').padStart(14)}`;
  return `${[
    'Events',
    ...Object.entries(events).map(([topic, count]) => line(topic, count)),
    line('together', total),
    `  from ${from.slice(0, 16)}Z to ${to.slice(0, 16)}Z, in ${formatDuration(realMs)}`,
    'Ground truth',
    `${line('incidents', incidents)}  ${truth}`,
    `${line('customers', customers)}  ${customerTruth}`,
  ].join('\n')}\n`;
}
