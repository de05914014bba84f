import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { migrate } from '../../../platform/migrate/migrate.ts';
import { freePorts } from '../../../stack/start/ports.ts';
import { type EmbeddedTimescale, startEmbeddedTimescale } from '../../../stack/timescale/start.ts';
import { onServer } from '../../on-server.ts';

/** A migrated database of an experiment's own. */
export interface DatabaseStage {
  readonly url: string;
  /** On a server of its own, which others may use too; else the embedded one, whose process is the experiment's. */
  readonly native: boolean;
  /**
   * As a crash or a restart of the server looks to its clients: every connection breaks, and nobody is let in. Embedded:
   * SIGKILL. Native: the server is not the experiment's to kill, so its sessions are ended and new ones refused.
   */
  takeAway(): Promise<void>;
  giveBack(): Promise<void>;
  pid(): number | undefined;
  drop(): Promise<void>;
}

export interface DatabaseStageOptions {
  folder: string;
  /** Of a native server, as a superuser; undefined: embedded. */
  server: string | undefined;
  /** On a native server. */
  tablespace?: string;
  log(line: string): void;
}

export function startDatabaseStage(options: DatabaseStageOptions): Promise<DatabaseStage> {
  return options.server === undefined ? embedded(options) : native(options.server, options.tablespace);
}

async function embedded({ folder, log }: DatabaseStageOptions): Promise<DatabaseStage> {
  const dataDir = join(folder, 'timescale');
  await mkdir(dataDir, { recursive: true });
  const [port] = (await freePorts(1)) as [number];
  let server: EmbeddedTimescale | undefined;
  const giveBack = async () => {
    server = await startEmbeddedTimescale({ dataDir, port, onLog: log });
  };
  const drop = async () => {
    await server?.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  await giveBack();
  const url = server?.url ?? '';
  await migratedOr(drop, url);
  return {
    ...{ url, native: false, giveBack, drop },
    pid: () => server?.pid,
    takeAway: async () => {
      if (server === undefined) return;
      process.kill(server.pid, 'SIGKILL');
      await server.exited;
      server = undefined;
    },
  };
}

async function native(server: string, tablespace: string | undefined): Promise<DatabaseStage> {
  const name = `holdfast_chaos_${process.pid}_${Math.trunc(performance.now())}`;
  await onServer(
    server,
    `CREATE DATABASE ${name}${tablespace === undefined ? '' : ` TABLESPACE ${tablespace}`}`,
  );
  const url = new URL(server);
  url.pathname = `/${name}`;
  const drop = () => onServer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await migratedOr(drop, url.href);
  return {
    ...{ url: url.href, native: true, drop },
    pid: () => undefined,
    takeAway: async () => {
      await onServer(server, `ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
      await onServer(
        server,
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`,
      );
    },
    giveBack: () => onServer(server, `ALTER DATABASE ${name} ALLOW_CONNECTIONS true`),
  };
}

/** Leaves nothing behind when the migrations fail. */
async function migratedOr(drop: () => Promise<void>, databaseUrl: string): Promise<void> {
  try {
    await migrate({ databaseUrl });
  } catch (error) {
    await drop();
    throw error;
  }
}
