import { HOUR, type Micros } from '../time/micros.ts';
import { packNumbers, unpackNumbers } from './packed-numbers.ts';
import { SeasonalProfile } from './seasonal-profile.ts';

/** What was seen of a region's riders in an hour. */
export interface RiderHour {
  region: string;
  /** Start of the hour. */
  at: Micros;
  /** Mean number of riders there, and of those with an order. */
  present: number;
  busy: number;
  /** Orders they delivered. */
  delivered: number;
}

/** Deliveries and busy hours are remembered with this time constant: two weeks. */
const MEMORY_HOURS = 14 * 24;
/** Deliveries below which nobody can say what a rider manages. */
const ENOUGH_DELIVERIES = 30;
/** Hours after which each one of the week has been seen: a Friday says nothing of a Saturday. */
const ENOUGH_HOURS = 7 * 24;

/** [deliveries, busy hours, hour of the last entry / HOUR, hours seen]. */
const HEAD = 4;
const SIZE = HEAD + SeasonalProfile.memorySize(24);

/**
 * How many riders a region usually has in each hour of the week, and how many orders one of them delivers in an hour of
 * work. Constant memory a region.
 */
export class RiderBook {
  private readonly utilisation: number;
  private readonly regions = new Map<string, { memory: Float64Array; usual: SeasonalProfile }>();
  private readonly changed = new Set<string>();

  /** @param utilisation share of their time that riders can be on the way before orders wait for them */
  constructor(utilisation: number) {
    this.utilisation = utilisation;
  }

  restore(regions: ReadonlyMap<string, string>): void {
    for (const [region, packed] of regions) this.open(region, unpackNumbers(packed));
  }

  observe({ region, at, present, busy, delivered }: RiderHour): void {
    const { memory, usual } = this.regions.get(region) ?? this.open(region, new Float64Array(SIZE));
    const hour = Math.floor(at / HOUR);
    const keep = memory[2] === 0 ? 0 : Math.exp(-Math.max(0, hour - memory[2]!) / MEMORY_HOURS);
    memory[0] = memory[0]! * keep + delivered;
    memory[1] = memory[1]! * keep + busy;
    memory[2] = hour;
    memory[3]! += 1;
    usual.learn(hour, Math.log1p(present));
    this.changed.add(region);
  }

  /** Riders that are usually in a region in the hour that starts at `at`; null: not known, for there was no whole week yet. */
  usual(region: string, at: Micros): number | null {
    const entry = this.regions.get(region);
    if (entry === undefined || entry.memory[3]! < ENOUGH_HOURS) return null;
    return Math.expm1(entry.usual.at(Math.floor(at / HOUR)));
  }

  /** Orders that a rider delivers in an hour, busy for as much of it as is sensible; null: not known. */
  productivity(region: string): number | null {
    const [delivered = 0, busy = 0] = this.regions.get(region)?.memory ?? [];
    return delivered < ENOUGH_DELIVERIES || busy <= 0 ? null : (delivered / busy) * this.utilisation;
  }

  /** Riders that serve so many orders in an hour; null: not known. */
  needed(region: string, orders: number): number | null {
    const productivity = this.productivity(region);
    return productivity === null ? null : orders / productivity;
  }

  /** Regions of which something was learnt since the last call. */
  changes(): Map<string, string> {
    const changes = new Map<string, string>();
    for (const region of [...this.changed].sort())
      changes.set(region, packNumbers(this.regions.get(region)!.memory));
    this.changed.clear();
    return changes;
  }

  private open(region: string, memory: Float64Array) {
    const entry = { memory, usual: new SeasonalProfile(24, memory.subarray(HEAD)) };
    this.regions.set(region, entry);
    return entry;
  }
}
