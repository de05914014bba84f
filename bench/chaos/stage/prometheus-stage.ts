import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findExecutable } from '../../../stack/install/java.mjs';
import { projectRoot } from '../../../stack/install/paths.mjs';
import { prometheusConfig } from '../../../stack/prometheus/prometheus-config.ts';
import { spawnGuarded } from '../../../stack/start/guarded-process.ts';
import { freePorts } from '../../../stack/start/ports.ts';
import { shortenDurations } from './shorten-durations.ts';

/** A Prometheus with the rules of `prometheus/rules`, their times shortened. */
export interface PrometheusStage {
  /** Names of the rules that fired, and of those that were on the way to it, since the start. */
  fired(): Promise<{ firing: string[]; pending: string[] }>;
  stop(): Promise<void>;
}

/** An experiment takes a minute, and rules wait for several. */
export const SHORTENED = 10;
const GRACE_MS = 5_000;

/** Null: there is no Prometheus on the PATH. */
export async function startPrometheusStage(
  folder: string,
  targets: { processor: string; alertbot: string },
): Promise<PrometheusStage | null> {
  const program = findExecutable('prometheus');
  if (program === undefined) return null;
  const [port] = (await freePorts(1)) as [number];
  const rules = join(folder, 'prometheus-rules');
  mkdirSync(rules, { recursive: true });
  const source = join(projectRoot, 'prometheus', 'rules');
  for (const file of readdirSync(source))
    writeFileSync(join(rules, file), shortenDurations(readFileSync(join(source, file), 'utf8'), SHORTENED));
  const config = join(folder, 'prometheus.json');
  const timing = { interval: '1s', rules: join(rules, '*.yml') };
  const addresses = { ...targets, prometheus: `127.0.0.1:${port}`, alertmanager: undefined };
  writeFileSync(config, prometheusConfig(addresses, timing));
  const lines: string[] = [];
  const child = spawnGuarded(
    program,
    [
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(folder, 'prometheus')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=warn',
    ],
    { onLine: (line) => lines.push(line) },
  );
  const names = async (state: string): Promise<string[]> => {
    const query = `group by (alertname) (count_over_time(ALERTS{alertstate="${state}"}[1h]))`;
    const url = `http://127.0.0.1:${port}/api/v1/query?${new URLSearchParams({ query })}`;
    const answer = (await (await fetch(url)).json()) as {
      data: { result: { metric: { alertname: string } }[] };
    };
    return answer.data.result.map(({ metric }) => metric.alertname).toSorted();
  };
  return {
    fired: async () => {
      const firing = await names('firing');
      const pending = await names('pending');
      return { firing, pending: pending.filter((name) => !firing.includes(name)) };
    },
    stop: async () => {
      await child.terminate(GRACE_MS);
    },
  };
}
