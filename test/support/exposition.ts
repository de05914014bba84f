/** One sample line of Prometheus' text format. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** The samples under one `# TYPE` line. */
export interface Family {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  readonly samples: Sample[];
}

const SAMPLE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)(?: \d+)?$/;
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/y;
const TYPES = ['counter', 'gauge', 'histogram', 'summary', 'untyped'];
const SUFFIXES: Readonly<Record<string, readonly string[]>> = {
  histogram: ['_bucket', '_sum', '_count'],
  summary: ['', '_sum', '_count'],
};

/**
 * Reads text format 0.0.4 the strict way.
 *
 * @throws for anything that is not in order: a family twice, a sample outside of its family, one without TYPE or HELP,
 *   the same series twice
 */
export function parseExposition(text: string): Map<string, Family> {
  const families = new Map<string, Family>();
  const helps = new Map<string, string>();
  const series = new Set<string>();
  let current: Family | undefined;
  if (!text.endsWith('\n')) throw new Error('the last line has no end');
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const [, kind, name = '', rest = ''] = /^# (HELP|TYPE) (\S+)(?: (.*))?$/.exec(line) ?? [];
    if (kind === 'HELP') {
      if (helps.has(name)) throw new Error(`HELP of ${name} is there twice`);
      helps.set(name, rest);
    } else if (kind === 'TYPE') {
      if (families.has(name)) throw new Error(`${name} is there twice`);
      if (!TYPES.includes(rest)) throw new Error(`${name} has the type ${rest}`);
      current = { name, type: rest, help: helps.get(name) ?? '', samples: [] };
      families.set(name, current);
    } else if (!line.startsWith('#')) {
      const sample = parseSample(line);
      if (current === undefined || !belongs(sample.name, current)) throw new Error(`no TYPE before: ${line}`);
      const id = JSON.stringify([sample.name, Object.entries(sample.labels).sort()]);
      if (series.has(id)) throw new Error(`twice: ${line}`);
      series.add(id);
      current.samples.push(sample);
    }
  }
  for (const { name, help } of families.values()) if (help === '') throw new Error(`${name} has no HELP`);
  return families;
}

function belongs(sample: string, { name, type }: Family): boolean {
  return (SUFFIXES[type] ?? ['']).some((suffix) => sample === name + suffix);
}

function parseSample(line: string): Sample {
  const match = SAMPLE.exec(line);
  if (match === null) throw new Error(`no sample: ${line}`);
  const value = Number((match[3] ?? '').replace(/^([+-]?)Inf$/, '$1Infinity'));
  if (Number.isNaN(value) && match[3] !== 'NaN') throw new Error(`no number: ${line}`);
  return { name: match[1] ?? '', labels: parseLabels(match[2] ?? '', line), value };
}

function parseLabels(text: string, line: string): Record<string, string> {
  const labels: Record<string, string> = {};
  LABEL.lastIndex = 0;
  while (LABEL.lastIndex < text.length) {
    const match = LABEL.exec(text);
    if (match === null) throw new Error(`labels that cannot be read: ${line}`);
    const [, name = '', value = ''] = match;
    if (name in labels) throw new Error(`label ${name} twice: ${line}`);
    labels[name] = value;
  }
  return labels;
}
