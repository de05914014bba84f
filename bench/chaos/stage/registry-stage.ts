import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureRegistryApp } from '../../../stack/install/registry-app.mjs';
import { registryProgram, registryUrl } from '../../../stack/registry/registry-program.ts';
import { type GuardedProcess, spawnGuarded } from '../../../stack/start/guarded-process.ts';
import { freePorts } from '../../../stack/start/ports.ts';

/** A schema registry of an experiment's own. */
export interface RegistryStage {
  /** What HOLDFAST_SCHEMA_REGISTRY_URL takes. */
  readonly url: string;
  /** SIGKILL; nothing when it is not running. */
  kill(): Promise<void>;
  /** On the same folder and port; resolves when it answers. */
  start(): Promise<void>;
}

const READY_MS = 240_000;
const LOOK_MS = 200;

/** @throws when its program cannot be had, or does not answer in time */
export async function startRegistryStage(
  folder: string,
  log: (line: string) => void,
): Promise<RegistryStage> {
  const appDir = await ensureRegistryApp({ say: log });
  const dataDir = join(folder, 'registry');
  await mkdir(dataDir, { recursive: true });
  const [port] = (await freePorts(1)) as [number];
  const { command, args = [] } = registryProgram({ appDir, dataDir, port });
  let running: GuardedProcess | undefined;
  const kill = async () => {
    running?.kill();
    await running?.exited;
  };
  const start = async () => {
    running = spawnGuarded(command, args, { cwd: dataDir, onLine: log });
    const deadline = performance.now() + READY_MS;
    while (!(await answers(`${registryUrl(port)}/subjects`))) {
      if (performance.now() > deadline) {
        await kill();
        throw new Error(`the schema registry did not answer within ${READY_MS / 1_000} s`);
      }
      await sleep(LOOK_MS);
    }
  };
  await start();
  return { url: registryUrl(port), kill, start };
}

function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}
