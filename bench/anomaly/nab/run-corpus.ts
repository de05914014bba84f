import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EnvelopeDetector } from '../../../domain/detection/envelope/envelope-detector.ts';
import { type CorpusFile, readCorpus, readLabels } from './read-corpus.ts';
import type { Rows, ScoredFile } from './score-corpus.ts';

export interface CorpusRun {
  files: number;
  /** Those that the labels speak of. */
  scored: ScoredFile[];
  unlabelled: string[];
}

/**
 * Runs the detector over every file, each from nothing and with the same parameters, and writes
 * `out/holdfast/<category>/holdfast_<file>.csv` in the benchmark's layout. The labels are for scoring; the detector never
 * sees them.
 */
export function runCorpus(data: string, labelsPath: string | null, out: string): CorpusRun {
  const windowsOf = labelsPath === null ? null : readLabels(labelsPath);
  const run: CorpusRun = { files: 0, scored: [], unlabelled: [] };
  for (const file of readCorpus(data)) {
    const scores = judge(file);
    const windows = windowsOf?.(file) ?? null;
    write(out, file, scores, windows ?? []);
    run.files += 1;
    if (windows !== null) run.scored.push({ scores, windows });
    else run.unlabelled.push(`${file.category}/${file.name}`);
  }
  return run;
}

function judge({ times, values }: CorpusFile): number[] {
  const detector = new EnvelopeDetector();
  return values.map((value, row) => detector.observe(times[row]!, value).score);
}

function write(out: string, file: CorpusFile, scores: readonly number[], windows: readonly Rows[]): void {
  const folder = join(out, 'holdfast', file.category);
  mkdirSync(folder, { recursive: true });
  const labelled = (row: number) => (windows.some(({ first, last }) => row >= first && row <= last) ? 1 : 0);
  const lines = scores.map(
    (score, row) => `${file.timestamps[row]},${file.texts[row]},${score},${labelled(row)}\n`,
  );
  writeFileSync(
    join(folder, `holdfast_${file.name}`),
    `timestamp,value,anomaly_score,label\n${lines.join('')}`,
  );
}
