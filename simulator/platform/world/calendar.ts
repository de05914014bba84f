import { DAY, HOUR, MINUTE, type Micros } from '../../../domain/time/micros.ts';
import { dailyCurve, type WeekShape, zoneOffset } from '../../timing/daily-curve.ts';

const MICROS_PER_MS = 1_000;

/** Of meals that are delivered: lunch, a higher dinner, a little through the night; week-ends sell more. */
const MEALS: WeekShape = {
  hourly: [
    0.62, 0.36, 0.2, 0.12, 0.08, 0.07, 0.1, 0.19, 0.34, 0.52, 0.84, 1.62, 2.08, 1.6, 0.94, 0.76, 0.84, 1.35,
    2.25, 2.5, 2.12, 1.66, 1.3, 0.9,
  ],
  weekday: [1.14, 0.92, 0.92, 0.94, 0.96, 1.06, 1.12],
};

/** Time on the road against free roads, by local hour of a working day: two rush hours. */
const RUSH = [
  1, 1, 1, 1, 1, 1, 1.04, 1.14, 1.2, 1.12, 1.06, 1.06, 1.08, 1.06, 1.04, 1.06, 1.1, 1.18, 1.24, 1.16, 1.08,
  1.04, 1.02, 1,
];
const RUSH_OF_HOLIDAYS = 0.4;

/** Public holidays on fixed days of the solar calendar, MM-DD. Those of the lunar calendar are given by whoever knows them. */
const SOLAR_HOLIDAYS = ['01-01', '03-01', '05-05', '06-06', '08-15', '10-03', '10-09', '12-25'];
const HOLIDAY_FACTOR = 1.2;

/** What hour and day do to the world. */
export class Calendar {
  readonly #curve: (ms: number) => number;
  readonly #offsetAt: (ms: number) => number;
  readonly #holidays: ReadonlySet<string>;
  /** The day that was asked for last: it is asked for thousands of times. */
  #asked = { day: Number.NaN, isHoliday: false };

  /**
   * @param timeZone IANA name
   * @param holidays further ones, as YYYY-MM-DD or MM-DD
   * @throws {RangeError} for an unknown zone
   */
  constructor(timeZone: string, holidays: readonly string[] = []) {
    this.#curve = dailyCurve(timeZone, MEALS);
    this.#offsetAt = zoneOffset(timeZone);
    this.#holidays = new Set([...SOLAR_HOLIDAYS, ...holidays]);
  }

  /** Demand against the average, about 0.05 to 3. */
  demandAt(at: Micros): number {
    const curve = this.#curve(at / MICROS_PER_MS);
    return this.isHoliday(at) ? curve * HOLIDAY_FACTOR : curve;
  }

  /** Time on the road against free roads that is usual at this hour. */
  rushAt(at: Micros): number {
    const local = this.#local(at);
    const hours = (local % DAY) / HOUR;
    const hour = Math.floor(hours);
    const from = RUSH[hour] as number;
    const rush = from + ((RUSH[(hour + 1) % 24] as number) - from) * (hours - hour);
    const day = this.#weekday(local);
    return day === 0 || day === 6 || this.isHoliday(at) ? 1 + (rush - 1) * RUSH_OF_HOLIDAYS : rush;
  }

  isHoliday(at: Micros): boolean {
    const day = this.dayOf(at);
    if (day !== this.#asked.day) {
      const date = new Date((day * DAY) / MICROS_PER_MS).toISOString().slice(0, 10);
      this.#asked = { day, isHoliday: this.#holidays.has(date) || this.#holidays.has(date.slice(5)) };
    }
    return this.#asked.isHoliday;
  }

  /** Minutes since local midnight, 0 to 1439. */
  minuteOfDay(at: Micros): number {
    return Math.floor((this.#local(at) % DAY) / MINUTE);
  }

  /** Local days since 1970. */
  dayOf(at: Micros): number {
    return Math.floor(this.#local(at) / DAY);
  }

  #local(at: Micros): Micros {
    return at + this.#offsetAt(at / MICROS_PER_MS) * MICROS_PER_MS;
  }

  #weekday(local: Micros): number {
    return (Math.floor(local / DAY) + 4) % 7;
  }
}
