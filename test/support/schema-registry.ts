import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { InstallProblem } from '../../stack/install/problem.mjs';
import { ensureRegistryApp } from '../../stack/install/registry-app.mjs';
import { registryProgram, registryUrl } from '../../stack/registry/registry-program.ts';
import { type GuardedProcess, spawnGuarded } from '../../stack/start/guarded-process.ts';
import { freePorts } from '../../stack/start/ports.ts';
import { eventually } from './eventually.ts';

export interface PrivateRegistry {
  /** Base of its Confluent API. */
  readonly url: string;
  /** Starts it again on the same folder and port. */
  readonly start: () => Promise<void>;
  /** SIGKILL. */
  readonly kill: () => Promise<void>;
}

/** The folder of the registry's program; null where Maven cannot fetch it. */
export async function registryApp(): Promise<string | null> {
  try {
    return await ensureRegistryApp({ say: () => undefined });
  } catch (error) {
    if (error instanceof InstallProblem) return null;
    throw error;
  }
}

/** A running schema registry of the caller's own, with nothing in it. Removed when the test ends. */
export async function privateRegistry(
  appDir: string,
  cleanUp: (undo: () => Promise<void>) => void = onTestFinished,
): Promise<PrivateRegistry> {
  const dataDir = await mkdtemp(join(tmpdir(), 'holdfast-registry-'));
  const [port] = (await freePorts(1)) as [number];
  const { command, args = [], readyUrl } = registryProgram({ appDir, dataDir, port });
  let running: GuardedProcess | undefined;
  const kill = async () => {
    running?.kill();
    await running?.exited;
  };
  const start = async () => {
    running = spawnGuarded(command, args, { cwd: dataDir });
    await eventually('the schema registry', async () => (await fetch(readyUrl ?? '')).ok);
  };
  cleanUp(async () => {
    await kill();
    await rm(dataDir, { recursive: true, force: true });
  });
  await start();
  return { url: registryUrl(port), start, kill };
}
