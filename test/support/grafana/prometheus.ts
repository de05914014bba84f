import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findExecutable } from '../../../stack/install/java.mjs';
import { freePorts } from '../../../stack/start/ports.ts';
import { eventually } from '../eventually.ts';

export const prometheusProgram = findExecutable('prometheus');

export interface Series {
  readonly metric: Readonly<Record<string, string>>;
}

export interface RunningPrometheus {
  readonly url: string;
  /** Series that an expression gives now. @throws with what Prometheus says of it */
  instant(expression: string): Promise<Series[]>;
  /** The same over the last minutes. */
  range(expression: string, minutes: number): Promise<Series[]>;
  /** Names of all metrics it has ever seen. */
  names(): Promise<string[]>;
  stop(): Promise<void>;
}

/** A Prometheus that scrapes one target once a second. Its data goes when it is stopped. */
export async function startPrometheus(target: string, job: string): Promise<RunningPrometheus> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-test-prometheus-'));
  const [port] = (await freePorts(1)) as [number];
  const config = {
    global: { scrape_interval: '1s', evaluation_interval: '1s' },
    scrape_configs: [{ job_name: job, static_configs: [{ targets: [target] }] }],
  };
  await writeFile(join(folder, 'prometheus.yml'), JSON.stringify(config));
  const child = spawn(
    prometheusProgram ?? 'prometheus',
    [
      `--config.file=${folder}/prometheus.yml`,
      `--storage.tsdb.path=${folder}/data`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=warn',
    ],
    { stdio: 'ignore' },
  );
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = `http://127.0.0.1:${port}`;
  const ask = async <T>(path: string, parameters: Record<string, string>): Promise<T> => {
    const response = await fetch(`${url}/api/v1/${path}?${new URLSearchParams(parameters)}`);
    const body = (await response.json()) as { status: string; error?: string; data: T };
    if (body.status !== 'success') throw new Error(`${body.error}: ${JSON.stringify(parameters)}`);
    return body.data;
  };
  await eventually('Prometheus to be ready', async () => {
    const answer = await fetch(`${url}/-/ready`).catch(() => undefined);
    return answer?.ok === true;
  });
  return {
    url,
    instant: async (query) => (await ask<{ result: Series[] }>('query', { query })).result,
    range: async (query, minutes) => {
      const end = Date.now() / 1000;
      const parameters = { query, start: String(end - minutes * 60), end: String(end), step: '1' };
      return (await ask<{ result: Series[] }>('query_range', parameters)).result;
    },
    names: () => ask<string[]>('label/__name__/values', {}),
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
