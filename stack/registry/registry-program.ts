import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findJava, requireJava } from '../install/java.mjs';
import type { BinaryProgram } from '../start/node-service.ts';
import { StartProblem } from '../start/problem.ts';

export type RegistryShape = {
  /** Folder of the registry's jars. */
  readonly appDir: string;
  /** Where it keeps its schemas. Ids must outlive the registry: records in Kafka name them. */
  readonly dataDir: string;
  readonly port: number;
};

/** What HOLDFAST_SCHEMA_REGISTRY_URL takes. */
export function registryUrl(port: number): string {
  return `http://127.0.0.1:${port}/apis/ccompat/v6`;
}

/**
 * Apicurio Registry, on the loopback interface. It is the variant that keeps its data in memory, whose database is told to
 * keep them in a file: a kill -9 loses no schema.
 *
 * @throws a StartProblem when the folder has no registry
 */
export function registryProgram({ appDir, dataDir, port }: RegistryShape): BinaryProgram {
  const jar = readdirSync(appDir).find((name) => /^apicurio-registry-app-.*-runner\.jar$/.test(name));
  if (jar === undefined)
    throw new StartProblem(
      `${appDir} has no schema registry: delete that folder, and start again to fetch it.`,
    );
  const settings = {
    'quarkus.http.host': '127.0.0.1',
    'quarkus.http.port': String(port),
    'quarkus.datasource.jdbc.url': `jdbc:h2:file:${join(dataDir, 'registry')};DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0`,
    'quarkus.datasource.jdbc.initial-size': '1',
    'quarkus.datasource.jdbc.min-size': '1',
    'quarkus.datasource.jdbc.max-size': '10',
    'quarkus.log.console.color': 'false',
  };
  return {
    name: 'schema-registry',
    command: findJava() ?? requireJava(),
    args: [
      ...[
        '-Xmx256m',
        '-XX:+UseSerialGC',
        '-XX:TieredStopAtLevel=1',
        '-Xshare:auto',
        '-Djava.awt.headless=true',
      ],
      ...Object.entries(settings).map(([name, value]) => `-D${name}=${value}`),
      ...['-jar', join(appDir, jar)],
    ],
    readyUrl: `${registryUrl(port)}/subjects`,
    graceMs: 3_000,
  };
}
