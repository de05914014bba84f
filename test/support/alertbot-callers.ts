import { type AlertbotProcesses, API_TOKEN, WEBHOOK_TOKEN } from './alertbot-process.ts';
import { eventually } from './eventually.ts';

const PATIENCE_MS = 120_000;

/** Asks the API of whichever alertbot runs until one says that it is done. The key makes it one request. */
export async function askPatiently(
  slack: AlertbotProcesses,
  alertId: number,
  action: 'ack' | 'resolve',
  note: string,
): Promise<void> {
  await eventually(
    `${action} of alert ${alertId} to be accepted`,
    async () => {
      const response = await fetch(`${slack.current.url}/api/v1/alerts/${alertId}/${action}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${API_TOKEN}`,
          'content-type': 'application/json',
          'idempotency-key': note,
        },
        body: JSON.stringify({ actor: 'night shift', note }),
        signal: AbortSignal.timeout(10_000),
      });
      if (response.ok) return true;
      throw new Error(`${response.status} ${await response.text()}`);
    },
    { timeoutMs: PATIENCE_MS, everyMs: 200, explain: () => slack.current.log() },
  );
}

/** Presses ACK in Slack until the database has it. @param acknowledged whether it has */
export async function pressPatiently(
  slack: AlertbotProcesses,
  alertId: number,
  acknowledged: () => Promise<boolean>,
): Promise<void> {
  await eventually(
    `alert ${alertId} to be acknowledged in Slack`,
    async () => {
      if (await acknowledged()) return true;
      const message = slack.standin
        .state()
        .messages.find(({ metadata }) => metadata?.event_payload.alert_id === alertId);
      if (message === undefined) return false;
      await slack.standin.act({
        user_id: 'U0KIM',
        channel: message.channel,
        message_ts: message.ts,
        block_id: `alert-actions-${alertId}`,
        action_id: 'alert_ack',
      });
      return acknowledged();
    },
    { timeoutMs: PATIENCE_MS, everyMs: 300, explain: () => slack.current.log() },
  );
}

/** What Alertmanager would post of a rule that fires, or does not any more. @throws when it is not accepted */
export async function notify(
  slack: AlertbotProcesses,
  rule: string,
  status: 'firing' | 'resolved',
): Promise<void> {
  const startsAt = '2026-03-01T09:30:00Z';
  const response = await fetch(`${slack.current.url}/webhooks/alertmanager`, {
    method: 'POST',
    headers: { authorization: `Bearer ${WEBHOOK_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      version: '4',
      status,
      alerts: [
        {
          status,
          labels: { alertname: rule, severity: 'critical' },
          annotations: { summary: `${rule} fires` },
          startsAt,
          endsAt: status === 'firing' ? '0001-01-01T00:00:00Z' : '2026-03-01T09:45:00Z',
          fingerprint: Buffer.from(rule).toString('hex'),
        },
      ],
    }),
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
}
