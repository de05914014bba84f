import type { ActionName, ActionRequest as FullRequest } from '../../../domain/response/action.ts';
import { HOUR, MINUTE, type Micros } from '../../../domain/time/micros.ts';
import type { IncidentKind, InjectedIncident } from '../incidents/incident.ts';
import type { IncidentBook } from '../incidents/incident-book.ts';
import type { Trouble } from '../incidents/trouble.ts';
import type { Population } from '../people/population.ts';
import type { Fleet } from '../world/fleet.ts';
import type { Kitchens, Restaurant } from '../world/kitchens.ts';
import type { OrderDesk } from '../world/order-desk.ts';

/** The parts of a world that actions change. */
export interface Changeable {
  districts: readonly string[];
  fleet: Fleet;
  kitchens: Kitchens;
  desk: OrderDesk;
  population: Population;
  trouble: Trouble;
  incidents: IncidentBook;
}

/** The part of an action's request that a platform goes by. */
export type ActionRequest = Pick<
  FullRequest,
  'action_id' | 'action' | 'target' | 'parameters' | 'valid_until'
>;

/** What became of an action. */
export interface Outcome {
  done: boolean;
  /** In one English sentence. */
  reason: string;
}

type CarryOut = (world: Changeable, request: ActionRequest, at: Micros) => string;

/** An action cannot be done; the message says why. */
export class ImpossibleAction extends Error {
  override readonly name = 'ImpossibleAction';
}

const INCENTIVE_MINUTES = 90;
const USUAL_INCENTIVE = 3_000;
const LOWERED_EXPOSURE = 0.3;
const WARNING_LASTS = 3 * HOUR;
const EXTRA_MINUTES = 15;
const REROUTE_MINUTES = 90;
/** Operations need so long to mend something, or this share of what it would have taken without them. */
const MENDED_AFTER = { least: 15 * MINUTE, share: 0.5 };
const MENDABLE: ReadonlySet<IncidentKind> = new Set([
  'RESTAURANT_OUTAGE',
  'REFUSALS',
  'PAYMENT_ERROR',
  'ROUTING',
  'PREPARATION_DELAY',
]);

const ACTIONS: Readonly<Record<ActionName, CarryOut>> = {
  RIDER_INCENTIVE: (world, request, at) => {
    const district = districtOf(world, request);
    const share = Math.min(numberOf(request, 'amount', USUAL_INCENTIVE) / USUAL_INCENTIVE, 1.5);
    const until = at + numberOf(request, 'minutes', INCENTIVE_MINUTES) * MINUTE;
    const neighbours = request.parameters.neighbours !== false;
    const came = world.fleet.lure(district, at, until, { share, neighbours });
    return `${came} riders come from the neighbouring districts, and others who live there turn out.`;
  },
  RESTAURANT_DEACTIVATE: (world, request, at) => {
    const some = restaurantsOf(world, request, (one) => world.trouble.isDown(one, at));
    for (const restaurant of some) {
      if (!restaurant.deactivated && restaurant.open) world.kitchens.say(restaurant, 'CLOSED', at);
      restaurant.deactivated = true;
    }
    return `${count(some.length, 'restaurant')} can no longer be chosen.`;
  },
  RESTAURANT_REACTIVATE: (world, request, at) => {
    const some = restaurantsOf(world, request, ({ deactivated }) => deactivated);
    for (const restaurant of some) {
      if (restaurant.deactivated && restaurant.open) world.kitchens.say(restaurant, 'OPEN', at);
      restaurant.deactivated = false;
    }
    return `${count(some.length, 'restaurant')} can be chosen again.`;
  },
  EXPOSURE_LOWER: (world, request) => {
    const share = Math.min(Math.max(numberOf(request, 'share', LOWERED_EXPOSURE), 0), 1);
    const some = restaurantsOf(world, request);
    for (const restaurant of some) restaurant.exposure = share;
    return `${count(some.length, 'restaurant')} shown to ${Math.round(share * 100)} % of the customers.`;
  },
  EXPOSURE_RESTORE: (world, request) => {
    const some = restaurantsOf(world, request);
    for (const restaurant of some) restaurant.exposure = 1;
    return `${count(some.length, 'restaurant')} shown to everybody.`;
  },
  RESTAURANT_WARN: (world, request, at) => {
    const some = restaurantsOf(world, request);
    for (const restaurant of some) restaurant.warnedUntil = at + WARNING_LASTS;
    return `${count(some.length, 'restaurant')} warned.`;
  },
  PROMISE_ADJUST: (world, request) => {
    const minutes = numberOf(request, 'minutes', EXTRA_MINUTES);
    for (const place of placesOf(world, request)) world.desk.promiseExtra.set(place, minutes);
    return `New orders are promised ${minutes} minutes later.`;
  },
  PROMISE_RESTORE: (world, request) => {
    for (const place of placesOf(world, request)) world.desk.promiseExtra.delete(place);
    return 'New orders are promised as usual.';
  },
  REROUTE: (world, request, at) => {
    const regions = request.target.region === undefined ? world.districts : [regionOf(world, request)];
    const until = at + numberOf(request, 'minutes', REROUTE_MINUTES) * MINUTE;
    for (const region of regions) world.trouble.reroute(region, at, until);
    return `Routes of ${count(regions.length, 'district')} are computed anew.`;
  },
  CUSTOMER_NOTIFY: (world, request) => {
    const orders = [...world.desk.live].filter((order) => concerns(order, request));
    for (const order of orders) order.notified = true;
    return `${count(orders.length, 'customer')} told.`;
  },
  CUSTOMER_COUPON: (world, request, at) => {
    const { customer } = request.target;
    const customers = customer === undefined ? lateCustomers(world, request, at) : [customer];
    const known = customers.filter((id) => world.population.compensate(id));
    if (customer !== undefined && known.length === 0)
      throw new ImpossibleAction(`There is no customer ${JSON.stringify(customer)}.`);
    return `${count(known.length, 'coupon')} given.`;
  },
  PROMOTION: (world, request, at) => {
    const { customer } = request.target;
    if (customer === undefined) throw new ImpossibleAction('PROMOTION needs target.customer.');
    if (!world.population.promote(customer, at))
      throw new ImpossibleAction(`There is no customer ${JSON.stringify(customer)}.`);
    return 'The customer has the promotion.';
  },
  TELL_OPERATIONS: (world, request, at) => {
    const mended = world.incidents.all().filter((one) => MENDABLE.has(one.kind) && isAbout(one, request, at));
    for (const { incidentId, to } of mended) {
      const left = (to - at) * MENDED_AFTER.share;
      world.incidents.endAt(incidentId, at + Math.max(left, MENDED_AFTER.least));
    }
    return mended.length === 0 ? 'Operations know.' : 'Operations know, and are mending it.';
  },
};

