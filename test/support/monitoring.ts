import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { spawnGuarded } from '../../stack/start/guarded-process.ts';
import { freePorts } from '../../stack/start/ports.ts';
import { eventually } from './eventually.ts';
import { toolPath } from './tools.ts';

export interface Monitor {
  readonly url: string;
  /** GET of its API, as JSON. */
  readonly get: <T>(path: string) => Promise<T>;
}

type Place = { readonly port: number; readonly folder: string };

/** A real Prometheus in a folder of its own, ended with the test. @param config made for the port it will have */
export function startPrometheus(config: (place: Place) => string): Promise<Monitor> {
  return start('prometheus', '/-/ready', config, ({ port, folder }, file) => [
    `--config.file=${file}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    '--enable-feature=exemplar-storage',
    `--web.listen-address=127.0.0.1:${port}`,
  ]);
}

/** As {@link startPrometheus}, a real Alertmanager. */
export function startAlertmanager(config: (place: Place) => string): Promise<Monitor> {
  return start('prometheus-alertmanager', '/-/ready', config, ({ port, folder }, file) => [
    `--config.file=${file}`,
    `--storage.path=${join(folder, 'data')}`,
    '--cluster.listen-address=',
    `--web.listen-address=127.0.0.1:${port}`,
  ]);
}

async function start(
  tool: string,
  readyPath: string,
  config: (place: Place) => string,
  args: (place: Place, file: string) => string[],
): Promise<Monitor> {
  const folder = await mkdtemp(join(tmpdir(), `holdfast-${tool}-`));
  const [port] = (await freePorts(1)) as [number];
  const file = join(folder, 'config.yml');
  await writeFile(file, config({ port, folder }));
  const child = spawnGuarded(toolPath(tool) ?? tool, args({ port, folder }, file));
  onTestFinished(async () => {
    await child.terminate(2_000);
    await rm(folder, { recursive: true, force: true });
  });
  const url = `http://127.0.0.1:${port}`;
  const answer = async (path: string) => {
    const response = await fetch(`${url}${path}`);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response;
  };
  await eventually(`${tool} to be ready`, async () => (await answer(readyPath)).ok, {
    explain: () => child.tail().join('\n'),
  });
  return { url, get: async <T>(path: string) => (await (await answer(path)).json()) as T };
}
