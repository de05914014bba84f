import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SourceReading } from '../causes/source-reading.ts';
import type { Finding } from '../detection/finding.ts';
import type { Verdict } from '../detection/verdict.ts';
import { MINUTE } from '../time/micros.ts';
import type { Incident, IncidentChange, IncidentStep } from './incident.ts';
import { IncidentDesk } from './incident-desk.ts';

const STEP = 5 * MINUTE;
const START = 1_772_000_100 * 1_000_000;
const RESTAURANTS = new Map([
  ['R-1', 'Mapo'],
  ['R-2', 'Mapo'],
  ['R-3', 'Mapo'],
  ['R-4', 'Jongno'],
]);

/** Of a rate a share, of everything else a number. */
function verdict(key: string, at: number, ratio: number): Verdict {
  const [expected, sigma] = key.includes('_rate|') ? [0.05, 0.04] : [40, 3];
  const observed = expected * ratio;
  const deviation = (observed - expected) / sigma;
  const band = { expected, low: expected - 3 * sigma, high: expected + 3 * sigma };
  return { at, observed, ...band, score: 0.9, deviation, steps: 1, anomalous: true, severity: 'warning' };
}

/** Steps in which some series are at a multiple of what is expected, each with its finding, and all others as ever. */
class Stage {
  readonly desk = new IncidentDesk();
  readonly told: IncidentChange[] = [];
  private readonly order: (findings: Finding[]) => readonly Finding[];
  private number = 0;
  private open = new Map<string, Finding>();

  constructor(order: (findings: Finding[]) => readonly Finding[] = (findings) => findings) {
    this.order = order;
  }

  step(moved: Readonly<Record<string, number>>, more: Partial<IncidentStep> = {}): IncidentChange[] {
    const from = START + this.number * STEP;
    this.number += 1;
    for (const key of this.open.keys()) if (!(key in moved)) this.open.delete(key);
    for (const [key, ratio] of Object.entries(moved))
      if (!this.open.has(key)) this.open.set(key, finding(key, from, ratio));
    const changes = this.desk.observe({
      from,
      now: from + STEP,
      open: this.order([...this.open.values()]),
      deviations: (key) => verdict(key, from, moved[key] ?? 1),
      restaurants: RESTAURANTS,
      methods: ['card'],
      refusals: [],
      readings: [],
      ...more,
    });
    this.told.push(...changes);
    return changes;
  }

  steps(
    count: number,
    moved: Readonly<Record<string, number>>,
    more: Partial<IncidentStep> = {},
  ): Incident[] {
    for (let i = 0; i < count; i++) this.step(moved, more);
    return this.desk.incidents();
  }
}

function finding(seriesKey: string, at: number, ratio: number): Finding {
  return {
    ...{ findingId: `${seriesKey}@${at}`, seriesKey, startedAt: at, noticedAt: at, endedAt: null },
    ...{ direction: ratio > 1 ? 'UP' : 'DOWN', severity: 'warning', peak: verdict(seriesKey, at, ratio) },
    ...{ observed: 40 * ratio, expected: 40, steps: 1 },
  };
}

const RIDERS = {
  'riders_online|region=Mapo': 0.4,
  'riders_idle|region=Mapo': 0.1,
  'orders|region=Mapo': 0.5,
};

