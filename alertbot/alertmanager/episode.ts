import type { Severity } from '../../domain/alerts/alert.ts';
import { formatIso8601 } from '../../domain/time/iso8601.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { PrometheusAlert } from './notification.ts';

/** One time that a rule of Prometheus fired, as an alert of ours. */
export interface Episode {
  /** Of the rule and its labels: the same again and again. */
  fingerprint: string;
  /** The same fingerprint that fires anew later is another episode. */
  dedupKey: string;
  severity: Severity;
  subject: string;
  evidence: Readonly<Record<string, unknown>>;
  groupKey: string;
  startedAt: Micros;
  /** Null while it fires. */
  endedAt: Micros | null;
}

const SUBJECT_LENGTH = 300;
const SEVERITIES: readonly string[] = ['critical', 'warning', 'info'];

/** @param now stands for an end that the notification does not tell, and nothing ends later */
export function episodeOf(alert: PrometheusAlert, now: Micros): Episode {
  const { labels, annotations, fingerprint, generatorURL, startsAt: startedAt } = alert;
  const name = labels.alertname ?? 'unnamed';
  const { runbook_url } = annotations;
  return {
    fingerprint,
    dedupKey: `prometheus/${fingerprint}/${formatIso8601(startedAt)}`,
    severity: severityOf(labels.severity),
    subject: oneLine(annotations.summary || name),
    evidence: {
      alertname: name,
      labels,
      annotations,
      ...(runbook_url ? { runbook_url } : {}),
      ...(generatorURL ? { generator_url: generatorURL } : {}),
    },
    groupKey: `PIPELINE/prometheus/${name}`,
    startedAt,
    endedAt: alert.status === 'firing' ? null : Math.max(startedAt, Math.min(alert.endsAt ?? now, now)),
  };
}

function severityOf(label: string | undefined): Severity {
  return label !== undefined && SEVERITIES.includes(label) ? (label as Severity) : 'warning';
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return [...line].length <= SUBJECT_LENGTH ? line : `${[...line].slice(0, SUBJECT_LENGTH - 1).join('')}…`;
}
