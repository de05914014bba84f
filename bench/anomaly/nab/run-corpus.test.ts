import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PROFILES } from './profiles.ts';
import { runCorpus } from './run-corpus.ts';
import { scoreCorpus } from './score-corpus.ts';
import { scoreTable } from './score-table.ts';

const ROWS = 600;
const SPIKE = 400;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-nab-'));
  mkdirSync(join(folder, 'data', 'made'), { recursive: true });
});

afterEach(() => rmSync(folder, { recursive: true }));

function stamp(row: number): string {
  return new Date(Date.UTC(2014, 0, 1) + row * 300_000).toISOString().slice(0, 19).replace('T', ' ');
}

function writeSeries(name: string, values: readonly (number | string)[]): void {
  const lines = values.map((value, row) => `${stamp(row)},${value}\n`);
  writeFileSync(join(folder, 'data', 'made', name), `timestamp,value\n${lines.join('')}`);
}

function writeLabels(labels: Record<string, [string, string][]>): string {
  const path = join(folder, 'labels.json');
  writeFileSync(path, JSON.stringify(labels));
  return path;
}

describe('runCorpus', () => {
  it('writes what it thinks of every row, and finds a spike in a wave', () => {
    writeSeries(
      'wave.csv',
      Array.from({ length: ROWS }, (_, row) => 20 + 5 * Math.sin(row / 20) + (row === SPIKE ? 40 : 0)),
    );
    const labels = writeLabels({
      'made/wave.csv': [[`${stamp(SPIKE - 10)}.000000`, `${stamp(SPIKE + 10)}.000000`]],
    });
    const out = join(folder, 'out');
    const { scored, unlabelled } = runCorpus(join(folder, 'data'), labels, out);
    const lines = readFileSync(join(out, 'holdfast', 'made', 'holdfast_wave.csv'), 'utf8')
      .trim()
      .split('\n');
    expect(lines[0]).toBe('timestamp,value,anomaly_score,label');
    expect(lines).toHaveLength(ROWS + 1);
    const rows = lines.slice(1).map((line) => line.split(','));
    expect(rows.every(([, , score]) => Number(score) >= 0 && Number(score) <= 1)).toBe(true);
    expect(rows.filter(([, , , label]) => label === '1')).toHaveLength(21);
    const highest = rows.toSorted((a, b) => Number(b[2]) - Number(a[2]))[0]!;
    expect(highest[0]).toBe(stamp(SPIKE));
    expect(unlabelled).toEqual([]);
    expect(scoreCorpus(scored, PROFILES[0]!).score).toBeGreaterThan(80);
    expect(scoreTable(scored)).toContain('1 files, 1 windows');
  });

  it('judges without labels, and says which files it has none for', () => {
    writeSeries('a.csv', Array(50).fill(1));
    writeSeries('b.csv', Array(50).fill(2));
    expect(runCorpus(join(folder, 'data'), null, join(folder, 'out'))).toMatchObject({
      files: 2,
      scored: [],
    });
    const labels = writeLabels({ 'made/a.csv': [] });
    expect(runCorpus(join(folder, 'data'), labels, join(folder, 'out')).unlabelled).toEqual(['made/b.csv']);
  });

  it('names what is wrong with a corpus', () => {
    expect(() => runCorpus(join(folder, 'data'), null, folder)).toThrow(/holds no <category>/);
    writeSeries('bad.csv', [1, 2, 'three']);
    expect(() => runCorpus(join(folder, 'data'), null, folder)).toThrow(/bad\.csv, row 4/);
  });
});
