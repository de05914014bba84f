import { HOUR, type Micros } from '../time/micros.ts';
import { packNumbers, unpackNumbers } from './packed-numbers.ts';
import { type Forecast, type ScoredForecast, SeriesForecaster } from './series-forecaster.ts';

export const HOURS_AHEAD = 24;

const SHAPE = {
  step: HOUR,
  horizons: Array.from({ length: HOURS_AHEAD }, (_, i) => i + 1),
  coverage: 0.9,
};

/** Orders are remembered with this time constant, to know where it is worth while to forecast. */
const MEMORY_HOURS = 72;
/** Orders a day from which a region is forecast: one an hour. Below it an hour is a matter of chance. */
const FORECAST_FROM = 24;
/** Orders a day below which a forecast region is forgotten. */
const FORGET_BELOW = 1;
/** Orders of about three days, decayed: regions that nobody orders from any more are not counted for ever. */
const NEGLIGIBLE = 0.3;
/** Regions are free text: what is remembered must not grow with what people write. */
const MOST_COUNTED = 1000;
const MOST_FORECAST = 200;

/** An hour of a region that is over: what came, and what comes next. */
export interface RegionHour {
  region: string;
  /** Created in the hour; what is heard of later is not in it. */
  orders: number;
  /** The forecasts of this hour. */
  scored: readonly ScoredForecast[];
  /** Of the next 24 hours; empty in the first day. */
  outlook: readonly Forecast[];
}

export interface ClosedHour {
  /** Its start. */
  at: Micros;
  /** Forecast regions, in the order of their names. */
  regions: readonly RegionHour[];
}

/** What is remembered besides the forecasters. */
export interface DeskState {
  /** Start of the hour under way; null: nothing was heard yet. */
  hour: Micros | null;
  /** By region: orders of the hour under way, and about three days of orders, decayed. */
  regions: Record<string, { orders: number; recent: number }>;
  late: number;
}

export interface DemandChanges {
  hours: readonly ClosedHour[];
  state: DeskState;
  /** Forecasters that have learnt, by region; null: forgotten. */
  forecasters: ReadonlyMap<string, string | null>;
}

/** Counts orders by region and hour, and forecasts the next day at the end of each hour. */
export class DemandDesk {
  private state: DeskState = { hour: null, regions: {}, late: 0 };
  private readonly forecasters = new Map<string, SeriesForecaster>();
  private readonly changed = new Set<string>();
  private hours: ClosedHour[] = [];

  restore(state: DeskState, forecasters: ReadonlyMap<string, string>): void {
    this.state = structuredClone(state);
    for (const [region, packed] of forecasters) {
      this.forecasters.set(region, new SeriesForecaster(SHAPE, unpackNumbers(packed)));
    }
  }

  /** Event time has come to `now`: hours that end by then are over. */
  advance(now: Micros): void {
    const { state } = this;
    if (state.hour === null) {
      state.hour = startOfHour(now);
      return;
    }
    while (state.hour + HOUR <= now) {
      if (Object.keys(state.regions).length === 0) state.hour = startOfHour(now);
      else this.close(state.hour);
    }
  }

  /** An order that was created; of an hour that is over already it is only counted as late. */
  order(region: string, at: Micros): void {
    const { state } = this;
    state.hour ??= startOfHour(at);
    if (at < state.hour) {
      state.late += 1;
      return;
    }
    if (Object.hasOwn(state.regions, region)) state.regions[region]!.orders += 1;
    else if (Object.keys(state.regions).length < MOST_COUNTED) {
      setOwn(state.regions, region, { orders: 1, recent: 0 });
    }
  }

  /** What has happened since the last call. */
  changes(): DemandChanges {
    const { hours, changed } = this;
    const forecasters = new Map<string, string | null>();
    for (const region of [...changed].sort()) {
      const forecaster = this.forecasters.get(region);
      forecasters.set(region, forecaster === undefined ? null : packNumbers(forecaster.state()));
    }
    this.hours = [];
    changed.clear();
    return { hours, state: structuredClone(this.state), forecasters };
  }

  private close(hour: Micros): void {
    const regions: RegionHour[] = [];
    for (const region of Object.keys(this.state.regions).sort()) {
      const known = this.state.regions[region]!;
      const { orders } = known;
      known.orders = 0;
      known.recent = known.recent * Math.exp(-1 / MEMORY_HOURS) + orders;
      if (known.recent < NEGLIGIBLE) delete this.state.regions[region];
      const forecaster = this.forecasterOf(region, (known.recent * 24) / MEMORY_HOURS);
      if (forecaster === null) continue;
      this.changed.add(region);
      const scored = forecaster.observe(hour, orders);
      regions.push({ region, orders, scored, outlook: forecaster.forecast() });
    }
    if (regions.length > 0) this.hours.push({ at: hour, regions });
    this.state.hour = hour + HOUR;
  }

  private forecasterOf(region: string, perDay: number): SeriesForecaster | null {
    const known = this.forecasters.get(region);
    if (known === undefined) {
      if (perDay < FORECAST_FROM || this.forecasters.size >= MOST_FORECAST) return null;
      const made = new SeriesForecaster(SHAPE);
      this.forecasters.set(region, made);
      return made;
    }
    if (perDay >= FORGET_BELOW) return known;
    this.forecasters.delete(region);
    this.changed.add(region);
    return null;
  }
}

function startOfHour(at: Micros): Micros {
  return Math.floor(at / HOUR) * HOUR;
}

/** Regions are named by others: `__proto__` is one like any other. */
function setOwn<T>(record: Record<string, T>, key: string, value: T): void {
  Object.defineProperty(record, key, { value, writable: true, enumerable: true, configurable: true });
}
