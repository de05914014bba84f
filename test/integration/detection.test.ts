import { beforeAll, describe, expect, test } from 'vitest';
import type { NamedPoint } from '../../domain/series/points-of-step.ts';
import { SeriesCollector } from '../../domain/series/series-collector.ts';
import { parseSeriesKey } from '../../domain/series/series-key.ts';
import { SeriesMonitor } from '../../domain/series/series-monitor.ts';
import { loadConfig } from '../../platform/config/load.ts';
import type { Database } from '../../platform/database/database.ts';
import { createFollowers } from '../../processor/sequence/followers.ts';
import { PlatformFacts } from '../../simulator/platform/render/platform-facts.ts';
import { PlatformWorld } from '../../simulator/platform/world/platform-world.ts';
import type { WorldEvent } from '../../simulator/platform/world/world-event.ts';
import { freshDatabase } from '../support/database.ts';
import type { Micros } from '../support/oracle/types.ts';
import { processorDatabase } from '../support/orders-processor.ts';
import { PLATFORM_PARTITIONS, PlatformTraffic } from '../support/sequence/platform-traffic.ts';
import { SequenceStage } from '../support/sequence/sequence-stage.ts';
import { seeded } from '../support/traffic/shuffle.ts';

const MINUTE = 60_000_000;
const HOUR = 60 * MINUTE;
const STEP = 5 * MINUTE;
const START: Micros = Date.parse('2026-03-02T10:00:00+09:00') * 1000;
const END = START + 5 * HOUR;
const REFUSED = { from: START + 3 * HOUR, to: START + 4 * HOUR };

let database: Database;
let stage: SequenceStage;
const said: WorldEvent[] = [];

/** Some hours of a platform, in parts of any length; instances that follow die between them, and in the middle of a backlog. */
beforeAll(async () => {
  database = processorDatabase((await freshDatabase()).url);
  stage = new SequenceStage(database, PLATFORM_PARTITIONS, END + HOUR);
  const config = loadConfig({});
  const follower = (name: string) =>
    stage.sequencer(name, database, () => createFollowers(config, stage.metrics.detection));
  await stage.begin();
  const traffic = new PlatformTraffic(stage);
  const world = new PlatformWorld({
    ...{ seed: 'detection', start: START },
    size: { districts: 2, restaurantsPerDistrict: 2, ordersPerDay: 600 },
  });
  world.inject({
    ...{ incidentId: 'card', kind: 'PAYMENT_ERROR', strength: 1, ...REFUSED },
    ...{ region: null, restaurant: null, method: 'card', reason: null },
  });
  const next = seeded(7);
  while (world.now < END) {
    const to = Math.min(END, world.now + Math.ceil(next() * 100) * MINUTE);
    const events = world.step(to);
    for (const event of events) said.push(event);
    await traffic.deliver(events, to);
    const passes = Math.floor(next() * 4);
    for (let pass = 0; pass < passes; pass += 1) await follower('one').step();
    if (next() < 0.4) await stage.kill('one');
  }
  await stage.kill('one');
  follower('two');
  await stage.follow('two');
}, 240_000);

async function rows<Row extends Record<string, unknown>>(sql: string): Promise<Row[]> {
  return (await database.query<Row>(sql)).rows;
}

interface StoredPoint extends Record<string, unknown> {
  series_key: string;
  at: Micros;
  sum: number;
  n: number;
  squares: number | null;
}

const VERDICT = ['observed', 'expected', 'low', 'high', 'score', 'deviation', 'anomalous'] as const;
const STORED = 'SELECT * FROM series_points ORDER BY at, series_key COLLATE "C"';

function keyOf(key: string, at: Micros): string {
  return `${key}@${at}`;
}

