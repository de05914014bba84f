export interface NotificationLine {
  /** True for the heartbeat that always fires. */
  isHeartbeat: boolean;
  /** One line for people: what fires or is over, and what it is about. */
  text: string;
}

interface Told {
  status?: unknown;
  labels?: Readonly<Record<string, unknown>>;
  annotations?: Readonly<Record<string, unknown>>;
}

const LONGEST = 200;

/**
 * What a notification of Alertmanager's webhook says, a line for each alert. Total: a body that is no notification has no
 * lines.
 */
export function notificationLines(body: unknown): NotificationLine[] {
  const { alerts } = (body ?? {}) as { alerts?: unknown };
  if (!Array.isArray(alerts)) return [];
  return (alerts as (Told | null)[]).map((alert) => {
    const name = wordOf(alert?.labels?.alertname) || 'an alert without a name';
    const isOver = alert?.status === 'resolved';
    const summary = wordOf(alert?.annotations?.summary);
    const text = `${name} ${isOver ? 'is over' : 'fires'}${summary === '' ? '' : `: ${summary}`}`;
    return { isHeartbeat: name === 'Watchdog', text: text.slice(0, LONGEST) };
  });
}

function wordOf(value: unknown): string {
  return typeof value === 'string' ? value.replace(/\s+/g, ' ').trim() : '';
}
