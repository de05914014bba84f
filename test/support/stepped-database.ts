import { setTimeout as sleep } from 'node:timers/promises';
import type { QueryConfig } from 'pg';
import type { Connection, Database } from '../../platform/database/database.ts';

/** A place where a transaction waits until it is let on; open once and for all then. */
export class Stop {
  readonly reached: Promise<void>;
  private readonly open: Promise<void>;
  private markReached: () => void = () => undefined;
  private markOpen: () => void = () => undefined;

  constructor() {
    this.reached = new Promise((resolve) => {
      this.markReached = resolve;
    });
    this.open = new Promise((resolve) => {
      this.markOpen = resolve;
    });
  }

  letOn(): void {
    this.markOpen();
  }

  async arrive(): Promise<void> {
    this.markReached();
    await this.open;
  }
}

type Asked = string | QueryConfig;

function nameOf(asked: Asked): string {
  return typeof asked === 'string' ? asked : (asked.name ?? asked.text);
}

/**
 * The same pool, but with `before` called ahead of each statement of a transaction, with its name (`BEGIN`, `COMMIT`
 * and `ROLLBACK` are their own). What it returns, if anything, is run in place of the statement.
 */
export function stepped(database: Database, before: (name: string) => Promise<string | undefined>): Database {
  return new Proxy(database, {
    get(pool, key) {
      if (key === 'connect') return async () => steppedConnection(await pool.connect(), before);
      const member = Reflect.get(pool, key);
      return typeof member === 'function' ? member.bind(pool) : member;
    },
  });
}

function steppedConnection(
  connection: Connection,
  before: (name: string) => Promise<string | undefined>,
): Connection {
  return new Proxy(connection, {
    get(client, key) {
      if (key === 'query') {
        return async (asked: Asked) => client.query((await before(nameOf(asked))) ?? asked);
      }
      const member = Reflect.get(client, key);
      return typeof member === 'function' ? member.bind(client) : member;
    },
  });
}

/** The same pool, but its transactions stop before the statement of that name. */
export function stoppingBefore(database: Database, statement: string, stop: Stop): Database {
  return stepped(database, async (name) => {
    if (name === statement) await stop.arrive();
    return undefined;
  });
}

export type Halt = 'stopped' | 'ended' | 'waiting';

/**
 * Waits until a run has come to its stop, has ended, or waits for a lock that somebody else holds.
 *
 * @param program whose connections the run uses, as given to `processorDatabase`
 */
export async function halted(
  run: Promise<unknown>,
  stop: Stop | null,
  watcher: Database,
  program: string,
): Promise<Halt> {
  let halt: Halt | undefined;
  const ended = () => {
    halt ??= 'ended';
  };
  void run.then(ended, ended);
  void stop?.reached.then(() => {
    halt ??= 'stopped';
  });
  // Locks of a moment (a table that grows, say) are not what is meant.
  for (let seen = 0; seen < 5; ) {
    await sleep(5);
    if (halt !== undefined) return halt;
    const { rows } = await watcher.query<{ waiting: boolean }>(
      `SELECT count(*) > 0 AS waiting FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = $1 AND wait_event_type = 'Lock'
         AND cardinality(pg_blocking_pids(pid)) > 0`,
      [`holdfast-${program}`],
    );
    seen = rows[0]?.waiting ? seen + 1 : 0;
  }
  return halt ?? 'waiting';
}
