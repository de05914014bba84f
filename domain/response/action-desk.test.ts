import { describe, expect, it } from 'vitest';
import { DeskRun } from '../../test/support/response/desk-run.ts';
import {
  ADJUST,
  incident,
  NOON,
  policy,
  rule,
  STEP,
  verdict,
} from '../../test/support/response/made-up-incidents.ts';
import { HOUR } from '../time/micros.ts';

const ORDERS = 'orders|region=Gangnam-gu';
const DELIVERY = 'delivery_seconds|region=Gangnam-gu';
const INCENTIVE = rule({ action: 'RIDER_INCENTIVE', parameters: { amount: 3000 }, follows: 'orders' });

const shortOfRiders = policy({ RIDERS_SHORT: [INCENTIVE] });

describe('deciding', () => {
  it('waits for the cause, and then acts once, however long the incident lasts', () => {
    const run = new DeskRun(shortOfRiders);
    run.step([incident({ settledCause: null })]);
    expect(run.rows()).toEqual([]);
    for (let step = 0; step < 40; step += 1) {
      run.step([incident()], { [ORDERS]: verdict(40) });
      run.deliver();
    }
    expect(run.sent).toHaveLength(1);
    expect(run.the('RIDER_INCENTIVE').request).toMatchObject({
      action: 'RIDER_INCENTIVE',
      target: { region: 'Gangnam-gu' },
      parameters: { amount: 3000 },
      incident_id: 'incident-1',
      cause: 'RIDERS_SHORT',
      probability: 0.82,
      decided_at: '2026-03-02T12:10:00.000000Z',
      valid_until: '2026-03-02T13:10:00.000000Z',
    });
  });

  it('is the same action when the same is found again, also by another desk', () => {
    const first = new DeskRun(shortOfRiders);
    const second = new DeskRun(shortOfRiders);
    first.step([incident(), incident()]);
    second.step([]);
    second.step([incident()]);
    expect(second.sent).toEqual(first.sent);
    expect(first.sent).toHaveLength(1);
  });

  it('needs the probability and the severity that the rule asks for', () => {
    const strict = policy({
      RIDERS_SHORT: [
        { ...INCENTIVE, minimumProbability: 0.9 },
        rule({ action: 'TELL_OPERATIONS', to: 'incident', minimumSeverity: 'critical' }),
      ],
    });
    const run = new DeskRun(strict);
    run.step([incident({ severity: 'warning' })]);
    expect(run.rows()).toEqual([]);
    run.step([incident()]);
    expect(run.rows().map(({ action }) => action)).toEqual(['TELL_OPERATIONS']);
  });

  it('asks a person where the policy says so, where there are many targets, and beyond limits', () => {
    const many = incident({
      scope: { region: 'Mapo-gu' },
      settledCause: 'RESTAURANT_OUTAGE',
      seriesKeys: ['R-1', 'R-2', 'R-3'].map((one) => `heartbeats|restaurant=${one}`),
    });
    const deactivate = rule({
      action: 'RESTAURANT_DEACTIVATE',
      to: 'restaurant',
      undo: { whenSteady: ['heartbeats'], steadyFor: STEP, atLatest: HOUR },
    });
    const asks = (more: object, limits = {}) => {
      const run = new DeskRun(policy({ RESTAURANT_OUTAGE: [{ ...deactivate, ...more }] }, limits));
      run.step([many]);
      return run.rows().map(({ status }) => status);
    };
    const approval = deactivate.approval;
    expect(asks({})).toEqual(['SENT', 'SENT', 'SENT']);
    expect(asks({ approval: { ...approval, always: true } })).toEqual(['PROPOSED', 'PROPOSED', 'PROPOSED']);
    expect(asks({ approval: { ...approval, moreTargetsThan: 3 } })).toEqual(['SENT', 'SENT', 'SENT']);
    expect(asks({ approval: { ...approval, moreTargetsThan: 2 } })).not.toContain('SENT');
    expect(asks({ approval: { ...approval, probabilityBelow: 0.9 } })).not.toContain('SENT');
    expect(asks({ limits: { perHour: 2, perDay: null } })).toEqual(['SENT', 'SENT', 'PROPOSED']);
    expect(asks({}, { limits: { perHour: null, perDay: 1 } })).toEqual(['SENT', 'PROPOSED', 'PROPOSED']);
  });

  it('leaves alone what has come back by itself, and what the named metrics do not show', () => {
    const outage = incident({
      settledCause: 'RESTAURANT_OUTAGE',
      seriesKeys: ['heartbeats|restaurant=R-1', 'heartbeats|restaurant=R-2', 'orders|restaurant=R-3'],
    });
    const warn = rule({ action: 'RESTAURANT_WARN', to: 'restaurant', shownBy: ['heartbeats'] });
    const run = new DeskRun(policy({ RESTAURANT_OUTAGE: [warn] }));
    run.step([outage], {
      'heartbeats|restaurant=R-1': verdict(1, 1),
      'heartbeats|restaurant=R-2': verdict(0, 1),
    });
    expect(run.rows().map(({ target }) => target)).toEqual([{ region: 'Gangnam-gu', restaurant: 'R-2' }]);
  });

  it('does the same to the same target again only after the cool-down, and so many times a day', () => {
    const run = new DeskRun(policy({ RIDERS_SHORT: [{ ...INCENTIVE, perTargetPerDay: 2 }] }));
    const at: number[] = [];
    for (let count = 0; count < 60; count += 1) {
      const changes = run.step([incident({ incidentId: `incident-${Math.floor(count / 5)}` })]);
      if (changes.some(({ isNew }) => isNew)) at.push((run.now - NOON) / STEP);
      run.deliver();
    }
    expect(at).toEqual([1, 13]);
  });

  it('sends nothing in a dry run, or to whom there is no address', () => {
    const dry = new DeskRun(policy({ RIDERS_SHORT: [INCENTIVE] }, { dryRun: true }));
    dry.step([incident()]);
    expect(dry.the('RIDER_INCENTIVE')).toMatchObject({ status: 'DRY_RUN', sentAt: null });
    const tell = rule({ action: 'TELL_OPERATIONS', to: 'incident' });
    const alone = new DeskRun(policy({ RIDERS_SHORT: [INCENTIVE, tell] }), []);
    alone.step([incident()]);
    expect(alone.the('RIDER_INCENTIVE')).toMatchObject({
      status: 'DRY_RUN',
      note: 'HOLDFAST_WEBHOOK_PLATFORM_URL is not set',
    });
    expect(alone.the('TELL_OPERATIONS').status).toBe('DONE');
    expect([dry.sent, alone.sent]).toEqual([[], []]);
  });
});

