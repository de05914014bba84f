import { describe, expect, it } from 'vitest';
import { formatIso8601 } from '../../../domain/time/iso8601.ts';
import { MINUTE } from '../../../domain/time/micros.ts';
import {
  action,
  END,
  figures,
  HERE,
  incident,
  live,
  START,
  TROUBLE,
} from '../../../test/support/platform-stage.ts';
import type { PlatformWorld } from '../world/platform-world.ts';
import type { WorldEvent } from '../world/world-event.ts';

const calmRun = live([]);
const calm = figures(calmRun.events);

describe('what is done about it', () => {
  const compare = (
    more: Parameters<typeof incident>[0],
    afterwards: (world: PlatformWorld) => void,
    from = TROUBLE + 30 * MINUTE,
  ) =>
    [
      figures(live([incident(more)]).events, HERE, from),
      figures(live([incident(more)], afterwards).events, HERE, from),
    ] as const;

  it('an incentive brings riders from the neighbours, and orders back', () => {
    const [without, withIt] = compare({ kind: 'RIDERS_SHORT', strength: 0.8 }, (world) => {
      expect(world.apply(action('RIDER_INCENTIVE', { region: HERE })).reason).toMatch(/[1-9]\d* riders come/);
    });
    expect(withIt.riders).toBeGreaterThan(1.5 * without.riders);
    expect(withIt.orders).toBeGreaterThan(1.3 * without.orders);
  });

  it('a restaurant that is taken off gets no orders, its neighbours more; put back, it gets them again', () => {
    const more = { kind: 'RESTAURANT_OUTAGE', strength: 0.8 } as const;
    const [without, withIt] = compare(
      more,
      (world) => void world.apply(action('RESTAURANT_DEACTIVATE', { region: HERE })),
    );
    expect(withIt.cancelRate).toBeLessThan(0.7 * without.cancelRate);
    expect(withIt.orders).toBeGreaterThan(without.orders);

    const one = { restaurant: 'R-0001' };
    expect(withIt.beats).toBe(without.beats);
    const again = live([], (world) => {
      world.apply(action('RESTAURANT_DEACTIVATE', one));
      world.apply(action('RESTAURANT_REACTIVATE', one));
    }).events;
    expect(figures(again).ofRestaurant('R-0001')).toBeGreaterThan(0.8 * calm.ofRestaurant('R-0001'));
  });

  it('lower exposure sends customers elsewhere', () => {
    const { events } = live([], (world) => {
      world.apply(action('EXPOSURE_LOWER', { restaurant: 'R-0002' }, { parameters: { share: 0.2 } }));
    });
    expect(figures(events).ofRestaurant('R-0002')).toBeLessThan(0.5 * calm.ofRestaurant('R-0002'));
    expect(figures(events).orders).toBeGreaterThan(0.9 * calm.orders);
  });

  it('new routes are short again', () => {
    const [without, withIt] = compare(
      { kind: 'ROUTING', strength: 2.2 },
      (world) => void world.apply(action('REROUTE', { region: HERE })),
    );
    expect(withIt.route).toBeLessThan(0.7 * without.route);
  });

  it('later promises are kept more often', () => {
    const late = (events: readonly WorldEvent[]) =>
      events.filter(
        ({ topic, value }) =>
          topic === 'orders' && value.eventType === 'DELIVERED' && value.occurredAt > value.promisedAt,
      ).length;
    const jam = incident({ kind: 'TRAFFIC', strength: 2.2 });
    const adjusted = live(
      [jam],
      (world) =>
        void world.apply(action('PROMISE_ADJUST', { region: HERE }, { parameters: { minutes: 20 } })),
    );
    expect(late(adjusted.events)).toBeLessThan(0.6 * late(live([jam]).events));
  });

  it('operations that are told mend it sooner; a warned restaurant takes more care', () => {
    const told = live(
      [incident({ kind: 'RESTAURANT_OUTAGE', strength: 0.8 })],
      (world) => void world.apply(action('TELL_OPERATIONS', { region: HERE })),
    );
    expect(told.world.incidents()[0]?.to).toBeLessThan(END);
    const more = { kind: 'REFUSALS', strength: 0.7, reason: 'OTHER' } as const;
    const [without, withIt] = compare(
      more,
      (world) => void world.apply(action('RESTAURANT_WARN', { region: HERE })),
    );
    expect(withIt.refusals).toBeLessThan(0.8 * without.refusals);
  });

  it('is done once for each id, and not too late', () => {
    const { world } = calmRun;
    const minutes = action('PROMISE_ADJUST', { region: HERE });
    expect(world.apply(minutes)).toBe(world.apply(minutes));
    const late = { ...minutes, action_id: 'late', valid_until: formatIso8601(START) };
    expect(world.apply(late)).toMatchObject({ done: false });
    expect(world.apply(action('RIDER_INCENTIVE', {}))).toEqual({
      done: false,
      reason: 'RIDER_INCENTIVE needs target.region.',
    });
    expect(world.apply(action('REROUTE', { region: 'Mars' }))).toMatchObject({
      done: false,
      reason: expect.stringContaining('Gangnam-gu'),
    });
    expect(world.apply(action('PROMOTION', { customer: 'nobody' }))).toMatchObject({ done: false });
  });
});
