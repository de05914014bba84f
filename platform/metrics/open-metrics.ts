import type { MetricObjectWithValues, MetricValue, Registry } from 'prom-client';

/** What a histogram made with exemplars adds to the values of its buckets; seconds since 1970. */
interface Exemplar {
  labelSet: Readonly<Record<string, string>>;
  value: number;
  timestamp: number;
}

type Sample = MetricValue<string> & { metricName?: string; exemplar?: Exemplar | null };

/**
 * A registry in the format OpenMetrics 1.0, which has exemplars. Without the end mark, for others may follow. Not by
 * prom-client's own: that renames the counters of the registry, which then are wrong in the text format.
 */
export async function openMetricsText(registry: Pick<Registry, 'getMetricsAsJSON'>): Promise<string> {
  const families = (await registry.getMetricsAsJSON()) as unknown as MetricObjectWithValues<Sample>[];
  return families.map(familyText).join('');
}

function familyText({ name, help, type, values }: MetricObjectWithValues<Sample>): string {
  const kind = String(type);
  const family = kind === 'counter' ? name.replace(/_total$/, '') : name;
  const samples = values.map(
    (sample) =>
      `${sample.metricName ?? name}${labelsText(sample.labels)} ${numberText(sample.value)}${exemplarText(sample)}\n`,
  );
  return `# HELP ${family} ${escaped(help)}\n# TYPE ${family} ${kind}\n${samples.join('')}`;
}

function exemplarText({ exemplar }: Sample): string {
  if (exemplar == null) return '';
  return ` # ${labelsText(exemplar.labelSet) || '{}'} ${numberText(exemplar.value)} ${exemplar.timestamp}`;
}

function labelsText(labels: Readonly<Partial<Record<string, string | number>>>): string {
  const parts = Object.entries(labels).map(([name, value]) => `${name}="${escaped(String(value))}"`);
  return parts.length === 0 ? '' : `{${parts.join(',')}}`;
}

function escaped(text: string): string {
  return text.replace(/\\/g, '\\\\').replace(/\n/g, '\\n').replace(/"/g, '\\"');
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  return String(value);
}

/**
 * Text of the format 0.0.4 as OpenMetrics: a family of counters has no `_total` in its name, there are no blank lines and
 * no comments but HELP and TYPE.
 */
export function asOpenMetrics(text: string): string {
  const lines = text
    .split('\n')
    .filter((line) => line !== '' && (!line.startsWith('#') || /^# (HELP|TYPE) /.test(line)));
  const counters = new Set(lines.flatMap((line) => /^# TYPE (\S+) counter$/.exec(line)?.[1] ?? []));
  return lines
    .map((line) => {
      const [, keyword, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) ?(.*)$/.exec(line) ?? [];
      if (keyword === undefined || !counters.has(name)) return `${line}\n`;
      return `# ${keyword} ${name.replace(/_total$/, '')} ${rest}\n`;
    })
    .join('');
}
