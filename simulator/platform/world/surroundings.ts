import { DAY, HOUR, MINUTE, type Micros } from '../../../domain/time/micros.ts';
import type { Prng } from '../../timing/prng.ts';
import type { IncidentBook } from '../incidents/incident-book.ts';
import type { Calendar } from './calendar.ts';

export type Sky = 'CLEAR' | 'RAIN' | 'STORM' | 'SNOW';

export interface Weather {
  sky: Sky;
  /** Millimetres of water an hour. */
  precipitation: number;
  /** Degrees Celsius. */
  temperature: number;
  /** Metres a second. */
  wind: number;
}

/** An ordinary shower: how likely on a day, how long, how much at its middle. */
const SHOWER_CHANCE = 0.25;
const SHOWER_HOURS = { least: 2, most: 7 };
const SHOWER_MM = { least: 0.3, most: 2.5 };
/** At severity 1. */
const WORST_MM = 40;
const WORST_WIND = 18;

interface Shower {
  from: Micros;
  to: Micros;
  most: number;
}

/** Weather and traffic of each district at any time: what chance has for a day, and what incidents bring. */
export class Surroundings {
  readonly #seed: Prng;
  readonly #calendar: Calendar;
  readonly #incidents: IncidentBook;
  readonly #showers = new Map<number, Shower | null>();

  constructor(seed: Prng, calendar: Calendar, incidents: IncidentBook) {
    this.#seed = seed;
    this.#calendar = calendar;
    this.#incidents = incidents;
  }

  weatherAt(region: string, at: Micros): Weather {
    const severity = this.severityAt(region, at);
    const precipitation = this.#showerAt(at) + severity * WORST_MM;
    const temperature = this.#temperatureAt(at);
    const wet = temperature < 0 ? 'SNOW' : severity > 0.5 ? 'STORM' : 'RAIN';
    return {
      sky: precipitation < 0.1 ? 'CLEAR' : wet,
      precipitation,
      temperature,
      wind: 2 + severity * WORST_WIND,
    };
  }

  /** Severity of bad weather beyond what chance has for a day, 0 to 1. */
  severityAt(region: string, at: Micros): number {
    const { of, over } = this.#incidents.strongest('WEATHER', region, at);
    // Storms come up and pass within a quarter of an hour each.
    return of === 0
      ? 0
      : of * Math.min(1, Math.max(over.since, 0) / (15 * MINUTE), Math.max(over.left, 0) / (15 * MINUTE));
  }

  /** Factor of weather on time on the road. */
  slownessAt(region: string, at: Micros): number {
    return 1 + 0.02 * this.#showerAt(at) + 0.9 * this.severityAt(region, at);
  }

  /** Factor of weather on demand. */
  appetiteAt(region: string, at: Micros): number {
    return 1 + 0.015 * this.#showerAt(at) + 0.3 * this.severityAt(region, at);
  }

  /** Share of the riders that weather keeps at home. */
  awayAt(region: string, at: Micros): number {
    return 0.01 * this.#showerAt(at) + 0.3 * this.severityAt(region, at);
  }

  /** Time on the road against free roads. */
  congestionAt(region: string, at: Micros): number {
    return this.#calendar.rushAt(at) * this.#wave(region, at) * this.jamAt(region, at);
  }

  /** Time on the road against what is usual at this hour: chance and jams. */
  unusualTrafficAt(region: string, at: Micros): number {
    return this.#wave(region, at) * this.jamAt(region, at);
  }

  /** Factor of a jam on time on the road; 1 without one. */
  jamAt(region: string, at: Micros): number {
    return Math.max(1, this.#incidents.strongest('TRAFFIC', region, at).of);
  }

  usualCongestionAt(at: Micros): number {
    return this.#calendar.rushAt(at);
  }

  /** Slow changes of some per cent that have no reason. */
  #wave(region: string, at: Micros): number {
    let phase = 0;
    for (let i = 0; i < region.length; i++) phase = (phase * 31 + region.charCodeAt(i)) % 6_283;
    const hours = at / HOUR;
    return 1 + 0.025 * Math.sin(hours / 1.7 + phase) + 0.02 * Math.sin(hours / 7.3 + phase / 3);
  }

  #temperatureAt(at: Micros): number {
    const year = Math.sin(((at / DAY - 110) / 365.25) * 2 * Math.PI);
    const day = Math.sin((this.#calendar.minuteOfDay(at) / 1_440 - 0.375) * 2 * Math.PI);
    return 12 + 14 * year + 4 * day;
  }

  #showerAt(at: Micros): number {
    const shower = this.#showerOf(this.#calendar.dayOf(at));
    if (shower === null || at < shower.from || at >= shower.to) return 0;
    return shower.most * Math.sin((Math.PI * (at - shower.from)) / (shower.to - shower.from));
  }

  #showerOf(day: number): Shower | null {
    const known = this.#showers.get(day);
    if (known !== undefined) return known;
    const rng = this.#seed.fork(`shower/${day}`);
    let shower: Shower | null = null;
    if (rng.chance(SHOWER_CHANCE)) {
      const from = day * DAY + rng.between(0, DAY - SHOWER_HOURS.most * HOUR);
      const to = from + rng.between(SHOWER_HOURS.least, SHOWER_HOURS.most) * HOUR;
      shower = { from, to, most: rng.between(SHOWER_MM.least, SHOWER_MM.most) };
    }
    this.#showers.set(day, shower);
    return shower;
  }
}
