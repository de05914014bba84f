import { lineChart } from './line-chart.ts';
import type { ExperimentResult } from './result.ts';

/** Lag over time, with the intervals in which something was wrong shaded. */
export function lagPicture({
  name,
  samples,
  faults,
}: Pick<ExperimentResult, 'name' | 'samples' | 'faults'>): string {
  return lineChart({
    title: name,
    unit: 'records',
    end: samples.at(-1)?.at ?? 1,
    lines: [
      { name: 'in Kafka, not stored', colour: '#1f6feb', points: samples.map(({ at, lag }) => [at, lag]) },
      {
        name: 'not taken by Kafka yet',
        colour: '#d29922',
        points: samples.map(({ at, unsent }) => [at, unsent]),
      },
    ],
    bands: faults.map(({ what, from, to }) => ({ name: what, from, to })),
  });
}
