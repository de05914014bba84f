import pg from 'pg';

/** The URL of another database on the same server. */
export function databaseUrl(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}

/**
 * Creates a database with TimescaleDB in it, as a copy of a template when one is named. Its background workers are
 * stopped: a policy that runs whenever it likes makes tests differ from run to run.
 */
export async function createDatabase(server: string, name: string, template?: string): Promise<void> {
  await run(server, `CREATE DATABASE ${name}${template === undefined ? '' : ` TEMPLATE ${template}`}`);
  const url = databaseUrl(server, name);
  await run(url, 'CREATE EXTENSION IF NOT EXISTS timescaledb');
  await stopBackgroundWorkers(url);
}

/**
 * Makes a database copyable: PostgreSQL refuses to copy one that is in use, and TimescaleDB's workers connect to every
 * database as soon as it may be connected to.
 */
export async function freezeDatabase(server: string, name: string): Promise<void> {
  await stopBackgroundWorkers(databaseUrl(server, name));
  await run(server, `ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
}

/** Drops a database whoever is connected to it. */
export async function dropDatabase(server: string, name: string): Promise<void> {
  await run(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
}

const stopBackgroundWorkers = (url: string): Promise<void> =>
  run(url, 'SELECT _timescaledb_functions.stop_background_workers()');

async function run(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
