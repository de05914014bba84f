import { FindingTracker } from '../../../domain/detection/finding-tracker.ts';
import { type DetectorOptions, SeriesDetector } from '../../../domain/detection/series-detector.ts';
import type { SeriesKind } from '../../../domain/detection/series-point.ts';
import { DAY, HOUR } from '../../../domain/time/micros.ts';
import { type Change, type InjectedEvent, type SimulatedSeries, STEP } from './series.ts';

/** What lasts after an event is its echo, and neither hit nor false alarm. */
const ECHO = HOUR;

export interface EventScore {
  weeks: number;
  falseAlarms: number;
  events: { change: Change; found: boolean /** Steps from the start to the verdict. */; delay: number }[];
}

/** Runs a detector over a series; false alarms are findings after `quietDays` that touch no event. */
export function scoreEvents(
  kind: SeriesKind,
  { points, events }: SimulatedSeries,
  quietDays: number,
  options?: DetectorOptions,
): EventScore {
  const detector = new SeriesDetector(kind, STEP, options);
  const tracker = new FindingTracker('series', STEP);
  const start = points[0]!.at + quietDays * DAY;
  const found = new Map<InjectedEvent, number>();
  const alarms = new Set<string>();
  for (const point of points) {
    const changed = tracker.observe(detector.observe(point));
    const event = events.find(({ from, to }) => point.at >= from && point.at < to + ECHO);
    for (const finding of changed) {
      if (finding.noticedAt !== point.at && !event) continue;
      if (event === undefined) {
        if (point.at >= start) alarms.add(finding.findingId);
      } else if (
        point.at < event.to &&
        finding.endedAt === null &&
        rightWay(event.change, finding.direction) &&
        !found.has(event)
      ) {
        found.set(event, (point.at - event.from) / STEP);
      }
    }
  }
  return {
    weeks: points.filter(({ at }) => at >= start).length * (STEP / (7 * DAY)),
    falseAlarms: alarms.size,
    events: events.map((event) => ({
      change: event.change,
      found: found.has(event),
      delay: found.get(event) ?? Number.NaN,
    })),
  };
}

function rightWay(change: Change, direction: 'UP' | 'DOWN'): boolean {
  return (change === 'DOUBLE') === (direction === 'UP');
}
