import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Releasers } from '../platform/lifecycle/releasers.ts';
import { migrate } from '../platform/migrate/migrate.ts';
import { ensureKafkaJars } from '../stack/install/kafka-jars.mjs';
import { startEmbeddedKafka } from '../stack/kafka/start.ts';
import { freePorts } from '../stack/start/ports.ts';
import { startEmbeddedTimescale } from '../stack/timescale/start.ts';
import { onServer } from './on-server.ts';

/** A migrated database that nobody else uses. */
export interface BenchDatabase {
  url: string;
  /** False on the embedded one, where COPY FROM STDIN is not to be had. */
  native: boolean;
  drop(): Promise<void>;
}

/** Bootstrap address of KAFKA_BROKERS, or of a broker started for the run. */
export async function benchBrokers(releasers: Releasers): Promise<string> {
  if (process.env.KAFKA_BROKERS !== undefined && process.env.KAFKA_BROKERS !== '')
    return process.env.KAFKA_BROKERS;
  const libsDir = await ensureKafkaJars();
  const dataDir = await mkdtemp(join(tmpdir(), 'holdfast-bench-kafka-'));
  releasers.push('kafka data', () => rm(dataDir, { recursive: true, force: true }));
  const [port, controllerPort] = (await freePorts(2)) as [number, number];
  const broker = await startEmbeddedKafka({ dataDir, port, controllerPort, libsDir });
  releasers.push('kafka', () => broker.stop());
  return broker.brokers;
}

/** A new database on the server of DATABASE_URL, or a new embedded one. */
export async function freshBenchDatabase(): Promise<BenchDatabase> {
  const server = process.env.DATABASE_URL;
  return server === undefined || server === '' ? embedded() : native(server);
}

async function embedded(): Promise<BenchDatabase> {
  const dataDir = await mkdtemp(join(tmpdir(), 'holdfast-bench-timescale-'));
  const database = await startEmbeddedTimescale({ dataDir, port: 0 });
  await migrate({ databaseUrl: database.url });
  const drop = async () => {
    await database.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { url: database.url, native: false, drop };
}

async function native(server: string): Promise<BenchDatabase> {
  const name = `holdfast_bench_${process.pid}_${Math.trunc(performance.now())}`;
  await onServer(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  await migrate({ databaseUrl: url.href });
  return {
    url: url.href,
    native: true,
    drop: () => onServer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}
