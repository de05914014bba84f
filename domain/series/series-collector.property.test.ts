import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { PlatformFact } from './platform-fact.ts';
import { SeriesCollector } from './series-collector.ts';

const STEP = 300_000_000;
const region = fc.constantFrom('north', 'south', null);
const at = fc.integer({ min: 0, max: 3 * STEP - 1 });

const rider = fc.record({
  topic: fc.constant('riders' as const),
  value: fc.record({
    occurredAt: at,
    eventType: fc.constantFrom('ONLINE', 'BUSY', 'OFFLINE'),
    riderId: fc.constantFrom('r1', 'r2', 'r3'),
    region,
  }),
});
const restaurant = fc.record({
  topic: fc.constant('restaurants' as const),
  value: fc.record({
    occurredAt: at,
    eventType: fc.constantFrom('ACCEPTED', 'REFUSED', 'READY', 'HEARTBEAT', 'OPEN', 'CLOSED'),
    restaurantId: fc.constantFrom('m1', 'm2'),
    region,
    reason: fc.constantFrom('STAFF_SHORT', 'OTHER', null),
    latencyMs: fc.option(fc.integer({ min: 0, max: 5000 })),
    prepSeconds: fc.option(fc.integer({ min: 0, max: 5000 })),
  }),
});
const facts = fc.array(fc.oneof(rider, restaurant), { maxLength: 60 }) as fc.Arbitrary<PlatformFact[]>;

type Said<Topic extends PlatformFact['topic']> = Extract<PlatformFact, { topic: Topic }>['value'];

function ofTopic<Topic extends PlatformFact['topic']>(
  all: readonly PlatformFact[],
  topic: Topic,
  step: number,
) {
  return all.flatMap((one) => {
    const value = one.value as unknown as Said<Topic> & { occurredAt: number };
    return one.topic === topic && Math.floor(value.occurredAt / STEP) === step ? [value] : [];
  });
}

/** The points of a step in the plainest way, as text. */
function expected(all: readonly PlatformFact[], step: number): string[] {
  const riders = ofTopic(all, 'riders', step);
  const restaurants = ofTopic(all, 'restaurants', step);
  const lines: string[] = [];
  const add = (key: string, sum: number, n: number, squares: number | null = null) =>
    lines.push(JSON.stringify([key, sum, n, squares]));
  for (const where of ['north', 'south']) {
    const here = riders.filter((one) => one.region === where);
    const who = (types: string[]) =>
      new Set(here.filter(({ eventType }) => types.includes(eventType)).map(({ riderId }) => riderId)).size;
    if (who(['ONLINE', 'BUSY']) > 0) add(`riders_online|region=${where}`, who(['ONLINE', 'BUSY']), 1);
    if (who(['ONLINE']) > 0) add(`riders_idle|region=${where}`, who(['ONLINE']), 1);
  }
  const places = [
    ...['north', 'south'].map((where) => [
      'region',
      where,
      restaurants.filter((one) => one.region === where),
    ]),
    ...['m1', 'm2'].map((who) => ['restaurant', who, restaurants.filter((one) => one.restaurantId === who)]),
  ] as [string, string, Said<'restaurants'>[]][];
  for (const [dimension, value, own] of places) {
    const of = (...types: string[]) => own.filter(({ eventType }) => types.includes(eventType));
    const mean = (metric: string, numbers: (number | null)[]) => {
      const known = numbers.filter((one) => one !== null);
      const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
      if (known.length > 0)
        add(`${metric}|${dimension}=${value}`, sum(known), known.length, sum(known.map((one) => one * one)));
    };
    const answered = of('ACCEPTED', 'REFUSED').length;
    if (answered > 0) add(`refusal_rate|${dimension}=${value}`, of('REFUSED').length, answered);
    mean(
      'prep_seconds',
      of('READY').map(({ prepSeconds }) => prepSeconds),
    );
    if (dimension === 'region') continue;
    mean(
      'response_ms',
      of('HEARTBEAT').map(({ latencyMs }) => latencyMs),
    );
    if (of('HEARTBEAT').length > 0) add(`heartbeats|${dimension}=${value}`, 1, 1);
  }
  return lines.sort();
}

it('makes of facts, in whatever order they come, what can be counted by hand', () => {
  fc.assert(
    fc.property(facts, fc.integer({ min: 0, max: 3 * STEP }), (all, now) => {
      const collector = new SeriesCollector(STEP);
      for (const fact of all) collector.add(fact);
      const closed = [...collector.close(now), ...collector.close(3 * STEP)];
      expect(closed.map(({ from }) => from)).toEqual(closed.map(({ from }) => from).sort((a, b) => a - b));
      for (const step of [0, 1, 2]) {
        const found = closed.filter(({ from }) => from === step * STEP).flatMap(({ points }) => points);
        const lines = found.map(({ key, point }) => JSON.stringify([key, point.sum, point.n, point.squares]));
        expect(lines.sort()).toEqual(expected(all, step));
      }
      for (const { from, doors } of closed) {
        const moved = ofTopic(all, 'restaurants', from / STEP).filter(({ eventType }) =>
          ['OPEN', 'CLOSED'].includes(eventType),
        );
        expect(new Set(doors.keys())).toEqual(new Set(moved.map(({ restaurantId }) => restaurantId)));
        for (const [who, isOpen] of doors) {
          const own = moved.filter(({ restaurantId }) => restaurantId === who);
          const last = Math.max(...own.map(({ occurredAt }) => occurredAt));
          const atLast = own.filter(({ occurredAt }) => occurredAt === last);
          expect(isOpen).toBe(atLast.some(({ eventType }) => eventType === 'OPEN'));
        }
      }
      const refusals = closed.flatMap((step) => step.refusals).reduce((sum, { count }) => sum + count, 0);
      const refused = all.filter(
        ({ topic, value }) =>
          topic === 'restaurants' && 'eventType' in value && value.eventType === 'REFUSED',
      );
      expect(refusals).toBe(refused.length);
    }),
  );
});
