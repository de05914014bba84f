import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { freePorts } from '../../stack/start/ports.ts';
import { type EmbeddedTimescale, startEmbeddedTimescale } from '../../stack/timescale/start.ts';
import { preparedTemplate, templateFolder } from './template.ts';

export interface RestartableDatabase {
  readonly url: string;
  /** SIGKILL: what a crash looks like. */
  kill(): Promise<void>;
  /** Starts it again on the same folder and port. */
  start(): Promise<void>;
}

/** An embedded, migrated database that a test may kill. Removed when the test ends. */
export async function restartableDatabase(): Promise<RestartableDatabase> {
  const template = preparedTemplate();
  if (template?.kind !== 'embedded') throw new Error('only the embedded database can be killed by a test');
  const dataDir = await mkdtemp(join(tmpdir(), 'holdfast-test-restartable-'));
  await cp(templateFolder(template.folder, true), dataDir, { recursive: true });
  const [port] = (await freePorts(1)) as [number];
  let server: EmbeddedTimescale | undefined;
  const start = async () => {
    server = await startEmbeddedTimescale({ dataDir, port, onLog: console.error });
  };
  const kill = async () => {
    if (server === undefined) return;
    process.kill(server.pid, 'SIGKILL');
    await server.exited;
    server = undefined;
  };
  onTestFinished(async () => {
    await kill();
    await rm(dataDir, { recursive: true, force: true });
  });
  await start();
  return { url: `postgres://postgres@127.0.0.1:${port}/postgres`, kill, start };
}
