import type { NewAlert } from '../domain/alerts/alert.ts';
import { type Database, openDatabase } from '../platform/database/database.ts';
import { createLogger } from '../platform/logger/logger.ts';
import { insertAlerts } from '../processor/sql/insert-alerts.ts';
import { signedRequest } from '../stack/slack/deliver/sign.ts';
import { fillTopics } from './fill-topics.ts';
import { buckets, quantile } from './latency.ts';
import { sample, startProcessorProgram } from './programs.ts';
import { percentile } from './report.ts';
import { type BenchDatabase, freshBenchDatabase } from './services.ts';
import { type BenchSlack, startBenchSlack } from './slack.ts';

export interface ClicksOptions {
  brokers: string;
  /** Records that the processor has to do meanwhile. */
  events: number;
  /** At most so many clicks, without load and again under load. */
  clicks: number;
  say: (line: string) => void;
}

/** From a signed request of Slack to its acknowledgement, which comes after the commit. Milliseconds. */
interface Series {
  clicks: number;
  p50: number;
  p99: number;
  longest: number;
  /** Acknowledged, but not committed: the person was told so. */
  undone: number;
}

export interface ClicksRun {
  native: boolean;
  idle: Series;
  loaded: Series;
  /** What the processor did meanwhile. */
  recordsPerSecond: number;
  /** Its transactions, in milliseconds. */
  batchP50: number;
  batchP99: number;
}

const PER_SECOND = 10;
const READY_AFTER = 0.02;

/** Clicks on ACK, each on an alert of its own, ten a second, before and while the processor works through a full topic. */
export async function measureClicks(options: ClicksOptions): Promise<ClicksRun> {
  const database = await freshBenchDatabase();
  const pool = openDatabase({
    url: database.url,
    poolSize: 1,
    program: 'bench',
    logger: createLogger({ program: 'bench', level: 'error' }),
  });
  try {
    options.say(`filling the topic with ${options.events} records`);
    const prefix = `clicks-${process.pid}-`;
    const settings = {
      KAFKA_BROKERS: options.brokers,
      KAFKA_TOPIC_PREFIX: prefix,
      KAFKA_GROUP_ID: prefix,
    };
    await fillTopics(settings, database.url, options.events);
    const slack = await startBenchSlack(database);
    try {
      return await measure(options, { ...settings, DATABASE_URL: database.url }, database, pool, slack);
    } finally {
      await slack.stop();
    }
  } finally {
    await pool.end();
    await database.drop();
  }
}

async function measure(
  { events, clicks, say }: ClicksOptions,
  settings: Readonly<Record<string, string>>,
  { native }: BenchDatabase,
  pool: Database,
  slack: BenchSlack,
): Promise<ClicksRun> {
  const ids = await raise(pool, 2 * clicks);
  say('clicking without load');
  const idle = await click(slack, pool, ids.slice(0, clicks), () => false);
  const processor = await startProcessorProgram(settings);
  try {
    let consumed = 0;
    let stopped = false;
    const look = async () => {
      consumed = sample(await processor.scrape(), 'holdfast_records_consumed_total', 'topic="orders"');
    };
    while (consumed < events * READY_AFTER) {
      await look();
      await pause(100);
    }
    say('clicking under load');
    const from = { consumed, at: performance.now() };
    const watching = (async () => {
      while (!stopped) {
        await look();
        await pause(500);
      }
    })();
    const loaded = await click(slack, pool, ids.slice(clicks), () => consumed >= events);
    stopped = true;
    await watching;
    const seconds = (performance.now() - from.at) / 1000;
    const batches = buckets(await processor.scrape(), 'holdfast_batch_duration_seconds', 'topic="orders"');
    return {
      native,
      idle,
      loaded,
      recordsPerSecond: (consumed - from.consumed) / seconds,
      batchP50: quantile(batches, 0.5) * 1000,
      batchP99: quantile(batches, 0.99) * 1000,
    };
  } finally {
    await processor.stop();
  }
}

/** @param over no further click */
async function click(
  slack: BenchSlack,
  pool: Database,
  ids: readonly number[],
  over: () => boolean,
): Promise<Series> {
  const times: Promise<number>[] = [];
  const started = performance.now();
  for (const [i, id] of ids.entries()) {
    await pause((i * 1000) / PER_SECOND - (performance.now() - started));
    if (over()) break;
    times.push(pressAck(slack, id));
  }
  const measured = await Promise.all(times);
  const { rows } = await pool.query<{ done: number }>(
    `SELECT count(*) AS done FROM alert_actions WHERE action = 'ACK' AND alert_id = ANY($1)`,
    [ids],
  );
  return {
    clicks: measured.length,
    p50: percentile(measured, 0.5),
    p99: percentile(measured, 0.99),
    longest: Math.max(...measured),
    undone: measured.length - (rows[0]?.done ?? 0),
  };
}

/** A click as Slack sends it. @returns milliseconds until it was acknowledged */
async function pressAck({ alertbot, signingSecret }: BenchSlack, alertId: number): Promise<number> {
  const payload = {
    type: 'block_actions',
    team: { id: 'T0HOLDFAST' },
    user: { id: 'U0KIM', name: 'kim', team_id: 'T0HOLDFAST' },
    trigger_id: `${alertId}.1.bench`,
    channel: { id: 'C0HOLDFAST' },
    actions: [
      {
        type: 'button',
        action_id: 'alert_ack',
        block_id: `alert-actions-${alertId}`,
        value: JSON.stringify({ a: alertId, v: 0 }),
        action_ts: String(alertId),
      },
    ],
  };
  const body = `payload=${encodeURIComponent(JSON.stringify(payload))}`;
  const from = performance.now();
  const response = await fetch(
    `${alertbot.url}/slack/events`,
    signedRequest(body, { secret: signingSecret }),
  );
  const ms = performance.now() - from;
  if (!response.ok) throw new Error(`a click was answered with ${response.status}: ${await response.text()}`);
  return ms;
}

async function raise(pool: Database, count: number): Promise<number[]> {
  const alerts = Array.from(
    { length: count },
    (_, i): NewAlert => ({
      dedupKey: `click/${i}`,
      groupKey: '',
      kind: 'PIPELINE',
      severity: 'warning',
      subject: `Alert ${i} of the benchmark`,
      evidence: {},
      openedAt: Date.now() * 1000,
      orderId: null,
      holdId: null,
      logId: null,
    }),
  );
  await insertAlerts(pool, alerts);
  const { rows } = await pool.query<{ alert_id: number }>(
    `SELECT alert_id FROM alerts WHERE dedup_key LIKE 'click/%' ORDER BY alert_id`,
  );
  return rows.map((row) => row.alert_id);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
}

export function clicksReport({
  native,
  idle,
  loaded,
  recordsPerSecond,
  batchP50,
  batchP99,
}: ClicksRun): string {
  const line = (name: string, { clicks, p50, p99, longest, undone }: Series) =>
    `  ${name.padEnd(14)} p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms, longest ${longest.toFixed(0)} ms (${clicks} clicks, ${undone} without effect)`;
  return `
click -> committed -> acknowledged, ${native ? 'native' : 'embedded'} database
${line('without load', idle)}
${line('full load', loaded)}
  meanwhile      ${recordsPerSecond.toFixed(0)} records/s in batches of p50 ${batchP50.toFixed(0)} ms, p99 ${batchP99.toFixed(0)} ms
`;
}
