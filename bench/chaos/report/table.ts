import { holds } from '../verdict/comparison.ts';
import type { ChaosReport, ExperimentResult } from './result.ts';

export interface Row {
  experiment: string;
  outcome: string;
  records: string;
  lost: string;
  doubled: string;
  recovery: string;
  settled: string;
  alerts: string;
}

export const HEADINGS: Row = {
  experiment: 'experiment',
  outcome: 'verdict',
  records: 'records',
  lost: 'lost',
  doubled: 'doubled or wrong',
  recovery: 'recovered after',
  settled: 'all told after',
  alerts: 'alerts that fired',
};

/** A rule that fires to show that rules are evaluated. */
const ALWAYS_FIRES = 'Watchdog';

/** The figures of one experiment as text. */
export function rowOf(result: ExperimentResult): Row {
  const { name, outcome, records, verdict, recovery, settledAfter, alerts = [], rules } = result;
  const sum = (pick: 'lost' | 'doubled' | 'wrong') =>
    verdict?.comparisons.reduce((total, comparison) => total + comparison[pick].length, 0);
  const seconds = (value: number | null | undefined) =>
    value === undefined ? '' : value === null ? 'never' : `${Math.max(0, value).toFixed(1)} s`;
  return {
    experiment: name,
    outcome,
    records: records === undefined ? '' : records.toLocaleString('en-US'),
    lost: String(sum('lost') ?? ''),
    doubled: verdict === undefined ? '' : String((sum('doubled') ?? 0) + (sum('wrong') ?? 0)),
    recovery: seconds(recovery?.seconds),
    settled: seconds(settledAfter),
    alerts: [...(rules?.firing ?? []).filter((name) => name !== ALWAYS_FIRES), ...alerts].join(', '),
  };
}

/** One line for the terminal. */
export function lineOf(result: ExperimentResult): string {
  const { outcome, reason, verdict } = result;
  const { records, recovery, alerts } = rowOf(result);
  const broken = (verdict?.comparisons ?? []).filter((comparison) => !holds(comparison));
  const what = broken
    .map(
      ({ what: name, lost, doubled, wrong }) =>
        `${name}: ${lost.length} lost, ${doubled.length} doubled, ${wrong.length} wrong`,
    )
    .join('; ');
  const figures = verdict === undefined ? '' : `${records} records, recovered after ${recovery}`;
  return [outcome.toUpperCase(), figures, what, reason ?? '', alerts === '' ? '' : `alerts: ${alerts}`]
    .filter((part) => part !== '')
    .join(' · ');
}

/** All of them, aligned. */
export function tableOf({ results }: ChaosReport): string {
  const rows = [HEADINGS, ...results.map(rowOf)];
  const columns = Object.keys(HEADINGS) as (keyof Row)[];
  const widths = columns.map((column) => Math.max(...rows.map((row) => row[column].length)));
  return `${rows
    .map((row) =>
      columns
        .map((column, i) => row[column].padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')}\n`;
}
