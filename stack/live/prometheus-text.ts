export type Sample = {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
};

const line = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})?\s+(\S+)/;
const label = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g;

/** Reads the samples of a Prometheus text exposition; comments and lines it does not understand are skipped. */
export function parseSamples(text: string): Sample[] {
  const samples: Sample[] = [];
  for (const row of text.split('\n')) {
    if (row.startsWith('#')) continue;
    const match = line.exec(row);
    if (match === null) continue;
    const [, name = '', labelText = '', number = ''] = match;
    samples.push({ name, labels: parseLabels(labelText), value: toNumber(number) });
  }
  return samples;
}

function parseLabels(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const [, key = '', value = ''] of text.matchAll(label)) {
    labels[key] = value.replace(/\\(.)/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped));
  }
  return labels;
}

function toNumber(text: string): number {
  if (text === '+Inf') return Number.POSITIVE_INFINITY;
  return text === '-Inf' ? Number.NEGATIVE_INFINITY : Number(text);
}

/** The sum of all samples of a name that have these labels; undefined when there are none. */
export function total(
  samples: readonly Sample[],
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | undefined {
  const wanted = Object.entries(labels);
  let sum: number | undefined;
  for (const sample of samples) {
    if (sample.name !== name || wanted.some(([label, value]) => sample.labels[label] !== value)) continue;
    sum = (sum ?? 0) + sample.value;
  }
  return sum;
}

/** Cumulative histogram buckets by upper bound, summed over all other labels. */
export type Buckets = ReadonlyMap<number, number>;

export function buckets(samples: readonly Sample[], name: string): Buckets {
  const result = new Map<number, number>();
  for (const { name: sampleName, labels, value } of samples) {
    if (sampleName !== `${name}_bucket` || labels.le === undefined) continue;
    const bound = toNumber(labels.le);
    result.set(bound, (result.get(bound) ?? 0) + value);
  }
  return result;
}

/**
 * The q-quantile of what was observed between two readings of a histogram, interpolated within its bucket; undefined
 * when nothing was. In the open-ended last bucket it is the highest finite bound.
 */
export function quantileSince(before: Buckets, after: Buckets, q: number): number | undefined {
  const bounds = [...after.keys()].sort((a, b) => a - b);
  const counts = bounds.map((bound) => (after.get(bound) ?? 0) - (before.get(bound) ?? 0));
  const all = counts.at(-1) ?? 0;
  if (all <= 0) return undefined;
  const rank = q * all;
  const index = counts.findIndex((count) => count >= rank);
  const upper = bounds[index] ?? Number.POSITIVE_INFINITY;
  const lower = bounds[index - 1] ?? 0;
  if (upper === Number.POSITIVE_INFINITY) return lower;
  const below = counts[index - 1] ?? 0;
  const within = (counts[index] ?? 0) - below;
  return within === 0 ? upper : lower + ((upper - lower) * (rank - below)) / within;
}
