import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runCorpus } from './nab/run-corpus.ts';
import { scoreTable } from './nab/score-table.ts';
import { runShape, SHAPES, suiteTable } from './simulation/suite.ts';
import { measureSpeed, speedTable } from './speed.ts';

const HELP = `npm run bench:anomaly -- --data DIR --out DIR [--labels FILE]
npm run bench:anomaly -- --simulate [--series N] [--seed TEXT]
npm run bench:anomaly -- --speed [--series N]

--data DIR     a corpus in the layout of the Numenta Anomaly Benchmark: DIR (or DIR/data) holds <category>/<file>.csv with
               timestamp,value. Every file is judged from nothing, with the same parameters.
--out DIR      where to write holdfast/<category>/holdfast_<file>.csv: timestamp,value,anomaly_score (0..1),label
--labels FILE  its combined_windows.json, for the score alone: the three standard profiles, beside published detectors
--simulate     recall and false alarms on made-up series of counts, rates, means and levels with known changes;
               --series N of each (6)
--speed        points a second on one core, and bytes for each series; --series N in memory at once (1000)
`;

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    labels: { type: 'string' },
    out: { type: 'string' },
    simulate: { type: 'boolean' },
    speed: { type: 'boolean' },
    series: { type: 'string' },
    seed: { type: 'string', default: 'simulated' },
    help: { type: 'boolean' },
  },
});

function corpus(data: string, labels: string | null, out: string): void {
  const folder = existsSync(join(data, 'data')) ? join(data, 'data') : data;
  const { files, scored, unlabelled } = runCorpus(folder, labels, out);
  process.stdout.write(`${files} files judged, written to ${join(out, 'holdfast')}\n`);
  if (labels === null) return;
  if (unlabelled.length > 0)
    process.stdout.write(`not in the labels, so not scored: ${unlabelled.join(', ')}\n`);
  process.stdout.write(scoreTable(scored));
}

function seriesCount(otherwise: number): number {
  const count = Number(values.series ?? otherwise);
  if (!Number.isInteger(count) || count < 1)
    throw new Error(`--series ${values.series}: a whole number from 1`);
  return count;
}

try {
  if (values.simulate) {
    const series = seriesCount(6);
    const rows = SHAPES.map(([name, shape]) => runShape(name, shape, series, values.seed));
    process.stdout.write(suiteTable(rows));
  } else if (values.speed) {
    process.stdout.write(speedTable(measureSpeed(seriesCount(1000))));
  } else if (values.data !== undefined && values.out !== undefined) {
    corpus(values.data, values.labels ?? null, values.out);
  } else {
    process.stdout.write(HELP);
    process.exitCode = values.help ? 0 : 2;
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
