import { z } from 'zod';
import { formatIso8601 } from '../../domain/time/iso8601.ts';
import type { Micros } from '../../domain/time/micros.ts';

/** What answers are made of. */

export const time = z.string().meta({ format: 'date-time' });
export const share = z.number().min(0).max(1);
export const count = z.int().min(0);
export const score = share;
/** A duration; the unit is in the name of the member. */
export const duration = z.number();

export const next = z
  .string()
  .nullable()
  .describe('Address of the next page, beginning with /api/v1; null: this is the last one.');

export const asOfAnswer = time
  .nullable()
  .describe('Event time as of which this is. Null: no milestone of an order has been followed yet.');

export function iso(at: Micros): string {
  return formatIso8601(at);
}

export function isoOrNull(at: Micros | null): string | null {
  return at === null ? null : formatIso8601(at);
}

const SECONDS_AN_HOUR = 3600;

export function hours(seconds: number): number {
  return seconds / SECONDS_AN_HOUR;
}

export function hoursOrNull(seconds: number | null): number | null {
  return seconds === null ? null : hours(seconds);
}