describe('asking', () => {
  const asking = policy({
    RIDERS_SHORT: [{ ...INCENTIVE, approval: { ...INCENTIVE.approval, always: true } }],
  });

  it('ends when nobody answers in time', () => {
    const run = new DeskRun(asking);
    run.step([incident()]);
    expect(run.the('RIDER_INCENTIVE')).toMatchObject({ status: 'PROPOSED', expiresAt: run.now + 6 * STEP });
    for (let step = 0; step < 5; step += 1) run.step([incident()]);
    expect(run.the('RIDER_INCENTIVE').status).toBe('PROPOSED');
    run.step([incident()]);
    expect(run.the('RIDER_INCENTIVE')).toMatchObject({
      status: 'EXPIRED',
      result: { reason: 'nobody approved it in time' },
    });
  });

  it('ends when the incident does, or has another cause', () => {
    const over = new DeskRun(asking);
    over.step([incident()]);
    over.step([incident({ closedAt: over.now })]);
    expect(over.the('RIDER_INCENTIVE')).toMatchObject({
      status: 'EXPIRED',
      result: { reason: 'its incident is over' },
    });
    const other = new DeskRun(asking);
    other.step([incident()]);
    other.step([incident({ settledCause: 'WEATHER' })]);
    expect(other.the('RIDER_INCENTIVE')).toMatchObject({
      status: 'EXPIRED',
      result: { reason: 'another cause was found' },
    });
  });

  it('counts for limits what was approved, and not what was rejected', () => {
    const both = policy({
      RIDERS_SHORT: [{ ...INCENTIVE, approval: { ...INCENTIVE.approval, always: true } }],
      WEATHER: [{ ...INCENTIVE, coolDown: 0, limits: { perHour: 1, perDay: null } }],
    });
    const next = (status: 'APPROVED' | 'REJECTED') => {
      const run = new DeskRun(both);
      run.step([incident()]);
      run.becomes(run.the('RIDER_INCENTIVE').actionId, status);
      if (status === 'APPROVED') run.becomes(run.the('RIDER_INCENTIVE').actionId, 'DONE');
      run.step([incident()]);
      run.step([incident(), incident({ incidentId: 'other', settledCause: 'WEATHER' })]);
      return run.rows().find((row) => row.incidentId === 'other')?.status;
    };
    expect([next('APPROVED'), next('REJECTED')]).toEqual(['PROPOSED', 'SENT']);
  });
});

