import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, type Micros } from '../../../domain/time/micros.ts';
import {
  action,
  END,
  figures,
  HERE,
  incident,
  live,
  SIZE,
  START,
  TROUBLE,
} from '../../../test/support/platform-stage.ts';
import { PlatformWorld } from './platform-world.ts';

const calmRun = live([]);
const calm = figures(calmRun.events);

describe('a world', () => {
  it('is the same again, event by event, with the same seed', () => {
    const again = live([]).events.map((event) => JSON.stringify(event));
    expect(again).toEqual(calmRun.events.map((event) => JSON.stringify(event)));
    const other = new PlatformWorld({ seed: 'another', start: START, size: SIZE });
    const said = other.step(START + MINUTE).map((event) => JSON.stringify(event));
    expect(said).not.toEqual(again.slice(0, said.length));
  });

  it('tells what happened by its time, each step of an order after the one before', () => {
    const { events } = calmRun;
    const last = new Map<string, Micros>();
    let now = START;
    const wrong = events.filter(({ topic, key, value }) => {
      const early =
        value.occurredAt < now || (topic === 'orders' && value.occurredAt <= (last.get(key) ?? 0));
      now = value.occurredAt;
      if (topic === 'orders') last.set(key, now);
      return early;
    });
    expect(wrong).toEqual([]);
    expect(now).toBeLessThan(END);
  });

  it('does not depend on how long its steps are', () => {
    const world = new PlatformWorld({ seed: 'world', start: START, size: SIZE });
    let count = 0;
    while (world.now < START + HOUR) {
      for (const event of world.step(world.now + MINUTE)) {
        if (JSON.stringify(event) !== JSON.stringify(calmRun.events[count]))
          expect(event).toEqual(calmRun.events[count]);
        count++;
      }
    }
    expect(count).toBeGreaterThan(1_000);
    expect(() => world.step(world.now + 1)).toThrow(RangeError);
  });

  it('sells about what it is made for, most of it at lunch and dinner', () => {
    const world = new PlatformWorld({ seed: 'day', start: START - 17 * HOUR, size: SIZE });
    const hours = new Array<number>(24).fill(0);
    for (const { topic, value } of world.step(START + 7 * HOUR)) {
      if (topic !== 'orders' || value.eventType !== 'ORDER_CREATED') continue;
      hours[Math.floor((value.occurredAt / HOUR + 9) % 24)]!++;
    }
    const total = hours.reduce((sum, count) => sum + count, 0);
    expect(total).toBeGreaterThan(0.85 * SIZE.ordersPerDay);
    expect(total).toBeLessThan(1.15 * SIZE.ordersPerDay);
    expect(hours[19]).toBeGreaterThan(1.3 * hours[15]!);
    expect(hours[12]).toBeGreaterThan(1.3 * hours[15]!);
    expect(hours[4]).toBeLessThan(0.2 * hours[15]!);
  });
});

describe('what goes wrong', () => {
  const during = (...[more]: Parameters<typeof incident>) => figures(live([incident(more)]).events);

  it('riders short: orders fall and deliveries take longer', () => {
    const { orders, riders, minutes } = during({ kind: 'RIDERS_SHORT', strength: 0.8 });
    expect(riders).toBeLessThan(0.6 * calm.riders);
    expect(orders).toBeLessThan(0.6 * calm.orders);
    expect(minutes).toBeGreaterThan(1.2 * calm.minutes);
  });

  it('restaurants of a district down: no signs of life, orders fall, but riders are there', () => {
    const { orders, riders, beats } = during({ kind: 'RESTAURANT_OUTAGE', strength: 0.8 });
    expect(beats).toBeLessThan(0.6 * calm.beats);
    expect(orders).toBeLessThan(0.7 * calm.orders);
    expect(riders).toBeGreaterThan(0.9 * calm.riders);
  });

  it('one restaurant down: its orders go to others, or are not placed', () => {
    const { ofRestaurant } = during({ kind: 'RESTAURANT_OUTAGE', strength: 1, restaurant: 'R-0001' });
    expect(ofRestaurant('R-0001')).toBeLessThan(0.3 * calm.ofRestaurant('R-0001'));
    expect(ofRestaurant('R-0002')).toBeGreaterThan(0.9 * calm.ofRestaurant('R-0002'));
  });

  it('refusals, for the reason it has', () => {
    const { events } = live([
      incident({ kind: 'REFUSALS', strength: 0.6, restaurant: 'R-0001', reason: 'STAFF_SHORT' }),
    ]);
    const answers = events.flatMap(({ topic, value }) =>
      topic === 'restaurants' && value.restaurantId === 'R-0001' && value.occurredAt >= TROUBLE
        ? [value]
        : [],
    );
    const refused = answers.filter(({ eventType }) => eventType === 'REFUSED');
    const accepted = answers.filter(({ eventType }) => eventType === 'ACCEPTED');
    expect(refused.length / (refused.length + accepted.length)).toBeGreaterThan(0.45);
    expect(refused.filter(({ reason }) => reason === 'STAFF_SHORT').length).toBeGreaterThan(
      0.8 * refused.length,
    );
  });

  it('payments by one method fail', () => {
    const { paymentFailures, cancelRate } = during({
      ...{ kind: 'PAYMENT_ERROR', strength: 0.8, region: null, method: 'card' },
    });
    expect(paymentFailures).toBeGreaterThan(0.25);
    expect(calm.paymentFailures).toBeLessThan(0.05);
    expect(cancelRate).toBeGreaterThan(2 * calm.cancelRate);
  });

  it('bad weather and traffic: deliveries take longer on the same routes; outside sources know', () => {
    for (const kind of ['WEATHER', 'TRAFFIC'] as const) {
      const { world, events } = live([incident({ kind, strength: kind === 'WEATHER' ? 1 : 2.2 })]);
      const { minutes, route } = figures(events);
      expect(minutes).toBeGreaterThan(1.2 * calm.minutes);
      expect(route).toBeLessThan(1.1 * calm.route);
      const at = TROUBLE + HOUR;
      const [rain, jam] = [world.weatherAt(HERE, at).precipitation, world.trafficAt(HERE, at).unusual];
      expect([rain > 10, jam > 1.5]).toEqual([kind === 'WEATHER', kind === 'TRAFFIC']);
    }
  });

  it('routing: planned routes get longer', () => {
    const { route, minutes } = during({ kind: 'ROUTING', strength: 2 });
    expect(route).toBeGreaterThan(1.5 * calm.route);
    expect(minutes).toBeGreaterThan(1.2 * calm.minutes);
  });

  it('preparation, and demand up and down', () => {
    expect(during({ kind: 'PREPARATION_DELAY', strength: 2.5 }).prep).toBeGreaterThan(1.8 * calm.prep);
    expect(during({ kind: 'DEMAND_SURGE', strength: 2 }).orders).toBeGreaterThan(1.5 * calm.orders);
    expect(during({ kind: 'DEMAND_DROP', strength: 0.6 }).orders).toBeLessThan(0.55 * calm.orders);
  });

  it('leaves the other districts as they are, but for payments', () => {
    const { events } = live([incident({ kind: 'RIDERS_SHORT', strength: 0.8 })]);
    const there = figures(calmRun.events, 'Songpa-gu');
    expect(figures(events, 'Songpa-gu').orders).toBeCloseTo(there.orders, -1);
  });

  it('refuses what it has no place for', () => {
    const world = new PlatformWorld({ seed: 'world', start: START, size: SIZE });
    expect(() => world.inject(incident({ kind: 'TRAFFIC', strength: 2, region: 'Mars' }))).toThrow(
      /Gangnam-gu/,
    );
    expect(() => world.inject(incident({ kind: 'TRAFFIC', strength: 2, restaurant: 'R-9999' }))).toThrow(
      /R-0018/,
    );
    world.inject(incident({ kind: 'TRAFFIC', strength: 2 }));
    expect(() => world.inject(incident({ kind: 'TRAFFIC', strength: 2 }))).toThrow(/already/);
  });
});

