import { PROFILES, PUBLISHED } from './profiles.ts';
import { type ScoredFile, scoreCorpus } from './score-corpus.ts';

/** Scores of the three profiles beside those that others published. */
export function scoreTable(files: readonly ScoredFile[]): string {
  const windows = files.reduce((sum, file) => sum + file.windows.length, 0);
  const ours = PROFILES.map((profile) => scoreCorpus(files, profile));
  const row = (name: string, cells: readonly string[]) =>
    `${name.padEnd(36)}${cells.map((cell) => cell.padStart(10)).join('')}\n`;
  const published = PUBLISHED.map(({ detector, scores }) =>
    row(
      detector,
      scores.map((score) => (score === null ? '-' : score.toFixed(1))),
    ),
  );
  return [
    row(
      '',
      PROFILES.map(({ name }) => name),
    ),
    row(
      `Holdfast (${files.length} files, ${windows} windows)`,
      ours.map(({ score }) => score.toFixed(2)),
    ),
    row(
      '  at the threshold',
      ours.map(({ threshold }) => threshold.toFixed(3)),
    ),
    'Published for the whole corpus of 58 files, 116 windows:\n',
    ...published,
  ].join('');
}