describe('IncidentDesk', () => {
  it('makes one incident of what a region shows, and names what is behind it', () => {
    const stage = new Stage();
    const [incident, ...others] = stage.steps(3, RIDERS);
    expect(others).toEqual([]);
    expect(incident).toMatchObject({
      scope: { region: 'Mapo' },
      settledCause: 'RIDERS_SHORT',
      closedAt: null,
    });
    expect(incident?.findings).toHaveLength(3);
    expect(stage.told.map(({ kind }) => kind)[0]).toBe('OPENED');
  });

  it('makes one of a restaurant that is down and the orders its region lacks, and says which restaurant it is', () => {
    const [incident, ...others] = new Stage().steps(6, {
      'heartbeats|restaurant=R-2': 0,
      'orders|restaurant=R-2': 0,
      'orders|region=Mapo': 0.6,
    });
    expect(others).toEqual([]);
    expect(incident).toMatchObject({
      scope: { region: 'Mapo', restaurant: 'R-2' },
      settledCause: 'RESTAURANT_OUTAGE',
    });
    const texts = incident?.causes[0]?.evidence.map(({ text }) => text) ?? [];
    expect(texts.find((text) => text.includes('of the deviation of its region'))).toContain(
      'orders of R-2: 0',
    );
  });

  it('keeps regions, restaurants with different trouble, and payment methods apart', () => {
    const incidents = new Stage().steps(2, {
      'riders_online|region=Mapo': 0.4,
      'refusal_rate|restaurant=R-4': 6,
      'payment_failure_rate|method=card': 8,
    });
    expect(incidents.map(({ scope }) => scope)).toEqual(
      expect.arrayContaining([
        { region: 'Mapo' },
        { region: 'Jongno', restaurant: 'R-4' },
        { method: 'card' },
      ]),
    );
    expect(incidents).toHaveLength(3);
  });

  it('counts cancellations everywhere to the payment method that fails', () => {
    const stage = new Stage();
    stage.step({ 'payment_failure_rate|method=card': 8 });
    const incidents = stage.steps(4, {
      'payment_failure_rate|method=card': 8,
      'cancel_rate|region=Mapo': 3,
      'cancel_rate|region=Jongno': 3,
    });
    expect(incidents).toHaveLength(1);
    expect(incidents[0]).toMatchObject({ scope: { method: 'card' }, settledCause: 'PAYMENT_METHOD' });
  });

  it('opens none for a symptom alone, and counts it to what comes after it', () => {
    const stage = new Stage();
    expect(stage.steps(3, { 'riders_idle|region=Mapo': 0.1 })).toEqual([]);
    const [incident] = stage.steps(1, RIDERS);
    expect(incident?.seriesKeys).toContain('riders_idle|region=Mapo');
    expect(incident?.openedAt).toBe(START);
  });

  it('is over when all its findings are, for a while, and then something like it is another one', () => {
    const stage = new Stage();
    const [before] = stage.steps(3, RIDERS);
    stage.steps(2, {});
    expect(stage.desk.incidents()).toHaveLength(1);
    stage.steps(2, {});
    expect(stage.desk.incidents()).toEqual([]);
    expect(stage.told.at(-1)).toMatchObject({
      kind: 'CLOSED',
      incident: { incidentId: before?.incidentId, closedAt: START + 4 * STEP, settledCause: 'RIDERS_SHORT' },
    });
    const [after] = stage.steps(1, RIDERS);
    expect(after?.incidentId).not.toBe(before?.incidentId);
  });

  it('says that it does not know, where no signature fits', () => {
    const [incident] = new Stage().steps(7, { 'orders|region=Mapo': 0.4 });
    expect(incident?.settledCause).toBe('UNKNOWN');
  });

  it('hears of the weather in its region, and of no other', () => {
    const road = { 'transit_seconds|region=Mapo': 1.7, 'delivery_seconds|region=Mapo': 1.5 };
    const storm = (subject: string): Partial<IncidentStep> => {
      const reading: SourceReading = { source: 'WEATHER', subject, at: START, value: 0.9, text: 'storm' };
      const other = subject === 'Mapo' ? 'Jongno' : 'Mapo';
      return { readings: [reading, { ...reading, subject: other, value: 0, text: 'fair' }] };
    };
    expect(new Stage().steps(4, road, storm('Mapo'))[0]?.settledCause).toBe('WEATHER');
    expect(new Stage().steps(4, road, storm('Jongno'))[0]?.settledCause).not.toBe('WEATHER');
  });

  it('does not depend on the order in which findings are listed', () => {
    const keys = [
      ...Object.keys(RIDERS),
      'heartbeats|restaurant=R-2',
      'orders|restaurant=R-2',
      'refusal_rate|restaurant=R-4',
      'prep_seconds|restaurant=R-1',
      'cancel_rate|region=Jongno',
      'payment_failure_rate|method=card',
      'refunds|all=all',
    ];
    const steps = fc.array(fc.dictionary(fc.constantFrom(...keys), fc.constantFrom(0.1, 0.6, 2, 6)), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(steps, (script) => {
        const one = new Stage();
        const other = new Stage((findings) => findings.toReversed());
        for (const moved of script) expect(other.step(moved)).toEqual(one.step(moved));
        const held = one.desk.incidents().flatMap(({ findings }) => findings);
        expect(new Set(held).size).toBe(held.length);
      }),
      { numRuns: 60 },
    );
  });

  it('goes on after a restart as if there had been none', () => {
    const script = [
      RIDERS,
      RIDERS,
      { ...RIDERS, 'refusal_rate|restaurant=R-4': 6 },
      {},
      { 'orders|region=Mapo': 0.5 },
      {},
      {},
      {},
      {},
    ];
    const through = new Stage();
    const restarted = new Stage();
    for (const moved of script) {
      through.step(moved);
      restarted.step(moved);
      const stored = new Map(restarted.desk.takeTouched().map((one) => [one.incident.incidentId, one]));
      restarted.desk.restore(JSON.parse(JSON.stringify([...stored.values()])));
    }
    expect(restarted.told).toEqual(through.told);
    expect(restarted.desk.incidents()).toEqual(through.desk.incidents());
  });
});
