import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { alertbotProcesses } from '../support/alertbot-process.ts';
import { freshDatabase } from '../support/database.ts';
import { raise } from '../support/delivery/raise.ts';
import { eventually } from '../support/eventually.ts';
import { processorDatabase } from '../support/orders-processor.ts';
import { differencesInSlack, untilAllIsSaid } from '../support/slack-tells-all.ts';

const ALERTS = 1000;
const AT_ONCE = 100;
/** As they come: mostly what can wait. */
const SEVERITIES = ['info', 'warning', 'critical', 'warning', 'info'] as const;
const AWAY_MS = 20_000;
const TIMEOUT_MS = 300_000;

test(
  `${ALERTS} alerts that come while Slack is away are there afterwards, each once, critical ones first`,
  async () => {
    const { url } = await freshDatabase();
    const database = processorDatabase(url);
    const slack = await alertbotProcesses({
      databaseUrl: url,
      env: { HOLDFAST_SLACK_POSTS_PER_SECOND: '1000' },
      cleanUp: onTestFinished,
    });
    const { standin } = slack;
    const bot = await slack.startReady();

    standin.faults.set({ kind: 'http', status: 503, method: '*' });
    const from = performance.now();
    const severityOf = new Map<number, string>();
    for (let sent = 0; sent < ALERTS; sent += AT_ONCE) {
      const alerts = Array.from({ length: AT_ONCE }, (_, i) => ({
        dedupKey: `outage/${sent + i}`,
        groupKey: `PIPELINE/outage/${sent + i}`,
        severity: SEVERITIES[i % SEVERITIES.length]!,
      }));
      for (const [i, id] of (await raise(database, alerts)).entries())
        severityOf.set(id, alerts[i]!.severity);
    }
    await sleep(AWAY_MS - (performance.now() - from));
    expect(standin.state().messages).toEqual([]);
    const oldest = await eventually('the metric', async () => {
      const text = await (await fetch(`${bot.url}/metrics`)).text();
      return /^holdfast_slack_oldest_pending_seconds\{.*\} (\S+)$/m.exec(text)?.[1];
    });
    expect(Number(oldest)).toBeGreaterThan(AWAY_MS / 2000);

    standin.faults.clear();
    const back = performance.now();
    await untilAllIsSaid(database, bot.log);
    console.log(`${ALERTS} messages in ${Math.round(performance.now() - back)} ms`);
    expect(await differencesInSlack(database, slack)).toEqual([]);
    const messages = standin.state().messages;
    expect(messages).toHaveLength(ALERTS);
    // What was tried during the outage is looked for first, and that may take its time.
    const { rows } = await database.query<{ alert_id: number }>(
      'SELECT alert_id FROM slack_messages JOIN slack_alert_log USING (message_id) WHERE doubted',
    );
    const doubted = new Set(rows.map((row) => row.alert_id));
    expect(doubted.size).toBeLessThan(20);
    const order = messages
      .map(({ metadata }) => metadata?.event_payload.alert_id as number)
      .filter((id) => !doubted.has(id))
      .map((id) => severityOf.get(id));
    const ranks = order.map((severity) => ['critical', 'warning', 'info'].indexOf(String(severity)));
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
  },
  TIMEOUT_MS,
);
