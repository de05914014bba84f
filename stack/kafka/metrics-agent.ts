import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../install/paths.mjs';
import { StartProblem } from '../start/problem.ts';

/**
 * The option by which `java` serves a broker's metrics to Prometheus on a port of the loopback interface, by the rules of
 * `prometheus/jmx/kafka.yml`. Those are for an exporter beside the broker; within it there is no address to ask.
 *
 * @throws a StartProblem when the exporter is not among Kafka's jars
 */
export function metricsAgent({
  libsDir,
  folder,
  port,
}: {
  libsDir: string;
  folder: string;
  port: number;
}): string {
  const jar = readdirSync(libsDir).find((name) => /^jmx_prometheus_javaagent-.*\.jar$/.test(name));
  if (jar === undefined)
    throw new StartProblem(
      `${libsDir} has no JMX exporter: delete that folder, and start again to fetch it.`,
    );
  const rules = join(folder, 'metrics.yml');
  const committed = readFileSync(join(projectRoot, 'prometheus', 'jmx', 'kafka.yml'), 'utf8');
  writeFileSync(rules, committed.replace(/^hostPort:.*\n/m, ''));
  return `-javaagent:${join(libsDir, jar)}=127.0.0.1:${port}:${rules}`;
}
