import type pg from 'pg';
import { afterAll } from 'vitest';
import { type Database, openDatabase } from '../../platform/database/database.ts';
import { createLogger } from '../../platform/logger/logger.ts';
import { AlertRows } from './alert-rows.ts';
import { freshDatabase } from './database.ts';
import { PeopleInSlack } from './people-in-slack.ts';
import { type RunningAlertbot, type RunningAlertbotOptions, runAlertbot } from './running-alertbot.ts';

const undo: (() => Promise<void>)[] = [];

afterAll(async () => {
  for (const stop of undo.splice(0).reverse()) await stop();
});

export interface AlertbotStage {
  bot: RunningAlertbot;
  people: PeopleInSlack;
  rows: AlertRows;
  pool: pg.Pool;
  /** As programs have it: times in microseconds. */
  database: Database;
  databaseUrl: string;
}

/** A database, Slack's stand-in and an alertbot for all tests of a file; gone at its end. */
export async function setAlertbotStage(
  options: Partial<RunningAlertbotOptions> & { through?: (url: string) => Promise<string> } = {},
): Promise<AlertbotStage> {
  const fresh = await freshDatabase();
  const { url } = fresh;
  const pool = fresh.pool();
  const database = openDatabase({
    url,
    poolSize: 2,
    program: 'test',
    logger: createLogger({ program: 'test', level: 'silent' }),
  });
  undo.push(() => database.end());
  const bot = await runAlertbot({
    ...options,
    databaseUrl: (await options.through?.(url)) ?? url,
    cleanUp: (stop) => undo.push(stop),
  });
  return {
    bot,
    pool,
    database,
    databaseUrl: url,
    rows: new AlertRows(pool),
    people: new PeopleInSlack(bot, database),
  };
}
