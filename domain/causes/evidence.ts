import { parseSeriesKey } from '../series/series-key.ts';
import type { RootCause } from './attribution/leaf.ts';
import type { Evidence, EvidenceUnit } from './cause.ts';
import type { LookSummary } from './look.ts';
import type { ReasonCount } from './reasons.ts';
import type { SourceName } from './signatures.ts';
import { ordinaryValue } from './source-deviation.ts';
import type { SourceReading } from './source-reading.ts';

/** A series against what was expected of it, over the steps that were looked at. */
export function seriesEvidence(
  seriesKey: string,
  looked: LookSummary,
  outOf: number,
  weight: number,
): Evidence {
  const { metric, dimension, value } = parseSeriesKey(seriesKey);
  const unit = unitOf(metric);
  const of = dimension === 'all' ? '' : ` of ${value}`;
  const worst = outOf > 1 ? `, the most unusual of ${outOf}` : '';
  const { observed, expected, z, steps } = looked;
  const figures = `${figure(observed, unit)} where ${figure(expected, unit)} is usual (${change(observed, expected, unit)})`;
  return {
    kind: 'SERIES',
    subject: seriesKey,
    observed,
    expected,
    unit,
    weight,
    text: `${nameOf(metric)}${of}: ${figures}, ${Math.abs(z).toFixed(1)} standard deviations over ${steps} steps${worst}`,
  };
}

export function reasonsEvidence({ reason, count, all }: ReasonCount, weight: number): Evidence {
  const text = `${count} of ${all} refusals give ${reason} as the reason`;
  return {
    kind: 'REASONS',
    subject: reason,
    observed: count,
    expected: all,
    unit: 'count',
    weight,
    text,
  };
}

export function sourceEvidence(source: SourceName, reading: SourceReading, weight: number): Evidence {
  const isProbe = reading.source === 'HEALTH';
  return {
    kind: isProbe ? 'PROBE' : 'SOURCE',
    subject: isProbe ? reading.subject : source,
    observed: reading.value,
    expected: ordinaryValue(source),
    unit: isProbe ? 'level' : source === 'traffic' ? 'ratio' : 'level',
    weight,
    text: isProbe ? `service ${reading.subject}: ${reading.text}` : `${source}: ${reading.text}`,
  };
}

export function silentEvidence(restaurants: number, outOf: number, weight: number): Evidence {
  return {
    kind: 'PLACES',
    subject: 'restaurants',
    observed: restaurants,
    expected: outOf,
    unit: 'count',
    weight,
    text: `${restaurants} of ${outOf} restaurants send no sign of life`,
  };
}

/** A restaurant that explains a part of what a region shows. It says where, and nothing of why. */
export function behindEvidence({ where, observed, expected, share }: RootCause): Evidence {
  const text = `orders of ${where.restaurant}: ${figure(observed, 'count')} where ${figure(expected, 'count')} are usual since it began, ${(share * 100).toFixed(0)} % of the deviation of its region`;
  const subject = `orders|restaurant=${where.restaurant}`;
  return { kind: 'SERIES', subject, observed, expected, unit: 'count', weight: 0, text };
}

const UNITS: Readonly<Record<string, EvidenceUnit>> = {
  orders: 'count',
  riders_online: 'count',
  riders_idle: 'count',
  heartbeats: 'count',
  refunds: 'count',
};

function unitOf(metric: string): EvidenceUnit {
  if (metric.endsWith('_rate')) return 'share';
  if (metric.endsWith('_seconds')) return 'seconds';
  if (metric.endsWith('_ms')) return 'milliseconds';
  return UNITS[metric] ?? 'value';
}

const NAMES: Readonly<Record<string, string>> = {
  delivery_seconds: 'time from order to delivery',
  transit_seconds: 'time on the road',
  route_seconds: 'planned time of routes',
  prep_seconds: 'preparation time',
  response_ms: 'time to answer',
  heartbeats: 'signs of life',
};

function nameOf(metric: string): string {
  return NAMES[metric] ?? metric.replaceAll('_', ' ');
}

function figure(value: number, unit: EvidenceUnit): string {
  if (unit === 'share') return `${(value * 100).toFixed(1)} %`;
  if (unit === 'seconds') return `${(value / 60).toFixed(1)} min`;
  if (unit === 'milliseconds') return `${value.toFixed(0)} ms`;
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(1);
}

function change(observed: number, expected: number, unit: EvidenceUnit): string {
  if (unit === 'share') return `${signed((observed - expected) * 100, 1)} points`;
  if (expected === 0) return 'none is usual';
  return `${signed((observed / expected - 1) * 100, 0)} %`;
}

function signed(value: number, digits: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits)}`;
}
