import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'pg';
import { Story, type StoryPage, type ToldAction, type ToldIncident } from './story.ts';

const LOOK_EVERY_MS = 1_000;

export interface NarratorOptions {
  databaseUrl: string;
  /** IANA name of the time zone that simulated times are told in. */
  timeZone: string;
  /** What began before it is of the history, and no part of the story. */
  since: Date;
  tell(line: string): void;
}

/** Tells what becomes of a scenario as it happens, until stopped. What cannot be read now is told later. */
export function startNarrator({ databaseUrl, timeZone, since, tell }: NarratorOptions): {
  stop(): Promise<void>;
} {
  const stopping = new AbortController();
  const pool = new Pool({
    connectionString: databaseUrl,
    max: 1,
    connectionTimeoutMillis: 5_000,
    query_timeout: 10_000,
    application_name: 'holdfast-narrator',
  });
  pool.on('error', () => {}); // an idle connection of a restarted database; the next query opens another
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
  const story = new Story((at) => format.format(at));
  const run = async () => {
    while (!stopping.signal.aborted) {
      const page = await readPage(pool, since).catch(() => null);
      if (page !== null) for (const line of story.turn(page)) tell(line);
      await sleep(LOOK_EVERY_MS, undefined, { signal: stopping.signal }).catch(() => {});
    }
  };
  const running = run();
  return {
    stop: async () => {
      stopping.abort();
      await running;
      await pool.end();
    },
  };
}

async function readPage(pool: Pool, since: Date): Promise<StoryPage> {
  const incidents = await pool.query<ToldIncident>(
    `SELECT incident_id AS "incidentId", opened_at AS "openedAt", updated_at AS "updatedAt", closed_at AS "closedAt",
            scope, cause, (of_cause->>'probability')::float8 AS probability,
            of_cause->'evidence'->0->>'text' AS evidence
     FROM incidents LEFT JOIN LATERAL (
         SELECT c AS of_cause FROM jsonb_array_elements(causes) c WHERE c->>'cause' = incidents.cause LIMIT 1
     ) named ON true
     WHERE opened_at >= $1 ORDER BY opened_at DESC LIMIT 50`,
    [since],
  );
  const actions = await pool.query<ToldAction>(
    `SELECT action_id AS "actionId", action, target, status, at AS "decidedAt",
            (effect->>'returned_after_seconds')::float8 AS "returnedAfterSeconds",
            (effect->>'observed')::float8 AS observed, (effect->>'without_action')::float8 AS "withoutAction"
     FROM actions WHERE receiver IS NOT NULL AND at >= $1 ORDER BY at DESC LIMIT 100`,
    [since],
  );
  return { incidents: incidents.rows, actions: actions.rows };
}
