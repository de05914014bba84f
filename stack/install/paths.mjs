import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's folder. */
export const projectRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** The pom that names the broker's jars. */
export const kafkaPom = join(projectRoot, 'stack', 'kafka', 'pom.xml');

/** The Apache Kafka version named by the pom, such as 4.1.0. */
export function kafkaVersion() {
  const pom = readFileSync(kafkaPom, 'utf8');
  const version = /<artifactId>kafka_[\d.]+<\/artifactId>\s*<version>([^<]+)</.exec(pom)?.[1];
  if (version === undefined) throw new Error(`no Kafka version found in ${kafkaPom}`);
  return version;
}

/**
 * The folder of the broker's jars. Its name carries the version and a hash of the pom, and it only ever appears
 * complete (by rename): that it exists is the proof that it is right, also when worktrees share .holdfast. These are
 * programs, not data, so the folder does not follow HOLDFAST_DATA_DIR.
 */
export function kafkaLibsDir() {
  const hash = createHash('sha256').update(readFileSync(kafkaPom)).digest('hex').slice(0, 8);
  return join(projectRoot, '.holdfast', 'kafka', `libs-${kafkaVersion()}-${hash}`);
}

/** The pom that names the schema registry. */
export const registryPom = join(projectRoot, 'stack', 'registry', 'pom.xml');

/** The version of Apicurio Registry named by the pom, such as 2.5.11.Final. */
export function registryVersion() {
  const pom = readFileSync(registryPom, 'utf8');
  const version = /<artifactId>apicurio-registry-app<\/artifactId>\s*<version>([^<]+)</.exec(pom)?.[1];
  if (version === undefined) throw new Error(`no version of the schema registry found in ${registryPom}`);
  return version;
}

/** The folder of the schema registry; like the broker's, it only ever appears complete. */
export function registryDir() {
  return join(projectRoot, '.holdfast', 'registry', `app-${registryVersion()}`);
}