it('a rival lures customers of one district away, one by one, and nobody else', () => {
  const live = (rival: boolean) => {
    const size = { districts: 2, restaurantsPerDistrict: 2, ordersPerDay: 200, ordersPerCustomer: 2 };
    const world = new PlatformWorld({ seed: 'rival', start: START, size });
    const [from, to] = [START + DAY, START + 11 * DAY];
    const lured = incident({
      ...{ kind: 'CUSTOMERS_LEAVE', region: world.regions[1]!, strength: 0.5 },
      ...{ from, to },
    });
    if (rival) world.inject(lured);
    world.step(START + 14 * DAY);
    return [...world.customers()];
  };
  const of = (some: ReturnType<typeof live>, district: number) =>
    some.filter((one) => one.district === district);
  const [rival, none] = [live(true), live(false)];
  expect(none.some(({ churnReason }) => churnReason === 'RIVAL')).toBe(false);
  expect(of(rival, 0).some(({ churnReason }) => churnReason === 'RIVAL')).toBe(false);
  const there = of(rival, 1).slice(0, of(none, 1).length);
  const lured = there.filter(({ churnReason }) => churnReason === 'RIVAL');
  expect(lured.length / there.length).toBeGreaterThan(0.35);
  expect(lured.length / there.length).toBeLessThan(0.6);
  expect(new Set(lured.map(({ churnedAt }) => churnedAt)).size).toBe(10);
  const mean = (rates: readonly number[]) => rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
  expect(mean(of(none, 1).map(({ ordersPerWeek }) => ordersPerWeek))).toBeGreaterThan(2);
});

it('customers turn away, promotions bring some of them back', () => {
  const world = new PlatformWorld({
    seed: 'people',
    start: START,
    size: { districts: 1, restaurantsPerDistrict: 4, ordersPerDay: 300 },
  });
  world.step(START + 40 * DAY);
  const gone = [...world.customers()].filter(
    ({ churnedAt }) => churnedAt !== null && churnedAt < START + 20 * DAY,
  );
  expect(gone.length).toBeGreaterThan(50);
  expect(Math.max(...gone.map(({ level }) => level))).toBeLessThan(0.2);
  const before = new Set(gone.map(({ customerId }) => customerId));
  for (const id of before) world.apply(action('PROMOTION', { customer: id }, { action_id: `p/${id}` }));
  const back = [...world.customers()].filter(
    ({ customerId, churnedAt }) => before.has(customerId) && churnedAt === null,
  );
  expect(back.length / before.size).toBeGreaterThan(0.3);
  expect(back.length / before.size).toBeLessThan(0.6);
  const { wonBack, promotedAt } = back[0]!;
  expect(wonBack).toMatchObject({ at: START + 40 * DAY, churnReason: expect.any(String) });
  expect(wonBack!.churnedAt).toBeLessThan(START + 20 * DAY);
  expect(promotedAt).toBe(START + 40 * DAY);
  const ordering = new Set(
    world.step(START + 50 * DAY).flatMap(({ topic, value }) => (topic === 'orders' ? [value.userId] : [])),
  );
  const share = (some: Iterable<string>, among: number) =>
    [...some].filter((id) => ordering.has(id)).length / among;
  const backIds = new Set(back.map(({ customerId }) => customerId));
  const stayedAway = [...before].filter((id) => !backIds.has(id));
  expect(share(backIds, backIds.size)).toBeGreaterThan(2 * share(stayedAway, stayedAway.length));
});