describe('what series are made of', () => {
  test('is what the platform said, however it came', async () => {
    const facts = new PlatformFacts();
    const collector = new SeriesCollector(STEP);
    for (const event of said) {
      const fact = facts.of(event);
      if (fact !== null) collector.add(fact);
    }
    const stored = new Map(
      (await rows<StoredPoint>(STORED)).map((one) => [keyOf(one.series_key, one.at), one]),
    );
    let seen = 0;
    for (const { points } of collector.close(END))
      for (const { key, point } of points) {
        seen += 1;
        const { sum, n, squares } = stored.get(keyOf(key, point.at))!;
        expect(n, keyOf(key, point.at)).toBe(point.n);
        expect(sum / point.sum || 1, keyOf(key, point.at)).toBeCloseTo(1, 9);
        expect((squares ?? 1) / (point.squares ?? 1) || 1, keyOf(key, point.at)).toBeCloseTo(1, 9);
        stored.delete(keyOf(key, point.at));
      }
    expect(seen).toBeGreaterThan(1000);
    // What is left counts though nobody said anything.
    expect([...stored.values()].filter(({ sum, n }) => sum !== 0 || n !== 1)).toEqual([]);
  });
});

describe('an instance that goes on where another one died', () => {
  test('judges as one that had judged everything', async () => {
    const stored = await rows<StoredPoint>(STORED);
    const steps = new Map<Micros, NamedPoint[]>();
    for (const { series_key: key, at, sum, n, squares } of stored) {
      const points = steps.get(at) ?? [];
      points.push({ key, name: parseSeriesKey(key), point: { at, sum, n, squares } });
      steps.set(at, points);
    }
    const monitor = new SeriesMonitor(STEP);
    const judged = [...steps].flatMap(([at, points]) => monitor.observe(at, points).points);
    expect(
      judged.map(({ key, point, verdict }) => [keyOf(key, point.at), ...VERDICT.map((one) => verdict[one])]),
    ).toEqual(stored.map((one) => [keyOf(one.series_key, one.at), ...VERDICT.map((name) => one[name])]));
  });

  test('has judged each step once', async () => {
    const [{ steps, first, last }] = (await rows<{ steps: number; first: Micros; last: Micros }>(
      'SELECT count(DISTINCT at) AS steps, min(at) AS first, max(at) AS last FROM series_points',
    )) as [{ steps: number; first: Micros; last: Micros }];
    expect({ first, last, steps }).toEqual({ first: START, last: END - STEP, steps: (END - START) / STEP });
    const [progress] = await rows('SELECT observed_to, heard_to FROM detection_progress');
    expect(progress).toEqual({ observed_to: END, heard_to: END });
  });
});

describe('cards that are not taken', () => {
  test('are a finding, an incident with its cause, actions, an alert, and messages', async () => {
    const key = 'payment_failure_rate|method=card';
    const [finding] = await rows(
      `SELECT metric, dimension, value, direction, ended_at, incident_id FROM anomalies WHERE series_key = '${key}'`,
    );
    expect(finding).toMatchObject({
      ...{ metric: 'payment_failure_rate', dimension: 'method', value: 'card', direction: 'UP' },
      ended_at: expect.any(Number),
    });
    const id = finding?.incident_id;
    expect(
      await rows(`SELECT cause, scope, findings FROM incidents WHERE incident_id = '${id}'`),
    ).toMatchObject([
      { cause: 'PAYMENT_METHOD', scope: { method: 'card' }, findings: [expect.stringContaining(key)] },
    ]);
    expect(await rows(`SELECT action, target FROM actions WHERE incident_id = '${id}'`)).toContainEqual({
      action: 'TELL_OPERATIONS',
      target: 'method=card',
    });
    expect(await rows(`SELECT kind, status FROM alerts WHERE dedup_key = 'incident/${id}'`)).toEqual([
      { kind: 'ANOMALY', status: 'RESOLVED' },
    ]);
    const told = await rows(
      `SELECT convert_from(record_value, 'UTF8')::jsonb->>'event_type' AS event FROM kafka_outbox
       WHERE topic = 'anomalies' AND convert_from(record_key, 'UTF8') = '${key}' ORDER BY outbox_id`,
    );
    expect(told).toEqual([{ event: 'OPENED' }, { event: 'ENDED' }]);
  });
});
