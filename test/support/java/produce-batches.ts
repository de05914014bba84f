import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findJava } from '../../../stack/install/java.mjs';
import { ensureKafkaJars } from '../../../stack/install/kafka-jars.mjs';

/** Whether there is a JDK: running a program from its source needs the compiler, which a JRE has not. */
export function hasJavaCompiler(): boolean {
  const java = findJava();
  return (
    java !== undefined && String(spawnSync(java, ['--list-modules']).stdout ?? '').includes('jdk.compiler')
  );
}

/**
 * Sends the lines of files with Kafka's Java client, each file with its codec.
 *
 * @returns the compression ratio that each file had, in their order
 */
export async function produceWithJava(
  brokers: string,
  topic: string,
  files: readonly (readonly [codec: string, file: string])[],
): Promise<number[]> {
  const libs = await ensureKafkaJars();
  const source = fileURLToPath(new URL('ProduceBatches.java', import.meta.url));
  const pairs = files.map(([codec, file]) => `${codec}=${file}`);
  const child = spawn(
    findJava() ?? 'java',
    [
      '-Xmx256m',
      '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
      '-cp',
      join(libs, '*'),
      source,
      brokers,
      topic,
      ...pairs,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`the Java producer ended with ${code}:\n${errors}`);
  return output
    .trim()
    .split('\n')
    .map((line) => Number(line.split(' ')[1]));
}
