import type { Cause } from '../../../domain/causes/cause.ts';
import type { Verdict } from '../../../domain/detection/verdict.ts';
import type { Incident } from '../../../domain/incidents/incident.ts';
import type { ActionPolicy, ActionRule } from '../../../domain/response/policy.ts';
import { DAY, HOUR, MINUTE, type Micros } from '../../../domain/time/micros.ts';

export const STEP: Micros = 5 * MINUTE;
/** A Monday. */
export const NOON: Micros = Date.UTC(2026, 2, 2, 12) * 1000;

export function incident(more: Partial<Incident> = {}): Incident {
  const cause: Cause = more.settledCause ?? 'RIDERS_SHORT';
  return {
    incidentId: 'incident-1',
    openedAt: NOON - 2 * STEP,
    closedAt: null,
    updatedAt: NOON,
    scope: { region: 'Gangnam-gu' },
    findings: ['orders|region=Gangnam-gu@1'],
    seriesKeys: ['orders|region=Gangnam-gu', 'riders_idle|region=Gangnam-gu'],
    causes: [
      { cause, probability: 0.82, evidence: [] },
      { cause: 'UNKNOWN', probability: 0.18, evidence: [] },
    ],
    settledCause: cause,
    severity: 'critical',
    ...more,
  };
}

/** A step of a series, with a band of a tenth to each side of what was expected. */
export function verdict(observed: number | null, expected = 100, at: Micros = NOON): Verdict {
  const [low, high] = [expected * 0.9, expected * 1.1];
  const anomalous = observed !== null && (observed < low || observed > high);
  return {
    at,
    observed,
    expected,
    low,
    high,
    score: anomalous ? 0.9 : 0.1,
    deviation: 0,
    steps: 1,
    anomalous,
    severity: anomalous ? 'warning' : null,
  };
}

export function rule(more: Partial<ActionRule> & Pick<ActionRule, 'action'>): ActionRule {
  return {
    to: 'region',
    shownBy: [],
    parameters: {},
    approval: { always: false, moreTargetsThan: null, probabilityBelow: null, within: 30 * MINUTE },
    limits: { perHour: null, perDay: null },
    perTargetPerDay: null,
    coolDown: HOUR,
    minimumProbability: 0.5,
    minimumSeverity: 'warning',
    validFor: HOUR,
    dryRun: false,
    undo: null,
    follows: null,
    ...more,
  };
}

export const ADJUST = rule({
  action: 'PROMISE_ADJUST',
  parameters: { minutes: 15 },
  undo: { whenSteady: ['delivery_seconds'], steadyFor: 3 * STEP, atLatest: DAY },
  follows: 'delivery_seconds',
});

export function policy(rules: ActionPolicy['causes'], more: Partial<ActionPolicy> = {}): ActionPolicy {
  return {
    dryRun: false,
    limits: { perHour: null, perDay: null },
    steadyFor: 3 * STEP,
    followFor: 2 * HOUR,
    halfLife: HOUR,
    causes: rules,
    ...more,
  };
}
