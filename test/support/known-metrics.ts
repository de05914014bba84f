import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../stack/install/paths.mjs';
import { allRules } from './alert-rules.ts';

/** Of Prometheus, Alertmanager, Kafka's exporter and Node's runtime. */
const FOREIGN = /^(up|nodejs_\w+|process_\w+|prometheus_\w+|alertmanager_\w+|kafka_(server|controller)_\w+)$/;

/** Whether a query may read this: a program of ours makes it, a rule records it, or it comes with what we run. */
export function metricLookup(): (metric: string) => boolean {
  const known = new Set(allRules().flatMap(({ record }) => record ?? []));
  for (const program of ['platform', 'processor', 'alertbot']) {
    const files = readdirSync(join(projectRoot, program), { recursive: true, encoding: 'utf8' });
    for (const file of files.filter((one) => one.endsWith('.ts') && !one.endsWith('.test.ts'))) {
      const source = readFileSync(join(projectRoot, program, file), 'utf8');
      for (const [name] of source.matchAll(/\bholdfast_[a-z_]+\b/g)) known.add(name);
    }
  }
  return (metric) =>
    FOREIGN.test(metric) || known.has(metric) || known.has(metric.replace(/_(bucket|count|sum)$/, ''));
}