/** Lets an action change a world, at its moment. */
export function carryOut(world: Changeable, request: ActionRequest, at: Micros): Outcome {
  try {
    return { done: true, reason: ACTIONS[request.action](world, request, at) };
  } catch (error) {
    if (error instanceof ImpossibleAction) return { done: false, reason: error.message };
    throw error;
  }
}

function districtOf({ districts }: Changeable, { action, target }: ActionRequest): number {
  if (target.region === undefined) throw new ImpossibleAction(`${action} needs target.region.`);
  const district = districts.indexOf(target.region);
  if (district === -1)
    throw new ImpossibleAction(
      `There is no region ${JSON.stringify(target.region)}: use ${districts.join(', ')}.`,
    );
  return district;
}

function regionOf(world: Changeable, request: ActionRequest): string {
  return world.districts[districtOf(world, request)] as string;
}

/** The restaurant, or those of a region that it is about. */
function restaurantsOf(
  world: Changeable,
  request: ActionRequest,
  among: (restaurant: Restaurant) => boolean = () => true,
): Restaurant[] {
  const { restaurant, region } = request.target;
  if (restaurant !== undefined) {
    const known = world.kitchens.byId.get(restaurant);
    if (known === undefined)
      throw new ImpossibleAction(`There is no restaurant ${JSON.stringify(restaurant)}.`);
    return [known];
  }
  if (region === undefined)
    throw new ImpossibleAction(`${request.action} needs target.restaurant or target.region.`);
  return (world.kitchens.byDistrict[districtOf(world, request)] as Restaurant[]).filter(among);
}

/** Names under which promises are extended: a restaurant, a region, all regions. */
function placesOf(world: Changeable, request: ActionRequest): readonly string[] {
  const { restaurant, region } = request.target;
  if (restaurant !== undefined) return restaurantsOf(world, request).map((one) => one.restaurantId);
  return region === undefined ? world.districts : [regionOf(world, request)];
}

function concerns(
  order: { region: string; restaurant: Restaurant; customer: { customerId: string }; method: string },
  { target: { region, restaurant, customer, method } }: ActionRequest,
): boolean {
  return (
    (region === undefined || region === order.region) &&
    (restaurant === undefined || restaurant === order.restaurant.restaurantId) &&
    (customer === undefined || customer === order.customer.customerId) &&
    (method === undefined || method === order.method)
  );
}

/** Whose orders are on their way and late, the latest first. */
function lateCustomers(world: Changeable, request: ActionRequest, at: Micros): string[] {
  const lateBy = Number(request.parameters.late_by_minutes ?? 0) * MINUTE;
  return [...world.desk.live]
    .filter((order) => concerns(order, request) && at - order.promisedAt >= lateBy)
    .sort((a, b) => a.promisedAt - b.promisedAt)
    .slice(0, numberOf(request, 'most_customers', Number.MAX_SAFE_INTEGER))
    .map((order) => order.customer.customerId);
}

function isAbout(incident: InjectedIncident, { target }: ActionRequest, at: Micros): boolean {
  return (
    incident.from <= at &&
    at < incident.to &&
    (target.region === undefined || incident.region === null || incident.region === target.region) &&
    (target.restaurant === undefined ||
      incident.restaurant === null ||
      incident.restaurant === target.restaurant) &&
    (target.method === undefined || incident.method === null || incident.method === target.method)
  );
}

function numberOf({ parameters }: ActionRequest, name: string, usual: number): number {
  const value = Number(parameters[name] ?? usual);
  return Number.isFinite(value) && value > 0 ? value : usual;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
