import { REFUSAL_REASONS } from '../../../domain/platform/restaurant-event.ts';
import { HOUR, MINUTE, type Micros } from '../../../domain/time/micros.ts';
import { Prng } from '../../timing/prng.ts';
import type { Calendar } from '../world/calendar.ts';
import { isOpenAt } from '../world/kitchens.ts';
import { type InjectedIncident, PAYMENT_METHODS, SUDDEN_KINDS, type SuddenKind } from './incident.ts';

/** What of a world its incidents are chosen from. */
export interface Stage {
  regions: readonly string[];
  restaurants: ReadonlyMap<string, { region: string; opens: number; closes: number }>;
  calendar: Calendar;
}

export interface ScheduleOptions {
  seed: string;
  count: number;
  /** All of them happen in [from, to). */
  from: Micros;
  to: Micros;
  /** All kinds unless told; as many of each, as far as it goes. */
  kinds?: readonly SuddenKind[];
}

/** Strengths that a schedule chooses from: such as somebody should notice. */
const STRENGTHS: Readonly<Record<SuddenKind, readonly [least: number, most: number]>> = {
  RIDERS_SHORT: [0.5, 0.85],
  RESTAURANT_OUTAGE: [0.5, 0.9],
  REFUSALS: [0.3, 0.7],
  PAYMENT_ERROR: [0.3, 0.9],
  WEATHER: [0.5, 1],
  TRAFFIC: [1.5, 2.5],
  PREPARATION_DELAY: [1.8, 3],
  ROUTING: [1.5, 2.3],
  DEMAND_SURGE: [1.6, 2.8],
  DEMAND_DROP: [0.4, 0.7],
};

const SHORTEST = 45 * MINUTE;
const LONGEST = 150 * MINUTE;
/** Minutes of the local day between which they begin: when there is something to disturb. */
const FIRST_MINUTE = 10 * 60 + 30;
const LAST_MINUTE = 21 * 60;
/** So long after one a district has another: what it left behind is over then. */
const PAUSE = 2 * HOUR;
const TRIES = 2_000;
/** Of incidents that may be of a restaurant or of its district, so many are of the restaurant. */
const OF_RESTAURANT: Partial<Record<SuddenKind, number>> = {
  RESTAURANT_OUTAGE: 0.5,
  REFUSALS: 0.8,
  PREPARATION_DELAY: 1,
};

/**
 * Chooses incidents over a time: one at a time in each district, and of payments.
 *
 * @returns by their beginning
 * @throws {RangeError} when so many do not find a place
 */
export function scheduleIncidents(stage: Stage, options: ScheduleOptions): InjectedIncident[] {
  const { count, from, to, kinds = SUDDEN_KINDS } = options;
  const rng = new Prng(options.seed).fork('incidents');
  const chosen: InjectedIncident[] = [];
  for (let i = 0; i < count; i++) {
    const kind = kinds[i % kinds.length] as SuddenKind;
    const incident = place(stage, kind, rng, { from, to, others: chosen });
    if (incident === null)
      throw new RangeError(
        `${count} incidents do not find a place in the time: only ${chosen.length} do. Choose fewer, more days or more districts`,
      );
    chosen.push(incident);
  }
  return chosen
    .sort((a, b) => a.from - b.from)
    .map((incident, i) => ({ ...incident, incidentId: `I-${String(i + 1).padStart(4, '0')}` }));
}

interface Room {
  from: Micros;
  to: Micros;
  others: readonly InjectedIncident[];
}

function place(
  { regions, restaurants, calendar }: Stage,
  kind: SuddenKind,
  rng: Prng,
  room: Room,
): InjectedIncident | null {
  for (let tries = 0; tries < TRIES; tries++) {
    const length = Math.round(rng.between(SHORTEST, LONGEST) / MINUTE) * MINUTE;
    const from = Math.floor(rng.between(room.from, room.to - length) / MINUTE) * MINUTE;
    const to = from + length;
    const minute = calendar.minuteOfDay(from);
    if (from < room.from || minute < FIRST_MINUTE || minute > LAST_MINUTE) continue;
    const method = kind === 'PAYMENT_ERROR' ? rng.pick(PAYMENT_METHODS) : null;
    const region = method === null ? rng.pick(regions) : null;
    if (room.others.some((other) => meets(other, { region, from, to }))) continue;
    const ofRestaurant = region !== null && rng.chance(OF_RESTAURANT[kind] ?? 0);
    const open = [...restaurants].filter(
      ([, one]) => one.region === region && isOpenAt(one, minute) && isOpenAt(one, minute + length / MINUTE),
    );
    if (ofRestaurant && open.length === 0) continue;
    const restaurant = ofRestaurant ? (rng.pick(open)[0] as string) : null;
    const [least, most] = STRENGTHS[kind];
    const strength = kind === 'RESTAURANT_OUTAGE' && ofRestaurant ? 1 : rng.between(least, most);
    const reason = kind === 'REFUSALS' ? rng.pick(REFUSAL_REASONS) : null;
    return {
      ...{ incidentId: '', kind, region, restaurant, method, reason, from, to },
      strength: Math.round(strength * 100) / 100,
    };
  }
  return null;
}

function meets(other: InjectedIncident, one: { region: string | null; from: Micros; to: Micros }): boolean {
  return other.region === one.region && one.from < other.to + PAUSE && other.from < one.to + PAUSE;
}
