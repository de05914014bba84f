import { z } from 'zod';
import { ALERT_STATUSES, type AlertAction, type HoldDecision } from '../../domain/alerts/lifecycle.ts';
import { parseIso8601 } from '../../domain/time/iso8601.ts';
import { MINUTE, type Micros } from '../../domain/time/micros.ts';
import type { AlertFilter } from '../sql/list-alert-ids.ts';

/** The last part of the path, and what it does. */
export const API_ACTIONS: Readonly<Record<string, AlertAction>> = {
  ack: 'ACK',
  unack: 'UNACK',
  resolve: 'RESOLVE',
  retry: 'RETRY',
  snooze: 'SNOOZE',
  unsnooze: 'UNSNOOZE',
};

export interface ActionBody {
  actor: string;
  note: string | null;
  decision: HoldDecision | null;
  version: number | null;
  snoozedUntil: Micros | null;
}

const LONGEST_ACTOR = 80;
const LONGEST_NOTE = 500;
const LONGEST_SNOOZE_MINUTES = 366 * 24 * 60;

/** Text that PostgreSQL can keep. */
function text(longest: number) {
  return z
    .string()
    .trim()
    .min(1, 'is empty')
    .max(longest, `has more than ${longest} characters`)
    .refine((value) => !value.includes('\u0000') && value.isWellFormed(), 'is not valid Unicode text');
}

const time = z.string().transform((value, context): Micros => {
  const at = parseIso8601(value);
  if (at !== null) return at;
  context.addIssue({
    code: 'custom',
    message: 'must be a time with an offset, like 2026-03-01T09:30:00+09:00',
  });
  return z.NEVER;
});

const actionBody = z
  .strictObject({
    actor: text(LONGEST_ACTOR),
    note: text(LONGEST_NOTE).nullish(),
    decision: z.enum(['release', 'cancel'], { error: 'must be "release" or "cancel"' }).nullish(),
    version: z.number().int().min(0).nullish(),
    minutes: z.number().positive().max(LONGEST_SNOOZE_MINUTES).nullish(),
    until: time.nullish(),
  })
  .refine((body) => body.minutes == null || body.until == null, {
    path: ['until'],
    message: 'and minutes are both given: give one of them',
  });

export type Read<T> = { value: T } | { problem: string };

export function readActionBody(body: unknown, now: Micros): Read<ActionBody> {
  const read = actionBody.safeParse(body ?? {});
  if (!read.success) return { problem: problemOf(read.error) };
  const { actor, note, decision, version, minutes, until } = read.data;
  return {
    value: {
      actor,
      note: note ?? null,
      decision: decision ?? null,
      version: version ?? null,
      snoozedUntil: until ?? (minutes == null ? null : now + Math.round(minutes * MINUTE)),
    },
  };
}

const decisionBody = z.strictObject({ actor: text(LONGEST_ACTOR), note: text(LONGEST_NOTE).nullish() });

/** Who decides on an action, and what they say to it. */
export function readDecisionBody(body: unknown): Read<{ actor: string; note: string | null }> {
  const read = decisionBody.safeParse(body ?? {});
  if (!read.success) return { problem: problemOf(read.error) };
  return { value: { actor: read.data.actor, note: read.data.note ?? null } };
}

/** Of the path: a whole number that PostgreSQL's bigint and JavaScript both hold. */
export function readAlertId(value: unknown): number | null {
  return typeof value === 'string' && /^[1-9]\d{0,15}$/.test(value) && Number.isSafeInteger(Number(value))
    ? Number(value)
    : null;
}

const LIMIT = 50;
const MOST = 200;
const SEVERITIES = ['critical', 'warning', 'info'] as const;
const KINDS = ['EVENT', 'HOLD', 'ANOMALY', 'INVENTORY', 'DELIVERY', 'PIPELINE'] as const;

function listOf<const T extends string>(values: readonly T[]) {
  return z
    .string()
    .transform((given) => given.split(','))
    .pipe(z.array(z.enum(values, { error: `must be some of ${values.join(', ')}, with commas between` })))
    .optional();
}

const listQuery = z.strictObject({
  status: listOf(ALERT_STATUSES),
  kind: listOf(KINDS),
  severity: listOf(SEVERITIES),
  limit: z
    .string()
    .refine((value) => /^\d{1,6}$/.test(value) && Number(value) >= 1 && Number(value) <= MOST, {
      message: `must be a whole number from 1 to ${MOST}`,
    })
    .transform(Number)
    .optional(),
  after: z
    .string()
    .refine((value) => readAlertId(value) !== null, 'must be an alert_id')
    .transform(Number)
    .optional(),
});

/** The parameters of a list: `after` is the last alert_id of the page before. */
export function readListQuery(query: unknown): Read<AlertFilter> {
  const read = listQuery.safeParse(query);
  if (!read.success) return { problem: problemOf(read.error) };
  const { status, kind, severity, limit, after } = read.data;
  return {
    value: {
      statuses: status ?? null,
      kinds: kind ?? null,
      severities: severity ?? null,
      before: after ?? null,
      limit: limit ?? LIMIT,
    },
  };
}

function problemOf(error: z.ZodError): string {
  return error.issues
    .map((issue) => (issue.path.length === 0 ? issue.message : `${issue.path.join('.')} ${issue.message}`))
    .join('; ');
}
