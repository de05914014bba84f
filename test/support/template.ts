import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedTimescale } from '../../stack/timescale/start.ts';
import { createDatabase, databaseUrl, dropDatabase, freezeDatabase } from './native-database.ts';

/** How test processes learn of the templates that the run's set-up has made. */
const VARIABLE = 'TEST_DATABASE_TEMPLATE';

/** What databases of tests are copied from: with and without the migrations applied. */
export type Template =
  | { readonly kind: 'embedded'; readonly folder: string }
  | { readonly kind: 'native'; readonly server: string; readonly empty: string; readonly migrated: string };

/** The superuser URL of a native TimescaleDB, when the tests are to use one. */
export const nativeServer = (): string | undefined => process.env.TEST_DATABASE_URL || undefined;

/** Folder of an embedded template's data, to be copied and never to be opened. */
export const templateFolder = (folder: string, migrated: boolean): string =>
  join(folder, migrated ? 'migrated' : 'empty');

/**
 * Makes the templates once for a whole test run (embedded: 4 s and the migrations); test processes started afterwards find
 * them through the environment. To be undone by {@link disposeTemplate}.
 */
export async function prepareTemplate(): Promise<Template> {
  const server = nativeServer();
  const template = server === undefined ? await prepareEmbedded() : await prepareNative(server);
  process.env[VARIABLE] = JSON.stringify(template);
  return template;
}

/** Deletes what {@link prepareTemplate} made; does nothing when there is nothing. */
export async function disposeTemplate(): Promise<void> {
  const template = preparedTemplate();
  delete process.env[VARIABLE];
  if (template === undefined) return;
  if (template.kind === 'embedded') {
    await rm(template.folder, { recursive: true, force: true });
    return;
  }
  await dropDatabase(template.server, template.migrated);
  await dropDatabase(template.server, template.empty);
}

/** The template this process may use, undefined when nobody has made one. */
export function preparedTemplate(): Template | undefined {
  const text = process.env[VARIABLE];
  return text ? (JSON.parse(text) as Template) : undefined;
}

async function prepareEmbedded(): Promise<Template> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-test-template-'));
  const empty = templateFolder(folder, false);
  const migrated = templateFolder(folder, true);
  await (await startEmbeddedTimescale({ dataDir: empty, port: 0 })).stop();
  await cp(empty, migrated, { recursive: true });
  const server = await startEmbeddedTimescale({ dataDir: migrated, port: 0, onLog: console.error });
  try {
    await applyMigrations(server.url);
  } finally {
    await server.stop();
  }
  return { kind: 'embedded', folder };
}

async function prepareNative(server: string): Promise<Template> {
  const suffix = randomBytes(4).toString('hex');
  const empty = `holdfast_template_empty_${suffix}`;
  const migrated = `holdfast_template_${suffix}`;
  await createDatabase(server, empty);
  await freezeDatabase(server, empty);
  await createDatabase(server, migrated);
  await applyMigrations(databaseUrl(server, migrated));
  await freezeDatabase(server, migrated);
  return { kind: 'native', server, empty, migrated };
}

async function applyMigrations(url: string): Promise<void> {
  const { migrate } = await import('../../platform/migrate/migrate.ts');
  await migrate({ databaseUrl: url });
}
