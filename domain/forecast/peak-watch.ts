import type { NewAlert } from '../alerts/alert.ts';
import { formatIso8601 } from '../time/iso8601.ts';
import { HOUR, type Micros } from '../time/micros.ts';
import type { Forecast } from './series-forecaster.ts';

/** A peak that was warned of and is not over. */
export interface OpenPeak {
  dedupKey: string;
  /** Start of its first hour, end of its last one as far as is known. */
  from: Micros;
  to: Micros;
}

export interface PeakChanges {
  raised: NewAlert[];
  closed: { dedupKey: string; at: Micros; note: string }[];
}

/** What riders are needed and usual, by the rider book. */
export interface Staffing {
  needed(region: string, orders: number): number | null;
  usual(region: string, at: Micros): number | null;
  productivity(region: string): number | null;
}

/** An hour of the outlook for which riders will be short. */
interface ShortHour {
  forecast: Forecast;
  needed: number;
  usual: number;
}

/** Fewer than one is within what anybody can tell. */
const SHORT_FROM = 1;

/**
 * Warns once of each peak of the next day for which a region usually has too few riders. The warning is over when the peak
 * is. A peak that is expected an hour sooner or later the next time is the same.
 */
export class PeakWatch {
  private readonly staffing: Staffing;
  private open: Record<string, OpenPeak[]> = {};

  constructor(staffing: Staffing) {
    this.staffing = staffing;
  }

  restore(open: Readonly<Record<string, OpenPeak[]>>): void {
    this.open = Object.assign(Object.create(null), structuredClone(open));
  }

  state(): Record<string, OpenPeak[]> {
    return structuredClone(this.open);
  }

  /**
   * @param now end of the hour that is over, when the outlook was made
   * @param outlook of a region, the next hour first
   */
  observe(region: string, now: Micros, outlook: readonly Forecast[]): PeakChanges {
    const changes: PeakChanges = { raised: [], closed: [] };
    const open = this.open[region] ?? [];
    for (const hours of this.shortages(region, outlook)) {
      const [from, to] = [hours[0]!.forecast.at, hours.at(-1)!.forecast.at + HOUR];
      const known = open.find((one) => one.from <= to + HOUR && one.to >= from - HOUR);
      if (known !== undefined) {
        known.to = Math.max(known.to, to);
        continue;
      }
      const alert = this.warning(region, now, hours);
      open.push({ dedupKey: alert.dedupKey, from, to });
      changes.raised.push(alert);
    }
    const left = open.filter(({ to }) => to > now);
    for (const { dedupKey, to } of open) {
      if (to <= now) changes.closed.push({ dedupKey, at: to, note: 'the hours it warned of are over' });
    }
    if (left.length > 0) this.open[region] = left;
    else delete this.open[region];
    return changes;
  }

  /** Runs of hours in which more riders are needed than usual. */
  private shortages(region: string, outlook: readonly Forecast[]): ShortHour[][] {
    const runs: ShortHour[][] = [];
    let before: ShortHour | null = null;
    for (const forecast of outlook) {
      const needed = this.staffing.needed(region, forecast.expected);
      const usual = this.staffing.usual(region, forecast.at);
      const isShort = needed !== null && usual !== null && needed - usual >= SHORT_FROM;
      const hour: ShortHour | null = isShort ? { forecast, needed, usual } : null;
      if (hour !== null && before !== null) runs.at(-1)!.push(hour);
      else if (hour !== null) runs.push([hour]);
      before = hour;
    }
    return runs;
  }

  private warning(region: string, now: Micros, hours: readonly ShortHour[]): NewAlert {
    const worst = hours.reduce((a, b) => (b.needed - b.usual > a.needed - a.usual ? b : a));
    const { forecast, needed, usual } = worst;
    const from = formatIso8601(hours[0]!.forecast.at);
    const riders = Math.ceil(needed);
    // Even if only as many come as nearly always do.
    const isSure = (this.staffing.needed(region, forecast.low) ?? 0) - usual >= SHORT_FROM;
    return {
      dedupKey: `forecast/peak/${from}/${region}`,
      groupKey: `ANOMALY/peak/${region}`,
      kind: 'ANOMALY',
      severity: isSure ? 'critical' : 'warning',
      subject: `${region} needs ${riders} riders at ${formatIso8601(forecast.at)}, and usually has ${Math.round(usual)}`,
      evidence: {
        concern: 'PEAK_EXPECTED',
        region,
        peak_at: formatIso8601(forecast.at),
        riders_needed: riders,
        riders_usual: rounded(usual),
        riders_short: Math.ceil(needed - usual),
        expected_orders: rounded(forecast.expected),
        from,
        to: formatIso8601(hours.at(-1)!.forecast.at + HOUR),
        low: rounded(forecast.low),
        high: rounded(forecast.high),
        orders_per_rider_hour: rounded(this.staffing.productivity(region) ?? 0),
        what_to_do: `Have ${Math.ceil(needed - usual)} more riders there from ${from}, or promise later times.`,
      },
      openedAt: now,
      orderId: null,
      holdId: null,
      logId: null,
    };
  }
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
