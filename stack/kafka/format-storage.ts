import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnGuarded } from '../start/guarded-process.ts';
import { StartProblem } from '../start/problem.ts';
import { type JavaCommand, javaArguments } from './java-command.ts';

/** A new cluster id: 16 random bytes as Kafka writes them. */
export function newClusterId(): string {
  for (;;) {
    const id = randomBytes(16).toString('base64url');
    // Kafka's own tool rejects ids that look like an option.
    if (!id.startsWith('-')) return id;
  }
}

/** The cluster id of a formatted log folder, or undefined when it was never formatted. Throws when it is damaged. */
export function readClusterId(logDir: string): string | undefined {
  const path = join(logDir, 'meta.properties');
  if (!existsSync(path)) return undefined;
  const id = /^cluster\.id=(.+)$/m.exec(readFileSync(path, 'utf8'))?.[1]?.trim();
  if (id === undefined)
    throw new StartProblem(`${path} names no cluster id: Kafka's data folder is damaged.`);
  return id;
}

/**
 * Formats the log folder for `clusterId` unless that has been done: about 0.7 s, once in the folder's life. Safe to
 * repeat after an interruption, since Kafka's tool writes meta.properties last and by rename.
 */
export async function formatStorage(
  { java, libsDir }: JavaCommand,
  { logDir, propertiesFile, clusterId }: { logDir: string; propertiesFile: string; clusterId: string },
): Promise<void> {
  if (readClusterId(logDir) !== undefined) return;
  const args = ['format', '--ignore-formatted', '-t', clusterId, '-c', propertiesFile];
  const tool = spawnGuarded(java, javaArguments(libsDir, 'kafka.tools.StorageTool', 128, args));
  const { code } = await tool.exited;
  if (code !== 0) {
    throw new StartProblem(
      `Kafka could not format ${logDir} (exit code ${code}):\n${tool.tail().join('\n')}`,
    );
  }
}
