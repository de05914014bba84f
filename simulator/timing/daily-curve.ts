const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How traffic is spread over hours and days, as shares of an average of 1. */
export interface WeekShape {
  /** By local hour, 24 of them. */
  hourly: readonly number[];
  /** By day, Sunday first. */
  weekday: readonly number[];
}

/** Of a shop: quiet at four, peaks at lunch and in the evening; week-ends sell a little more. */
const SHOP: WeekShape = {
  hourly: [
    0.85, 0.52, 0.33, 0.24, 0.2, 0.24, 0.38, 0.62, 0.86, 1.05, 1.2, 1.42, 1.58, 1.3, 1.15, 1.1, 1.12, 1.2,
    1.36, 1.58, 1.82, 1.86, 1.62, 1.2,
  ],
  weekday: [1.08, 1.02, 0.98, 0.96, 0.97, 0.98, 1.03],
};

/** Traffic at a moment relative to the average (about 0.2 to 2). */
export type DailyCurve = (ms: number) => number;

/** The curve of a time zone (IANA name), of a shop unless told. Throws RangeError for an unknown zone. */
export function dailyCurve(timeZone: string, { hourly, weekday }: WeekShape = SHOP): DailyCurve {
  const offsetAt = zoneOffset(timeZone);
  return (ms) => {
    const local = ms + offsetAt(ms);
    const day = Math.floor(local / DAY_MS);
    const hours = (local - day * DAY_MS) / HOUR_MS;
    const hour = Math.floor(hours);
    const from = hourly[hour] as number;
    const to = hourly[(hour + 1) % 24] as number;
    return (from + (to - from) * (hours - hour)) * (weekday[(day + 4) % 7] as number);
  };
}

/** The curve's average over [from, to), sampled; never zero. */
export function averageOf(curve: DailyCurve, from: number, to: number): number {
  const samples = 96;
  let sum = 0;
  for (let i = 0; i < samples; i++) sum += curve(from + ((to - from) * (i + 0.5)) / samples);
  return sum / samples;
}

/** Milliseconds to add to UTC for the zone's wall time. Asked of Intl once per quarter of an hour: a call costs microseconds. */
export function zoneOffset(timeZone: string): (ms: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  let quarter = Number.NaN;
  let offset = 0;
  return (ms) => {
    const current = Math.floor(ms / 900_000);
    if (current !== quarter) {
      quarter = current;
      const name = format.formatToParts(ms).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
      const match = /GMT([+-])(\d{2}):(\d{2})/.exec(name);
      offset = match ? (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) * 60_000 : 0;
    }
    return offset;
  };
}
