import type { Dimension } from './dimensions.ts';

/** What names a series: what is measured, and of whom. */
export interface SeriesName {
  metric: string;
  dimension: Dimension;
  /** The region, restaurant, rider or method; `all` for the dimension `all`. */
  value: string;
}

/** Such as `orders|region=Gangnam-gu`. */
export function seriesKey({ metric, dimension, value }: SeriesName): string {
  return `${metric}|${dimension}=${value}`;
}

/** @throws {Error} for a text that {@link seriesKey} never makes */
export function parseSeriesKey(key: string): SeriesName {
  const bar = key.indexOf('|');
  const equals = key.indexOf('=', bar);
  if (bar < 1 || equals < 0) throw new Error(`${JSON.stringify(key)} is no key of a series`);
  return {
    metric: key.slice(0, bar),
    dimension: key.slice(bar + 1, equals) as Dimension,
    value: key.slice(equals + 1),
  };
}
