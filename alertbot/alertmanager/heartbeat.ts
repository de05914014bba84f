import { formatIso8601 } from '../../domain/time/iso8601.ts';
import { MINUTE, type Micros } from '../../domain/time/micros.ts';
import type { Episode } from './episode.ts';
import type { PrometheusAlert } from './notification.ts';

/** The rule that always fires. Alertmanager repeats it every five minutes. */
const NAME = 'Watchdog';

/** Three of them did not come. */
export const HEARTBEAT_LOST_AFTER: Micros = 16 * MINUTE;

const FINGERPRINT = 'heartbeat';

/** Whether this is the heartbeat of the path from Prometheus to us, which is no alert. */
export function isHeartbeat({ labels }: PrometheusAlert): boolean {
  return labels.alertname === NAME;
}

/** Remembers when the heartbeat was heard last. Before the first one nothing is missed: there may be no Prometheus. */
export class Heartbeat {
  private heardAt: Micros | null = null;

  hear(now: Micros): void {
    this.heardAt = now;
  }

  /** Since when it has been silent; null while all is well. */
  lostSince(now: Micros): Micros | null {
    return this.heardAt !== null && now - this.heardAt > HEARTBEAT_LOST_AFTER ? this.heardAt : null;
  }
}

/** The silence as an alert. @param endedAt when it was heard again */
export function silence(lostSince: Micros, endedAt: Micros | null): Episode {
  return {
    fingerprint: FINGERPRINT,
    dedupKey: `prometheus/${FINGERPRINT}/${formatIso8601(lostSince)}`,
    severity: 'critical',
    subject: 'Prometheus has fallen silent: nobody hears of anything it would find wrong',
    evidence: {
      alertname: NAME,
      last_heard_at: formatIso8601(lostSince),
      runbook_url: `docs/runbooks/${NAME}.md`,
    },
    groupKey: `PIPELINE/prometheus/${NAME}`,
    startedAt: lostSince,
    endedAt,
  };
}
