import { parseIso8601 } from '../time/iso8601.ts';
import type { Micros } from '../time/micros.ts';
import { checkEventTime } from './event-time.ts';
import { Rejection } from './rejection.ts';

/** What a producer says in the header `holdfast-watermark` of a record without a value. */
export type WatermarkSaid =
  /** Nothing older will follow in this partition. */
  | { kind: 'at'; at: Micros }
  /** It says no more: the partition is back under the ordinary rule. */
  | { kind: 'end' };

/**
 * @param text value of the header
 * @throws {Rejection} SCHEMA_INVALID for anything but a time an event can have, or `end`
 */
export function readWatermark(text: string, now: Micros): WatermarkSaid {
  if (text === 'end') return { kind: 'end' };
  const at = parseIso8601(text);
  if (at === null)
    throw new Rejection(
      'SCHEMA_INVALID',
      `the header holdfast-watermark must be an ISO 8601 time with an offset, or end, not ${JSON.stringify(text.slice(0, 40))}`,
    );
  return { kind: 'at', at: checkEventTime(at, 'the header holdfast-watermark', now) };
}

/** How records of one partition move its watermark, which never goes back. Null: not at all. */
export interface WatermarkMove {
  /** Up to here, if the partition is under the ordinary rule before these records. */
  ifOrdinary: Micros | null;
  /** Up to here in any case. */
  always: Micros | null;
  /** Whether the producer says how far it is, after these records; null: as before. */
  explicit: boolean | null;
}

/**
 * Follows the watermark through the records of a partition, in their order, without knowing how it stood before.
 *
 * Ordinary rule: the latest event, less the lateness that is allowed. An event that claims to be of a later time than
 * it can have come at is taken to be as old as that: one wrong clock would make everybody else late for a day.
 */
export class WatermarkTrack {
  private readonly allowedLateness: Micros;
  private readonly result: WatermarkMove = { ifOrdinary: null, always: null, explicit: null };

  constructor(allowedLateness: Micros) {
    this.allowedLateness = allowedLateness;
  }

  /** @param cameAt when it came at the latest, by a clock that is not the producer's own */
  event(occurredAt: Micros, cameAt: Micros): void {
    const { result } = this;
    if (result.explicit === true) return;
    const at = Math.min(occurredAt, cameAt) - this.allowedLateness;
    if (result.explicit === null) result.ifOrdinary = latest(result.ifOrdinary, at);
    else result.always = latest(result.always, at);
  }

  said(said: WatermarkSaid): void {
    if (said.kind === 'at') this.result.always = latest(this.result.always, said.at);
    this.result.explicit = said.kind === 'at';
  }

  get move(): Readonly<WatermarkMove> {
    return this.result;
  }
}

function latest(a: Micros | null, b: Micros): Micros {
  return a === null || b > a ? b : a;
}
