import { DAY, type Micros } from '../../domain/time/micros.ts';
import { scheduleIncidents } from '../../simulator/platform/incidents/schedule-incidents.ts';
import { PlatformWorld } from '../../simulator/platform/world/platform-world.ts';
import { WORLD_SIZES } from '../../simulator/platform/world/world-size.ts';
import type { EvaluateIncidentsCommand } from './command.ts';
import { AFTERMATH, type Matched, match } from './match.ts';
import { runOffline } from './offline-run.ts';
import { type Scores, score } from './score.ts';

/** A Sunday midnight in Seoul: any day would do, but it must be the same. */
const START: Micros = Date.UTC(2026, 1, 28, 15) * 1_000;

export interface Evaluation {
  scores: Scores;
  matched: Matched;
}

/**
 * Lives a world with incidents and compares what was found with them.
 *
 * @param progress told the share that is done, 0 to 1
 * @throws {RangeError} when so many incidents do not find a place
 */
export function evaluate(
  { days, warmUpDays, incidents, kinds, size, seed }: EvaluateIncidentsCommand,
  progress: (share: number) => void,
): Evaluation {
  const world = new PlatformWorld({ seed, start: START, size: WORLD_SIZES[size] });
  const from = START + warmUpDays * DAY;
  const until = from + days * DAY;
  const schedule = scheduleIncidents(world, { seed, count: incidents, kinds, from, to: until - AFTERMATH });
  for (const incident of schedule) world.inject(incident);
  const found = runOffline(world, until, (now) => progress((now - START) / (until - START)));
  const regionOf = new Map([...world.restaurants].map(([id, { region }]) => [id, region]));
  const matched = match(found, world.incidents(), { regionOf, from });
  return { matched, scores: score(matched, { series: found.series, duration: days * DAY }) };
}
