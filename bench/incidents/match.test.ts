import { describe, expect, it } from 'vitest';
import type { Finding } from '../../domain/detection/finding.ts';
import type { Incident } from '../../domain/incidents/incident.ts';
import { DAY, HOUR, MINUTE, type Micros } from '../../domain/time/micros.ts';
import type { InjectedIncident } from '../../simulator/platform/incidents/incident.ts';
import { match } from './match.ts';
import { STEP } from './offline-run.ts';
import { detailsText, reportText } from './report.ts';
import { score } from './score.ts';

const T: Micros = Date.UTC(2026, 2, 1) * 1_000;

function truth(more: Partial<InjectedIncident>): InjectedIncident {
  return {
    ...{ incidentId: 'I-1', kind: 'TRAFFIC', region: 'A', restaurant: null, method: null, reason: null },
    ...{ from: T, to: T + HOUR, strength: 2, ...more },
  };
}

function finding(seriesKey: string, noticedAt: Micros): Finding {
  const verdict = {
    ...{ at: noticedAt, observed: 2, expected: 1, low: 0, high: 1.5, score: 0.9, deviation: 9, steps: 1 },
    ...{ anomalous: true, severity: 'warning' as const },
  };
  return {
    ...{ findingId: `${seriesKey}@${noticedAt}`, seriesKey, startedAt: noticedAt, noticedAt, endedAt: null },
    ...{ direction: 'UP', severity: 'warning', peak: verdict, observed: 2, expected: 1, steps: 1 },
  };
}

function incident(
  incidentId: string,
  findings: readonly Finding[],
  cause: Incident['settledCause'],
): Incident {
  return {
    ...{ incidentId, openedAt: findings[0]!.startedAt, closedAt: null, updatedAt: T, scope: {} },
    findings: findings.map((one) => one.findingId),
    seriesKeys: findings.map(({ seriesKey }) => seriesKey),
    ...{ causes: [], settledCause: cause, severity: 'warning' },
  };
}

function matched(
  truths: readonly InjectedIncident[],
  found: readonly [Finding[], Incident['settledCause']][],
) {
  const findings = found.flatMap(([some]) => some);
  return match(
    {
      findings: new Map(findings.map((one) => [one.findingId, one])),
      incidents: new Map(found.map(([some, cause], i) => [`${i}`, incident(`${i}`, some, cause)])),
      series: 10,
    },
    truths,
    {
      regionOf: new Map([
        ['R-1', 'A'],
        ['R-2', 'B'],
      ]),
      from: T - DAY,
    },
  );
}

describe('what was found against what was injected', () => {
  it('counts a finding there and then, up to an hour afterwards, and no other', () => {
    const ofTruth = (key: string, at: Micros, more: Partial<InjectedIncident> = {}) =>
      matched([truth(more)], [[[finding(key, at)], 'TRAFFIC']]).falseFindings.length === 0;
    expect(ofTruth('transit_seconds|region=A', T)).toBe(true);
    expect(ofTruth('delivery_seconds|restaurant=R-1', T + 2 * HOUR - STEP)).toBe(true);
    expect(ofTruth('transit_seconds|region=A', T + 2 * HOUR)).toBe(false);
    expect(ofTruth('transit_seconds|region=A', T - STEP)).toBe(false);
    expect(ofTruth('transit_seconds|region=B', T)).toBe(false);
    expect(ofTruth('delivery_seconds|restaurant=R-2', T)).toBe(false);
    expect(ofTruth('payment_failure_rate|method=card', T)).toBe(false);
    const payment = { kind: 'PAYMENT_ERROR', region: null, method: 'card' } as const;
    expect(ofTruth('payment_failure_rate|method=card', T, payment)).toBe(true);
    expect(ofTruth('payment_failure_rate|method=transfer', T, payment)).toBe(false);
    expect(ofTruth('cancel_rate|region=B', T, payment)).toBe(true);
    expect(ofTruth('riders_idle|region=B', T, payment)).toBe(false);
  });

  it('does not count what was found before it counts', () => {
    const { falseFindings, falseIncidents } = matched(
      [],
      [[[finding('orders|region=A', T - 2 * DAY)], 'UNKNOWN']],
    );
    expect([falseFindings, falseIncidents]).toEqual([[], []]);
  });

  it('takes delay from the first finding, and the cause from the incident that has most of them', () => {
    const here = (at: Micros) => finding('transit_seconds|region=A', at);
    const {
      judged: [one],
    } = matched(
      [truth({})],
      [
        [[finding('orders|region=A', T + 10 * MINUTE)], 'DEMAND_SURGE'],
        [[here(T + 20 * MINUTE), finding('delivery_seconds|region=A', T + 25 * MINUTE)], 'TRAFFIC'],
      ],
    );
    expect(one).toMatchObject({ delay: 15 * MINUTE, incident: { settledCause: 'TRAFFIC' } });
  });
});

it('sums up recall, precision, delay, causes and false alarms', () => {
  const other = truth({ incidentId: 'I-2', kind: 'ROUTING', region: 'B' });
  const third = truth({ incidentId: 'I-3', kind: 'DEMAND_DROP', region: 'C' });
  const result = matched(
    [truth({}), other, third],
    [
      [[finding('transit_seconds|region=A', T + 5 * MINUTE)], 'TRAFFIC'],
      [[finding('transit_seconds|region=B', T + 15 * MINUTE)], 'TRAFFIC'],
      [[finding('orders|region=D', T)], 'UNKNOWN'],
      [[finding('orders|region=E', T), finding('cancel_rate|region=E', T)], 'UNKNOWN'],
    ],
  );
  const scores = score(result, { series: 10, duration: 7 * DAY });
  expect(scores).toMatchObject({
    ...{
      injected: 3,
      detected: 2,
      recall: 2 / 3,
      precision: 0.5,
      medianDelayMinutes: 15,
      causeAccuracy: 0.5,
    },
    ...{ falseFindings: 3, seriesWeeks: 10, falsePerSeriesWeek: 0.3 },
    falseBySeries: { 'orders by region': 2, 'cancel_rate by region': 1 },
  });
  // TRAFFIC: 1 right, 1 too many; ROUTING and UNKNOWN: none.
  expect(scores.macroF1).toBeCloseTo((2 / 3 + 0 + 0) / 3);
  expect(scores.confusion).toEqual({ TRAFFIC: { TRAFFIC: 1 }, ROUTING: { TRAFFIC: 1 }, UNKNOWN: { '-': 1 } });
  const text = reportText(scores);
  expect(text).toMatch(/recall +66.7 % +2 of 3/);
  expect(text).toMatch(/false alarms a series-week +0.3000/);
  const details = detailsText(result);
  expect(details).toMatch(/^missed {2}I-3 DEMAND_DROP C/m);
  expect(details).toMatch(/^wrong {3}I-2 ROUTING B .*: TRAFFIC after 20 min/m);
  expect(details.match(/^false/gm)).toHaveLength(2);
});

it('has no recall where nothing was injected', () => {
  const scores = score(matched([], []), { series: 3, duration: 7 * DAY });
  expect(scores).toMatchObject({
    recall: null,
    precision: null,
    causeAccuracy: null,
    macroF1: null,
    falsePerSeriesWeek: 0,
  });
  expect(reportText(scores)).not.toMatch(/recall/);
});
