import type { Clock } from '../../platform/clock/clock.ts';
import type { Connection, Database } from '../../platform/database/database.ts';
import { explainDatabaseTrouble } from '../../platform/database/explain-trouble.ts';
import { sleep } from '../../platform/errors/backoff.ts';
import { codeOf } from '../../platform/errors/classify.ts';
import { within } from '../../platform/lifecycle/within.ts';
import type { AlertbotHealth } from '../health.ts';
import { changeAlerts } from '../sql/change-alerts.ts';
import { WARM_CONNECTIONS } from './open-decision-database.ts';

/** One connection is tried each time, the one whose turn it is. */
const EVERY_MS = 1000;

/** A connection that does not answer in this time is not one to make decisions on. Milliseconds. */
const ANSWER_MS = 4000;

const STOP_WITHIN_MS = 300;

/** SQLSTATE. */
const UNDEFINED_FUNCTION = '42883';

interface Warming {
  decisions: Database;
  health: AlertbotHealth;
  clock: Clock;
}

/**
 * Has connections ready for decisions at all times: makes them, and replaces those that a restart of the database or a
 * network that swallows packets has left useless. Readiness says whether the database answers.
 */
export function keepWarm(context: Warming): { stop: () => Promise<void> } {
  const stopping = new AbortController();
  const run = async () => {
    const tried = new WeakMap<Connection, number>();
    for (let round = 1; !stopping.signal.aborted; round += 1) {
      const problem = await warm(context, tried, round).catch(explain);
      context.health.report('database', problem ?? null);
      const complete = context.decisions.totalCount >= WARM_CONNECTIONS;
      if (problem !== undefined || complete) await sleep(EVERY_MS, stopping.signal);
    }
  };
  const running = run();
  return {
    stop: async () => {
      stopping.abort();
      await within(STOP_WITHIN_MS, running);
    },
  };
}

function explain(error: unknown): string {
  return codeOf(error) === UNDEFINED_FUNCTION
    ? 'the schema is missing or old: npm run migrate brings it to this version'
    : explainDatabaseTrouble(error);
}

/**
 * Makes one connection that is missing, and tries the idle one that has waited longest. All others stay at hand: with a
 * database two seconds away, trying all of them at once left clicks without any for two seconds of seven.
 */
async function warm(context: Warming, tried: WeakMap<Connection, number>, round: number): Promise<undefined> {
  const { decisions } = context;
  const borrowed = await Promise.allSettled(
    Array.from({ length: decisions.idleCount }, () => decisions.connect()),
  );
  const idle = borrowed.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  // With the idle ones taken, the pool has to make a new one.
  const missing = decisions.totalCount < WARM_CONNECTIONS ? decisions.connect() : null;
  const [next, ...others] = idle.toSorted((a, b) => (tried.get(a) ?? 0) - (tried.get(b) ?? 0));
  for (const connection of others) connection.release();
  await Promise.all(
    [next, missing].map(async (coming) => {
      const connection = await coming;
      if (connection == null) return;
      tried.set(connection, round);
      await tryOut(context, connection);
    }),
  );
}

/** Makes a decision about nothing: that also makes the plans for the next real one, and fails without our schema. */
async function tryOut({ clock }: Warming, connection: Connection): Promise<void> {
  const onLost = () => undefined;
  connection.on('error', onLost);
  let broken: Error | undefined;
  try {
    const nothing = { action: 'ACK', targets: [], actor: '', actorId: null, source: 'auto' } as const;
    await changeAlerts(connection, nothing, clock.now(), ANSWER_MS);
  } catch (error) {
    broken = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    connection.off('error', onLost);
    connection.release(broken);
  }
}
