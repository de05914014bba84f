import type { Micros } from '../../../domain/time/micros.ts';
import type { IncidentWish } from '../command-line/incident-text.ts';
import type { InjectedIncident } from './incident.ts';
import { type ScheduleOptions, type Stage, scheduleIncidents } from './schedule-incidents.ts';

/**
 * All incidents of a run: those that were asked for, and those by chance.
 *
 * @param liveAt where the history ends
 * @throws {RangeError} when so many do not find a place
 */
export function planIncidents(
  stage: Stage,
  wishes: readonly IncidentWish[],
  chance: ScheduleOptions,
  liveAt: Micros,
): InjectedIncident[] {
  const wished = wishes.map(({ at, length, ...wish }, i) => {
    const from = 'time' in at ? at.time : liveAt + at.afterLive;
    return { ...wish, incidentId: `W-${String(i + 1).padStart(4, '0')}`, from, to: from + length };
  });
  return [...wished, ...scheduleIncidents(stage, chance)].sort((a, b) => a.from - b.from);
}
