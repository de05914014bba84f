import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lineChart } from '../chaos/report/line-chart.ts';
import type { Measurement } from './measure.ts';
import { type Finding, findingsOf, WATCHED } from './series.ts';

export interface SoakRun {
  minutes: number;
  rate: number;
  native: boolean;
  began: string;
  measurements: readonly Measurement[];
  /** What ended or was started again meanwhile. */
  events: readonly string[];
  /** Null: what was sent is what is stored. */
  mismatch: string | null;
}

const COLOURS = ['#1f6feb', '#d29922', '#3fb950', '#a371f7'];
const MIB = 1024 * 1024;

const PICTURES = [
  {
    file: 'memory',
    unit: 'MiB',
    names: WATCHED.filter(({ unit }) => unit === 'MiB').map(({ name }) => name),
  },
  { file: 'latency', unit: 'ms', names: ['latency p50', 'latency p99'] },
  { file: 'lag', unit: 'records', names: ['lag'] },
];

/** Whether anything grows, was lost, or ended by itself. */
export function isSteady(run: SoakRun): boolean {
  const grows = findingsOf(run.measurements).some(({ verdict }) => verdict === 'growing');
  return !grows && run.mismatch === null && run.events.length === 0;
}

/** report.md, report.json and the pictures. */
export function writeSoakReport(folder: string, run: SoakRun): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'report.json'), `${JSON.stringify(run, null, 2)}\n`);
  writeFileSync(join(folder, 'report.md'), soakText(run));
  for (const { file, unit, names } of PICTURES)
    writeFileSync(join(folder, `${file}.svg`), picture(run, file, unit, names));
  const size: [number, number][] = run.measurements.map(({ at, database }) => [at, database / MIB]);
  const lines = [{ name: 'size of the database', colour: COLOURS[0] ?? '', points: size }];
  writeFileSync(
    join(folder, 'database.svg'),
    lineChart({ title: 'database', unit: 'MiB', end: endOf(run), lines, bands: [] }),
  );
}

function picture(run: SoakRun, title: string, unit: string, names: readonly string[]): string {
  const lines = WATCHED.filter(({ name }) => names.includes(name)).map(({ name, pick }, i) => ({
    name,
    colour: COLOURS[i] ?? '#8b949e',
    points: run.measurements
      .map((one): [number, number] => [one.at, pick(one)])
      .filter(([, value]) => !Number.isNaN(value)),
  }));
  return lineChart({ title, unit, end: endOf(run), lines, bands: [] });
}

function endOf({ measurements }: SoakRun): number {
  return measurements.at(-1)?.at ?? 1;
}

/** The report as Markdown. */
export function soakText(run: SoakRun): string {
  const { minutes, rate, native, began, measurements, events, mismatch } = run;
  const findings = findingsOf(measurements);
  const rows = findings.map(rowOf).join('\n');
  return `# Soak, ${began}

${native ? 'Native' : 'Embedded'} database, ${rate} records a second for ${minutes} minutes: **${isSteady(run) ? 'steady' : 'not steady'}**.

| | median | change over the run, after the first quarter (95 % bounds) | verdict |
|---|---|---|---|
${rows}

- ${mismatch ?? 'what was sent is what is stored'}
- ${events.length === 0 ? 'no program ended' : events.join('; ')}
- the database grew by ${growth(measurements)}

![Memory](memory.svg)

![Latency](latency.svg)

![Lag](lag.svg)

![Size of the database](database.svg)
`;
}

function rowOf({ series, trend, verdict }: Finding): string {
  const { name, unit } = series;
  const shown = (value: number) => (Math.abs(value) >= 10 ? value.toFixed(0) : value.toFixed(1));
  const { median, change, low, high } = trend;
  return `| ${name} | ${shown(median)} ${unit} | ${shown(change)} ${unit} (${shown(low)} to ${shown(high)}) | ${verdict} |`;
}

function growth(measurements: readonly Measurement[]): string {
  const first = measurements[0];
  const last = measurements.at(-1);
  if (first === undefined || last === undefined || last.consumed === first.consumed) return 'nothing';
  const bytes = last.database - first.database;
  const each = bytes / (last.consumed - first.consumed);
  return `${(bytes / MIB).toFixed(0)} MiB, ${each.toFixed(0)} bytes a record`;
}
