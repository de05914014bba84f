import { pointsOfStep } from '../../domain/series/points-of-step.ts';
import type { RefusalCount, StepData } from '../../domain/series/step-data.ts';
import { StepSums } from '../../domain/series/step-sums.ts';
import { compareCodePoints } from '../../domain/text/compare.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';
import { readDoors } from './sql/read-doors.ts';
import { readMeasures, type StepRange } from './sql/read-measures.ts';
import { readRestaurants } from './sql/read-restaurants.ts';
import { SOURCES } from './sql/sources.ts';

const UNKNOWN = 'unknown';

/** All steps of a range, in their order, with what the database knows of each. */
export async function readSteps(db: Queryable, range: StepRange): Promise<StepData[]> {
  const sums = new Map<Micros, StepSums>();
  for (const source of SOURCES)
    for (const { step, measure, dimension, value, ...numbers } of await readMeasures(db, source, range)) {
      const known = sums.get(step) ?? new StepSums();
      known.add(measure, dimension, value, numbers);
      sums.set(step, known);
    }
  const restaurants = await readRestaurants(db, range);
  const doors = await readDoors(db, range);
  const steps: StepData[] = [];
  for (let from = range.from; from < range.to; from += range.step) {
    const own = restaurants.filter(({ step }) => step === from);
    const regions = new Map<string, string>();
    for (const { restaurant_id, region } of own) {
      const known = regions.get(restaurant_id);
      if (region !== null && (known === undefined || compareCodePoints(region, known) > 0))
        regions.set(restaurant_id, region);
    }
    steps.push({
      from,
      to: from + range.step,
      points: pointsOfStep(from, sums.get(from) ?? new StepSums()),
      refusals: own.flatMap(({ restaurant_id, region, reason, count }): RefusalCount[] =>
        reason === null ? [] : [{ restaurant: restaurant_id, region: region ?? UNKNOWN, reason, count }],
      ),
      restaurants: regions,
      doors: new Map(
        doors
          .filter(({ step }) => step === from)
          .map(({ restaurant_id, is_open }) => [restaurant_id, is_open]),
      ),
    });
  }
  return steps;
}
