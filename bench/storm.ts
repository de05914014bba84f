import type { NewAlert, Severity } from '../domain/alerts/alert.ts';
import { type Database, openDatabase } from '../platform/database/database.ts';
import { createLogger } from '../platform/logger/logger.ts';
import { insertAlerts } from '../processor/sql/insert-alerts.ts';
import { SLACK_RATE_LIMITS } from '../stack/slack/rate-limits.ts';
import { percentile } from './report.ts';
import { freshBenchDatabase } from './services.ts';
import { startBenchSlack } from './slack.ts';

export interface StormOptions {
  /** Within one minute. */
  alerts: number;
  say: (line: string) => void;
}

export interface StormRun {
  native: boolean;
  alerts: number;
  messages: number;
  /** Alerts without a message, and messages that are in Slack more than once. */
  lost: number;
  doubled: number;
  /** Calls that Slack answered with 429. */
  limited: number;
  updates: number;
  /** Seconds from the first alert until the last message was posted; and the least that Slack's limit allows. */
  postedSeconds: number;
  leastSeconds: number;
  /** Seconds until every message showed the last of its alerts. */
  settledSeconds: number;
  /** Seconds from an alert to its own message, or to one that shows it. */
  waits: Record<Severity, { p50: number; longest: number }>;
}

const SECONDS = 60;
/** Of ten alerts nine are of a few storms, one is of its own kind. Of each kind one in ten is critical. */
const STORMS = 18;
const PATIENCE_S = 900;

/** A minute's storm of alerts, through an alertbot with the settings it comes with, at the rates that Slack allows. */
export async function measureStorm({ alerts, say }: StormOptions): Promise<StormRun> {
  const database = await freshBenchDatabase();
  const pool = openDatabase({
    url: database.url,
    poolSize: 1,
    program: 'bench',
    logger: createLogger({ program: 'bench', level: 'error' }),
  });
  try {
    const slack = await startBenchSlack(database);
    try {
      const started = performance.now();
      const secondsSince = () => (performance.now() - started) / 1000;
      for (let second = 0; second < SECONDS; second += 1) {
        await pause(second * 1000 - (performance.now() - started));
        const from = Math.floor((second * alerts) / SECONDS);
        const to = Math.floor(((second + 1) * alerts) / SECONDS);
        const now = Date.now() * 1000;
        await insertAlerts(
          pool,
          Array.from({ length: to - from }, (_, i) => alertOf(from + i, now)),
        );
      }
      say(`${alerts} alerts raised`);
      let postedSeconds: number | null = null;
      for (;;) {
        const { unposted, unsettled } = await backlog(pool);
        if (unposted === 0) postedSeconds ??= secondsSince();
        if (unposted + unsettled === 0) break;
        if (secondsSince() > PATIENCE_S)
          throw new Error(`after ${PATIENCE_S} s ${unposted} messages are not posted`);
        await pause(1000);
      }
      const settledSeconds = secondsSince();
      const messages = slack.standin.state().messages.filter(({ thread_ts }) => thread_ts === undefined);
      const keys = new Set(messages.map(({ metadata }) => metadata?.event_payload.message_key));
      const calls = slack.standin.callCounts();
      const limit = SLACK_RATE_LIMITS.postsPerSecond ?? Number.POSITIVE_INFINITY;
      return {
        native: database.native,
        alerts,
        messages: messages.length,
        lost: await countLost(pool, alerts, new Set(messages.map(({ ts }) => ts))),
        doubled: messages.length - keys.size,
        limited: Object.values(calls).reduce((sum, outcomes) => sum + (outcomes.ratelimited ?? 0), 0),
        updates: calls['chat.update']?.ok ?? 0,
        postedSeconds: postedSeconds ?? settledSeconds,
        leastSeconds: (messages.length - SLACK_RATE_LIMITS.postBurst) / limit,
        settledSeconds,
        waits: await waits(pool),
      };
    } finally {
      await slack.stop();
    }
  } finally {
    await pool.end();
    await database.drop();
  }
}

function alertOf(i: number, now: number): NewAlert {
  const own = i % 10 === 9;
  const storm = i % STORMS;
  const critical = own ? i % 100 === 99 : storm % 9 === 0;
  return {
    dedupKey: `storm/${i}`,
    groupKey: own ? `PIPELINE/own/${i}` : `PIPELINE/storm/product/p-${storm}`,
    kind: 'PIPELINE',
    severity: critical ? 'critical' : 'warning',
    subject: `Alert ${i} of a storm`,
    evidence: {},
    openedAt: now,
    orderId: null,
    holdId: null,
    logId: null,
  };
}

async function backlog(pool: Database): Promise<{ unposted: number; unsettled: number }> {
  const { rows } = await pool.query<{ unposted: number; unsettled: number }>(
    `SELECT (SELECT count(*) FROM slack_alert_log WHERE message_id IS NULL)
            + (SELECT count(*) FROM slack_messages WHERE state IN ('waiting', 'pending', 'sending', 'uncertain')) AS unposted,
            (SELECT count(*) FROM slack_alert_log WHERE state <> 'sent') AS unsettled`,
  );
  return rows[0] ?? { unposted: 0, unsettled: 0 };
}

async function countLost(pool: Database, alerts: number, inSlack: ReadonlySet<string>): Promise<number> {
  const { rows } = await pool.query<{ ts: string }>(
    `SELECT ts FROM slack_alert_log WHERE state = 'sent' AND ts IS NOT NULL`,
  );
  return alerts - rows.filter(({ ts }) => inSlack.has(ts)).length;
}

async function waits(pool: Database): Promise<StormRun['waits']> {
  const { rows } = await pool.query<{ severity: Severity; seconds: number }>(
    `SELECT a.severity, extract(epoch FROM l.updated_at - l.created_at)::float8 AS seconds
     FROM alerts a JOIN slack_alert_log l USING (alert_id)`,
  );
  const of = (severity: Severity) => {
    const seconds = rows.filter((row) => row.severity === severity).map((row) => row.seconds);
    return { p50: percentile(seconds, 0.5), longest: Math.max(...seconds) };
  };
  return { critical: of('critical'), warning: of('warning'), info: of('info') };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
}

export function stormReport(run: StormRun): string {
  const wait = (severity: Severity) => {
    const { p50, longest } = run.waits[severity];
    return `p50 ${p50.toFixed(1)} s, longest ${longest.toFixed(1)} s`;
  };
  return `
${run.alerts} alerts in ${SECONDS} s, ${run.native ? 'native' : 'embedded'} database, Slack's own limits
  messages                 ${run.messages} (${run.lost} alerts lost, ${run.doubled} messages doubled), ${run.updates} updates
  answered with 429        ${run.limited}
  all posted after         ${run.postedSeconds.toFixed(0)} s; the limit allows ${run.leastSeconds.toFixed(0)} s at best
  all alerts shown after   ${run.settledSeconds.toFixed(0)} s
  wait of a critical one   ${wait('critical')}
  wait of another          ${wait('warning')}
`;
}
