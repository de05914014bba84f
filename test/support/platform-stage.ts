import { MINUTE, type Micros } from '../../domain/time/micros.ts';
import type { ActionRequest } from '../../simulator/platform/actions/carry-out.ts';
import type { InjectedIncident } from '../../simulator/platform/incidents/incident.ts';
import { PlatformWorld } from '../../simulator/platform/world/platform-world.ts';
import type { WorldEvent } from '../../simulator/platform/world/world-event.ts';

/** A Wednesday, 17:00 in Seoul: some time to get going, then dinner. */
export const START: Micros = Date.UTC(2026, 2, 4, 8) * 1_000;
export const TROUBLE = START + 40 * MINUTE;
export const END = TROUBLE + 110 * MINUTE;
export const SIZE = { districts: 3, restaurantsPerDistrict: 6, ordersPerDay: 7_500 };
export const HERE = 'Gangnam-gu';

export function incident(
  more: Partial<InjectedIncident> & Pick<InjectedIncident, 'kind' | 'strength'>,
): InjectedIncident {
  const none = { restaurant: null, method: null, reason: null };
  return { incidentId: 'I-1', region: HERE, ...none, from: TROUBLE, to: END, ...more };
}

export function action(
  name: ActionRequest['action'],
  target: ActionRequest['target'],
  more: Partial<ActionRequest> = {},
) {
  return { action_id: name, action: name, target, parameters: {}, valid_until: null, ...more };
}

/** Lives from the start to the end of the trouble. @param afterwards what is done a quarter of an hour into it */
export function live(
  incidents: readonly InjectedIncident[],
  afterwards: (world: PlatformWorld) => void = () => undefined,
): { world: PlatformWorld; events: WorldEvent[] } {
  const world = new PlatformWorld({ seed: 'world', start: START, size: SIZE });
  for (const one of incidents) world.inject(one);
  const events = world.step(TROUBLE + 15 * MINUTE);
  afterwards(world);
  for (const event of world.step(END)) events.push(event);
  return { world, events };
}

/** Figures of one district from a quarter of an hour into the trouble. */
export function figures(events: readonly WorldEvent[], region = HERE, from = TROUBLE + 15 * MINUTE) {
  const of = {
    orders: 0,
    canceled: 0,
    delivered: 0,
    minutes: 0,
    route: 0,
    routes: 0,
    refused: 0,
    answered: 0,
  };
  const more = { beats: 0, prep: 0, preps: 0, failed: 0, paid: 0, riders: new Set<string>() };
  const restaurants = new Map<string, number>();
  for (const { topic, value } of events) {
    if (value.occurredAt < from || value.region !== region) continue;
    if (topic === 'orders') {
      if (value.eventType === 'ORDER_CREATED') {
        of.orders++;
        restaurants.set(value.restaurantId, (restaurants.get(value.restaurantId) ?? 0) + 1);
      }
      if (value.eventType === 'CANCELED') of.canceled++;
      if (value.eventType === 'DELIVERED') {
        of.delivered++;
        of.minutes += (value.occurredAt - value.createdAt) / MINUTE;
      }
    } else if (topic === 'deliveries' && value.eventType === 'HANDED_OVER') {
      of.routes++;
      of.route += value.routeSeconds ?? 0;
    } else if (topic === 'restaurants') {
      if (value.eventType === 'HEARTBEAT') more.beats++;
      if (value.eventType === 'REFUSED') of.refused++;
      if (value.eventType === 'REFUSED' || value.eventType === 'ACCEPTED') of.answered++;
      if (value.eventType === 'READY') {
        more.preps++;
        more.prep += value.prepSeconds ?? 0;
      }
    } else if (topic === 'payments') {
      if (value.eventType === 'FAILED') more.failed++;
      if (value.eventType === 'APPROVED') more.paid++;
    } else if (topic === 'riders' && value.eventType !== 'OFFLINE') more.riders.add(value.riderId);
  }
  return {
    orders: of.orders,
    cancelRate: of.canceled / of.orders,
    minutes: of.minutes / of.delivered,
    route: of.route / of.routes,
    refusals: of.refused / of.answered,
    prep: more.prep / more.preps,
    beats: more.beats,
    paymentFailures: more.failed / (more.failed + more.paid),
    riders: more.riders.size,
    ofRestaurant: (id: string) => restaurants.get(id) ?? 0,
  };
}
