import type { SourceReading } from '../../../domain/causes/source-reading.ts';
import type { Micros } from '../../../domain/time/micros.ts';
import type { PlatformWorld } from './platform-world.ts';

/** Services of the platform that say how they are. */
export const SERVICES = ['routing', 'restaurants', 'payments', 'dispatch'] as const;

/** Millimetres an hour in which nobody rides. */
const NOBODY_RIDES_MM = 40;

/** What weather, traffic and services say at a time. */
export function sourceReadings(world: PlatformWorld, at: Micros): SourceReading[] {
  const readings: SourceReading[] = [];
  for (const region of world.regions) {
    readings.push({ source: 'WEATHER', subject: region, at, ...weatherReading(world, region, at) });
    readings.push({ source: 'TRAFFIC', subject: region, at, ...trafficReading(world, region, at) });
  }
  for (const service of SERVICES) {
    const isHealthy = world.isHealthy(service, at);
    readings.push({
      ...{ source: 'HEALTH', subject: service, at },
      ...{ value: isHealthy ? 1 : 0, text: isHealthy ? 'well' : 'degraded' },
    });
  }
  return readings;
}

/** How much the weather keeps riders from riding, 0 to 1. */
export function weatherReading(
  world: PlatformWorld,
  region: string,
  at: Micros,
): { value: number; text: string } {
  const { sky, precipitation } = world.weatherAt(region, at);
  const text = sky === 'CLEAR' ? 'clear' : `${sky.toLowerCase()}, ${precipitation.toFixed(1)} mm/h`;
  return { value: round(Math.min(precipitation / NOBODY_RIDES_MM, 1)), text };
}

/** Travel time against what is usual at this hour. */
export function trafficReading(
  world: PlatformWorld,
  region: string,
  at: Micros,
): { value: number; text: string } {
  const { unusual } = world.trafficAt(region, at);
  return { value: round(unusual), text: `${Math.round(unusual * 100)} % of the usual travel time` };
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
