import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CAUSES } from '../../domain/causes/cause.ts';
import { HOUR, MINUTE } from '../../domain/time/micros.ts';
import { loadActionPolicy, readActionPolicy } from './action-policy.ts';

const problemsOf = (text: string): string[] => {
  const read = readActionPolicy(text);
  return 'problems' in read ? read.problems : [];
};

describe('the policy of the package', () => {
  const read = loadActionPolicy(undefined);

  it('is valid, and has something to do about every cause', () => {
    expect(
      'policy' in read && CAUSES.filter((cause) => (read.policy.causes[cause] ?? []).length === 0),
    ).toEqual([]);
  });

  it('answers the four scenarios', () => {
    if (!('policy' in read)) throw new Error(read.problems.join());
    const { causes } = read.policy;
    const actions = (cause: keyof typeof causes) => causes[cause]?.map(({ action }) => action) ?? [];
    expect(actions('RIDERS_SHORT')).toContain('RIDER_INCENTIVE');
    expect(actions('RESTAURANT_OUTAGE')).toEqual(['RESTAURANT_DEACTIVATE', 'TELL_OPERATIONS']);
    for (const cause of ['PREPARATION', 'TRAFFIC', 'ROUTING'] as const)
      expect(actions(cause)).toEqual(expect.arrayContaining(['CUSTOMER_NOTIFY', 'CUSTOMER_COUPON']));
    expect(actions('REFUSALS_STAFF')).toEqual(['EXPOSURE_LOWER', 'TELL_OPERATIONS']);
  });
});

describe('readActionPolicy', () => {
  it('fills in what is not said', () => {
    const read = readActionPolicy('causes:\n  UNKNOWN:\n    - { action: TELL_OPERATIONS, to: incident }');
    expect(read).toEqual({
      policy: {
        dryRun: false,
        limits: { perHour: null, perDay: null },
        steadyFor: 15 * MINUTE,
        followFor: 3 * HOUR,
        halfLife: HOUR,
        causes: {
          UNKNOWN: [
            {
              action: 'TELL_OPERATIONS',
              to: 'incident',
              shownBy: [],
              parameters: {},
              approval: { always: false, moreTargetsThan: null, probabilityBelow: null, within: 30 * MINUTE },
              limits: { perHour: null, perDay: null },
              perTargetPerDay: null,
              coolDown: HOUR,
              minimumProbability: 0,
              minimumSeverity: 'warning',
              validFor: HOUR,
              dryRun: false,
              undo: null,
              follows: null,
            },
          ],
        },
      },
    });
  });

  it('reads approvals with conditions, limits, and what takes an action back', () => {
    const read = readActionPolicy(`
causes:
  RESTAURANT_OUTAGE:
    - action: RESTAURANT_DEACTIVATE
      to: restaurant
      approval: { more_targets_than: 3, probability_below: 0.8 }
      limits: { per_hour: 5 }
      undo: { when_steady: [heartbeats], steady_minutes: 10, at_latest_minutes: 240 }`);
    expect('policy' in read && read.policy.causes.RESTAURANT_OUTAGE?.[0]).toMatchObject({
      approval: { always: false, moreTargetsThan: 3, probabilityBelow: 0.8 },
      limits: { perHour: 5, perDay: null },
      minimumProbability: 0.5,
      undo: { whenSteady: ['heartbeats'], steadyFor: 10 * MINUTE, atLatest: 4 * HOUR },
    });
  });

  it.each([
    ['', 'the file must be a mapping'],
    ['causes: []', 'causes must be a mapping'],
    ['causes: { a: 1', 'Flow map'],
    ['causes: {}\ncauses: {}', 'Map keys must be unique at line 2'],
    ['causes: {}\nlimit: 3', 'the file must not have limit: it has dry_run, limits'],
    ['causes: {}\nsteady_minutes: soon', 'steady_minutes must be a number of minutes'],
    ['causes: { TRAFIC: [] }', 'causes must not have TRAFIC: they are RIDERS_SHORT'],
    ['causes: { TRAFFIC: [{ action: REROTE, to: region }] }', 'causes.TRAFFIC[0].action must be one of'],
    [
      'causes: { TRAFFIC: [{ action: REROUTE, to: here }] }',
      'causes.TRAFFIC[0].to must be one of incident, region',
    ],
    [
      'causes: { TRAFFIC: [{ action: REROUTE, to: region, limits: { per_hour: -1 } }] }',
      '[0].limits.per_hour must not',
    ],
    [
      'causes: { TRAFFIC: [{ action: REROUTE, to: region, approval: no }] }',
      '[0].approval must be never, always, or',
    ],
    [
      'causes: { TRAFFIC: [{ action: REROUTE, to: region, follows: speed }] }',
      '[0].follows must be one of orders',
    ],
    [
      'causes: { TRAFFIC: [{ action: PROMISE_ADJUST, to: region }] }',
      '[0].undo is missing: PROMISE_ADJUST lasts',
    ],
    [
      'causes: { TRAFFIC: [{ action: REROUTE, to: region, undo: { at_latest_minutes: 9 } }] }',
      '[0].undo must be left out',
    ],
    [
      'causes: { TRAFFIC: [{ action: REROUTE, to: region, cool_down_minutes: 20000 }] }',
      '[0].cool_down_minutes must be at most 10080 minutes',
    ],
  ])('refuses %j, saying where and what', (text, problem) => {
    expect(problemsOf(text)).toEqual([expect.stringContaining(problem)]);
  });

  it('names every problem at once', () => {
    expect(problemsOf('causes: { TRAFFIC: [{ action: A, to: b }] }\nfollow_minutes: 0')).toHaveLength(3);
  });
});

it('a file that is not there, or wrong, is named', () => {
  const folder = mkdtempSync(join(tmpdir(), 'policy-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'actions.yaml');
  expect(loadActionPolicy(file)).toEqual({
    problems: [
      expect.stringMatching(/^HOLDFAST_ACTION_POLICY names .*actions\.yaml, which cannot be read: ENOENT/),
    ],
  });
  writeFileSync(file, 'causes: 1');
  expect(loadActionPolicy(file)).toEqual({
    problems: [`${file}: causes must be a mapping of names to values`],
  });
});
