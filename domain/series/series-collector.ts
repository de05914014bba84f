import { compareCodePoints } from '../text/compare.ts';
import type { Micros } from '../time/micros.ts';
import type { Dimension } from './dimensions.ts';
import { MEASURES } from './measures.ts';
import { measuresOf } from './measures-of-facts.ts';
import type { PlatformFact } from './platform-fact.ts';
import { pointsOfStep } from './points-of-step.ts';
import type { RefusalCount, StepData } from './step-data.ts';
import { StepSums } from './step-sums.ts';

const UNKNOWN = 'unknown';

/** What is collected of a step that is not over yet. */
interface OpenStep {
  sums: StepSums;
  /** Who has been counted already, by measure, dimension and value. */
  counted: Set<string>;
  refusals: Map<string, RefusalCount>;
  restaurants: Map<string, string>;
  /** When a restaurant opened or closed last, and what it did. */
  doors: Map<string, { at: Micros; isOpen: boolean }>;
}

/** Makes the steps of all series out of facts, in memory: the same as `processor/detection/sql` makes of the database. */
export class SeriesCollector {
  private readonly step: Micros;
  private readonly open = new Map<Micros, OpenStep>();

  constructor(step: Micros) {
    this.step = step;
  }

  add(fact: PlatformFact): void {
    const at = fact.topic === 'orders' ? fact.value.at : fact.value.occurredAt;
    const step = this.stepOf(Math.floor(at / this.step) * this.step);
    const { measured, places } = measuresOf(fact);
    for (const { measure, value, who } of measured)
      for (const dimension of MEASURES[measure] as readonly Dimension[]) {
        const place = places[dimension];
        if (place === undefined) continue;
        if (who !== undefined && !isNew(step.counted, [measure, dimension, place, who])) continue;
        step.sums.add(measure, dimension, place, { n: 1, sum: value, squares: value * value });
      }
    if (fact.topic === 'restaurants') noteRestaurant(step, fact.value);
  }

  /** The steps that have ended by `now`, in their order; of a step without facts there is nothing. They are forgotten. */
  close(now: Micros): StepData[] {
    const over = [...this.open.keys()].filter((from) => from + this.step <= now).sort((a, b) => a - b);
    return over.map((from) => {
      const { sums, refusals, restaurants, doors } = this.open.get(from)!;
      this.open.delete(from);
      return {
        from,
        to: from + this.step,
        points: pointsOfStep(from, sums),
        refusals: [...refusals.values()],
        restaurants,
        doors: new Map([...doors].map(([restaurant, { isOpen }]) => [restaurant, isOpen])),
      };
    });
  }

  private stepOf(from: Micros): OpenStep {
    const known = this.open.get(from);
    if (known !== undefined) return known;
    const step = {
      sums: new StepSums(),
      counted: new Set<string>(),
      refusals: new Map(),
      restaurants: new Map(),
      doors: new Map(),
    };
    this.open.set(from, step);
    return step;
  }
}

function isNew(counted: Set<string>, parts: readonly string[]): boolean {
  const key = JSON.stringify(parts);
  if (counted.has(key)) return false;
  counted.add(key);
  return true;
}

function noteRestaurant(
  { refusals, restaurants, doors }: OpenStep,
  said: Extract<PlatformFact, { topic: 'restaurants' }>['value'],
): void {
  const { restaurantId: restaurant, region } = said;
  const known = restaurants.get(restaurant);
  if (region !== null && (known === undefined || compareCodePoints(region, known) > 0))
    restaurants.set(restaurant, region);
  if (said.eventType === 'OPEN' || said.eventType === 'CLOSED')
    noteDoor(doors, restaurant, { at: said.occurredAt, isOpen: said.eventType === 'OPEN' });
  if (said.eventType !== 'REFUSED') return;
  const reason = said.reason ?? 'OTHER';
  const key = JSON.stringify([restaurant, region, reason]);
  const count = refusals.get(key);
  if (count === undefined) refusals.set(key, { restaurant, region: region ?? UNKNOWN, reason, count: 1 });
  else count.count += 1;
}

/** Of two at one moment it is open: what is said of an open restaurant is worth more than what is not said of a closed one. */
function noteDoor(doors: OpenStep['doors'], restaurant: string, door: { at: Micros; isOpen: boolean }): void {
  const known = doors.get(restaurant);
  if (known === undefined || door.at > known.at || (door.at === known.at && door.isOpen))
    doors.set(restaurant, door);
}
