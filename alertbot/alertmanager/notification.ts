import { z } from 'zod';
import { parseIso8601 } from '../../domain/time/iso8601.ts';
import { type Micros, YEAR_2000 } from '../../domain/time/micros.ts';

/** Text that PostgreSQL can keep in jsonb. */
const text = z.string().transform((value) => value.replaceAll('\u0000', '').toWellFormed());
const texts = z.record(text, text);

/** Go's zero time, the year 1, stands for "not yet"; it is null here, as any time before 2000. */
const time = z.string().transform((value, context): Micros | null => {
  const at = parseIso8601(value);
  if (at !== null) return at < YEAR_2000 ? null : at;
  context.addIssue({ code: 'custom', message: 'is not a time like 2026-03-01T09:30:00Z' });
  return z.NEVER;
});

const alert = z.object({
  status: z.enum(['firing', 'resolved']),
  labels: texts,
  annotations: texts.default({}),
  startsAt: time.refine((at) => at !== null, 'is before the year 2000'),
  endsAt: time.optional(),
  generatorURL: text.optional(),
  fingerprint: z.string().regex(/^[0-9A-Za-z]{1,64}$/, 'is not a fingerprint'),
});

/**
 * What Alertmanager's webhook receiver sends, version 4, and Grafana's, which calls nearly the same version 1. Members we
 * do not use may be anything.
 */
const notification = z.object({
  version: z.enum(['4', '1'], { error: 'must be "4", the version Alertmanager sends, or "1", Grafana\'s' }),
  alerts: z.array(alert),
});

export type PrometheusAlert = z.output<typeof alert>;

/** @returns the alerts, or what is wrong with the body, member by member */
export function readNotification(body: unknown): { alerts: PrometheusAlert[] } | { problems: string[] } {
  const read = notification.safeParse(body);
  if (read.success) return { alerts: read.data.alerts };
  return {
    problems: read.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`),
  };
}
