import { join } from 'node:path';
import { projectRoot } from '../install/paths.mjs';

export type LocalTargets = {
  /** host:port of each program that shows metrics. */
  readonly processor: string;
  readonly alertbot: string;
  readonly prometheus: string;
  /** Undefined: there is none on this machine. */
  readonly alertmanager: string | undefined;
  /** Of each broker of the embedded Kafka. Undefined: it is somebody else's. */
  readonly kafka?: readonly string[] | undefined;
};

export type Timing = {
  /** As Prometheus writes durations: between scrapes, and between evaluations of the rules. */
  readonly interval: string;
  /** Pattern of the rule files. */
  readonly rules: string;
};

export const usualTiming: Timing = {
  interval: '15s',
  rules: join(projectRoot, 'prometheus', 'rules', '*.yml'),
};

/** The configuration of `prometheus/prometheus.yml`, with the addresses of this machine. JSON, which is YAML too. */
export function prometheusConfig(targets: LocalTargets, timing: Timing = usualTiming): string {
  const { alertmanager } = targets;
  const job = (name: keyof LocalTargets) => {
    const found = targets[name];
    return found === undefined ? [] : [{ job_name: name, static_configs: [{ targets: [found].flat() }] }];
  };
  const config = {
    global: {
      scrape_interval: timing.interval,
      scrape_timeout: timing.interval,
      evaluation_interval: timing.interval,
    },
    rule_files: [timing.rules],
    ...(alertmanager === undefined
      ? {}
      : { alerting: { alertmanagers: [{ static_configs: [{ targets: [alertmanager] }] }] } }),
    scrape_configs: (['processor', 'alertbot', 'kafka', 'prometheus', 'alertmanager'] as const).flatMap(job),
  };
  return JSON.stringify(config, null, 2);
}
