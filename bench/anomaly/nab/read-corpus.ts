import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Micros } from '../../../domain/time/micros.ts';
import type { Rows } from './score-corpus.ts';

export interface CorpusFile {
  category: string;
  /** With its extension. */
  name: string;
  /** As written in the file. */
  timestamps: string[];
  times: Micros[];
  values: number[];
  /** The values as written in the file. */
  texts: string[];
}

/** The CSV files (timestamp,value) in the folders of `folder`, by name. Throws an Error that names what is wrong. */
export function readCorpus(folder: string): CorpusFile[] {
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: category }) =>
      readdirSync(join(folder, category))
        .filter((name) => name.endsWith('.csv'))
        .map((name) => readSeries(folder, category, name)),
    );
  if (files.length === 0) {
    throw new Error(
      `${folder} holds no <category>/<file>.csv: name the folder "data" of a corpus in NAB's layout`,
    );
  }
  return files.sort((a, b) => (`${a.category}/${a.name}` < `${b.category}/${b.name}` ? -1 : 1));
}

function readSeries(folder: string, category: string, name: string): CorpusFile {
  const path = join(folder, category, name);
  const rows = parse(readFileSync(path), { columns: true, bom: true, skip_empty_lines: true }) as Record<
    string,
    string
  >[];
  const timestamps = rows.map((row) => row.timestamp ?? '');
  const times = timestamps.map(readTime);
  const texts = rows.map((row) => row.value ?? '');
  const values = texts.map((text) => (text.trim() === '' ? Number.NaN : Number(text)));
  const bad = times.findIndex((time, row) => !Number.isFinite(time) || !Number.isFinite(values[row]));
  if (bad >= 0)
    throw new Error(`${path}, row ${bad + 2}: a time and a number are expected (timestamp,value)`);
  return { category, name, timestamps, times, values, texts };
}

/** `2014-04-01 00:00:00` with or without a fraction; NaN for anything else. The corpus names no zone: UTC. */
function readTime(text: string): Micros {
  return (
    Date.parse(
      `${text
        .trim()
        .replace(' ', 'T')
        .replace(/\.\d+$/, '')}Z`,
    ) * 1000
  );
}

/** Windows by `category/file`, as NAB's combined_windows.json; the rows of a file that they cover, null if it is not in it. */
export function readLabels(path: string): (file: CorpusFile) => Rows[] | null {
  const labels = JSON.parse(readFileSync(path, 'utf8')) as Record<string, [string, string][]>;
  return ({ category, name, times }) =>
    labels[`${category}/${name}`]
      ?.map(([from, to]) => ({
        first: times.findIndex((time) => time >= readTime(from)),
        last: times.findLastIndex((time) => time <= readTime(to)),
      }))
      .filter(({ first, last }) => first >= 0 && last >= first) ?? null;
}