describe('following', () => {
  it('says when the series returned, and what it came to against the estimate without action', () => {
    const run = new DeskRun(shortOfRiders);
    for (let step = 0; step < 3; step += 1)
      run.step([incident({ settledCause: null })], { [ORDERS]: verdict(40) });
    run.step([incident()], { [ORDERS]: verdict(40) });
    run.deliver();
    const observed = [50, 60, 80, 100, 100, 100];
    for (const one of observed) run.step([incident()], { [ORDERS]: verdict(one) });
    const { effect, sentAt } = run.the('RIDER_INCENTIVE');
    const halves = observed.map((_, step) => 2 ** (-step / 12));
    expect(effect).toMatchObject({
      seriesKey: ORDERS,
      ratioBefore: 0.4,
      returnedAt: (sentAt ?? 0) + 3 * STEP,
      returnedAfter: 3 * STEP,
      steps: 6,
      observed: 490,
      expected: 600,
      following: false,
    });
    const estimate = halves.reduce((sum, half) => sum + 100 * (1 - 0.6 * half), 0);
    expect(effect?.withoutAction).toBeCloseTo(estimate, 9);
    expect(effect?.difference).toBeCloseTo(490 - estimate, 9);
  });

  it('is over after the longest time, and then the series has not returned', () => {
    const run = new DeskRun(shortOfRiders);
    run.step([incident()], { [ORDERS]: verdict(40) });
    run.deliver();
    for (let step = 0; step < 30; step += 1) run.step([incident()], { [ORDERS]: verdict(40) });
    expect(run.the('RIDER_INCENTIVE').effect).toMatchObject({
      following: false,
      returnedAt: null,
      steps: 24,
    });
  });

  it('begins when the receiver has taken it, not before', () => {
    const run = new DeskRun(shortOfRiders);
    for (let step = 0; step < 4; step += 1) run.step([incident()], { [ORDERS]: verdict(40) });
    expect(run.the('RIDER_INCENTIVE').effect).toBeNull();
    run.deliver();
    run.step([incident()], { [ORDERS]: verdict(70) });
    expect(run.the('RIDER_INCENTIVE').effect).toMatchObject({ steps: 1, observed: 70, ratioBefore: 0.4 });
  });

  it('learns how long incidents take by themselves from those about which nothing was done', () => {
    const asking = { ...INCENTIVE, coolDown: 0, approval: { ...INCENTIVE.approval, always: true } };
    const run = new DeskRun(policy({ RIDERS_SHORT: [asking] }));
    for (const [index, steps] of [4, 40, 10].entries()) {
      const incidentId = `incident-${index}`;
      for (let step = 0; step < steps; step += 1) run.step([incident({ incidentId })]);
      run.step([incident({ incidentId, closedAt: run.now })]);
    }
    run.restart();
    run.step([incident({ incidentId: 'fourth' })], { [ORDERS]: verdict(40) });
    const { actionId } = run.rows().at(-1) ?? { actionId: '' };
    run.becomes(actionId, 'DONE');
    run.step([incident({ incidentId: 'fourth' })], { [ORDERS]: verdict(40) });
    // From the end of the first step of an incident to its end.
    expect(run.table.get(actionId)?.row.effect).toMatchObject({
      learntFrom: 3,
      untreated: 9 * STEP,
      halfLife: 4.5 * STEP,
    });
  });
});

