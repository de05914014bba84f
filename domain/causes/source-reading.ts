import type { Micros } from '../time/micros.ts';

export type SourceKind = 'WEATHER' | 'TRAFFIC' | 'HEALTH';

/** What an outside source said. A source that said nothing usable leaves no reading. */
export interface SourceReading {
  source: SourceKind;
  /** WEATHER, TRAFFIC: the region. HEALTH: the name of the service. */
  subject: string;
  /** The time it is of. */
  at: Micros;
  /**
   * - WEATHER: how much it keeps riders from riding, 0 (fair) to 1 (nobody rides).
   * - TRAFFIC: travel time over that of free roads at this hour; 1 is ordinary.
   * - HEALTH: 1 answered well, 0 did not.
   */
  value: number;
  /** What it said in a few words, such as `heavy rain, 12 mm/h`. */
  text: string;
}
