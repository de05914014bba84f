import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { Database } from '../../platform/database/database.ts';
import { Prng } from '../../simulator/timing/prng.ts';
import { askPatiently, notify, pressPatiently } from '../support/alertbot-callers.ts';
import { type AlertbotProcesses, alertbotProcesses } from '../support/alertbot-process.ts';
import { freshDatabase } from '../support/database.ts';
import { raise } from '../support/delivery/raise.ts';
import { eventually } from '../support/eventually.ts';
import { processorDatabase } from '../support/orders-processor.ts';
import { differencesInSlack, untilAllIsSaid } from '../support/slack-tells-all.ts';

const KILLS = 6;
/** Alerts with a message each, and storms of alerts that share one. */
const SINGLES = 36;
const STORMS = 5;
const STORM_SIZE = 4;
/** How long Slack takes for a call: most kills hit one that is under way. */
const SLOW_MS = 200;
/** Longest an alertbot lives before it is killed. */
const LIFE_MS = 2500;
const TIMEOUT_MS = 300_000;
const SEED = 'alertbot-killed';

interface Scene {
  readonly database: Database;
  readonly slack: AlertbotProcesses;
}

/** Raises alerts one after the other, and has people do something about them. @returns what they are still at */
async function raiseAlerts(scene: Scene): Promise<Promise<void>[]> {
  const random = new Prng(`${SEED} alerts`);
  const stories: Promise<void>[] = [];
  for (let i = 0; i < SINGLES; i += 1) {
    const severity = (['critical', 'warning', 'info'] as const)[i % 3]!;
    const [alertId] = await raise(scene.database, [{ dedupKey: `single/${i}`, severity }]);
    stories.push(lookAfter(scene, alertId!, i));
    await sleep(random.int(50, 400));
  }
  return stories;
}

async function raiseStorms({ database, slack }: Scene): Promise<void> {
  for (let storm = 0; storm < STORMS; storm += 1) {
    const members = Array.from({ length: STORM_SIZE }, (_, n) => ({
      dedupKey: `storm/${storm}/${n}`,
      groupKey: `PIPELINE/storm/${storm}`,
    }));
    const ids = await raise(database, members);
    await Promise.all(ids.slice(1).map((id) => askPatiently(slack, id, 'ack', `ack of ${id}`)));
  }
}

/** Of three alerts one is acknowledged in Slack, one by a program, which resolves it as well, and one by nobody. */
async function lookAfter({ database, slack }: Scene, alertId: number, i: number): Promise<void> {
  if (i % 3 === 0) await pressPatiently(slack, alertId, () => isAcknowledged(database, alertId));
  if (i % 3 !== 1) return;
  await askPatiently(slack, alertId, 'ack', `ack of ${alertId}`);
  await askPatiently(slack, alertId, 'resolve', `resolve of ${alertId}`);
}

async function isAcknowledged(database: Database, alertId: number): Promise<boolean> {
  const { rowCount } = await database.query('SELECT FROM alert_actions WHERE alert_id = $1', [alertId]);
  return rowCount === 1;
}

/** Every third one dies with its 2xx to Alertmanager, every third one before it is ready. @returns the rules that fire */
async function killAgainAndAgain({ slack }: Scene): Promise<string[]> {
  const random = new Prng(`${SEED} kills`);
  const rules: string[] = [];
  for (let kill = 0; kill < KILLS; kill += 1) {
    const doomed = slack.current;
    if (kill % 3 !== 2) await doomed.ready();
    await sleep(random.int(100, LIFE_MS));
    if (kill % 3 === 0) {
      const rule = `Rule${kill}`;
      await eventually('Alertmanager to be heard', () => notify(slack, rule, 'firing').then(() => true));
      rules.push(rule);
    }
    await doomed.kill();
    await slack.start();
  }
  return rules;
}

test(
  'an alertbot that is killed again and again loses nothing, doubles nothing, and ends with the truth',
  async () => {
    const { url } = await freshDatabase();
    const database = processorDatabase(url);
    const slack = await alertbotProcesses({
      databaseUrl: url,
      env: { HOLDFAST_SLACK_POSTS_PER_SECOND: '50', HOLDFAST_SLACK_UPDATES_PER_MINUTE: '6000' },
      cleanUp: onTestFinished,
    });
    slack.standin.faults.set({ kind: 'latency', ms: SLOW_MS });
    await slack.start();
    const scene = { database, slack };
    const [stories, rules] = await Promise.all([
      raiseAlerts(scene),
      killAgainAndAgain(scene),
      raiseStorms(scene),
    ]);
    await slack.current.ready();
    await Promise.all([...stories, ...rules.slice(1).map((rule) => notify(slack, rule, 'resolved'))]);
    await untilAllIsSaid(database, () => slack.current.log());

    expect(await differencesInSlack(database, slack)).toEqual([]);
    const { rows } = await database.query(
      `SELECT count(*) AS alerts, count(DISTINCT l.message_id) AS messages,
              count(*) FILTER (WHERE a.dedup_key LIKE 'prometheus/%') AS rules
       FROM alerts a JOIN slack_alert_log l USING (alert_id)`,
    );
    expect(rows[0]).toMatchObject({
      alerts: SINGLES + STORMS * STORM_SIZE + rules.length,
      rules: rules.length,
    });
    const { rows: doubts } = await database.query(
      'SELECT count(*) AS doubts FROM slack_messages WHERE doubted',
    );
    console.log(`${rows[0]?.messages} messages, ${doubts[0]?.doubts} posts that a kill left in doubt`);
  },
  TIMEOUT_MS,
);