describe('taking back', () => {
  const lasting = policy({ RIDERS_SHORT: [{ ...ADJUST, follows: 'transit_seconds' }] });

  it('happens when the incident is over, once', () => {
    const run = new DeskRun(lasting);
    run.step([incident()]);
    run.deliver();
    run.step([incident()]);
    run.step([incident({ closedAt: run.now })]);
    for (let step = 0; step < 5; step += 1) {
      run.deliver();
      run.step([]);
    }
    expect(run.sent).toHaveLength(2);
    expect(run.the('PROMISE_RESTORE')).toMatchObject({
      status: 'DONE',
      undoes: run.the('PROMISE_ADJUST').actionId,
      target: { region: 'Gangnam-gu' },
      request: { valid_until: null },
    });
    expect(run.the('PROMISE_ADJUST').status).toBe('UNDONE');
    for (let step = 0; step < 24; step += 1) run.step([]);
    expect([...run.table.values()].map(({ isOpen }) => isOpen)).toEqual([false, false]);
  });

  it('happens before, when its target was as expected for long enough; not when nothing is known', () => {
    const run = new DeskRun(lasting);
    run.step([incident()]);
    run.deliver();
    for (const observed of [100, 100, null, 100, 100])
      run.step([incident()], { [DELIVERY]: verdict(observed) });
    expect(run.sent).toHaveLength(1);
    run.step([incident()], { [DELIVERY]: verdict(100) });
    expect(run.the('PROMISE_RESTORE').status).toBe('SENT');
  });

  it('waits for what is still on its way, which would come after it otherwise', () => {
    const run = new DeskRun(lasting);
    run.step([incident()]);
    run.step([incident({ closedAt: run.now })]);
    run.step([]);
    expect(run.sent).toHaveLength(1);
    expect(run.the('PROMISE_ADJUST')).toMatchObject({ status: 'SENT', overAt: expect.any(Number) });
    run.deliver();
    run.step([]);
    expect(run.the('PROMISE_RESTORE').status).toBe('SENT');
  });

  it('is needed where it may have been done though it failed, and not where it was refused or withdrawn', () => {
    const afterwards = (status: 'FAILED' | 'EXPIRED', uncertain: boolean) => {
      const run = new DeskRun(lasting);
      run.step([incident()]);
      const result = { reason: 'x', status: null, attempts: 3, uncertain };
      run.becomes(run.the('PROMISE_ADJUST').actionId, status, { result });
      run.step([incident({ closedAt: run.now })]);
      run.step([]);
      return run.rows().map(({ action }) => action);
    };
    expect(afterwards('FAILED', true)).toEqual(['PROMISE_ADJUST', 'PROMISE_RESTORE']);
    expect(afterwards('FAILED', false)).toEqual(['PROMISE_ADJUST']);
    expect(afterwards('EXPIRED', false)).toEqual(['PROMISE_ADJUST']);
  });

  it('happens when another cause is found, unless the action is right for that one, too', () => {
    const run = new DeskRun(policy({ RIDERS_SHORT: [ADJUST], WEATHER: [ADJUST], TRAFFIC: [] }));
    run.step([incident()]);
    run.deliver();
    run.step([incident({ settledCause: 'WEATHER' })]);
    expect(run.sent).toHaveLength(1);
    run.step([incident({ settledCause: 'TRAFFIC' })]);
    expect(run.the('PROMISE_RESTORE').status).toBe('SENT');
  });

  it('happens at the latest when the action has lasted as long as it may', () => {
    const short = { ...ADJUST, undo: { whenSteady: [], steadyFor: STEP, atLatest: 4 * STEP } };
    const run = new DeskRun(policy({ RIDERS_SHORT: [short] }));
    run.step([incident()]);
    run.deliver();
    for (let step = 0; step < 3; step += 1) run.step([incident()]);
    expect(run.sent).toHaveLength(1);
    run.step([incident()]);
    expect(run.the('PROMISE_RESTORE').status).toBe('SENT');
  });
});
