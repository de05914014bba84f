import { z } from 'zod';
import { CAUSES } from '../../domain/causes/cause.ts';
import { ACTION_STATUSES, ACTIONS } from '../../domain/response/action.ts';
import { count, duration, iso, isoOrNull, time } from './answers.ts';
import type { ResponseRow } from './sql/actions.ts';

const effectAnswer = z.object({
  series_key: z.string().describe('The series that it was to bring back.'),
  ratio_before: z
    .number()
    .nullable()
    .describe('Observed over expected before it was done; null: nothing was expected.'),
  returned_at: time.nullable().describe('Event time from which the series was in its band for good.'),
  returned_after_seconds: duration.nullable(),
  untreated_seconds: duration
    .nullable()
    .describe('Median time to return of incidents of this cause in which nobody acted.'),
  steps: count.describe('Steps over which it was followed.'),
  observed: z
    .number()
    .describe('Over these steps: sum of a count, else mean; expected and without_action likewise.'),
  expected: z.number(),
  without_action: z.number().describe('Estimate of what would have come.'),
  difference: z.number().describe('observed less without_action.'),
  together: z.array(z.string()).describe('Other actions on the same series: the effect is of all of them.'),
  following: z.boolean(),
});

/** An automatic action, from its proposal to its effect. */
export const actionAnswer = z.object({
  action_id: z.string(),
  action: z.enum(ACTIONS),
  target: z.string().describe('region=..., restaurant=..., method=... or all.'),
  status: z.enum(ACTION_STATUSES),
  receiver: z.string().describe('Whom a webhook tells: platform or operations.'),
  incident_id: z.string().nullable(),
  cause: z.enum(CAUSES).nullable(),
  parameters: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .describe('As the policy has them.'),
  note: z.string().nullable(),
  decided_at: time.describe('Event time.'),
  expires_at: time.nullable().describe('PROPOSED: event time at which it is too late to approve it.'),
  sent_at: time.nullable().describe('Event time.'),
  over_at: time.nullable().describe('Event time from which it is to be taken back.'),
  decided_by: z.string().nullable().describe('Who approved or rejected it.'),
  undoes: z.string().nullable().describe('The action that it takes back.'),
  undone_by: z.string().nullable().describe('The action that takes it back.'),
  result: z
    .object({
      reason: z.string(),
      status: z.int().nullable().describe('HTTP status of the last answer.'),
      attempts: count,
      uncertain: z.boolean().describe('FAILED: it may have been done nevertheless.'),
    })
    .nullable(),
  effect: effectAnswer.nullable(),
});

export function actionJson(row: ResponseRow): z.input<typeof actionAnswer> {
  return {
    action_id: row.action_id,
    action: row.action,
    target: row.target,
    status: row.status,
    receiver: row.receiver,
    incident_id: row.incident_id,
    cause: row.cause,
    parameters: row.parameters ?? {},
    note: row.note,
    decided_at: iso(row.at),
    expires_at: isoOrNull(row.expires_at),
    sent_at: isoOrNull(row.sent_at),
    over_at: isoOrNull(row.over_at),
    decided_by: row.decided_by,
    undoes: row.undoes,
    undone_by: row.undone_by,
    result: row.result,
    effect: row.effect === null ? null : effectOf(row.effect),
  };
}

function effectOf(effect: NonNullable<ResponseRow['effect']>): z.input<typeof effectAnswer> {
  return {
    series_key: effect.series_key,
    ratio_before: effect.ratio_before,
    returned_at: effect.returned_at,
    returned_after_seconds: effect.returned_after_seconds,
    untreated_seconds: effect.untreated_seconds,
    steps: effect.steps,
    observed: effect.observed,
    expected: effect.expected,
    without_action: effect.without_action,
    difference: effect.difference,
    together: [...effect.together],
    following: effect.following,
  };
}
