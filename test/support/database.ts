import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, type TestFunction, test } from 'vitest';
import { startEmbeddedTimescale } from '../../stack/timescale/start.ts';
import { createDatabase, databaseUrl, dropDatabase } from './native-database.ts';
import {
  disposeTemplate,
  nativeServer,
  preparedTemplate,
  prepareTemplate,
  type Template,
  templateFolder,
} from './template.ts';

export { disposeTemplate, prepareTemplate } from './template.ts';

export interface FreshDatabaseOptions {
  /** Apply the migrations; true unless told. */
  readonly migrated?: boolean;
}

/** A database of a test's own. */
export interface TestDatabase {
  readonly url: string;
  /** True for a native TimescaleDB, where connections are sessions of their own: real locks, roles and races. */
  readonly native: boolean;
  /** A pool on it (4 clients unless told) that {@link stop} ends. */
  pool(config?: pg.PoolConfig): pg.Pool;
  /** Ends the pools and deletes the database. Called at the end of the test file by itself; again does nothing. */
  stop(): Promise<void>;
}

const open = new Set<TestDatabase>();
let ownTemplate = false;

// Set-up code outside of a test file imports this module as well.
if (process.env.VITEST_WORKER_ID !== undefined) {
  afterAll(async () => {
    await Promise.all([...open].map((database) => database.stop()));
    if (ownTemplate) await disposeTemplate();
  });
}

/**
 * An empty, migrated database that nobody else uses: on the server of TEST_DATABASE_URL when set, else an embedded one in a
 * process of its own.
 */
export async function freshDatabase(options: FreshDatabaseOptions = {}): Promise<TestDatabase> {
  const template = await templateOfThisRun();
  const migrated = options.migrated ?? true;
  const { url, remove } =
    template.kind === 'native'
      ? await copyNative(template, migrated)
      : await copyEmbedded(template, migrated);
  const pools: pg.Pool[] = [];
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    open.delete(database);
    await Promise.all(pools.filter((pool) => !pool.ended && !pool.ending).map((pool) => pool.end()));
    await remove();
  };
  const database: TestDatabase = {
    url,
    native: template.kind === 'native',
    pool: (config = {}) => {
      const pool = new pg.Pool({ max: 4, ...config, connectionString: url });
      pool.on('error', () => undefined); // idle clients lose their server when a test stops it
      pools.push(pool);
      return pool;
    },
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
  open.add(database);
  return database;
}

/**
 * Registers a test that proves something only a native TimescaleDB can: races, locks, roles. Skipped, by name, where
 * TEST_DATABASE_URL is not set.
 */
export function skipUnlessNative(name: string, run: TestFunction, timeoutMs?: number): void {
  const native = nativeServer() !== undefined;
  test.skipIf(!native)(native ? name : `${name} (needs TEST_DATABASE_URL)`, run, timeoutMs);
}

async function templateOfThisRun(): Promise<Template> {
  const prepared = preparedTemplate();
  if (prepared !== undefined) return prepared;
  ownTemplate = true;
  return prepareTemplate();
}

interface Copy {
  readonly url: string;
  remove(): Promise<void>;
}

async function copyNative(template: Extract<Template, { kind: 'native' }>, migrated: boolean): Promise<Copy> {
  const { server } = template;
  const name = `holdfast_test_${randomBytes(6).toString('hex')}`;
  await createDatabase(server, name, migrated ? template.migrated : template.empty);
  return { url: databaseUrl(server, name), remove: () => dropDatabase(server, name) };
}

async function copyEmbedded(
  template: Extract<Template, { kind: 'embedded' }>,
  migrated: boolean,
): Promise<Copy> {
  const dataDir = await mkdtemp(join(tmpdir(), 'holdfast-test-database-'));
  await cp(templateFolder(template.folder, migrated), dataDir, { recursive: true });
  const server = await startEmbeddedTimescale({ dataDir, port: 0, onLog: console.error });
  const remove = async () => {
    process.kill(server.pid, 'SIGKILL'); // nobody wants a clean close of what is deleted next
    await server.exited;
    await rm(dataDir, { recursive: true, force: true });
  };
  return { url: server.url, remove };
}
