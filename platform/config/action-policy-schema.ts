import { z } from 'zod';
import { CAUSES, type Cause } from '../../domain/causes/cause.ts';
import { ACTIONS, undoneBy } from '../../domain/response/action.ts';
import { LONGEST_COOL_DOWN } from '../../domain/response/action-desk.ts';
import { type ActionPolicy, type ActionRule, SCOPES } from '../../domain/response/policy.ts';
import { SERIES } from '../../domain/series/catalogue.ts';
import { MINUTE, type Micros } from '../../domain/time/micros.ts';

/** Names in the file are in snake_case and times in minutes; unknown names are errors, for they are misspelt ones. */

const LONGEST_MINUTES = LONGEST_COOL_DOWN / MINUTE;
const METRICS: ReadonlySet<string> = new Set(SERIES.map(({ metric }) => metric));

const minutes = z
  .number({ error: 'must be a number of minutes' })
  .positive('must be more than 0 minutes')
  .max(LONGEST_MINUTES, `must be at most ${LONGEST_MINUTES} minutes`)
  .transform((value): Micros => Math.round(value * MINUTE));

const orNoMinutes = z
  .number({ error: 'must be a number of minutes' })
  .min(0, 'must not be below 0 minutes')
  .max(LONGEST_MINUTES, `must be at most ${LONGEST_MINUTES} minutes`)
  .transform((value): Micros => Math.round(value * MINUTE));

const count = z
  .number({ error: 'must be a whole number' })
  .int('must be a whole number')
  .min(0, 'must not be below 0');

const share = z
  .number({ error: 'must be a number from 0 to 1' })
  .min(0, 'must be a number from 0 to 1')
  .max(1, 'must be a number from 0 to 1');

const flag = z.boolean({ error: 'must be true or false' });

const metric = z
  .string({ error: 'must be the name of a metric' })
  .refine((name) => METRICS.has(name), `must be one of ${[...METRICS].join(', ')}`);

const limits = strict({ per_hour: count.optional(), per_day: count.optional() }).transform((given) => ({
  perHour: given.per_hour ?? null,
  perDay: given.per_day ?? null,
}));

const NO_LIMITS = { perHour: null, perDay: null };

const approval = z.union(
  [
    z.enum(['never', 'always']),
    strict({ more_targets_than: count.optional(), probability_below: share.optional() }),
  ],
  {
    error:
      'must be never, always, or { more_targets_than: 3, probability_below: 0.8 } with one of them or both',
  },
);

const undo = strict({
  when_steady: z.array(metric).default([]),
  steady_minutes: minutes.default(15 * MINUTE),
  at_latest_minutes: minutes,
}).transform((given) => ({
  whenSteady: given.when_steady,
  steadyFor: given.steady_minutes,
  atLatest: given.at_latest_minutes,
}));

const rule = strict({
  action: z.enum(ACTIONS, { error: `must be one of ${ACTIONS.join(', ')}` }),
  to: z.enum(SCOPES, { error: `must be one of ${SCOPES.join(', ')}` }),
  shown_by: z.array(metric).default([]),
  parameters: z
    .record(
      z.string(),
      z.union([z.string(), z.number(), z.boolean()], { error: 'must be a text, a number, true or false' }),
    )
    .default({}),
  approval: approval.default('never'),
  approval_minutes: minutes.default(30 * MINUTE),
  limits: limits.default(NO_LIMITS),
  per_target_per_day: count.nullable().default(null),
  cool_down_minutes: orNoMinutes.default(60 * MINUTE),
  minimum_probability: share.optional(),
  minimum_severity: z
    .enum(['warning', 'critical'], { error: 'must be warning or critical' })
    .default('warning'),
  valid_minutes: minutes.default(60 * MINUTE),
  dry_run: flag.default(false),
  undo: undo.nullable().default(null),
  follows: metric.nullable().default(null),
}).check((context) => {
  const { action, undo: given } = context.value;
  const isUndoable = undoneBy(action) !== null;
  if (isUndoable === (given !== null)) return;
  const message = isUndoable
    ? `is missing: ${action} lasts until it is taken back`
    : `must be left out: ${action} cannot be taken back`;
  context.issues.push({ code: 'custom', path: ['undo'], message, input: given });
});

type GivenRule = z.output<typeof rule>;

/** The file, as {@link ActionPolicy}. */
export const actionPolicySchema = strict({
  dry_run: flag.default(false),
  limits: limits.default(NO_LIMITS),
  steady_minutes: minutes.default(15 * MINUTE),
  follow_minutes: minutes.default(180 * MINUTE),
  half_life_minutes: minutes.default(60 * MINUTE),
  causes: z.partialRecord(z.enum(CAUSES), z.array(rule, { error: 'must be a list of actions' }), {
    error: (issue) => unknownNames(issue, `they are ${CAUSES.join(', ')}`),
  }),
}).transform(
  (given): ActionPolicy => ({
    dryRun: given.dry_run,
    limits: given.limits,
    steadyFor: given.steady_minutes,
    followFor: given.follow_minutes,
    halfLife: given.half_life_minutes,
    causes: Object.fromEntries(
      Object.entries(given.causes).map(([cause, rules]) => [
        cause,
        (rules ?? []).map((one) => ruleOf(cause as Cause, one)),
      ]),
    ),
  }),
);

function ruleOf(cause: Cause, given: GivenRule): ActionRule {
  const conditions = typeof given.approval === 'string' ? {} : given.approval;
  return {
    action: given.action,
    to: given.to,
    shownBy: given.shown_by,
    parameters: given.parameters,
    approval: {
      always: given.approval === 'always',
      moreTargetsThan: conditions.more_targets_than ?? null,
      probabilityBelow: conditions.probability_below ?? null,
      within: given.approval_minutes,
    },
    limits: given.limits,
    perTargetPerDay: given.per_target_per_day,
    coolDown: given.cool_down_minutes,
    minimumProbability: given.minimum_probability ?? (cause === 'UNKNOWN' ? 0 : 0.5),
    minimumSeverity: given.minimum_severity,
    validFor: given.valid_minutes,
    dryRun: given.dry_run,
    undo: given.undo,
    follows: given.follows,
  };
}

function strict<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  const known = `it has ${Object.keys(shape).join(', ')}`;
  return z.strictObject(shape, { error: (issue) => unknownNames(issue, known) });
}

function unknownNames(issue: z.core.$ZodRawIssue, known: string): string | undefined {
  if (issue.code === 'unrecognized_keys') return `must not have ${issue.keys.join(', ')}: ${known}`;
  return issue.code === 'invalid_type' ? 'must be a mapping of names to values' : undefined;
}
