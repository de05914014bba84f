import { Pool } from 'pg';
import { repeat } from '../../platform/lifecycle/repeat.ts';
import { ChurnStory } from './churn-story.ts';
import type { Scenario } from './scenarios.ts';
import { readToldActions } from './sql/read-told-actions.ts';
import { readToldIncidents } from './sql/read-told-incidents.ts';
import { readToldLooks } from './sql/read-told-looks.ts';
import { readToldPromotions } from './sql/read-told-promotions.ts';
import { Story } from './story.ts';

const LOOK_EVERY_MS = 1_000;

export interface NarratorOptions {
  databaseUrl: string;
  tells: Scenario['tells'];
  /** IANA name of the time zone that simulated times are told in. */
  timeZone: string;
  /** What began before it is of the history, and no part of the story. */
  since: Date;
  tell(line: string): void;
}

/** Looks at the database, and says what is new. */
type Look = (pool: Pool) => Promise<string[]>;

/** Tells what becomes of a scenario as it happens, until stopped. What cannot be read now is told later. */
export function startNarrator(options: NarratorOptions): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const pool = new Pool({
    connectionString: options.databaseUrl,
    max: 1,
    connectionTimeoutMillis: 5_000,
    query_timeout: 10_000,
    application_name: 'holdfast-narrator',
  });
  pool.on('error', () => {}); // an idle connection of a restarted database; the next query opens another
  const look = options.tells === 'incidents' ? incidents(options) : customers(options);
  const running = repeat(
    stopping.signal,
    async () => {
      for (const line of await look(pool)) options.tell(line);
      return LOOK_EVERY_MS;
    },
    () => {},
  );
  return {
    stop: async () => {
      stopping.abort();
      await running;
      await pool.end();
    },
  };
}

function incidents({ timeZone, since }: NarratorOptions): Look {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
  const story = new Story((at) => format.format(at));
  return async (pool) =>
    story.turn({
      incidents: await readToldIncidents(pool, since),
      actions: await readToldActions(pool, since),
    });
}

function customers({ timeZone, since }: NarratorOptions): Look {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, day: '2-digit', month: 'short' });
  const story = new ChurnStory((at) => format.format(at));
  return async (pool) =>
    story.turn({ looks: await readToldLooks(pool, since), promotions: await readToldPromotions(pool) });
}
