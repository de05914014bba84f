import type { Milestone } from '../../domain/delivery/milestone.ts';
import { type ClosedHour, DemandDesk, type DeskState } from '../../domain/forecast/demand-desk.ts';
import { sumForecasts } from '../../domain/forecast/forecast-sums.ts';
import { type OpenPeak, PeakWatch } from '../../domain/forecast/peak-watch.ts';
import { RiderBook, type RiderHour } from '../../domain/forecast/rider-book.ts';
import { HOUR, type Micros } from '../../domain/time/micros.ts';
import type { Connection } from '../../platform/database/database.ts';
import type { Follower } from '../sequence/follower.ts';
import { readLearntState } from '../sequence/sql/read-learnt-state.ts';
import { upsertLearntStates } from '../sequence/sql/upsert-learnt-states.ts';
import { closeAlerts } from '../sql/close-alerts.ts';
import { insertAlerts } from '../sql/insert-alerts.ts';
import { forecastRows, settledHours } from './forecast-rows.ts';
import { addForecastScores } from './sql/add-forecast-scores.ts';
import { readRiderHours } from './sql/read-rider-hours.ts';
import { settleDemandForecasts } from './sql/settle-demand-forecasts.ts';
import { upsertDemandForecasts } from './sql/upsert-demand-forecasts.ts';

const DESK = 'demand';
const FORECASTERS = 'demand-forecasters';
const RIDERS = 'rider-book';

/** Rows in one statement: a pass over weeks closes hundreds of hours. */
const MOST_ROWS = 2000;

interface DeskMemory {
  desk: DeskState;
  peaks: Record<string, OpenPeak[]>;
}

/**
 * At the end of each hour of event time: counts its orders by region, scores what was expected of it, forecasts the next
 * day, and warns of peaks for which riders will be short.
 */
export class ForecastFollower implements Follower {
  readonly name = 'forecast';
  private readonly desk = new DemandDesk();
  private readonly riders: RiderBook;
  private readonly peaks: PeakWatch;
  private now: Micros | null = null;

  /** @param utilisation share of their time that riders can be on the way before orders wait for them */
  constructor(utilisation: number) {
    this.riders = new RiderBook(utilisation);
    this.peaks = new PeakWatch(this.riders);
  }

  async restore(connection: Connection): Promise<void> {
    const memory = (await readLearntState(connection, DESK)).get('state') as DeskMemory | undefined;
    if (memory === undefined) return;
    this.desk.restore(memory.desk, await packed(connection, FORECASTERS));
    this.riders.restore(await packed(connection, RIDERS));
    this.peaks.restore(memory.peaks);
  }

  advance(now: Micros): void {
    this.now = now;
    this.desk.advance(now);
  }

  observe({ kind, at, order }: Milestone): void {
    if (kind === 'CREATED') this.desk.order(order.region ?? 'unknown', at);
  }

  async persist(connection: Connection): Promise<void> {
    if (this.now === null) return;
    const { hours, state, forecasters } = this.desk.changes();
    if (hours.length > 0) await this.close(connection, hours);
    const at = this.now;
    await upsertLearntStates(connection, { name: FORECASTERS, states: asJson(forecasters), at });
    await upsertLearntStates(connection, { name: RIDERS, states: asJson(this.riders.changes()), at });
    const memory: DeskMemory = { desk: state, peaks: this.peaks.state() };
    await upsertLearntStates(connection, { name: DESK, states: [['state', JSON.stringify(memory)]], at });
  }

  /** Riders are learnt hour by hour, so that a warning knows what was known when its hour was over. */
  private async close(connection: Connection, hours: readonly ClosedHour[]): Promise<void> {
    const seen = byHour(await readRiderHours(connection, hours[0]!.at, hours.at(-1)!.at + HOUR));
    const rows = forecastRows(this.riders);
    for (const hour of hours) {
      const regions = new Set(hour.regions.map(({ region }) => region));
      for (const one of seen.get(hour.at) ?? []) if (regions.has(one.region)) this.riders.observe(one);
      for (const { region, outlook } of hour.regions) {
        const now = hour.at + HOUR;
        rows.add(region, now, outlook);
        const { raised, closed } = this.peaks.observe(region, now, outlook);
        await insertAlerts(connection, raised);
        await closeAlerts(connection, closed);
      }
    }
    await inParts(rows.all(), (part) => upsertDemandForecasts(connection, part));
    await inParts(settledHours(hours, seen), (part) => settleDemandForecasts(connection, part));
    await inParts(sumForecasts(hours), (part) => addForecastScores(connection, part));
  }
}

async function packed(connection: Connection, name: string): Promise<Map<string, string>> {
  const states = await readLearntState(connection, name);
  return new Map([...states].flatMap(([key, state]) => (typeof state === 'string' ? [[key, state]] : [])));
}

function asJson(states: ReadonlyMap<string, string | null>): [string, string][] {
  return [...states].map(([key, state]) => [key, JSON.stringify(state)]);
}

function byHour(seen: readonly RiderHour[]): Map<Micros, RiderHour[]> {
  const hours = new Map<Micros, RiderHour[]>();
  for (const one of seen) {
    const others = hours.get(one.at);
    if (others === undefined) hours.set(one.at, [one]);
    else others.push(one);
  }
  return hours;
}

async function inParts<T>(rows: readonly T[], write: (part: readonly T[]) => Promise<void>): Promise<void> {
  for (let from = 0; from < rows.length; from += MOST_ROWS) await write(rows.slice(from, from + MOST_ROWS));
}
