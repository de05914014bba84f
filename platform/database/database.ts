import pg from 'pg';
import type { Logger } from '../logger/logger.ts';
import { typeParsers } from './type-parsers.ts';

export interface DatabaseOptions {
  url: string;
  poolSize: number;
  /** Seen in pg_stat_activity. */
  program: string;
  logger: Logger;
  /** Longest a statement may run, in milliseconds; 0: no limit. */
  statementTimeoutMs?: number;
  /** So many connections stay open however long they are idle; 0 unless told. */
  keepOpen?: number;
}

export type Database = pg.Pool;
export type Connection = pg.PoolClient;

/** Runs statements: a pool, or the connection of a transaction. */
export interface Queryable {
  query<R extends pg.QueryResultRow>(query: pg.QueryConfig): Promise<pg.QueryResult<R>>;
}

/**
 * A pool of connections, in UTC. Connections are made when needed; a lost one is logged and replaced, and whoever was
 * using it gets the error.
 */
export function openDatabase(options: DatabaseOptions): Database {
  const settings: pg.PoolConfig = {
    connectionString: options.url,
    max: options.poolSize,
    min: options.keepOpen ?? 0,
    application_name: `holdfast-${options.program}`,
    connectionTimeoutMillis: 5000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    ...timeouts(options.statementTimeoutMs ?? 0),
    types: typeParsers,
    onConnect: async (client) => {
      await client.query(SESSION_SETTINGS);
    },
  };
  const pool = new pg.Pool(settings);
  pool.on('error', (error) => options.logger.warn({ err: error }, 'an idle database connection was lost'));
  return pool;
}

/** The client waits a little longer than the server: it has to notice by itself only when the network swallows replies. */
function timeouts(statementMs: number): pg.PoolConfig {
  return statementMs === 0 ? {} : { statement_timeout: statementMs, query_timeout: statementMs + 5000 };
}

/** Old facts may lie in compressed chunks; a replay of them must not stop at the default limit of 100,000 rows. */
const SESSION_SETTINGS = `SET TIME ZONE 'UTC'; SET timescaledb.max_tuples_decompressed_per_dml_transaction = 0`;
