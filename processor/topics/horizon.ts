import { DAY, type Micros } from '../../domain/time/micros.ts';
import type { Config } from '../../platform/config/load.ts';

/** Events from before this are too late to be counted; without HOLDFAST_RETENTION_DAYS none is. */
export function horizonOf(config: Config, now: Micros): Micros {
  return config.retentionDays === null ? Number.NEGATIVE_INFINITY : now - config.retentionDays * DAY;
}
